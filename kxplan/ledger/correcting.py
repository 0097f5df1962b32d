"""Correcting: fixes, voids and undo, each an entry of its own that stands against another."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kxplan.errors.ledger import (
    CorrectedAlreadyError,
    CorrectedSinceError,
    CorrectedSinceLoggedError,
    DoneNotFixableError,
    DoneSinceError,
    NothingToUndoError,
    StepDoneError,
    VoidedAlreadyError,
    VoidNotFixableError,
)
from kxplan.ledger.appending import Appender
from kxplan.ledger.corrections import Correction, corrected
from kxplan.ledger.derived import rebuild
from kxplan.ledger.reading import entries_from, entry_at, no_entry
from kxplan.ledger.recording import CALLER_SQL, take_in
from kxplan.ledger.rows import Row, breakdown_of, millionths, steps_of, unpacked
from kxplan.ledger.sums import counted, done_by, uncount
from kxplan.model.entry import Entry, PlanVersion
from kxplan.record import Record
from kxplan.store.connection import Connection

_ROW = f"SELECT {', '.join(Row._fields)} FROM entries"  # noqa: S608 -- the names are ours
_VOIDED = """
    SELECT 1 FROM corrected c JOIN entries b ON b.number = c.corrected_by WHERE c.number = e.number AND b.act = 'void'
