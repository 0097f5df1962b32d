"""Days of a plan file: all of them lie in the plan's period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import BaseModel

from kxplan.dates import Period
from kxplan.plans.place import Place


def refuse_days_outside(shape: BaseModel, place: Place, period: Period) -> None:
    """Note every day in the mapping, and the mappings in it, that `period` does not hold."""
    for day, where in _days(shape, place):
        if day not in period:
            where.note("plans.day-outside", day=day, start=period.start, end=period.end)
            where.distrust()


def _days(value: object, place: Place) -> Iterator[tuple[date, Place]]:
    if isinstance(value, date):
        yield value, place
    elif isinstance(value, Period):
        yield value.start, place
        yield value.end, place
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            inner = getattr(value, name)
            if isinstance(inner, (date, BaseModel, list, dict)):
                yield from _days(inner, place / (field.alias or name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _days(item, place / index)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _days(item, place / key)
