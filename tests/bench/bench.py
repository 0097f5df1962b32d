"""The benchmark: every figure that is promised, beside what was measured in this run.

`.venv/bin/python tests/bench/bench.py` prints the table and writes `tests/bench/last.json`;
`--quick` leaves out the large ledgers, `--gate` ends with 1 where a figure does not hold,
`--keep` makes the run the new `tests/bench/baseline.json`.
"""

import argparse
import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from ledgers import csv_rows, plan_text, workspace
from measuring import FLOOR, PROGRAM, Spread, absolute, cost, environment, ratios, spread

HERE = Path(__file__).parent


class Figure(NamedTuple):
    """One promised figure and what was measured of it."""

    name: str
    unit: str
    limit: float
    """At most this, or at least where the unit says so."""
    measured: Spread

    @property
    def holds(self) -> bool:
        return self.measured.median >= self.limit if self.unit.startswith("≥") else self.measured.median <= self.limit


def start_up(folder: Path, rounds: int):
    """Yield the figures of short commands on thirty targets and a thousand entries.

    Those of `status` on 299: with the plan the largest ledger that it walks before it reads, and so its slowest.
    """
    walked = environment(KXPLAN_WORKSPACE=str(workspace(folder / "walked", targets=30, entries=299)))
    home = workspace(folder / "thousand", targets=30, entries=1000)
    environ = environment(KXPLAN_WORKSPACE=str(home))
    for name, limit, words, where in (
        ("log", 0.85, ["log", "g3", "3", "--yes"], environ),
        ("status", 1.25, ["status"], walked),
        ("status --plain", 0.9, ["status", "--plain"], walked),
        ("status --json", 0.9, ["status", "--json"], walked),
        ("--help", 1.5, ["--help"], environ),
        ("--version", 0.9, ["--version"], environ),
    ):
        yield Figure(name, "F", limit, ratios([*PROGRAM, *words], FLOOR, where, rounds))
    completing = {**environ, "_KXPLAN_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "kxplan log g"}
    yield Figure("completion of a goal", "F", 0.9, ratios(PROGRAM, FLOOR, completing, rounds, other_environ=environ))
    for name, words in (("log", ["log", "g3", "3", "--yes"]), ("status", ["status"])):
        measured = ratios([*PROGRAM, *words], FLOOR, environ, max(rounds // 3, 3), of="memory_mb")
        yield Figure(f"memory of {name}", "F's", 1.4, measured)


def changed_plan(folder: Path, rounds: int):
    """Yield the figures of the first command after the plan file changed."""
    for targets, limit in ((30, 5), (300, 9)):
        home = workspace(folder / f"changed{targets}", targets=targets, entries=0)
        environ = environment(KXPLAN_WORKSPACE=str(home))
        path = home / "plans" / "bench.yaml"
        values = []
        for number in range(max(rounds // 2, 3)):
            path.write_text(f"{plan_text(targets)}# {number}\n", encoding="utf-8")
            values.append(ratios_once([*PROGRAM, "status", "--json"], environ))
        yield Figure(f"first command after a change, {targets} goals", "F", limit, spread(values))


def ratios_once(command, environ) -> float:
    """Return one pair's ratio, without a run to warm up: the first run is what counts."""
    floor = cost(FLOOR, environ).cpu_s
    return cost(command, environ).cpu_s / floor


def scale(folder: Path, rounds: int, entries: int):
    """Yield the figures of a large ledger beside a small one."""
    small = environment(KXPLAN_WORKSPACE=str(folder / "thousand"))
    home = workspace(folder / "large", targets=30, entries=entries)
    large = environment(KXPLAN_WORKSPACE=str(home))
    size = f"{entries:,} entries"
    for name, words in (("status", ["status"]), ("log", ["log", "g3", "3", "--yes"])):
        command = [*PROGRAM, *words]
        yield Figure(f"{name} at {size}", "× 1,000", 1.1, ratios(command, command, large, rounds, other_environ=small))
    earlier, now = [*PROGRAM, "status", "--as-of", "2023-06-30"], [*PROGRAM, "status"]
    yield Figure(f"status --as-of at {size}", "× status", 1.5, ratios(earlier, now, large, rounds))
    for name, words in (("history g3", ["history", "g3"]), ("show g3", ["show", "g3"])):
        yield Figure(f"{name} at {size}", "F", 2, ratios([*PROGRAM, *words], FLOOR, large, rounds))
    yield Figure(f"check of {size}", "s", 5, absolute([*PROGRAM, "check"], large, 2))
    yield Figure(f"memory of check of {size}", "MB", 150, absolute([*PROGRAM, "check"], large, 1, of="memory_mb"))


def bulk(folder: Path, rows: int):
    """Yield the figures of an import on an unchanged plan beside SQLite's own of the same file."""
    file = csv_rows(folder / "rows.csv", targets=30, rows=rows)
    costs, floors = [], []
    for number in range(5):
        home = workspace(folder / f"import{number}", targets=30, entries=0)
        environ = environment(KXPLAN_WORKSPACE=str(home))
        cost([*PROGRAM, "status"], environ)
        costs.append(cost([*PROGRAM, "import", str(file), "--yes"], environ))
        if shutil.which("sqlite3"):
            bare = folder / f"bare{number}.db"
            floors.append(cost(["sqlite3", str(bare), f".import --csv {file} bare"], environ))
    if floors:
        values = [one.cpu_s / floor.cpu_s for one, floor in zip(costs, floors, strict=True)]
        yield Figure(f"import of {rows:,} rows", "× .import", 10, spread(values))
    yield Figure(f"memory of importing {rows:,} rows", "MB", 150, spread(one.memory_mb for one in costs))


def reports(folder: Path):
    """Yield the figures of the year's report in its formats, of a plan of the usual size and of a large one."""
    home = workspace(folder / "report", targets=100, entries=50_000, is_lived_in=True)
    environ = environment(KXPLAN_WORKSPACE=str(home))
    for ending in ("md", "txt", "html", "docx", "xlsx", "csv", "json"):
        command = [*PROGRAM, "report", "year", "-o", str(folder / f"usual.{ending}")]
        yield Figure(f"report of 50,000 entries as {ending}", "s", 2, absolute(command, environ, 2))
        yield Figure(f"its memory as {ending}", "MB", 200, absolute(command, environ, 1, of="memory_mb"))
    home = workspace(folder / "reports", targets=300, entries=100_000, is_lived_in=True)
    environ = environment(KXPLAN_WORKSPACE=str(home))
    for ending in ("docx", "xlsx", "html"):
        command = [*PROGRAM, "report", "year", "-o", str(folder / f"year.{ending}")]
        yield Figure(f"report year as {ending}", "s", 3, absolute(command, environ, 2))
        yield Figure(f"memory of report year as {ending}", "MB", 250, absolute(command, environ, 1, of="memory_mb"))


def together(folder: Path):
    """Yield how many entries a second sixteen people write at once."""
    home = workspace(folder / "together", targets=30, entries=0)
    environ = environment(KXPLAN_WORKSPACE=str(home))
    script = 'for i in $(seq 50); do "$@" log g$0 1 --yes -q >/dev/null || exit 1; done'
    began = time.perf_counter()
    people = [subprocess.Popen(["sh", "-c", script, str(one), *PROGRAM], env=environ) for one in range(16)]
    if any(person.wait() for person in people):
        raise SystemExit("a log among sixteen failed")
    rate = 800 / (time.perf_counter() - began)
    with sqlite3.connect(home / "kxplan.db") as ledger:
        (there,) = ledger.execute("SELECT count(*) FROM entries WHERE act = 'log'").fetchone()
    yield Figure("800 logs by 16 processes, lost", "entries", 0, Spread(800 - there, 800 - there, 800 - there))
    yield Figure("logs a second by 16 processes", "≥ /s", 30, Spread(rate, rate, rate))


def table(figures, baseline) -> str:
    """Return the figures as text, each beside the baseline's median where that knows it."""
    lines = [f"{'figure':<44}{'limit':>9}{'min':>9}{'median':>9}{'max':>9}{'before':>9}  unit"]
    for figure in figures:
        numbers = "".join(f"{value:>9.2f}" for value in figure.measured)
        before = baseline.get(figure.name)
        told = f"{before:>9.2f}" if before is not None else f"{'':>9}"
        verdict = "" if figure.holds else "  DOES NOT HOLD"
        lines.append(f"{figure.name:<44}{figure.limit:>9.2f}{numbers}{told}  {figure.unit}{verdict}")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--gate", action="store_true")
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    figures = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts = [start_up(folder, options.rounds), changed_plan(folder, options.rounds)]
        if not options.quick:
            parts += [
                scale(folder, options.rounds, options.entries),
                bulk(folder, 100_000),
                reports(folder),
                together(folder),
            ]
        for part in parts:
            for figure in part:
                figures.append(figure)
                print(f"{figure.name}: {figure.measured.median:.2f} {figure.unit}", file=sys.stderr)
    kept = HERE / "baseline.json"
    baseline = json.loads(kept.read_text()) if kept.exists() else {}
    print(table(figures, baseline))
    medians = {figure.name: round(figure.measured.median, 3) for figure in figures}
    (HERE / "last.json").write_text(json.dumps(medians, ensure_ascii=False, indent=1) + "\n")
    if options.keep:
        kept.write_text(json.dumps({**baseline, **medians}, ensure_ascii=False, indent=1) + "\n")
    return int(options.gate and not all(figure.holds for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
