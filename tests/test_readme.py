"""The READMEs and the pages: every session is run and compared, every command told once, every link goes somewhere."""

import re
import shlex
from pathlib import Path

import pytest

from kxplan.cli import COMMANDS

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
PAGES = sorted([*ROOT.glob("README*.md"), *(ROOT / "docs").glob("*.md")])
LINK = re.compile(r"\]\(([^)#\s][^)\s]*)\)")
UTC = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")


def played(session, run, monkeypatch):
    """Run the commands of a session; return it as it came out."""
    told = []
    for line in session.splitlines():
        if not line.startswith("$ "):
            continue
        told.append(line)
        words = shlex.split(line[2:])
        if words[0] == "cd":
            monkeypatch.chdir(words[1])
            continue
        assert words[0] == "kxplan", line
        ran = run(*words[1:], KXPLAN_LANG=run.language, COLUMNS="80", KXPLAN_WHO="wang")
        told += (ran.out + ran.err).splitlines()
    return "\n".join(told) + "\n"


@pytest.mark.parametrize(("name", "language"), [("README.md", "en"), ("README.zh-CN.md", "zh")])
def test_the_sessions_come_out_as_written(name, language, run, monkeypatch, request):
    text = (ROOT / name).read_text(encoding="utf-8")

    def speaking(*args, **environ):
        return run(*args, **environ)

    speaking.language = language
    assert run("demo").code == 0  # what the first block does
    played_text = BLOCK.sub(lambda block: played(block[0], speaking, monkeypatch), text)
    if request.config.getoption("--refresh-golden"):
        (ROOT / name).write_text(played_text, encoding="utf-8")
        text = played_text
    assert UTC.sub("", played_text) == UTC.sub("", text)


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_every_command_has_its_one_place_in_the_table(name):
    rows = re.findall(r"^\| (`kxplan .*?) \|", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(re.findall(r"`kxplan ([a-z]+)`", " ".join(rows))) == sorted(COMMANDS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_goes_to_a_file_that_is_there(page):
    links = [link.partition("#")[0] for link in LINK.findall(page.read_text(encoding="utf-8"))]
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_is_there_in_both_languages(page):
    other = page.name.replace(".zh-CN.md", ".md") if ".zh-CN." in page.name else page.name.replace(".md", ".zh-CN.md")
    assert f"]({other})" in page.read_text(encoding="utf-8").split("##")[0]


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_every_page_is_linked_from_the_readme_of_its_language(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    own = [page for page in PAGES if page.parent != ROOT and (".zh-CN." in page.name) == (".zh-CN." in name)]
    assert [page.name for page in own if f"](docs/{page.name})" not in text] == []


@pytest.mark.parametrize("name", ["scripts.md", "scripts.zh-CN.md"])
def test_the_exit_codes_told_are_those_of_the_program(name):
    from kxplan.errors import ExitCode

    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)}
    assert told == {int(code) for code in ExitCode}
