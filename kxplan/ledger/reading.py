"""Reading: entries, as the commands tell them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kxplan.errors.ledger import NotAnEntryError, UnknownEntryError
from kxplan.ledger.accounts import Key
from kxplan.ledger.rows import ENTRY_SQL, MILLION, entry, exact, instant, units, unpacked
from kxplan.message import message
from kxplan.model.entry import Entry, Keyed
from kxplan.model.tally import Newest
from kxplan.store.connection import Connection


def entry_at(connection: Connection, number: int) -> Entry:
    """Return the log, done, fix or void with this number.

    Raises:
        UnknownEntryError: there is none.
        NotAnEntryError: the number is that of another event.
    """
    row = connection.execute(ENTRY_SQL + "AND e.number = ?", (number,)).fetchone() if _fits(number) else None
    if row is None:
        raise no_entry(connection, number)
    return entry(row, connection.path)


def no_entry(connection: Connection, number: int) -> UnknownEntryError | NotAnEntryError:
    """Return the refusal of a number that is no entry's: it says what it is the number of instead."""
    row = None
    if _fits(number):
        row = connection.execute(
            "SELECT act, goal, data, who, recorded_at, place FROM entries WHERE number = ?", (number,)
        ).fetchone()
    if row is None:
        return UnknownEntryError(number=number)
    act, goal, data, who, recorded_at, place = row
    name = unpacked(data).get("name", "")
    what = message(f"ledger.event-{act}", name=name, goal=goal or "", entry=place)
    return NotAnEntryError(number=number, what=what, who=who, recorded=instant(recorded_at).date())


def entries_from(connection: Connection, first: int, n: int) -> tuple[Entry, ...]:
    """Return the `n` entries of one call that began with the number `first`."""
    rows = connection.execute(ENTRY_SQL + "AND e.number >= ? ORDER BY e.number LIMIT ?", (first, n))
    return tuple(entry(row, connection.path) for row in rows)


def life(connection: Connection, number: int) -> tuple[Entry, ...]:
    """Return the whole life of an entry: what was first recorded, then its fixes and voids in order."""
    entry_at(connection, number)
    (place,) = connection.execute("SELECT place FROM entries WHERE number = ?", (number,)).fetchone()
    rows = connection.execute(ENTRY_SQL + "AND e.number = ?", (place,)).fetchall()
    rows += connection.execute(ENTRY_SQL + "AND e.place = ? AND e.place <> e.number ORDER BY e.number", (place,))
    return tuple(entry(row, connection.path) for row in rows)


def history(
    connection: Connection,
    plan: str,
    goals: Sequence[str] | None,
    target: str | None,
    days: tuple[date | None, date | None],
    limit: int | None,
    *,
    newest_first: bool,
    has_note: bool = False,
) -> tuple[Entry, ...]:
    """Return entries by number; `goals` are ids, None for all; `limit` counts from the side that comes first.

    `days` are the first and the last work day, None where there is no such limit.
    """
    order = "DESC" if newest_first else "ASC"
    conditions, values = "AND e.plan = ? ", [plan]
    if target is not None:
        conditions += "AND e.target = ? "
        values.append(target)
    for day, bound in zip(days, (">=", "<="), strict=True):
        if day is not None:
            conditions += f"AND e.day {bound} ? "
            values.append(day.isoformat())
    if has_note:
        conditions += "AND e.note <> '' "
    most = -1 if limit is None else limit
    rows: list[tuple[Any, ...]] = []
    if goals is None:
        # The unary plus keeps the order by number: a plan is most of its ledger, an index no help.
        statement = ENTRY_SQL + conditions.replace("e.plan", "+e.plan") + f"ORDER BY e.number {order} LIMIT ?"
        rows += connection.execute(statement, (*values, most))
    for goal in goals or ():
        statement = ENTRY_SQL + conditions + f"AND e.goal = ? ORDER BY e.number {order} LIMIT ?"
        rows += connection.execute(statement, (*values, goal, most))
    rows.sort(key=lambda row: row[0], reverse=newest_first)
    return tuple(entry(row, connection.path) for row in (rows if limit is None else rows[:limit]))


def count(connection: Connection, plan: str, goals: Sequence[str], target: str | None, through: date | None) -> int:
    """Return how many entries `history` would tell, through an index alone."""
    number = 0
    for goal in goals:
        statement = "SELECT count(*) FROM entries WHERE plan = ? AND goal = ? AND target IS NOT NULL"
        values = [plan, goal]
        if target is not None:
            statement += " AND target = ?"
            values.append(target)
        if through is not None:
            statement += " AND day <= ?"
            values.append(through.isoformat())
        number += connection.execute(statement, values).fetchone()[0]
    return number


def known_keys(connection: Connection, keys: Sequence[str]) -> frozenset[str]:
    """Return those of `keys` that something was recorded under."""
    return _found(connection, "SELECT key FROM keys WHERE key IN", keys)


