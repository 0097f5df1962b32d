"""Texts that would act on a terminal do nothing there, wherever they come from; markup is shown as typed."""

import os
import pty
import re
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from office import environment
from test_hostile import CODES, PLAN, WORDS, Caller, commands, sound  # noqa: F401 -- the fixture is used by its name

from kxplan.ledger.opening import open_ledger
from kxplan.model.entry import Attachment, NewEntry, PlanVersion

MARKUP = "[red]甲[/red][/] :smile: [link=x]"
ACTING = {
    "colour": "\x1b[31;1m红\x1b[0m", "clipboard": "\x1b]52;c;eA==\x07", "link": "\x1b]8;;http://x\x1b\\y\x1b]8;;\x1b\\",
    "8-bit": "\x9b2J\x9d0;t\x9c\x85", "return": "好\r坏\b\x7f", "bidi": "a\u202eb\u2066c\u2069\u200e\u061c", "nothing wide": "a\u200bb\ufeffc\u2060",
    "zero": "a\x00b", "feeds": "a\x0b\x0cb", "separators": "a\u2028b\u2029c", "half a pair": "a\udc80b",
}  # fmt: skip
SGR = re.compile(r"\x1b\[[0-9;]*m")
FORBIDDEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def require_inert(text, *, coloured):
    left = SGR.sub("", text) if coloured else text
    found = FORBIDDEN.search(left)
    assert not found, (ascii(found[0]), ascii(left[max(found.start() - 60, 0) : found.start() + 20]))


@pytest.fixture(scope="module")
def poisoned(sound, tmp_path_factory):  # noqa: F811
    """A workspace whose ledger somebody wrote such texts into past the program, with hashes that fit."""
    root = tmp_path_factory.mktemp("poisoned") / "w"
    shutil.copytree(sound, root)
    version = PlanVersion("p", "d", PLAN, ({"goal": "films", "target": "films", "kind": "sum"},))
    with open_ledger(root / "kxplan.db") as ledger:
        for number, text in enumerate([*ACTING.values(), MARKUP]):
            if "\udc80" in text:
                continue
            signed = {"who": text, "recorded_at": datetime.now(UTC)}
            entry = NewEntry("films", "films", date(2023, 6, 1), Decimal(1), note=text, breakdown=(("人群", text),))
            (made,) = ledger.record(version, [entry], act="log", key=f"k{number}{text}", **signed)
            ledger.fix(version, made.number, amount=Decimal(2), reason=text, **signed)
            ledger.mark(version, text, day=date(2023, 6, 2), **signed)
            about = {"measure": text, "until": date(2023, 7, 1), "day": date(2023, 6, 2)}
            ledger.add_reason(version, "films", text, **about, **signed)
            ledger.add_evidence(version, made.number, [Attachment("ab" * 32, text, 3)], **signed)
            ledger.record(version, [NewEntry(text, text, date(2023, 6, 1), Decimal(1))], act="log", **signed)
    return root


WAYS = {
    "as it comes": ([], {}), "coloured": ([], {"FORCE_COLOR": "1", "COLUMNS": "70"}), "plain": (["--plain"], {}),
    "wide": (["--lang", "en"], {"COLUMNS": "300", "NO_COLOR": "1"}), "json": (["--json"], {}),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_what_was_written_into_the_ledger_by_hand_does_nothing(poisoned, tmp_path, way, is_long):
    options, environ = WAYS[way]
    for number, words in enumerate(commands()):
        if not is_long and words[0] not in ("history", "status", "show") and number % 4:
            continue
        root = tmp_path / str(number) / "w"
        shutil.copytree(poisoned, root)
        code, out, err = Caller(root)(*options, *words, **environ)
        assert code in CODES
        for text in (out, err):
            require_inert(text, coloured="FORCE_COLOR" in environ)


TYPED = [
    ["log", "films", "1", "-d", "2023-06-01", "-n", "T", "--who", "T", "--key", "T", "--yes"], ["log", "T", "1"], ["log", "films", "T"],
    ["log", "films", "1", "人群=T"], ["log", "films", "1", "T=农民"], ["log", "films", "1", "-d", "T"], ["log", "films", "1", "--evidence", "T"],
    ["fix", "1", "32", "--reason", "T"], ["fix", "T", "32", "--reason", "x"], ["void", "1", "--reason", "T"], ["mark", "T"],
    ["reason", "films", "T", "--measure", "T", "--until", "7-1"], ["history", "T"], ["status", "--lead", "T"], ["status", "--since", "T"],
    ["status", "--group", "T"], ["show", "T"], ["-p", "T", "status"], ["-C", "T", "status"], ["T"], ["--T"], ["status", "--T"], ["check", "T"],
    ["done", "T"], ["draft", "T"], ["import", "T"], ["restore", "T"], ["backup", "T"], ["form", "-o", "T"], ["report", "T"],
    ["report", "-o", "T"], ["report", "--lead", "T"], ["export", "-o", "T"], ["evidence", "T"], ["evidence", "add", "1", "T"], ["mail", "--to", "T"], ["init", "T"],
]  # fmt: skip


@pytest.mark.parametrize("name", [name for name in ACTING if name != "zero"])  # no process can be given a zero
def test_what_somebody_types_does_nothing_and_leaves_nothing_that_could(sound, tmp_path, name):  # noqa: F811
    root = tmp_path / "w"
    shutil.copytree(sound, root)
    call = Caller(root)
    for words in TYPED:
        code, out, err = call(*(word.replace("T", ACTING[name]) for word in words))
        assert code in CODES, (words, code)
        assert out or err
        for text in (out, err):
            require_inert(text, coloured=False)
    for words in (["history", "--json"], ["status"], ["show", "films"]):
        require_inert(call(*words)[1], coloured=False)


def test_markup_is_shown_as_typed(poisoned):
    call = Caller(poisoned)
    for words in (["history"], ["show", "films"], ["status", "--since", MARKUP]):
        assert MARKUP in call(*words, COLUMNS="400")[1]


def test_on_a_terminal_only_our_own_colours_are_seen(poisoned):
    for words in (["status"], ["history"], ["show", "films"], ["explain", "films"]):
        text = on_a_terminal(poisoned, words)
        assert SGR.search(text)
        require_inert(text, coloured=True)


def on_a_terminal(root, words):
    """Return what the command writes to a terminal, its line ends as they were written."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "kxplan", *words], cwd=root, env={**environment(), "TERM": "xterm-256color"},
        stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    chunks = []
    try:
        while chunk := os.read(ours, 65536):
            chunks.append(chunk)
    except OSError:
        pass  # how a terminal ends
    os.close(ours)
    assert process.wait() == 0
    return b"".join(chunks).decode().replace("\r\n", "\n")


def test_every_command_of_the_table_is_called():
    called = {" ".join(words[:2]) if words[0] == "evidence" else words[0] for words in commands()}
    assert set(WORDS) >= called - {"evidence"}
