"""Beside the entries: marks, reasons, evidence and the versions of a plan, as the commands tell them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from kxplan.errors.store import DamagedEntryError
from kxplan.ledger.chain import CONTENT_SQL, sealed
from kxplan.ledger.rows import instant, instant_text, unpacked
from kxplan.model.entry import Evidence, Mark, PlainRow, PlanVersion, Reason
from kxplan.store.connection import MEMORY, Connection


def marks(connection: Connection) -> tuple[Mark, ...]:
    """Return all marks, oldest first."""
    return tuple(_mark(row) for row in _beside(connection, "mark"))


def reasons(
    connection: Connection, plan: str, as_of: date | None = None, known_by: datetime | None = None
) -> dict[str, Reason]:
    """Return the newest reason of each goal, of those given through `as_of` and recorded before `known_by`."""
    through = "9999" if as_of is None else as_of.isoformat()
    before = "9999" if known_by is None else instant_text(known_by)
    newest = {}
    for row in _beside(connection, "reason", plan, "AND day <= ? AND recorded_at < ? ORDER BY number", through, before):
        newest[row["goal"]] = _reason(row)
    return newest


def evidence(connection: Connection, plan: str | None = None) -> tuple[Evidence, ...]:
    """Return the pieces of evidence of a plan, or of all, oldest first."""
    return tuple(_evidence(row) for row in _beside(connection, "evidence", plan))


def versions(connection: Connection, plan: str) -> Iterator[PlanVersion]:
    """Yield the recorded versions of a plan, oldest first; of many long plans one at a time is held."""
    numbers = connection.execute(
        "SELECT number FROM entries WHERE act = 'plan' AND target IS NULL AND plan = ? ORDER BY number", (plan,)
    ).fetchall()
    for (number,) in numbers:
        (row,) = _beside(connection, "plan", plan, "AND number = ?", number)
        yield _sealed_version(connection, row)


def newest_version(connection: Connection, plan: str) -> PlanVersion | None:
    """Return the plan as last recorded; None where it never was."""
    rows = _beside(connection, "plan", plan, "ORDER BY number DESC LIMIT 1")
    return _sealed_version(connection, rows[0]) if rows else None


def version_known_by(connection: Connection, plan: str, instant: datetime) -> PlanVersion | None:
    """Return the plan as last recorded before `instant`, or as first recorded; None where it never was."""
    before = "AND recorded_at < ? ORDER BY number DESC LIMIT 1"
    known = _beside(connection, "plan", plan, before, instant_text(instant))
    rows = known or _beside(connection, "plan", plan, "ORDER BY number LIMIT 1")
    return _sealed_version(connection, rows[0]) if rows else None


def refuse_strange(event: Mapping[str, Any]) -> None:
    """Refuse a mark, a reason, evidence or a plan that could not be read again, by its columns.

    Raises:
        ValueError, TypeError, KeyError: it could not.
    """
    if event["target"] is not None:
        raise ValueError(event)
    _BESIDE[event["act"]](event)


def _beside(
    connection: Connection, act: str, plan: str | None = None, more: str = "ORDER BY number", *values: str | int
) -> list[dict[str, Any]]:
    """Select events that concern no target, through their own small index."""
    cursor = connection.execute(
        f"""
        SELECT number, plan, goal, day, who, recorded_at, reason, digest, data, place FROM entries
        WHERE act = ? AND target IS NULL {"" if plan is None else "AND plan = ?"} {more}
        """,  # noqa: S608 -- the pieces are ours
        (act, *(() if plan is None else (plan,)), *values),
    )
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _mark(row: Mapping[str, Any]) -> Mark:
    name = _text(unpacked(row["data"])["name"])
    return Mark(name, row["number"], date.fromisoformat(row["day"]), instant(row["recorded_at"]))


def _reason(row: Mapping[str, Any]) -> Reason:
    data = unpacked(row["data"])
    return Reason(
        goal=_text(row["goal"]),
        text=_text(row["reason"]),
        measure=_text(data["measure"]) if "measure" in data else None,
        until=date.fromisoformat(data["until"]) if "until" in data else None,
        who=row["who"],
        day=date.fromisoformat(row["day"]),
        recorded_at=instant(row["recorded_at"]),
        number=row["number"],
    )


def _evidence(row: Mapping[str, Any]) -> Evidence:
    data = unpacked(row["data"])
    return Evidence(
        number=row["number"],
        entry=row["place"],
        plan=row["plan"],
        goal=_text(row["goal"]),
        name=_text(data["name"]),
        size=_size(data["size"]),
        sha256=_text(row["digest"]),
        who=row["who"],
        recorded_at=instant(row["recorded_at"]),
    )


def _sealed_version(connection: Connection, row: Mapping[str, Any]) -> PlanVersion:
    _refuse_unsealed(connection, row["number"])
    return _version(row)


def _version(row: Mapping[str, Any]) -> PlanVersion:
    data = unpacked(row["data"])
    return PlanVersion(
        plan=row["plan"],
        digest=_text(row["digest"]),
        text=_text(data.get("text", "")),
        rows=_plain_rows(data.get("rows", [])),
        accepted=_plain_rows(data["accepted"]) if "accepted" in data else None,
        number=row["number"],
        recorded_at=instant(row["recorded_at"]),
        calendar=_calendar(data["calendar"]) if "calendar" in data else None,
    )


def _refuse_unsealed(connection: Connection, number: int) -> None:
    """Refuse an event whose hash is not that of its content: a changed plan text would change the whole past."""
    if connection.path == MEMORY:
        return  # Salvaged: every event was looked at, and some before it may be lost.
    origin, kept, content = connection.execute(
        f"SELECT origin, CAST(hash AS BLOB), CAST({CONTENT_SQL} AS BLOB) FROM entries WHERE number = ?",  # noqa: S608
        (number,),
    ).fetchone()
    before = connection.execute(
        "SELECT CAST(hash AS BLOB) FROM entries WHERE origin = ? AND number < ? ORDER BY number DESC LIMIT 1",
        (origin, number),
    ).fetchone()
    if sealed(before[0] if before else b"", content) != kept:
        raise DamagedEntryError(path=connection.path, number=number)


def _plain_rows(value: Any) -> tuple[PlainRow, ...]:
    """Return recorded rows of a plan. Raises ValueError where they are none."""
    if not isinstance(value, list) or not all(
        isinstance(row, dict) and "goal" in row and "target" in row for row in value
    ):
        raise ValueError(value)
    return tuple(value)


def _calendar(value: Any) -> dict[str, list[Any]]:
    """Return recorded working days. Raises ValueError or TypeError where they are none."""
    if not isinstance(value, dict):
        raise ValueError(value)  # noqa: TRY004 -- of what was read, the value is wrong
    days = {name: [date.fromisoformat(day).isoformat() for day in value.get(name, [])] for name in ("off", "work")}
    return days | {"estimated": [_size(year) for year in value.get("estimated", [])]}


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(value)  # noqa: TRY004 -- of what was read, the value is wrong
    return value


def _size(value: Any) -> int:
    if not isinstance(value, int) or value < 0:
        raise ValueError(value)
    return value


_BESIDE: Mapping[str, Callable[[Mapping[str, Any]], object]] = {
    "mark": _mark, "reason": _reason, "evidence": _evidence, "plan": _version,
}  # fmt: skip
