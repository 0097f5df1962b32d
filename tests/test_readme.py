"""The READMEs: every session in them is run and compared."""

import re
import shlex
from pathlib import Path

import pytest

from kxplan.cli import COMMANDS

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
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
    played_text = BLOCK.sub(lambda block: played(block[0], speaking, monkeypatch), text)
    if request.config.getoption("--refresh-golden"):
        (ROOT / name).write_text(played_text, encoding="utf-8")
        text = played_text
    assert UTC.sub("", played_text) == UTC.sub("", text)


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_every_command_is_named(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert [command for command in COMMANDS if f"kxplan {command}" not in text] == []


def test_the_exit_codes_of_the_readme_are_those_of_the_program():
    from kxplan.errors import ExitCode

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)}
    assert told == {int(code) for code in ExitCode}
