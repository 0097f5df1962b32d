"""The peers: kxplan beside other ledgers of Debian, on generated ledgers of rising size.

`.venv/bin/python tests/bench/peers.py` measures what is installed, draws `docs/performance-*.svg` and
writes the table and the machine into `docs/performance*.md`. Processor time of whole processes, median
of three; a tool that takes longer than `--seconds` at a size is left out beyond it.
"""

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import sys
import tempfile
import uuid
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from ledgers import FIRST, STAGED, workspace
from loglog import drawn
from measuring import PROGRAM, cost, environment

DOCS = Path(__file__).parents[2] / "docs"
SIZES = (1_000, 10_000, 100_000, 1_000_000)
TARGETS = 30
_DAYS = (STAGED - FIRST).days + 1


class Tool(NamedTuple):
    """A ledger to be measured."""

    name: str
    program: str
    make: object
    """Makes a ledger of n entries in a folder."""
    works: dict
    """The command of each work, given the folder."""


def entries(n):
    """Yield day, target and amount of n entries, spread as `ledgers` spreads them."""
    for number in range(n):
        yield FIRST + timedelta(days=number * _DAYS // n), number % TARGETS, number % 7 + 1


def kxplan_ledger(folder, n):
    workspace(folder, targets=TARGETS, entries=n)


def task_data(folder, n):
    folder.mkdir()
    (folder / "taskrc").write_text(f"data.location={folder}\nconfirmation=no\n")
    with (folder / "pending.data").open("w") as file:
        for number, (_, target, _amount) in enumerate(entries(n)):
            id = uuid.UUID(int=number + (4 << 76) + (2 << 62))
            file.write(
                f'[description:"entry {number}" entry:"1672531200" project:"g{target}" status:"pending" uuid:"{id}"]\n'
            )


def journal(folder, n):
    folder.mkdir()
    with (folder / "journal").open("w") as file:
        for day, target, amount in entries(n):
            file.write(f"{day} entry\n    work:g{target}  {amount}\n    done\n\n")


TOOLS = (
    Tool(
        "kxplan", sys.executable, kxplan_ledger,
        {"log": lambda _: [*PROGRAM, "log", "g3", "3", "--yes"], "status": lambda _: [*PROGRAM, "status", "--plain"]},
    ),
    Tool(
        "taskwarrior", "task", task_data,
        {"log": lambda folder: ["task", f"rc:{folder}/taskrc", "add", "project:g3", "entry"],
         "status": lambda folder: ["task", f"rc:{folder}/taskrc", "projects"]},
    ),
    Tool(
        "ledger", "ledger", journal,
        {"log": lambda folder: ["ledger", "-f", f"{folder}/journal", "xact", "2023-11-30", "entry", "3"],
         "status": lambda folder: ["ledger", "-f", f"{folder}/journal", "balance"]},
    ),
    Tool(
        "hledger", "hledger", journal,
        {"status": lambda folder: ["hledger", "-f", f"{folder}/journal", "balance"]},
    ),
)  # fmt: skip


def measured(tool, sizes, seconds, rounds):
    """Return seconds of processor time by work and size; a work that became too slow ends with that size."""
    found = {work: {} for work in tool.works}
    with tempfile.TemporaryDirectory() as name:
        for size in sizes:
            left = [work for work, points in found.items() if max(points.values(), default=0) <= seconds]
            if not left:
                break
            folder = Path(name) / str(size)
            tool.make(folder, size)
            environ = environment(KXPLAN_WORKSPACE=str(folder), TASKRC=f"{folder}/taskrc")
            for work in left:
                command = tool.works[work](folder)
                first = cost(command, environ).cpu_s
                times = [first] if first > seconds else [cost(command, environ).cpu_s for _ in range(rounds)]
                found[work][size] = statistics.median(times)
                print(f"{tool.name} {work} at {size:,}: {found[work][size] * 1000:.0f} ms", file=sys.stderr)
            shutil.rmtree(folder)
    return found


def table(results, sizes):
    """Return the figures as a Markdown table in milliseconds; a dash: left out."""
    lines = ["| | " + " | ".join(f"{size:,}" for size in sizes) + " |", "|---" * (len(sizes) + 1) + "|"]
    for work in ("log", "status"):
        for name, found in results.items():
            if work in found:
                cells = [f"{found[work][size] * 1000:,.0f}" if size in found[work] else "—" for size in sizes]
                lines.append(f"| `{name}` {work} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def machine():
    """Return the machine in one line."""
    try:
        text = Path("/proc/cpuinfo").read_text()
        named = re.search(r"model name\s*: (.*)", text)
        processor = named[1] if named else platform.machine()
    except OSError:
        processor = platform.machine()
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} × {processor}, Python {platform.python_version()}, load {load:.1f}"


def placed(text, name, content):
    """Return `text` with `content` between the marks called `name`."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    head, _, rest = text.partition(begin)
    _, _, tail = rest.partition(end)
    return f"{head}{begin}\n{content}\n{end}{tail}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--docs", type=Path, default=DOCS)
    options = parser.parse_args()
    results = {}
    for tool in TOOLS:
        if shutil.which(tool.program):
            results[tool.name] = measured(tool, options.sizes, options.seconds, options.rounds)
        else:
            print(f"{tool.name} is not installed", file=sys.stderr)
    for work in ("log", "status"):
        lines = {name: found[work] for name, found in results.items() if found.get(work)}
        (options.docs / f"performance-{work}.svg").write_text(drawn(lines), encoding="utf-8")
    for path in options.docs.glob("performance*.md"):
        text = path.read_text(encoding="utf-8")
        text = placed(text, "machine", machine())
        path.write_text(placed(text, "peers", table(results, options.sizes)), encoding="utf-8")
    print(json.dumps(results, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
