"""Generated workspaces: a plan of n targets with any number of entries, spread evenly over its year."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from kxplan.ledger.opening import create_ledger, open_ledger
from kxplan.model.entry import NewEntry, PlanVersion
from kxplan.plans.reader import read_plan
from kxplan.plans.rows import plain_rows
from kxplan.workspace import make_workspace

FIRST = date(2023, 1, 1)
STAGED = date(2023, 11, 30)
_DAYS = (STAGED - FIRST).days + 1


def plan_text(targets: int) -> str:
    """Return a plan of `targets` goals that add up, in sections of ten, with the usual paces by turns."""
    paces = ("even", "quarterly", "monthly", "workdays")
    lines = ["plan: bench", "title: 测速计划", "period: 2023", "defaults: {lead: 办公室}", "sections:"]
    for number in range(targets):
        if number % 10 == 0:
            lines += [f"  - id: s{number // 10}", f"    title: 第{number // 10 + 1}板块", "    goals:"]
        pace = paces[number % len(paces)]
        lines.append(f"      - {{id: g{number}, title: 测速任务{number}号, target: 9000万场, pace: {pace}}}")
    return "\n".join(lines) + "\n"


def workspace(folder: Path, *, targets: int, entries: int, is_lived_in: bool = False) -> Path:
    """Make a workspace with a plan of `targets` goals and a ledger of `entries` entries; return it.

    A ledger that is lived in got each month's entries, all with notes, by the end of that month.
    """
    made = make_workspace(folder, f"today = {STAGED}\n")
    text = plan_text(targets)
    (made.plans / "bench.yaml").write_text(text, encoding="utf-8")
    create_ledger(made.ledger)
    if entries:
        plan = read_plan(text.encode(), "bench.yaml")
        rows = plain_rows(plan)
        version = PlanVersion(plan.id, plan.digest, text, rows, accepted=rows)
        made_entries = _entries(targets, entries, is_noted=is_lived_in)
        with open_ledger(made.ledger) as ledger:
            for month, of_month in groupby(made_entries, key=lambda entry: entry.day.month if is_lived_in else 0):
                at = datetime(STAGED.year, month, 28, tzinfo=UTC) if month else datetime.now(UTC)
                ledger.record_many(version, of_month, who="bench", recorded_at=at)
    return folder


def _entries(targets: int, entries: int, *, is_noted: bool):
    for number in range(entries):
        goal = f"g{number % targets}"
        day = FIRST + timedelta(days=number * _DAYS // entries)
        note = f"第{number}次活动，街道和学校都来了人" if is_noted else None
        yield NewEntry(goal, goal, day, Decimal(number % 7 + 1), note=note)


def csv_rows(path: Path, *, targets: int, rows: int) -> Path:
    """Write a csv file that `import` reads."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.write("日期,工作任务,数量,说明\r\n")
        for number in range(rows):
            day = FIRST + timedelta(days=number * _DAYS // rows)
            file.write(f"{day},g{number % targets},{number % 7 + 1},第{number}次\r\n")
    return path
