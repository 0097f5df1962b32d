"""Sums: what the standing entries add up to at the end of each day, kept while writing.

A row of `sums` is the state of one target at the end of a day that has entries: reading a day is
one look-up, however many entries there are; an entry on an earlier day moves the later rows.
Totals are whole units and millionths apart, so that they never leave 64 bits.
"""

from __future__ import annotations

from collections.abc import Sequence

from kxplan.errors.ledger import TotalTooLargeError
from kxplan.ledger.rows import MILLION, Row, breakdown_of, steps_of, unpacked
from kxplan.record import Record
from kxplan.store.connection import Connection

TOTAL_LIMIT = 9 * 10**12

ADD_SHARE = """
    INSERT INTO shares VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
        total = total + excluded.total + (total_rest + excluded.total_rest) / 1000000,
        total_rest = (total_rest + excluded.total_rest) % 1000000,
        entries = entries + excluded.entries
"""


class Counted(Record):
    """What an entry that stands adds to the sums."""

    number: int
    plan: str
    goal: str
    target: str
    day: str
    place: int
    amount: int | None
    denominator: int | None
    steps: Sequence[str]
    breakdown: Sequence[tuple[str, str]]

    @property
    def where(self) -> tuple[str, str, str]:
        """Plan, goal and target."""
        return (self.plan, self.goal, self.target)


def counted(row: Row) -> Counted:
    """Return what an event of the acts log, done and fix counts as."""
    data = unpacked(row.data)
    return Counted(
        row.number, row.plan, row.goal or "", row.target or "", row.day or "", row.place, row.amount,
        row.denominator, steps_of(data), breakdown_of(data),
    )  # fmt: skip


def count(connection: Connection, entry: Counted) -> None:
    """Add an entry that stands from now on."""
    _open_day(connection, entry)
    _move(connection, entry, 1)
    if entry.amount is not None:
        connection.execute(
            """
            UPDATE sums SET newest_day = ?, newest_place = ?, newest_amount = ?, newest_denominator = ?
            WHERE plan = ? AND goal = ? AND target = ? AND day >= ?
                AND (newest_day IS NULL OR (newest_day, newest_place) < (?, ?))
            """,
            (entry.day, entry.place, entry.amount, entry.denominator, *entry.where, entry.day, entry.day, entry.place),
        )
    _count_parts(connection, entry, 1)


def uncount(connection: Connection, entry: Counted) -> None:
    """Take an entry out that stands no more."""
    _move(connection, entry, -1)
    if entry.amount is not None:
        _renew_newest(connection, entry)
    _close_day(connection, entry)
    _count_parts(connection, entry, -1)


def refuse_too_large(connection: Connection, entry: Counted) -> None:
    """Refuse a total of 9·10^12 or more on any day from the entry's on.

    Raises:
        TotalTooLargeError: there is one.
    """
    found = connection.execute(
        """
        SELECT 1 FROM sums
        WHERE plan = ? AND goal = ? AND target = ? AND day >= ? AND (abs(total) >= ? OR denominators >= ?) LIMIT 1
        """,
        (*entry.where, entry.day, TOTAL_LIMIT, TOTAL_LIMIT),
    ).fetchone()
    if found:
        raise TotalTooLargeError(goal=entry.goal, target=entry.target)


def done_by(connection: Connection, plan: str, goal: str, step: str) -> int | None:
    """Return the number of the entry that completed the step and stands; None where none does."""
    found = connection.execute(
        "SELECT number FROM steps WHERE plan = ? AND goal = ? AND step = ? ORDER BY number LIMIT 1", (plan, goal, step)
    ).fetchone()
    return found[0] if found else None


def _open_day(connection: Connection, entry: Counted) -> None:
    connection.execute(
        """
        INSERT OR IGNORE INTO sums
        SELECT ?1, ?2, ?3, ?4, coalesce(total, 0), coalesce(total_rest, 0), coalesce(denominators, 0),
            coalesce(denominators_rest, 0), coalesce(entries, 0), newest_day, newest_place, newest_amount,
            newest_denominator
        FROM (SELECT 1) LEFT JOIN (
            SELECT * FROM sums WHERE plan = ?1 AND goal = ?2 AND target = ?3 AND day <= ?4 ORDER BY day DESC LIMIT 1
        )
        """,
        (*entry.where, entry.day),
    )


def _close_day(connection: Connection, entry: Counted) -> None:
    last = connection.execute(
        """
        SELECT day, entries FROM sums WHERE plan = ? AND goal = ? AND target = ? AND day <= ?
        ORDER BY day DESC LIMIT 2
        """,
        (*entry.where, entry.day),
    ).fetchall()
    before = last[1][1] if len(last) > 1 else 0
    if last[:1] == [(entry.day, before)]:
        connection.execute(
            "DELETE FROM sums WHERE plan = ? AND goal = ? AND target = ? AND day = ?", (*entry.where, entry.day)
        )


def _move(connection: Connection, entry: Counted, sign: int) -> None:
    total, total_rest = divmod(sign * (entry.amount or 0), MILLION)
    denominators, denominators_rest = divmod(sign * (entry.denominator or 0), MILLION)
    connection.execute(
        """
        UPDATE sums SET
            total = total + ?1 + (total_rest + ?2) / 1000000,
            total_rest = (total_rest + ?2) % 1000000,
            denominators = denominators + ?3 + (denominators_rest + ?4) / 1000000,
            denominators_rest = (denominators_rest + ?4) % 1000000,
            entries = entries + ?5
        WHERE plan = ?6 AND goal = ?7 AND target = ?8 AND day >= ?9
        """,
        (total, total_rest, denominators, denominators_rest, sign, *entry.where, entry.day),
    )


def _renew_newest(connection: Connection, entry: Counted) -> None:
    newest = connection.execute(
        """
        SELECT e.day, e.place, e.amount, e.denominator
        FROM entries e
        WHERE e.plan = ? AND e.goal = ? AND e.target = ? AND (e.day, e.place) < (?, ?)
            AND e.amount IS NOT NULL AND e.act IN ('log', 'done', 'fix')
            AND NOT EXISTS (SELECT 1 FROM corrected c WHERE c.number = e.number)
        ORDER BY e.day DESC, e.place DESC LIMIT 1
        """,
        (*entry.where, entry.day, entry.place),
    ).fetchone()
    connection.execute(
        """
        UPDATE sums SET newest_day = ?, newest_place = ?, newest_amount = ?, newest_denominator = ?
        WHERE plan = ? AND goal = ? AND target = ? AND day >= ? AND newest_day = ? AND newest_place = ?
        """,
        (*(newest or (None, None, None, None)), *entry.where, entry.day, entry.day, entry.place),
    )


def _count_parts(connection: Connection, entry: Counted, sign: int) -> None:
    for step in entry.steps:
        at = (entry.plan, entry.goal, step, entry.number)
        if sign > 0:
            connection.execute("INSERT INTO steps VALUES (?, ?, ?, ?, ?)", (*at, entry.day))
        else:
            connection.execute("DELETE FROM steps WHERE plan = ? AND goal = ? AND step = ? AND number = ?", at)
    total, rest = divmod(sign * (entry.amount or 0), MILLION)
    for key, value in entry.breakdown:
        part = (*entry.where, key, value, entry.day)
        connection.execute(ADD_SHARE, (*part, total, rest, sign))
        connection.execute(
            """
            DELETE FROM shares
            WHERE plan = ? AND goal = ? AND target = ? AND key = ? AND value = ? AND day = ? AND entries = 0
            """,
            part,
        )
