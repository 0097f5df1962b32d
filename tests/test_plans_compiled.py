"""Compiled plans: read back as they were, or quietly compiled anew."""

import os
import stat
import subprocess
import sys

import pytest

from kxplan import __version__
from kxplan.errors.plans import PlanInvalidError
from kxplan.plans.compiled import load_plan
from kxplan.plans.packing import packed, unpacked
from kxplan.plans.reader import read_plan
from kxplan.store.kept import keep

TEXT = """\
plan: p
title: 计划
period: 2023
defaults: {lead: 办公室}
breakdowns: {人群: [农民]}
sections:
  - id: s
    title: 板块
    goals:
      - id: g
        title: 任务
        formerly: [old]
        added: {reason: 新增}
        targets:
          a: {amount: 1.5元, revisions: [{from: 2023-05-01, reason: 调整, amount: 2.5}]}
          b: {amount: 9, checkpoints: [{by: 2023-05-01, reach: 3}, {by: 2023-06-01, reach: 9, title: 完}]}
      - {id: m, title: 会议, due: 2023-05-01, cancelled: {from: 2023-04-01, reason: 不办}}
""".encode()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "plans" / "p.yaml"
    path.parent.mkdir()
    path.write_bytes(TEXT)
    return path


def kept(cache):
    return [path.name for path in cache.iterdir()]


def test_a_packed_plan_comes_back_as_it_was():
    plan = read_plan(TEXT, "p")
    assert unpacked(packed(plan)) == plan


@pytest.mark.parametrize("data", [b"", b"{}", b"\x00" * 500])
def test_other_data_is_no_packed_plan(data):
    assert unpacked(data) is None


def test_a_loaded_plan_is_kept_for_its_owner_alone(file, tmp_path):
    cache = tmp_path / ".cache"
    plan, text = load_plan(file, cache)
    assert text == TEXT
    assert kept(cache) == [f"{plan.digest}-{__version__}.json"]
    assert stat.S_IMODE(os.stat(cache / kept(cache)[0]).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(cache).st_mode) == 0o700


def test_a_kept_plan_is_the_same_plan(file, tmp_path):
    assert load_plan(file, tmp_path / ".cache") == load_plan(file, tmp_path / ".cache") == load_plan(file, None)


def test_a_damaged_kept_plan_is_compiled_anew_and_mended(file, tmp_path):
    cache = tmp_path / ".cache"
    plan, _ = load_plan(file, cache)
    path = cache / kept(cache)[0]
    whole = path.read_bytes()
    path.write_bytes(b"{")
    assert load_plan(file, cache)[0] == plan
    assert path.read_bytes() == whole


def test_a_kept_plan_of_another_text_is_not_believed(file, tmp_path):
    cache = tmp_path / ".cache"
    plan, _ = load_plan(file, cache)
    other = packed(plan._replace(digest="0" * 64, title="另一个"))
    keep(cache / kept(cache)[0], other)
    assert load_plan(file, cache)[0].title == "计划"


def test_a_cache_that_cannot_be_written_is_no_matter(file, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert load_plan(file, blocked)[0].id == "p"


def test_a_broken_plan_is_named_as_in_its_workspace(file):
    file.write_bytes(b"plan: P\n")
    with pytest.raises(PlanInvalidError) as error:
        load_plan(file, None)
    assert error.value.problems[0].file == "plans/p.yaml"


def test_a_kept_plan_is_loaded_without_yaml_and_pydantic(file, tmp_path):
    load_plan(file, tmp_path)
    heavy = "yaml pydantic pypinyin holidays rapidfuzz"
    script = (
        "import sys; from pathlib import Path; from kxplan.plans.compiled import load_plan; "
        "from kxplan.plans.finder import find_goal; from kxplan.plans.rows import plain_rows; "
        "plan, _ = load_plan(Path(sys.argv[1]), Path(sys.argv[2])); find_goal(plan, 'rw'); plain_rows(plan); "
        f"print([name for name in '{heavy}'.split() if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", script, file, tmp_path], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
