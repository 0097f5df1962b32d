"""`demo`: a workspace with the shipped plan, a sample half year, and its status."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from typer import Argument, Context

from kxplan.commands.status import status
from kxplan.errors import UsageError
from kxplan.ledger.opening import create_ledger
from kxplan.message import message
from kxplan.model.entry import NewEntry
from kxplan.workspace import SETTINGS_NAME, Workspace, make_workspace, write_new

if TYPE_CHECKING:
    from kxplan.commands.call import Call

PLAN_NAME = "kexie-2023.yaml"
SAMPLE_NAME = "kexie-2023.sample.csv"
REASONS_NAME = "kexie-2023.sample-reasons.csv"
STAGED_DAY = date(2023, 6, 30)


def demo(
    ctx: Context,
    folder: Annotated[Path | None, Argument(metavar="DIR")] = None,
) -> None:
    """Make a workspace to try things in, and show its status."""
    call: Call = ctx.obj
    root = folder or (Path(call.folder) if call.folder else call.cwd / "kxplan-demo")
    if (root / SETTINGS_NAME).exists():
        call.folder = str(root)
        call.note(message("demo.exists", folder=str(root)))
    elif root.exists() and any(root.iterdir()):
        raise UsageError("demo.not-empty", folder=str(root))
    else:
        call.folder = str(_made(call, root).root)
    status(ctx)
    if not call.as_json:
        call.note(message("demo.next", folder=str(root)))


def _made(call: Call, root: Path) -> Workspace:
    workspace = make_workspace(root, call.tr("demo.settings", today=STAGED_DAY))
    shipped = shipped_folder()
    write_new(workspace.plans / PLAN_NAME, (shipped / PLAN_NAME).read_text(encoding="utf-8"))
    create_ledger(workspace.ledger)
    call.folder = str(root)
    ledger = call.writing
    version = call.version(ledger)
    for recorded_at, who, act, entry in _sample(shipped / SAMPLE_NAME):
        ledger.record(version, (entry,), act=act, who=who, recorded_at=recorded_at)
    for row in _rows(shipped / REASONS_NAME):
        ledger.add_reason(
            version,
            row["goal"],
            row["reason"],
            measure=row["measure"],
            until=date.fromisoformat(row["until"]),
            day=date.fromisoformat(row["day"]),
            who=row["who"],
            recorded_at=_afternoon(row["day"]) + timedelta(hours=1),
        )
    return workspace


def shipped_folder() -> Path:
    """Return the folder of the shipped plans: inside the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "sample"
    return inside if inside.is_dir() else package.parent / "plans"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sorted(csv.DictReader(file), key=lambda row: row["day"])


def _afternoon(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(9, 0), UTC)


def _sample(path: Path) -> Iterator[tuple[datetime, str, Literal["log", "done"], NewEntry]]:
    """Yield the sample entries, each recorded in the afternoon of its work day."""
    for index, row in enumerate(_rows(path)):
        day = date.fromisoformat(row["day"])
        recorded_at = _afternoon(row["day"]) + timedelta(seconds=index)
        steps = tuple(step for step in row["steps"].split() if step)
        entry = NewEntry(
            row["goal"],
            row["target"] or row["goal"],
            day,
            Decimal(row["amount"]) if row["amount"] else None,
            Decimal(row["denominator"]) if row["denominator"] else None,
            steps=steps,
            breakdown=tuple(
                (key, value) for key, _, value in (pair.partition("=") for pair in row["breakdown"].split())
            ),
            note=row["note"] or None,
        )
        yield recorded_at, row["who"], "done" if steps else "log", entry
