"""The pages about the plan file: their examples compile, and no key is left out."""

import re
from pathlib import Path

import pytest

from kxplan.locale import translator
from kxplan.plans.reader import read_plan
from kxplan.plans.schema import json_schema

DOCS = Path(__file__).parent.parent / "docs"
PAGES = ["plan-file.md", "plan-file.zh-CN.md"]


@pytest.mark.parametrize("name", PAGES)
def test_the_example_of_the_page_is_a_sound_plan(name):
    (example,) = re.findall(r"```yaml\n(.*?)```", (DOCS / name).read_text("utf-8"), re.DOTALL)
    assert read_plan(example.encode(), name).id == "kexie-2023"


@pytest.mark.parametrize("name", PAGES)
def test_every_key_stands_on_the_page(name):
    page = (DOCS / name).read_text("utf-8")
    schema = json_schema(translator("zh"))
    keys = {key for shape in [schema, *schema["$defs"].values()] for key in shape.get("properties", {})}
    assert [key for key in sorted(keys) if not re.search(rf"(?<![a-z-]){key}(?![a-z-])", page)] == []
