"""Pages: tables, texts and fields as values, without styling, language or rounding."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Literal

from kxplan.dates import Period
from kxplan.message import Message
from kxplan.progress.standing import Light, State
from kxplan.record import Record

Words = str | Message
"""Text of people as it stands, or a sentence to be translated."""

Tone = Literal["plain", "quiet", "strong", "warning", "alarm"]


class Amount(Record):
    """A figure in a unit; None where it has no meaning."""

    value: Fraction | None
    unit: str | None = None
    places: int = 6
    """How many places people are shown at most; programs get all six."""


class Progress(Record):
    """What was reached, of what was promised, in one unit. `value` None: nothing was reported yet."""

    value: Fraction | None
    amount: Fraction
    unit: str | None = None


class Steps(Record):
    """Steps of a milestone: how many, of how many; `of` None: some of them, by themselves."""

    n: int
    of: int | None = None


class Entries(Record):
    """How many entries there are, where nothing else is counted."""

    n: int


class Before(Record):
    """What a milestone promises: its day, the last one that is in time."""

    day: date


class People(Record):
    """Names: of departments, of persons, or what else something is called; in order."""

    names: tuple[str, ...]


class Absent(Record):
    """No figure, with the words that say so to people; a program is told nothing."""

    words: Words


class Share(Record):
    """完成率."""

    value: Fraction | None


class Points(Record):
    """序时差, or how far a percentage moved, in percentage points."""

    value: Fraction | None
    is_signed: bool = True
    is_exact: bool = False
    """With all its places, not with one."""


class Score(Record):
    """得分, 0 to 100."""

    value: Fraction | None


class Lamp(Record):
    """A light with the state behind it."""

    light: Light
    state: State
    months: int = 0
    """How many months in a row it has been yellow or red, where the plan has that marked; 0: no mark."""


class Dot(Record):
    """A light alone, for a strip of many; None: nothing to show."""

    light: Light | None


class Bar(Record):
    """A share reached, with the share that was to be reached by now; None: no bar, no mark."""

    value: Fraction | None
    mark: Fraction | None = None
    light: Light = "none"


class Sign(Record):
    """A character of the drawing, named, such as the bar's `mark`."""

    name: Literal["mark", "done", "rest"]


Value = (
    Words | Amount | Progress | Steps | Entries | Before | People | Absent | Share | Points | Score | Lamp | Dot | Bar
    | Period | date | datetime | int | None
)  # fmt: skip


class Column(Record):
    """A column of a table."""

    key: str
    title: Words
    align: Literal["left", "right"] = "left"
    keep: int = 0
    """0 is always shown; of the others the highest number leaves first where the screen is narrow."""
    min_width: int | None = None
    """Columns below which it is not squeezed; None: it is never squeezed."""


class Rows(Record):
    """Rows of a table under one heading, or under none."""

    rows: tuple[tuple[Value, ...], ...]
    title: Words | None = None
    notes: tuple[tuple[int, Words], ...] = ()
    """Remarks to be shown under the row of that index."""
    keys: tuple[tuple[str, str], ...] = ()
    """The goal's and the target's id of each row, for programs; empty where the rows are of something else."""


class Table(Record):
    """A table, in one or more groups of rows that share its columns."""

    columns: tuple[Column, ...]
    groups: tuple[Rows, ...]
    key: str = ""
    """Its name for programs; "" where no program is to find it."""
    grouped_by: Words | None = None
    """What the groups' headings are, where a format makes a column of them."""
    notes_title: Words | None = None
    """What the remarks are, where a format makes a column of them."""
    legend: Words | None = None
    """What a screen that has room for the bars says of them."""


class Heading(Record):
    """A heading; level 1 is the page's own."""

    words: Words
    level: int = 2
    number: int | None = None
    """Its number among its like, written as the level asks: 一、 （一） 1. None: it has none."""


class Paragraph(Record):
    """A paragraph, or a line where the format knows lines only."""

    words: Words
    tone: Tone = "plain"


class Lights(Record):
    """The counts of lights with their words, and the score beside them."""

    counts: tuple[tuple[Light, int], ...]
    done: int
    score: Fraction | None


class Fields(Record):
    """Labels, each with a value."""

    pairs: tuple[tuple[Words, Value], ...]


class Curve(Record):
    """Actual against expected over days, as a chart. Shares of the way, in order of days."""

    days: tuple[date, ...]
    actual: tuple[Fraction | None, ...]
    expected: tuple[Fraction | None, ...]
    on: date
    is_score: bool = False
    """Whether the shares are 得分 of a hundred, and not 完成率."""


Block = Table | Heading | Paragraph | Lights | Fields | Curve


class Page(Record):
    """What a report says, in order."""

    title: Words
    blocks: tuple[Block, ...]
    facts: tuple[tuple[str, str | date | None], ...] = ()
    """What a program wants to know of it: names with ids and days."""
    tables: tuple[str, ...] = ()
    """The keys of the tables that a program may ask for; one without rows is not among the blocks."""
