"""Streams, environments and consoles of every kind: each command ends with its exit code, never with a traceback."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from office import ROOT, environment
from test_hostile import CODES, commands, sound  # noqa: F401 -- the fixture is used by its name

from kxplan.ledger.opening import read_ledger

KXPLAN = [sys.executable, "-m", "kxplan"]
BARE = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


def closed_pipe():
    """Return the writing end of a pipe that nobody reads any more."""
    reading, writing = os.pipe()
    os.close(reading)
    return writing


def ran(words, root, *, env=None, stdout=subprocess.PIPE, stderr=subprocess.PIPE, shell=""):
    command = ["sh", "-c", f'exec "$0" "$@" {shell}', *KXPLAN, *words] if shell else [*KXPLAN, *words]
    return subprocess.run(
        command, cwd=root, env=env or environment(), stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr, check=False
    )


def nobody_reads(words, root, *, errors_too=False):
    writing = closed_pipe()
    try:
        return ran(words, root, stdout=writing, stderr=writing if errors_too else subprocess.PIPE)
    finally:
        os.close(writing)


CONDITIONS = {
    "nobody reads": nobody_reads,
    "nobody reads, errors neither": lambda words, root: nobody_reads(words, root, errors_too=True),
    "streams closed": lambda words, root: ran(words, root, shell=">&- 2>&- <&-"),
    "a full disk behind stdout": lambda words, root: ran(words, root, shell="> /dev/full"),
    "no environment": lambda words, root: ran(words, root, env=BARE),
    "the C locale": lambda words, root: ran(
        words, root, env={**BARE, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    ),
    "a GBK console": lambda words, root: ran(words, root, env={**environment(), "PYTHONIOENCODING": "gbk"}),
    "no home": lambda words, root: ran(words, root, env={**environment(), "HOME": "/nowhere"}),
    "a word that is no text": lambda words, root: ran([*words, b"\xff\xfe"], root),
}
CASES = [(number, words) for number, words in enumerate(commands())]


@pytest.mark.parametrize(("number", "words"), CASES, ids=[" ".join(words) for _, words in CASES])
def test_a_command_ends_with_its_exit_code(sound, tmp_path, number, words, is_long):  # noqa: F811
    for index, (name, condition) in enumerate(CONDITIONS.items()):
        if not is_long and (number + index) % len(CONDITIONS):
            continue
        root = tmp_path / str(index) / "w"
        shutil.copytree(sound, root)
        done = condition(words, root)
        assert done.returncode in CODES, (name, done)
        for stream in (done.stdout, done.stderr):
            assert b"Traceback" not in (stream or b""), (name, done)
        if name == "a GBK console" and "--json" not in words:
            done.stdout.decode("gbk")
        with read_ledger(root / "kxplan.db") as ledger:
            assert ledger.verify() == ()


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
@pytest.mark.parametrize("module", ["cli.py", "grammar.py", "commands/log.py", "ledger/sqlite.py", "render/cells.py"])
def test_ctrl_c_is_an_exit_code_from_the_first_moment(sound, tmp_path, module):  # noqa: F811
    root = tmp_path / "w"
    shutil.copytree(sound, root)
    trace = tmp_path / "trace"
    fault = [
        "strace",
        "-f",
        "-qq",
        "-o",
        trace,
        "-P",
        Path(ROOT) / "kxplan" / module,
        "-e",
        "inject=newfstatat:signal=SIGINT:when=1",
    ]
    command = [*map(str, fault), *KXPLAN, "log", "films", "1", "-d", "2023-06-01", "--yes"]
    done = subprocess.run(
        command, cwd=root, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    assert "SIGINT" in trace.read_text()
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")
    with read_ledger(root / "kxplan.db") as ledger:
        assert ledger.verify() == ()
