"""A page as Markdown: tables as GitHub draws them, text of people inert."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kxplan.locale import Translator
from kxplan.render.cells import cell_text, words
from kxplan.render.course import course_table
from kxplan.render.flat import NOTES, Flat, flat, without_empty
from kxplan.render.headings import heading_text
from kxplan.reports.page import Block, Curve, Fields, Heading, Lights, Page, Paragraph, Rows, Score, Table, Value

_ACTIVE = re.compile(r"([\\`*_\[\]<>|~#&$]|(?<=\w)(?=://)|(?<=[wW]{3})(?=\.)|@)")
_AT_HEAD = re.compile(r"^(\s*)([-+=:]|\d+(?=[.)]))")
_BREAK = "<br>"


def page_md(page: Page, tr: Translator) -> bytes:
    """Return `page` as GitHub Flavored Markdown. Source: GitHub Flavored Markdown Spec 0.29."""
    level = 1
    parts = [f"# {escaped(words(page.title, tr))}"]
    for block in page.blocks:
        level = block.level if isinstance(block, Heading) else level
        parts += _block(block, tr, level)
    return ("\n\n".join(parts) + "\n").encode()


def escaped(text: str) -> str:
    """Return `text` so that Markdown shows it as typed within a line: no markup, no link, no cell of a table."""
    return _ACTIVE.sub(lambda found: f"\\{found[0]}", " ".join(text.split("\n")))


def escaped_line(text: str) -> str:
    """Return `text` so that Markdown shows it as typed on a line of its own: no list, no rule, no heading."""
    return _AT_HEAD.sub(_head_escaped, escaped(text))


def _head_escaped(found: re.Match[str]) -> str:
    blanks, head = found.groups()
    # A number is made harmless behind its digits: 1\. is no item of a list.
    return blanks + (head + "\\" if head[0].isdecimal() else "\\" + head)


def _block(block: Block, tr: Translator, level: int) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * block.level} {escaped(heading_text(block, tr))}"
        case Paragraph():
            yield escaped_line(words(block.words, tr))
        case Lights():
            yield _lights(block, tr)
        case Fields():
            yield "\n".join(f"- {escaped(words(label, tr))}: {_cell(value, tr)}" for label, value in block.pairs)
        case Table():
            for group in block.groups:
                if group.title is not None:
                    yield f"{'#' * min(level + 1, 6)} {escaped(words(group.title, tr))}"
                yield _table(without_empty(_of_group(block, group, tr)), tr)
        case Curve():
            yield _table(flat(course_table(block), tr), tr)


def _of_group(table: Table, group: Rows, tr: Translator) -> Flat:
    return flat(table._replace(groups=(group,)), tr, joint="\n", with_groups=False)


def _table(table: Flat, tr: Translator) -> str:
    heads = [escaped(words(column.title, tr)) for column in table.columns]
    rows = [
        [
            _BREAK.join(map(escaped, str(value).split("\n"))) if column.key == NOTES else _cell(value, tr)
            for column, value in zip(table.columns, row, strict=True)
        ]
        for row in table.rows
    ]
    return _drawn(heads, rows, [column.align for column in table.columns])


def _lights(lights: Lights, tr: Translator) -> str:
    heads = [*(tr(f"words.light.{light}") for light, _ in lights.counts), tr("words.done"), tr("report.column.score")]
    row = [*(str(count) for _, count in lights.counts), str(lights.done), _cell(Score(lights.score), tr)]
    return _drawn(heads, [row], ["right"] * len(row))


def _cell(value: Value, tr: Translator) -> str:
    return escaped(cell_text(value, tr))


def _drawn(heads: Sequence[str], rows: Iterable[Sequence[str]], aligns: Sequence[str]) -> str:
    marks = [{"left": ":--", "right": "--:"}[align] for align in aligns]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (heads, marks, *rows))
