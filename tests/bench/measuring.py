"""Measuring: CPU time and memory of whole processes, always in pairs with the floor of the same run."""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

FLOOR = (sys.executable, "-c", "import sqlite3, typer, rich.table")
_SCRIPT = Path(sys.executable).with_name("kxplan")
PROGRAM = (str(_SCRIPT),) if _SCRIPT.exists() else (sys.executable, "-m", "kxplan")
"""What people type, its own start included."""


class Cost(NamedTuple):
    """What one process took."""

    cpu_s: float
    """User and system time."""
    wall_s: float
    memory_mb: float
    """The most that was resident at once."""


class Spread(NamedTuple):
    """Several measurements of one figure."""

    least: float
    median: float
    most: float


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a measured process: code is compiled, the language fixed, a status is in colour."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    screen = {"FORCE_COLOR": "1", "TERM": "xterm-256color", "COLUMNS": "100"}
    return {**kept, **screen, "KXPLAN_LANG": "zh", "KXPLAN_WHO": "bench", **more}


def cost(command, environ) -> Cost:
    """Run a command to its end and return what it took; it must succeed."""
    # A process counts the memory of the one that started it as its own: a small one stands between, and reports.
    reading, writing = os.pipe()
    starter = (sys.executable, "-S", "-c", _STARTER, str(writing), *command)
    done = subprocess.run(
        starter, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environ, pass_fds=(writing,), check=False
    )
    os.close(writing)
    with open(reading) as report:
        code, *used = json.loads(report.read())
    if code:
        raise SystemExit(f"{' '.join(command)} ended with {code}: {done.stderr.decode()[-500:]}")
    return Cost(*used)


_STARTER = """
import json, os, sys, time
began = time.perf_counter()
pid = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, used = os.wait4(pid, 0)
took = time.perf_counter() - began
figures = [os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, took, used.ru_maxrss / 1024]
os.write(int(sys.argv[1]), json.dumps(figures).encode())
"""


def spread(values) -> Spread:
    """Return the least, the median and the most of some measurements."""
    values = list(values)
    return Spread(min(values), statistics.median(values), max(values))


def ratios(command, other, environ, rounds, *, of="cpu_s", other_environ=None) -> Spread:
    """Return how a command compares with another, pair by pair, after one run of each that is not counted."""
    cost(command, environ)
    cost(other, other_environ or environ)
    pairs = ((cost(command, environ), cost(other, other_environ or environ)) for _ in range(rounds))
    return spread(getattr(one, of) / getattr(two, of) for one, two in pairs)


def absolute(command, environ, rounds, *, of="wall_s") -> Spread:
    """Return what a command takes."""
    return spread(getattr(cost(command, environ), of) for _ in range(rounds))
