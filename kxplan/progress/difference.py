"""The difference between two moments: new work, corrections, changed promises and turned lights, told apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from kxplan.model.entry import Entry
from kxplan.progress.standing import Light, Standing

_WORST_FIRST: tuple[Light, ...] = ("grey", "red", "yellow", "blue")


class Pair(NamedTuple):
    """One target then and now; None where the plan had it not."""

    then: Standing | None
    now: Standing | None

    @property
    def present(self) -> Standing:
        """The standing now; the last one of a target that is gone."""
        found = self.now or self.then
        if found is None:
            raise ValueError(self)
        return found

    @property
    def has_turned(self) -> bool:
        """Whether it has another light."""
        return (self.then and self.then.light) != (self.now and self.now.light)

    @property
    def is_worse(self) -> bool:
        """Whether its light is a worse one now."""
        return _rank(self.now) < _rank(self.then)

    @property
    def is_better(self) -> bool:
        """Whether its light is a better one now."""
        return _rank(self.now) > _rank(self.then)

    @property
    def is_revised(self) -> bool:
        """Whether another promise is in force, or it was added or cancelled since."""
        if self.then is None or self.now is None:
            return True
        then, now = self.then.terms, self.now.terms
        promised = (then.amount, then.start, then.by, then.pace, then.checkpoints, then.steps)
        if promised != (now.amount, now.start, now.by, now.pace, now.checkpoints, now.steps):
            return True
        return (self.then.state == "cancelled") != (self.now.state == "cancelled")


class Work(NamedTuple):
    """What was newly recorded for a target, and what corrections of it came to."""

    pair: Pair
    entries: tuple[Entry, ...]
    """The log and done recorded since that stand."""
    added: Fraction | None
    """The sum of their amounts; None where they do not add up (levels, milestones, notes)."""
    corrected: Fraction | None
    """The rest of the change since; None likewise."""


class Difference(NamedTuple):
    """What changed between two moments."""

    pairs: tuple[Pair, ...]
    work: tuple[Work, ...]
    corrections: tuple[Entry, ...]
    """The fixes and voids recorded since, by number."""

    @property
    def turned(self) -> tuple[Pair, ...]:
        """The targets whose light has turned."""
        return tuple(pair for pair in self.pairs if pair.has_turned)

    @property
    def revised(self) -> tuple[Pair, ...]:
        """The targets whose promise has changed."""
        return tuple(pair for pair in self.pairs if pair.is_revised)


def difference(
    then: Iterable[Standing], now: Iterable[Standing], entries: Sequence[Entry], formerly: Mapping[str, str]
) -> Difference:
    """Return what changed from `then` to `now`; `entries` are those recorded between, of any act and state.

    `formerly` maps ids that goals had to their present ones.
    """
    pairs = _pairs(then, now, formerly)
    by_key: dict[tuple[str, str], list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: entry.number):
        if entry.act in ("log", "done") and entry.state == "counted":
            by_key.setdefault(_present((entry.goal, entry.target), formerly), []).append(entry)
    work = tuple(_work(pair, tuple(by_key.get(pair.present.key, ()))) for pair in pairs)
    corrections = tuple(sorted((one for one in entries if one.act in ("fix", "void")), key=lambda one: one.number))
    return Difference(pairs, tuple(one for one in work if one.entries or one.corrected), corrections)


def _pairs(then: Iterable[Standing], now: Iterable[Standing], formerly: Mapping[str, str]) -> tuple[Pair, ...]:
    before = {_present(standing.key, formerly): standing for standing in then}
    pairs = [Pair(before.pop(standing.key, None), standing) for standing in now]
    return (*pairs, *(Pair(standing, None) for standing in before.values()))


def _present(key: tuple[str, str], formerly: Mapping[str, str]) -> tuple[str, str]:
    goal, target = key
    now = formerly.get(goal, goal)
    return (now, now if target == goal else target)


def _work(pair: Pair, entries: tuple[Entry, ...]) -> Work:
    now, then = pair.now, pair.then
    if now is None or now.target.kind != "sum" or now.actual is None:
        return Work(pair, entries, None, None)
    added = sum((Fraction(entry.amount or 0) for entry in entries), Fraction(0))
    before = then.actual if then is not None and then.actual is not None else Fraction(now.target.baseline)
    return Work(pair, entries, added, now.actual - before - added)


def _rank(standing: Standing | None) -> int:
    if standing is None or standing.light not in _WORST_FIRST:
        return len(_WORST_FIRST)
    return _WORST_FIRST.index(standing.light)
