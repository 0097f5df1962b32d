"""Bulk: many entries in one transaction, chained one by one, summed once at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache, lru_cache
from hashlib import sha256
from itertools import chain, islice
from typing import Any

from kxplan.errors.ledger import KeyReusedError, StepDoneError, TotalTooLargeError
from kxplan.ledger.appending import COLUMNS, Appender
from kxplan.ledger.chain import framed, quoted
from kxplan.ledger.derived import Gathering
from kxplan.ledger.protocol import Imported
from kxplan.ledger.recording import adds_up, new_batch
from kxplan.ledger.rows import breakdown_of, millionths, packed, steps_of, unpacked
from kxplan.ledger.sums import ADD_SHARE, TOTAL_LIMIT, done_by
from kxplan.model.entry import NewEntry, PlanVersion
from kxplan.store.connection import Connection


def record_many(
    connection: Connection, version: PlanVersion, entries: Iterable[NewEntry], *, who: str, recorded_at: datetime
) -> Imported:
    """Record `entries` as one batch inside the present write transaction; see `Ledger.record_many`."""
    bulk = _Bulk(connection, version, who, recorded_at)
    coming = iter(entries)
    while some := list(islice(coming, _AT_ONCE)):
        bulk.take(some)
    bulk.finish()
    return Imported(bulk.first, bulk.n, bulk.known)


_AT_ONCE = 500
_TOGETHER = 10
"""So many rows go into the table by one statement, which binds what they share once: a quarter cheaper than singly."""

_SHARED = ("origin", "plan", "recorded_at", "batch")
_SAID = ("id", "act", "goal", "target", "day", "amount", "denominator", "note", "who", "key", "data")
_VARYING = ("number", *_SAID, "hash")

_Line = tuple[Any, ...]
"""What an entry says: goal, target, day, amount, denominator, note, and its data as the table holds them."""


class _Bulk:
    def __init__(self, connection: Connection, version: PlanVersion, who: str, recorded_at: datetime) -> None:
        self.n = 0
        self.known = 0
        self._connection = connection
        self._version = version
        self._appender = appender = Appender(connection, version.plan, who, recorded_at)
        self.first = appender.number
        self._shared = (appender.origin, appender.plan, appender.instant, new_batch(who))
        self._frame = framed(dict(zip(_SHARED, self._shared, strict=True)), _SAID)
        self._gathering = Gathering()

    def take(self, entries: Sequence[NewEntry]) -> None:
        """Write and count those of a few entries that are not known yet."""
        known = self._recorded([entry.key for entry in entries if entry.key is not None])
        rows: list[tuple[Any, ...]] = []
        keys: list[tuple[str, int]] = []
        for goal, target, on, units, parts, steps, breakdown, note, who, key in entries:
            amount = None if units is None else millionths(units)
            denominator = None if parts is None else millionths(parts)
            data = _data(steps, breakdown) if steps or breakdown else None
            line = (goal, target, on.isoformat(), amount, denominator, note, data)
            if key is not None:
                if key in known:
                    _refuse_other(key, line, *known[key])
                    continue
                known[key] = (self._appender.number, line)
                keys.append((key, self._appender.number))
            row = self._row("done" if steps else "log", line, who or self._appender.who, key)
            self._count(row, steps)
            rows.append(row)
        for at in range(0, len(rows), _TOGETHER):
            some = rows[at : at + _TOGETHER]
            self._connection.execute(_insert(len(some)), (*self._shared, *chain.from_iterable(some)))
        self._connection.executemany("INSERT INTO keys VALUES (?, '', ?, 1)", keys)
        self.n += len(rows)
        self.known += len(entries) - len(rows)

    def finish(self) -> None:
        """Write the sums and note the plan's version."""
        connection = self._connection
        for where in self._gathering.targets:
            connection.execute("DELETE FROM sums WHERE plan = ? AND goal = ? AND target = ?", where)
        connection.executemany("INSERT INTO sums VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", self._sums())
        connection.executemany(ADD_SHARE, self._gathering.shares())
        if self.n:
            self._appender.note_version(self._version)

    def _recorded(self, keys: Sequence[str]) -> dict[str, tuple[int, _Line]]:
        """Return what was recorded under any of `keys`, with the number of each."""
        rows = self._connection.execute(
            f"""
            SELECT k.key, e.number, e.goal, e.target, e.day, e.amount, e.denominator, e.note, e.data
            FROM keys k JOIN entries e ON e.number = k.number WHERE k.key IN ({", ".join("?" * len(keys))})
            """,  # noqa: S608 -- question marks
            keys,
        )
        return {key: (number, (*line, _data_without_content(data))) for key, number, *line, data in rows}

    def _row(self, act: str, line: _Line, who: str, key: str | None) -> tuple[Any, ...]:
        """Return the `_VARYING` columns of the next entry, chained to the one before."""
        appender = self._appender
        goal, target, day, amount, denominator, note, data = line
        number, id = appender.number, next(appender.ids)
        hashed = self._frame % (
            appender.hash, quoted(id), quoted(act), quoted(goal), quoted(target), quoted(day),
            "null" if amount is None else amount, "null" if denominator is None else denominator,
            "null" if note is None else quoted(note), quoted(who),
            "null" if key is None else quoted(key), "null" if data is None else quoted(data),
        )  # fmt: skip
        appender.hash = hash = sha256(hashed.encode()).hexdigest()
        appender.number = number + 1
        return (number, id, act, goal, target, day, amount, denominator, note, who, key, data, hash)

    def _count(self, row: tuple[Any, ...], steps: Sequence[str]) -> None:
        number, _, _, goal, target, day, amount, denominator, _, _, _, data, _ = row
        plan = self._version.plan
        where = (plan, goal, target)
        if not self._gathering.has(where):
            self._gathering.load(self._connection, where)
        for step in steps:
            again = done_by(self._connection, plan, goal, step)
            if again is not None:
                raise StepDoneError(goal=goal, step=step, number=again)
            self._connection.execute("INSERT INTO steps VALUES (?, ?, ?, ?, ?)", (plan, goal, step, number, day))
        self._gathering.add(number, where, day, number, amount, denominator, data)

    def _sums(self) -> Iterator[tuple[Any, ...]]:
        for row in self._gathering.sums():
            _, goal, target, _, total, _, denominators, *_ = row
            if max(abs(total), denominators) >= TOTAL_LIMIT and adds_up(self._version, goal, target):
                raise TotalTooLargeError(goal=goal, target=target)
            yield row


@cache
def _insert(n: int) -> str:
    """Return the statement that takes `_SHARED` and then `_VARYING` for each of `n` rows."""
    at = {name: f"?{number}" for number, name in enumerate(_SHARED, 1)}
    rows = []
    for row in range(n):
        at |= {name: f"?{number}" for number, name in enumerate(_VARYING, len(_SHARED) + row * len(_VARYING) + 1)}
        at["place"] = at["number"]
        rows.append(f"({', '.join(at.get(name, 'NULL') for name in COLUMNS)})")
    return f"INSERT INTO entries ({', '.join(COLUMNS)}) VALUES {', '.join(rows)}"  # noqa: S608 -- the names are ours


@lru_cache(1000)
def _data(steps: tuple[str, ...], breakdown: tuple[tuple[str, str], ...]) -> str | None:
    return packed({"steps": steps, "breakdown": dict(breakdown)})


def _data_without_content(data: str | None) -> str | None:
    found = unpacked(data)
    return _data(steps_of(found), breakdown_of(found))


def _refuse_other(key: str, line: _Line, number: int, recorded: _Line) -> None:
    if line != recorded:
        raise KeyReusedError(key=key, number=number)
