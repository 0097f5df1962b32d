"""Pages for the renderers: one with a block of every kind, and one whose every text is hostile."""

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from kxplan.commands.call import Call
from kxplan.commands.period import report_page
from kxplan.reports.page import (
    Amount,
    Bar,
    Column,
    Curve,
    Dot,
    Fields,
    Heading,
    Lamp,
    Lights,
    Page,
    Paragraph,
    Points,
    Progress,
    Rows,
    Score,
    Share,
    Table,
)

HOSTILE = [
    "<script>document.title='ran'</script>",
    "<img src=x onerror=document.title='ran'>",
    "</style><script>document.title='ran'</script>",
    '" onmouseover="document.title=\'ran\'" x="',
    "' onfocus='document.title=1' autofocus='",
    "javascript:document.title='ran'",
    "]]><w:p/>&lt;b&gt;&amp;",
    "{{ 7*7 }} {% raw %}",
    "[red]markup[/red] :100:",
]
"""Each is to be shown as it was typed."""

UNSEEN = "\x00\x07\x1b[31m\x1b]8;;http://x\x07\x7f\x9b\r\u202e\u2066\u200b\ufeff\ud800"
"""Characters of which none may come out."""


def every_block(text: str = "编印书籍") -> Page:
    """Return a page with a block of every kind, in which every text is `text`."""
    table = Table(
        (
            Column("light", text),
            Column("goal", text),
            Column("bar", text),
            Column("progress", text, "right"),
            Column("attained", text, "right"),
            Column("gap", text, "right"),
            Column("then", text),
            Column("day", text),
        ),
        (
            Rows(
                (
                    (
                        Lamp("red", "behind", 2),
                        text,
                        Bar(Fraction(1, 5), Fraction(1, 2), "red"),
                        Progress(Fraction(20000), Fraction(100000), text),
                        Share(Fraction(1, 5)),
                        Points(Fraction(-30)),
                        Dot("yellow"),
                        date(2023, 6, 30),
                    ),
                    (Lamp("none", "awaiting"), text, Bar(None), None, Share(None), Points(None), Dot(None), None),
                ),
                text,
                ((0, text), (0, f"{text}2")),
            ),
        ),
        "table",
    )
    days = tuple(date(2022, 12, 31) + timedelta(days=index * 30) for index in range(13))
    curve = Curve(
        days,
        tuple(Fraction(index, 10) if index < 7 else None for index in range(13)),
        tuple(Fraction(index, 12) for index in range(13)),
        days[6],
    )
    return Page(
        text,
        (
            Lights((("red", 1), ("yellow", 0), ("grey", 0), ("blue", 0), ("green", 3), ("none", 1)), 2, Fraction(66)),
            *(Paragraph(text, tone) for tone in ("plain", "quiet", "strong", "warning")),
            Heading(text, 2, 1),
            Heading(text, 3, 1),
            Heading(text, 4, 1),
            Fields(((text, text), (text, Amount(Fraction(30000), text)), (text, Score(Fraction(50))))),
            table,
            Heading(text, 2, 2),
            curve,
        ),
        (("as_of", date(2023, 6, 30)), ("org", text)),
    )


def reported(root: Path, language: str, span: str = "half", **asked: object) -> Page:
    """Return the report of a workspace as the command has it before it is rendered."""
    call = Call({"KXPLAN_WORKSPACE": str(root), "KXPLAN_LANG": language}, root)
    try:
        return report_page(call, call.reading, span, **asked)
    finally:
        call.close()


def tables(page: Page):
    """Yield the tables of a page."""
    return [block for block in page.blocks if isinstance(block, Table)]
