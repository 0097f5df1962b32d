"""Appending: the next event gets its number, its id and its link in the chain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from kxplan.ledger.chain import HASHED, content, sealed
from kxplan.ledger.rows import Row, instant_text, new_ids, packed, unpacked
from kxplan.model.entry import Act, PlanVersion
from kxplan.store.connection import Connection

COLUMNS = (*Row._fields, "hash")
INSERT = f"INSERT INTO entries ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608
_HASHED_AT = tuple(Row._fields.index(name) for name in HASHED)


class Appender:
    """Adds events at the end of the table, inside one write transaction."""

    def __init__(self, connection: Connection, plan: str, who: str, recorded_at: datetime) -> None:
        """Find the end of the table; events will be of `plan` unless they say so, by `who`, at `recorded_at`."""
        self.connection = connection
        self.plan = plan
        self.who = who
        self.ids = new_ids(recorded_at)
        self.instant = instant_text(recorded_at)
        self.origin = origin(connection)
        self.number = (connection.execute("SELECT max(number) FROM entries").fetchone()[0] or 0) + 1
        last = connection.execute(
            "SELECT hash FROM entries WHERE origin = ? ORDER BY number DESC LIMIT 1", (self.origin,)
        ).fetchone()
        self.hash: str = last[0] if last else ""

    def append(
        self,
        act: Act,
        *,
        plan: str | None = None,
        who: str | None = None,
        goal: str | None = None,
        target: str | None = None,
        day: str | None = None,
        amount: int | None = None,
        denominator: int | None = None,
        note: str | None = None,
        corrects: str | None = None,
        about: str | None = None,
        reason: str | None = None,
        key: str | None = None,
        batch: str | None = None,
        digest: str | None = None,
        data: Mapping[str, Any] | None = None,
        place: int | None = None,
    ) -> Row:
        """Add one event with these columns; return it."""
        row = Row(
            self.number, next(self.ids), self.origin, act, plan or self.plan, goal, target, day, amount,
            denominator, note, who or self.who, self.instant, corrects, about, reason, key, batch, digest,
            packed(data) if data else None, place or self.number,
        )  # fmt: skip
        self.hash = sealed(self.hash.encode(), content([row[index] for index in _HASHED_AT])).decode()
        self.number += 1
        self.connection.execute(INSERT, (*row, self.hash))
        return row

    def note_version(self, version: PlanVersion) -> None:
        """Record the plan's text and working days unless they are those last recorded."""
        last = self.connection.execute(
            """
            SELECT digest, json_extract(data, '$.calendar') FROM entries
            WHERE act = 'plan' AND plan = ? AND target IS NULL ORDER BY number DESC LIMIT 1
            """,
            (version.plan,),
        ).fetchone()
        calendar = None if version.calendar is None else packed(version.calendar)
        if last is None or last[0] != version.digest or (calendar is not None and last[1] != calendar):
            data = {
                "calendar": unpacked(calendar),
                "text": version.text,
                "rows": _plain(version.rows),
                "accepted": _plain(version.accepted) if version.accepted is not None else None,
            }
            self.append("plan", plan=version.plan, digest=version.digest, data=data)


def origin(connection: Connection) -> str:
    """Return the random id that says where this ledger's own events come from."""
    (value,) = connection.execute("SELECT value FROM ledger WHERE name = 'origin'").fetchone()
    return str(value)


def day_text(day: date | None) -> str | None:
    """Return a day as the table holds it."""
    return None if day is None else day.isoformat()


def _plain(rows: Sequence[Mapping[str, str | None]]) -> list[dict[str, str | None]]:
    return [dict(row) for row in rows]
