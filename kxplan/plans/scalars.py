"""Scalars: what one text of a plan file may be, and the sentence where it is not."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple, NoReturn

from pydantic import BeforeValidator, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from kxplan.dates import FIRST_YEAR, LAST_YEAR, Period
from kxplan.errors import BadQuantityError
from kxplan.model.quantity import PERCENT, Quantity, parse_quantity, parse_unit
from kxplan.plans.syntax import HALF_WIDTH

MOST_CHARACTERS = 500
"""The longest title, name or alias; notes and reasons may be longer."""

_ID = re.compile(r"[a-z0-9-]+")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_COUNT = re.compile(r"\d{1,4}", re.ASCII)
_WIDE = re.compile(r"[，、；]")
_TEXT_SCHEMA = WithJsonSchema({"type": ["string", "number", "boolean"]})


class Reach(NamedTuple):
    """Where a checkpoint is: a level, or (as `{share: 50%}`) a share of the way."""

    quantity: Quantity
    is_share: bool = False


def _text(value: object) -> str:
    if not isinstance(value, str):
        _refuse("plans.text-wanted")
    if not value:
        _refuse("plans.empty")
    return value


def _line(value: object) -> str:
    text = _text(value)
    if "\n" in text:
        _refuse("plans.one-line")
    if len(text) > MOST_CHARACTERS:
        _refuse("plans.too-long", most=MOST_CHARACTERS)
    return text


def _item(value: object) -> str:
    text = _line(value)
    found = _WIDE.search(text)
    if found is not None:
        _refuse("plans.full-width", wide=found.group(), narrow=HALF_WIDTH[found.group()])
    return text


def _owner(value: object) -> str:
    text = _line(value)
    if _WIDE.search(text):
        _refuse("plans.one-lead", text=text)
    return text


def _id(value: object) -> str:
    text = _item(value)
    if not _ID.fullmatch(text):
        likely = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
        _refuse("plans.bad-id-near" if likely else "plans.bad-id", text=text, likely=likely)
    return text


def _day(value: object) -> date:
    text = _item(value)
    found = _DAY.fullmatch(text)
    if found is None:
        _refuse("plans.bad-day", text=text)
    year, month, day = map(int, found.groups())
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        _refuse("plans.no-such-day", text=text)
    return date(year, month, day)


def _days(value: object) -> Period:
    text = _item(value)
    first, dots, last = text.partition("..")
    period = Period(_day(first.strip()), _day(last.strip() if dots else first.strip()))
    if period.end < period.start:
        _refuse("plans.range-backwards", start=period.start, end=period.end)
    return period


def year_as_period(value: object) -> object:
    """Return a year as the mapping it is short for; anything else as it stands."""
    if not isinstance(value, str):
        return value
    if not _YEAR.fullmatch(value):
        _refuse("plans.bad-period", text=value)
    return {"start": f"{value}-01-01", "end": f"{value}-12-31"}


def _quantity(value: object) -> Quantity:
    text = _line(value)
    try:
        return parse_quantity(text, signed=True)
    except BadQuantityError as error:
        _refuse(error.message_id, **error.data)


def _reach(value: object) -> Reach:
    if not isinstance(value, dict):
        return Reach(_quantity(value))
    if value.keys() != {"share"}:
        _refuse("plans.bad-reach")
    share = _quantity(value["share"])
    if share.unit != PERCENT:
        _refuse("plans.bad-share")
    return Reach(share, is_share=True)


def _unit(value: object) -> str:
    text = _line(value)
    try:
        return parse_unit(text)
    except BadQuantityError as error:
        _refuse(error.message_id, **error.data)


def _number(value: object) -> Decimal:
    quantity = _quantity(value)
    if quantity.unit is not None:
        _refuse("plans.number-wanted")
    if quantity.amount < 0:
        _refuse("plans.negative")
    return quantity.amount


def _count(value: object) -> int:
    text = _line(value)
    if not _COUNT.fullmatch(text):
        _refuse("plans.count-wanted", text=text)
    return int(text)


def _flag(value: object) -> bool:
    text = _line(value).lower()
    if text not in ("true", "false"):
        _refuse("plans.flag-wanted", text=text)
    return text == "true"


def _refuse(message_id: str, **data: object) -> NoReturn:
    raise PydanticCustomError(message_id, "see the catalogue", data)


Id = Annotated[str, BeforeValidator(_id), WithJsonSchema({"type": ["string", "integer"], "pattern": "^[a-z0-9-]+$"})]
Line = Annotated[str, BeforeValidator(_line), _TEXT_SCHEMA]
Prose = Annotated[str, BeforeValidator(_text), _TEXT_SCHEMA]
Item = Annotated[str, BeforeValidator(_item), _TEXT_SCHEMA]
Owner = Annotated[str, BeforeValidator(_owner), _TEXT_SCHEMA]
Day = Annotated[date, BeforeValidator(_day)]
Days = Annotated[Period, PlainValidator(_days), WithJsonSchema({"type": "string"})]
Amount = Annotated[Quantity, PlainValidator(_quantity), WithJsonSchema({"type": ["string", "number"]})]
Unit = Annotated[str, BeforeValidator(_unit), WithJsonSchema({"type": "string"})]
Number = Annotated[Decimal, PlainValidator(_number), WithJsonSchema({"type": "number", "minimum": 0})]
Count = Annotated[int, PlainValidator(_count), WithJsonSchema({"type": "integer", "minimum": 0})]
Flag = Annotated[bool, PlainValidator(_flag), WithJsonSchema({"type": "boolean"})]
ReachText = Annotated[
    Reach,
    PlainValidator(_reach),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": ["string", "number"]},
                {
                    "type": "object",
                    "properties": {"share": {"type": "string"}},
                    "required": ["share"],
                    "additionalProperties": False,
                },
            ]
        }
    ),
]