"""


_FEW = 500
_TIMES_DEARER = 100
"""To take an entry out of what is derived costs so many times what it costs to work it out anew, for each event."""


class Changes(Record):
    """What a fix changes; None keeps what the entry had."""

    goal: str | None = None
    target: str | None = None
    day: date | None = None
    amount: Decimal | None = None
    """With `denominator` one value: a new amount leaves nothing of the old one."""
    denominator: Decimal | None = None


def fix(
    connection: Connection, version: PlanVersion, number: int, changes: Changes, *, reason: str, who: str, at: datetime
) -> Entry:
    """Fix a standing entry inside the present write transaction; see `Ledger.fix`."""
    wrong = _standing(connection, number)
    if wrong.act == "void":
        raise VoidNotFixableError(number=number)
    uncount(connection, counted(wrong))
    appender = Appender(connection, wrong.plan, who, at)
    row = appender.append("fix", reason=reason, **_fixed(connection, wrong, changes))
    connection.execute("INSERT INTO corrected VALUES (?, ?)", (number, row.number))
    take_in(connection, row, version)
    appender.note_version(version)
    return entry_at(connection, row.number)


def void(connection: Connection, version: PlanVersion, number: int, *, reason: str, who: str, at: datetime) -> Entry:
    """Void a standing entry inside the present write transaction; see `Ledger.void`."""
    wrong = _standing(connection, number)
    appender = Appender(connection, wrong.plan, who, at)
    row = _void(appender, wrong, version, reason)
    appender.note_version(version)
    return entry_at(connection, row.number)


def undo(connection: Connection, version: PlanVersion, *, who: str, at: datetime) -> tuple[Entry, ...]:
    """Void the last log or done of `who` inside the present write transaction; see `Ledger.undo`."""
    rows = to_undo(connection, who)
    appender = Appender(connection, rows[0].plan, who, at)
    first = appender.number
    if len(rows) < _FEW or len(rows) * _TIMES_DEARER < first:
        for row in rows:
            _void(appender, row, version, None)
    else:  # None of them was fixed, so that nothing comes back to life.
        for row in rows:
            _append_void(appender, row, None)
        rebuild(connection)
    appender.note_version(version)
    return entries_from(connection, first, len(rows))


def to_undo(connection: Connection, who: str) -> list[Row]:
    """Return the entries of the last log, done or import that `who` called and that are not void, in order.

    Raises:
        NothingToUndoError: there are none.
        CorrectedSinceLoggedError: one of them was fixed.
    """
    last = connection.execute(
        f"""
        {_ROW} AS e WHERE {CALLER_SQL} = ? AND act IN ('log', 'done') AND NOT EXISTS ({_VOIDED})
        ORDER BY number DESC LIMIT 1
        """,
        (who,),
    ).fetchone()
    if last is None:
        raise NothingToUndoError(who=who)
    rows = _batch(connection, Row(*last))
    for row in rows:
        fixed = connection.execute("SELECT corrected_by FROM corrected WHERE number = ?", (row.number,)).fetchone()
        if fixed:
            raise CorrectedSinceLoggedError(who=who, number=row.number, by=fixed[0])
    return rows


def row_at(connection: Connection, number: int) -> Row:
    """Return the event of a log, done, fix or void.

    Raises:
        UnknownEntryError: there is none with this number.
        NotAnEntryError: the number is that of another event.
    """
    row = _row(connection, number) if 0 < number < 2**63 else None
    if row is None or row.act not in ("log", "done", "fix", "void"):
        raise no_entry(connection, number)
    return row


def _standing(connection: Connection, number: int) -> Row:
    row = row_at(connection, number)
    made = _corrections(connection, row.place)
    by = corrected(made).by
    if number not in by:
        return row
    holding = number
    while holding in by:
        holding = by[holding]
    if any(correction.number == holding and correction.act == "void" for correction in made):
        raise VoidedAlreadyError(number=number, by=holding)
    raise CorrectedAlreadyError(number=number, standing=holding)


def _fixed(connection: Connection, wrong: Row, changes: Changes) -> dict[str, Any]:
    data = unpacked(wrong.data)
    goal = changes.goal or wrong.goal or ""
    # A milestone without steps of its own has one that bears its goal's id, and follows it.
    steps = [goal if step == wrong.goal else step for step in steps_of(data)]
    if steps and changes.amount is not None:
        raise DoneNotFixableError(number=wrong.number)
    for step in steps:
        again = done_by(connection, wrong.plan, goal, step)
        if again is not None:
            raise StepDoneError(goal=goal, step=step, number=again)
    is_same = changes.amount is None
    return {
        "goal": goal,
        "target": changes.target or wrong.target,
        "day": changes.day.isoformat() if changes.day else wrong.day,
        "amount": wrong.amount if is_same else millionths(changes.amount),
        "denominator": wrong.denominator if is_same else millionths(changes.denominator),
        "note": wrong.note,
        "corrects": wrong.id,
        "data": {"steps": steps, "breakdown": dict(breakdown_of(data))},
        "place": wrong.place,
    }


def _void(appender: Appender, wrong: Row, version: PlanVersion, reason: str | None) -> Row:
    connection = appender.connection
    made = _corrections(connection, wrong.place)
    row = _append_void(appender, wrong, reason)
    before, after = corrected(made), corrected([*made, Correction(row.number, "void", wrong.number)])
    if after.clashes:
        raise CorrectedSinceError(number=wrong.number, by=after.clashes[0].later)
    connection.executemany("DELETE FROM corrected WHERE number = ?", [(number,) for number in before.by])
    connection.executemany("INSERT INTO corrected VALUES (?, ?)", after.by.items())
    for number in after.by.keys() - before.by.keys():
        _let_go(connection, number)
    for number in before.by.keys() - after.by.keys():
        _take_back(connection, number, wrong.number, version)
    return row


def _append_void(appender: Appender, wrong: Row, reason: str | None) -> Row:
    return appender.append(
        "void", goal=wrong.goal, target=wrong.target, day=wrong.day, corrects=wrong.id, reason=reason, place=wrong.place
    )


def _let_go(connection: Connection, number: int) -> None:
    row = _row(connection, number)
    if row is not None and row.act != "void":
        uncount(connection, counted(row))


def _take_back(connection: Connection, number: int, replaced_by: int, version: PlanVersion) -> None:
    row = _row(connection, number)
    if row is None or row.act == "void":
        return
    for step in steps_of(unpacked(row.data)):
        again = done_by(connection, row.plan, row.goal or "", step)
        if again is not None:
            raise DoneSinceError(number=replaced_by, step=step, by=again)
    take_in(connection, row, version)


def _batch(connection: Connection, last: Row) -> list[Row]:
    """Return the entries of the call that `last` ended that are not void, in order."""
    if last.batch is None:
        return [last]
    # Its entries follow one another: the ledger before them need not be read.
    before = connection.execute(
        "SELECT number FROM entries WHERE number < ? AND batch IS NOT ? ORDER BY number DESC LIMIT 1",
        (last.number, last.batch),
    ).fetchone() or (0,)
    found = connection.execute(
        f"{_ROW} AS e WHERE number > ? AND number <= ? AND NOT EXISTS ({_VOIDED}) ORDER BY number",
        (*before, last.number),
    )
    return [Row(*row) for row in found]


def _row(connection: Connection, number: int) -> Row | None:
    found = connection.execute(f"{_ROW} WHERE number = ?", (number,)).fetchone()
    return Row(*found) if found else None


def _corrections(connection: Connection, place: int) -> list[Correction]:
    """Return the corrections in the life of the entry that has this place, in order."""
    rows = connection.execute(
        """
        SELECT e.number, e.act, r.number FROM entries e JOIN entries r ON r.id = e.corrects
        WHERE e.place = ? AND e.place <> e.number ORDER BY e.number
        """,
        (place,),
    )
    return [Correction(*row) for row in rows]
