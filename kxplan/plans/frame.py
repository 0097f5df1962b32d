"""Frames: what a goal and its plan hand down to what stands in them."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from kxplan.dates import Period
from kxplan.plans.place import Given, Place, first_given
from kxplan.plans.shape import DefaultsShape, GoalShape, RevisionShape


class Frame(NamedTuple):
    """A goal with the defaults and the period around it."""

    period: Period
    defaults: DefaultsShape
    root: Place
    goal: GoalShape
    place: Place

    def start(self, own: date | None = None, place: Place | None = None) -> Given[date]:
        """Return the first day: the target's own, or the first that is given around it."""
        return first_given(
            (own, (place or self.place) / "from"),
            (self.goal.since, self.place / "from"),
            (self.defaults.since, self.root / "defaults" / "from"),
        ) or Given(self.period.start, self.root / "period")

    def by(self, own: date | None = None, place: Place | None = None, checkpoint: date | None = None) -> Given[date]:
        """Return the last day: the target's own, or the first that is given around it."""
        return first_given(
            (own, (place or self.place) / "by"),
            (self.goal.by, self.place / "by"),
            (self.goal.due, self.place / "due"),
            (self.defaults.by, self.root / "defaults" / "by"),
            (checkpoint, (place or self.place) / "checkpoints"),
        ) or Given(self.period.end, self.root / "period")

    def revisions(
        self, own: list[RevisionShape | None] | None = None, place: Place | None = None
    ) -> list[Given[RevisionShape]]:
        """Return the revisions that hold, in order of their first days; two of one day are noted."""
        where = self.place if own is None or place is None else place
        written = self.goal.revisions if own is None else own
        usable: list[tuple[date, Given[RevisionShape]]] = []
        for index, revision in enumerate(written or ()):
            if revision is None or revision.since is None or revision.reason is None:
                continue
            at = where / "revisions" / index
            if any(day == revision.since for day, _ in usable):
                (at / "from").note("plans.revisions-on-one-day", day=revision.since)
                continue
            usable.append((revision.since, Given(revision, at)))
        return [given for _, given in sorted(usable, key=lambda pair: pair[0])]


def refuse_backwards(start: Given[date], by: Given[date]) -> None:
    """Note where the last day of something is before its first."""
    if by.value < start.value and start.place.is_sound() and by.place.is_sound():
        later = by if len(by.place.path) >= len(start.place.path) else start
        later.place.note("plans.from-after-by", start=start.value, by=by.value)
