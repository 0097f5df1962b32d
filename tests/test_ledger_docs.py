"""The pages about the ledger: their programs verify it, their tables name what there is."""

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from kxplan.ledger.opening import memory_ledger, open_ledger, read_ledger
from kxplan.locale import translator
from kxplan.reports.ledger_sheet import sheet_columns

DOCS = Path(__file__).parent.parent / "docs"
PAGES = ["ledger.md", "ledger.zh-CN.md"]


@pytest.fixture
def demo(run, tmp_path):
    """The demonstration workspace, with its export beside the database."""
    assert run("demo", "d").code == 0
    for name in ("ledger.json", "台账.json"):
        assert run("-C", "d", "export", "-o", f"d/{name}").code == 0
    return tmp_path / "d"


def programs(name):
    found = re.findall(r"```python\n(.*?)```", (DOCS / name).read_text("utf-8"), re.DOTALL)
    assert len(found) == 2
    return found


def played(program, folder):
    return subprocess.run(
        [sys.executable, "-I", "-X", "utf8", "-c", program], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("name", PAGES)
def test_the_programs_of_the_page_find_a_sound_ledger_sound(demo, name):
    with read_ledger(demo / "kxplan.db") as ledger:
        extent = ledger.extent()
    for program in programs(name):
        done = played(program, demo)
        assert done.returncode == 0, done.stderr
        assert (str(extent.events) in done.stdout, str(extent.hash) in done.stdout) == (True, True)


@pytest.mark.parametrize("name", PAGES)
def test_the_programs_of_the_page_name_the_event_that_was_changed(demo, name):
    with open_ledger(demo / "kxplan.db") as ledger:
        ledger.connection.execute("DROP TRIGGER entries_are_not_changed")
        ledger.connection.execute("UPDATE entries SET who = '别人' WHERE number = 7")
    for path in (demo / "ledger.json", demo / "台账.json"):
        lines = path.read_text("utf-8").splitlines()
        lines[7] = lines[7].replace('"who": "', '"who": "别')
        path.write_text("\n".join(lines), encoding="utf-8")
    for program in programs(name):
        done = played(program, demo)
        assert (done.returncode, "#7 " in done.stderr) == (1, True)


@pytest.mark.parametrize("name", PAGES)
def test_the_page_tells_every_view_with_its_columns(name):
    page = (DOCS / name).read_text("utf-8")
    told = {}
    for view, columns in re.findall(r"^\| `(\w+)` \|[^|]*\|([^|]*)\|$", page, re.MULTILINE):
        bare = re.sub(r"[（(].*?[)）]", "", columns)
        told[view] = [column.strip() for column in re.split("[,、]", bare)]
    with memory_ledger() as ledger, closing(sqlite3.connect(":memory:")) as other:
        ledger.connection.backup(other)
        views = [name for (name,) in other.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")]
        found = {view: [column[1] for column in other.execute(f"PRAGMA table_info({view})")] for view in views}
    assert {view: told.get(view) for view in found} == found


@pytest.mark.parametrize("name", PAGES)
def test_the_page_names_every_column_of_a_sheet(name):
    page = (DOCS / name).read_text("utf-8")
    for language in ("zh", "en"):
        titles = [translator(language)(f"export.column.{column}") for column in sheet_columns([])]
        assert [title for title in titles if title not in page] == []
