"""Importing: a file's rows gathered, checked and looked over before any is written."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from json.encoder import encode_basestring
from pathlib import Path
from typing import TYPE_CHECKING, Self

from kxplan.commands.doubts import Row, doubts_of, target_of
from kxplan.commands.figures import accounts
from kxplan.commands.row_reader import ALL_STEPS, ReadRow, RowReader
from kxplan.commands.wrong_cells import WrongCell, sentences
from kxplan.errors import UsageError
from kxplan.errors.intake import RowsRefusedError
from kxplan.intake.table import Table
from kxplan.message import Message, message
from kxplan.model.entry import NewEntry
from kxplan.reports.entries import title_of
from kxplan.store.spool import Spool, Spooled

if TYPE_CHECKING:
    from kxplan.commands.call import Call
    from kxplan.ledger.sqlite_reader import SqliteReader


class Gathered:
    """The rows of a file, all right by themselves; they lie on the disk until this is closed."""

    def __init__(
        self,
        call: Call,
        ledger: SqliteReader,
        path: Path,
        on_progress: Callable[[float], None],
        *,
        earlier: Sequence[Gathered] = (),
        is_alone: bool = True,
    ) -> None:
        """Read the file at `path`; where it is not alone, its cells are named with it.

        `earlier` are those of the same import whose rows are written before: what these complete is completed.

        Raises:
            UnreadableSheetError: it is no usable sheet.
            UsageError: the sheet belongs to another plan.
            RowsRefusedError: rows are wrong; each was told on stderr.
        """
        self.file = path.name
        self.table = Table(path, [key for key, _ in call.plan.breakdowns], on_progress, is_alone=is_alone)
        self.touched: set[tuple[str, str]] = set()
        """The goals and targets of the entries that were handed out."""
        self.known = 0
        """How many rows were recorded before."""
        self.begun: str | None = None
        """The key of the first entry that was handed out."""
        self.completed: dict[str, set[str]] = {}
        """By goal, the steps that the new rows complete."""
        self.completing: set[str] = set()
        """The keys of these rows."""
        self._call = call
        self._ledger = ledger
        self._earlier = earlier
        self._spool = Spool()
        self._flags = bytearray()
        """For each row 1 where it was recorded before."""
        self._again: dict[str, str] = {}
        """Other keys for rows whose entry `undo` took back: they are new ones."""
        self._has_completions = False
        self._has_ids = False
        try:
            self._read()
            self._refuse(self._look_up())
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self._spool)

    @property
    def new(self) -> int:
        """How many rows were not recorded before."""
        return len(self) - self.known

    def close(self) -> None:
        """Forget the rows."""
        self._spool.close()

    def rows(self) -> Iterator[Row]:
        """Yield the rows in the file's order."""
        held = accounts(self._ledger, self._call.plan, self._call.today)
        done = {goal: set(account.now.steps) for (goal, _), account in held.items()}
        for goal, steps in chain.from_iterable(each.completed.items() for each in self._earlier):
            done.setdefault(goal, set()).update(steps)
        for spooled, is_known in zip(self._spool, self._flags, strict=True):
            entry = _entry(spooled, self._again)
            if entry.steps and not is_known:
                entry = self._with_open_steps(entry, done.setdefault(entry.goal, set()))
            yield Row(spooled.besides[0], entry, bool(is_known))

    def entries(self, on_progress: Callable[[float], None]) -> Iterator[NewEntry]:
        """Yield the entries of the rows that were not recorded before; `on_progress` hears the share.

        Raises:
            RowsRefusedError: somebody completed the steps of a row after it was read.
        """
        for index, (place, entry, is_known) in enumerate(self.rows()):
            if not is_known:
                if entry.steps == _NONE_LEFT:
                    self._refuse([self._done_already(place, entry.goal)])
                self.touched.add((entry.goal, entry.target))
                self.begun = self.begun or entry.key
                yield entry
            if index % _AT_ONCE == 0:
                on_progress(index / len(self))

    def doubts(self) -> list[Message]:
        """Return what a careful colleague would ask before the new rows are written."""
        new = (row for row in self.rows() if not row.is_known)
        return doubts_of(self._call, self._ledger, new, self._keys(), is_again=self.known > 0)

    def _read(self) -> None:
        reader = RowReader(self._call.plan, self._call.today)
        problems: list[WrongCell] = []
        plan = _said(self._call.plan.id)
        for row in self.table.rows():
            read = reader.read(row)
            if isinstance(read, ReadRow):
                id = row.values.get("id")
                if id is not None:
                    self._has_ids = True
                if read.step is not None:
                    self._has_completions = True
                besides = f"[{_said(row.place('goal'))},{_said(read.goal.id)},{_said(id)}]"
                self._spool.add(_identity(plan, read), besides)
            elif read is not None:
                problems.extend(read)
        named = min(self.table.plan_ids - {self._call.plan.id}, default=None)
        if named is not None:
            is_here = any(filed.plan.id == named for filed in self._call.shelf.filed)
            why = "import.other-plan" if is_here else "import.unknown-plan"
            raise UsageError(why, file=self.file, named=named, plan=self._call.plan.id)
        self._refuse(problems)

    def _look_up(self) -> list[WrongCell]:
        """Mark the rows that were recorded before; return what is wrong with the others now that these are known."""
        keys = self._keys()
        while some := list(islice(keys, _AT_ONCE)):
            known = self._known(some)
            self._flags.extend(key in known for key in some)
        if self._has_ids:
            self._look_up_ids()
        wrong = self._complete() if self._has_completions else []
        self.known = sum(self._flags)
        return wrong

    def _complete(self) -> list[WrongCell]:
        """Note what the new rows complete; return those that complete nothing any more.

        One that an earlier file has as well is recorded by then.
        """
        recorded = {key for each in self._earlier for key in each.completing}
        wrong = []
        for index, (place, entry, is_known) in enumerate(self.rows()):
            if not entry.steps or is_known:
                continue
            if entry.key in recorded:
                self._flags[index] = 1
            elif entry.steps == _NONE_LEFT:
                wrong.append(self._done_already(place, entry.goal))
            else:
                self.completed.setdefault(entry.goal, set()).update(entry.steps)
                self.completing.add(entry.key or "")
        return wrong

    def _done_already(self, place: str, goal: str) -> WrongCell:
        return WrongCell(place, message("import.done-already", goal=title_of(self._call.plan, goal)))

    def _known(self, keys: Sequence[str]) -> frozenset[str]:
        """Return those of `keys` that stand for something; a row whose entry `undo` took back gets another key."""
        known = self._ledger.known_keys(keys)
        undone = self._ledger.undone_keys(tuple(known)) if known else {}
        others = {key: f"{key}~{number}" for key, number in undone.items()}
        while undone:
            undone = self._ledger.undone_keys(tuple(others.values()))
            others = {key: f"{key}~{undone[other]}" if other in undone else other for key, other in others.items()}
        if not others:
            return known
        self._again.update(others)
        standing = self._ledger.known_keys(tuple(others.values()))
        return known - {key for key, other in others.items() if other not in standing}

    def _keys(self) -> Iterator[str]:
        keys = (_PREFIX + key for key in self._spool.keys())  # noqa: SIM118 -- a spool is no mapping
        return (self._again.get(key, key) for key in keys)

    def _look_up_ids(self) -> None:
        """Mark the rows that this very ledger exported."""
        ids = enumerate(spooled.besides[2] for spooled in self._spool)
        while some := list(islice(ids, _AT_ONCE)):
            known = self._ledger.known_ids([id for _, id in some if id is not None])
            for index, id in some:
                self._flags[index] |= id in known

    def _refuse(self, problems: Sequence[WrongCell]) -> None:
        """Tell what is wrong with every cell; on a screen that scrolls away the first of many."""
        if not problems:
            return
        told = sentences(problems)
        shown = told[:_MOST_ON_SCREEN] if sys.stderr.isatty() else told
        for sentence in shown:
            self._call.warn(sentence)
        if len(told) > len(shown):
            self._call.warn(message("import.more-problems", n=len(told) - len(shown)))
        raise RowsRefusedError(file=self.file, n=len(problems))

    def _with_open_steps(self, entry: NewEntry, done: set[str]) -> NewEntry:
        """Return the entry with the steps that neither the ledger nor an earlier row has completed."""
        wanted = entry.steps
        if wanted == (ALL_STEPS,):
            wanted = tuple(step.id for step in target_of(self._call.plan, entry).terms[-1].steps)
        left = tuple(step for step in wanted if step not in done)
        done.update(left)
        return entry._replace(steps=left or _NONE_LEFT)


