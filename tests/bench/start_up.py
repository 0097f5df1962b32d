"""Start-up: what a command costs as a ratio to importing its libraries, in the same run.

Run it with `.venv/bin/python tests/bench/start_up.py [rounds]`.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

FLOOR = [sys.executable, "-c", "import sqlite3, typer, rich.table"]
PROGRAM = [sys.executable, "-m", "kxplan"]


def cpu_seconds(command, environ):
    """Return the CPU time of one run, user and system."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environ)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime


def ratios(command, environ, rounds):
    """Return the ratios of a command to the floor, pair by pair."""
    return [cpu_seconds(command, environ) / cpu_seconds(FLOOR, environ) for _ in range(rounds)]


def main(rounds=15):
    with tempfile.TemporaryDirectory() as folder:
        environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environ |= {"KXPLAN_WORKSPACE": str(Path(folder) / "demo"), "KXPLAN_LANG": "zh"}  # as installed: compiled
        subprocess.run([*PROGRAM, "demo", str(Path(folder) / "demo")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, env=environ)
        commands = {
            "log": ["log", "films", "3", "--yes"],
            "status": ["status"],
            "status --plain": ["status", "--plain"],
            "status --json": ["status", "--json"],
            "--help": ["--help"],
            "--version": ["--version"],
        }
        print(f"{'command':<16}{'min':>8}{'median':>8}{'max':>8}   of the floor")
        for name, words in commands.items():
            found = ratios([*PROGRAM, *words], environ, rounds)
            print(f"{name:<16}{min(found):>8.2f}{statistics.median(found):>8.2f}{max(found):>8.2f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
