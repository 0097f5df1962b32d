"""Days and periods: reading what people type, and the calendar's weeks, months, quarters and years."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple


class Period(NamedTuple):
    """The days from `start` through `end`, both included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days it has; 0 or less where `end` is before `start`."""
        return (self.end - self.start).days + 1

    def __contains__(self, on: object) -> bool:
        return isinstance(on, date) and self.start <= on <= self.end