_AT_ONCE = 500
_MOST_ON_SCREEN = 100
_NONE_LEFT = ("",)
_PREFIX = "import-"


def _identity(plan: str, read: ReadRow) -> str:
    """Return what tells a row from others, as a JSON array; a goal that was renamed keeps the id it had first."""
    goal, target, day, amount, denominator, step, breakdown, note, who = read
    first_id = goal.formerly[0] if goal.formerly else goal.id
    parts = json.dumps(breakdown, ensure_ascii=False, separators=(",", ":")) if breakdown else "[]"
    return (
        f"[{plan},{_said(first_id)},{_said(target.id)},{_said(day.isoformat())},{_said(amount)},{_said(denominator)},"
        f"{_said(step)},{parts},{_said(note)},{_said(who)}]"
    )


def _said(text: str | None) -> str:
    """Return a text as JSON: an encoder takes five times as long for a row, and is called for every one."""
    return "null" if text is None else encode_basestring(text)


def _entry(spooled: Spooled, again: Mapping[str, str]) -> NewEntry:
    (_, _, target, day, amount, denominator, step, breakdown, note, who), (_, goal, _), digest = spooled
    key = _PREFIX + digest
    return NewEntry(
        goal,
        target,
        date.fromisoformat(day),
        None if amount is None else Decimal(amount),
        None if denominator is None else Decimal(denominator),
        tuple(step.split()) if step else (),
        tuple((name, value) for name, value in breakdown) if breakdown else (),
        note,
        who,
        again.get(key, key),
    )