def undone_keys(connection: Connection, keys: Sequence[str]) -> dict[str, int]:
    """Return those of `keys` whose entry `undo` took back, with its number: a `void` says why, an `undo` does not."""
    rows = connection.execute(
        f"""
        SELECT k.key, k.number FROM keys k
        JOIN corrected c ON c.number = k.number
        JOIN entries v ON v.number = c.corrected_by AND v.act = 'void' AND v.reason IS NULL
        WHERE k.key IN ({", ".join("?" * len(keys))})
        """,  # noqa: S608 -- question marks
        tuple(keys),
    )
    return dict(rows)


def known_ids(connection: Connection, ids: Sequence[str]) -> frozenset[str]:
    """Return those of `ids` that events have."""
    return _found(connection, "SELECT id FROM entries WHERE id IN", ids)


def _found(connection: Connection, statement: str, values: Sequence[str]) -> frozenset[str]:
    rows = connection.execute(f"{statement} ({', '.join('?' * len(values))})", tuple(values))
    return frozenset(value for (value,) in rows)


def repeats(
    connection: Connection, plan: str, goal: str, target: str, day: date, amount: int | None
) -> tuple[int, ...]:
    """Return the numbers of the standing entries with the same target, day and amount."""
    rows = connection.execute(
        """
        SELECT number FROM entries e
        WHERE plan = ? AND goal = ? AND target = ? AND day = ? AND amount IS ? AND act IN ('log', 'done', 'fix')
            AND NOT EXISTS (SELECT 1 FROM corrected c WHERE c.number = e.number)
        ORDER BY +number  -- the plus keeps to the index of the day: a goal may have most of the ledger
        """,
        (plan, goal, target, day.isoformat(), amount),
    )
    return tuple(number for (number,) in rows)


def keyed_on(connection: Connection, plan: str, goal: str, target: str, day: date) -> tuple[Keyed, ...]:
    """Return the standing entries of a target and a day that were recorded under a key, by number."""
    rows = connection.execute(
        """
        SELECT number, key, amount, note, who FROM entries e
        WHERE plan = ? AND goal = ? AND target = ? AND day = ? AND act = 'log' AND key IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM corrected c WHERE c.number = e.number)
        ORDER BY +number  -- as above
        """,
        (plan, goal, target, day.isoformat()),
    )
    return tuple(Keyed(number, key, units(amount), note, who) for number, key, amount, note, who in rows)


def level_before(connection: Connection, plan: str, keys: Sequence[Key], day: date, number: int) -> Newest | None:
    """Return the newest value through `day` at the place of the entry `number`, that entry left out of account.

    `keys` are those that the target's entries were recorded with.
    """
    rows = [row for key in keys if (row := _level_before(connection, plan, key, day.isoformat(), number))]
    if not rows:
        return None
    on, _, amount, denominator = max(rows)
    return Newest(date.fromisoformat(on), exact(*divmod(amount, MILLION)), units(denominator))


def _level_before(connection: Connection, plan: str, key: Key, day: str, number: int) -> tuple[Any, ...] | None:
    row: tuple[Any, ...] | None = connection.execute(
        """
        SELECT day, place, amount, denominator FROM entries e
        WHERE plan = ? AND goal = ? AND target = ? AND day <= ? AND amount IS NOT NULL AND act IN ('log', 'fix')
            AND number <> ? AND (day < ? OR place < (SELECT place FROM entries WHERE number = ?))
            AND NOT EXISTS (SELECT 1 FROM corrected c WHERE c.number = e.number)
        ORDER BY day DESC, place DESC LIMIT 1
        """,
        (plan, *key, day, number, day, number),
    ).fetchone()
    return row


def breakdown_sums(
    connection: Connection, plan: str, goal: str, target: str, key: str, on: date
) -> dict[str | None, Decimal]:
    """Return what each value of `key` adds up to through `on`; under None what names no value."""
    day = on.isoformat()
    whole = connection.execute(
        """
        SELECT total, total_rest FROM sums
        WHERE plan = ? AND goal = ? AND target = ? AND day <= ? ORDER BY day DESC LIMIT 1
        """,
        (plan, goal, target, day),
    ).fetchone()
    left = exact(*whole) if whole else Decimal(0)
    found: dict[str | None, Decimal] = {}
    for value, total, rest in connection.execute(
        """
        SELECT value, sum(total), sum(total_rest) FROM shares
        WHERE plan = ? AND goal = ? AND target = ? AND key = ? AND day <= ? GROUP BY value
        """,
        (plan, goal, target, key, day),
    ):
        found[value] = exact(total, rest)
        left -= found[value]
    found[None] = left
    return found


def newest(connection: Connection) -> tuple[int, datetime] | None:
    """Return the number of the newest event and when it was recorded; None where there is none."""
    row = connection.execute("SELECT number, recorded_at FROM entries ORDER BY number DESC LIMIT 1").fetchone()
    return None if row is None else (row[0], instant(row[1]))


def _fits(number: int) -> bool:
    return 0 < number < 2**63
