"""Reading documents back: the cells of a page as they must come out of each format, and what a file really holds."""

import csv
import io
import json
import warnings
from datetime import date, datetime
from decimal import Decimal

from markdown_it import MarkdownIt
from openpyxl import load_workbook

from kxplan.dates import Period
from kxplan.message import Message
from kxplan.render import numbers
from kxplan.render.cells import NO_SIGNS, cell_text, words
from kxplan.reports.page import (
    Absent,
    Amount,
    Bar,
    Before,
    Curve,
    Dot,
    Entries,
    Lamp,
    Lights,
    People,
    Points,
    Score,
    Share,
    Steps,
    Table,
)


def tables(page):
    return [block for block in page.blocks if isinstance(block, Table)]


def rows(page):
    """Yield every row of every table, as (table, row, its notes)."""
    for table in tables(page):
        for group in table.groups:
            for index, row in enumerate(group.rows):
                yield table, row, [note for at, note in group.notes if at == index]


def curve(page):
    return next((block for block in page.blocks if isinstance(block, Curve)), None)


def lights(page):
    return next(block for block in page.blocks if isinstance(block, Lights))


def figure(value):
    """Return a figure as a spreadsheet must hold it; None where the value is no figure."""
    match value:
        case Amount(unit="%") if value.value is not None:
            return Decimal(numbers.plain(value.value)) / 100
        case Amount() if value.value is not None:
            return Decimal(numbers.plain(value.value))
        case Share() if value.value is not None:
            return Decimal(numbers.percent(value.value).rstrip("%")) / 100
        case Points() if value.value is not None:
            return Decimal(points(value))
        case Score() if value.value is not None:
            return Decimal(numbers.score(value.value))
        case Entries():
            return Decimal(value.n)
        case bool():
            raise TypeError(value)
        case int():
            return Decimal(value)
    return None


def points(value):
    return numbers.plain(value.value) if value.is_exact else numbers.fixed(value.value, 1)


def score(share):
    return None if share is None else numbers.score(share * 100)


# Markdown


def markdown_tables(content):
    """Return every table as a list of rows of texts, as a browser would show them."""
    parsed = MarkdownIt("commonmark").enable("table").parse(content.decode())
    found = []
    for token in parsed:
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type == "inline" and token.map and found and found[-1] and token.level >= 4:
            found[-1][-1].append(_inline_text(token))
    return found


def _inline_text(token):
    texts = []
    for child in token.children:
        if child.type in ("text", "text_special"):
            texts.append(child.content)
        elif child.type == "html_inline" and child.content == "<br>":
            texts.append("\n")
        else:
            texts.append(f"<{child.type}>")
    return "".join(texts)


def markdown_rows(page, tr):
    """Yield the texts that each row of a Markdown table must have, without columns that say nothing in their group."""
    for table in tables(page):
        for group in table.groups:
            kept = [
                at for at, column in enumerate(table.columns)
                if not any(isinstance(row[at], Bar) for row in group.rows)
                and not (column.keep and all(row[at] is None for row in group.rows))
            ]  # fmt: skip
            for index, row in enumerate(group.rows):
                texts = [cell_text(row[at], tr) for at in kept]
                notes = [words(note, tr, NO_SIGNS) for at, note in group.notes if at == index]
                yield texts + (["\n".join(notes)] if group.notes else [])


# CSV


def csv_rows(content):
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    assert "\n" not in text.replace("\r\n", "")
    return list(csv.reader(io.StringIO(text, newline="")))


def csv_row(row, tr):
    """Return what the row of a CSV must hold, without the columns of group, unit and notes."""
    cells = []
    for value in row:
        match value:
            case Bar():
                continue
            case Amount() if value.value is not None:
                cells.append(numbers.plain(value.value))
            case Points() if value.value is not None:
                cells.append(points(value))
            case _:
                cells.append(cell_text(value, tr, NO_SIGNS))
    return cells


# Workbooks


def workbook(content):
    """Return a workbook; that openpyxl knows no data bars of 2010 is no matter."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return load_workbook(io.BytesIO(content))


def sheet_rows(content):
    """Return the rows of all sheets as values."""
    book = workbook(content)
    return [[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()]


def sheet_text(content):
    """Return a workbook as text: each sheet, each filled cell with its value and number format."""
    lines = []
    for sheet in workbook(content):
        lines.append(f"== {sheet.title} (frozen {sheet.freeze_panes}, repeated {sheet.print_title_rows})")
        for row in sheet.iter_rows():
            cells = [f"{cell.coordinate}={_cell(cell)}" for cell in row if cell.value is not None]
            if cells:
                lines.append("  ".join(cells))
    return "\n".join(lines) + "\n"


def _cell(cell):
    value = cell.value.date().isoformat() if isinstance(cell.value, datetime) else str(cell.value)
    shape = "" if cell.number_format == "General" else f" [{cell.number_format}]"
    return value.replace("\n", "⏎") + shape


def sheet_row(row, tr):
    """Return what the row of a sheet must hold, without the columns of group and notes."""
    cells = []
    for value in row:
        match value:
            case Bar():
                continue
            case Before():
                cells.append(value.day)
            case date():
                cells.append(value)
            case _ if figure(value) is not None:
                cells.append(figure(value))
            case _:
                cells.append(cell_text(value, tr, NO_SIGNS) or None)
    return cells


def of_sheet(value):
    """Return a cell's value as `sheet_row` has it."""
    if isinstance(value, datetime):
        return value.date()
    return Decimal(str(round(value, 10))).normalize() if isinstance(value, (int, float)) else value


# JSON


def json_row(table, row, tr):
    """Return what the record of a row must hold beside ids, section and notes."""
    record = {}
    for column, value in zip(table.columns, row, strict=True):
        record.update(_json_cell(column.key, value, tr))
    if "goal" in record:
        record["title"] = record.pop("goal")
    return record


def _json_cell(key, value, tr):
    match value:
        case Bar():
            return {}
        case Lamp():
            return {"light": value.light, "state": value.state}
        case Steps():
            return {f"{key}_steps": value.n} | ({"steps": value.of} if value.of is not None else {})
        case Entries():
            return {f"{key}_entries": value.n}
        case Before():
            return {"by": value.day.isoformat()}
        case Dot():
            return {key: value.light}
        case People():
            return {key: list(value.names)}
        case Period():
            return {key: {"from": value.start.isoformat(), "through": value.end.isoformat()}}
        case Absent() | None:
            return {key: None}
        case Amount() | Share() | Points() | Score() if value.value is None:
            return {key: None}
        case Amount():
            return {key: numbers.plain(value.value)} | ({"unit": value.unit} if value.unit else {})
        case Share():
            return {key: numbers.attained(value.value)}
        case Points():
            return {key: points(value)}
        case Score():
            return {key: numbers.score(value.value)}
        case date():
            return {key: value.isoformat()}
        case int():
            return {key: value}
        case str() | Message():
            return {key: cell_text(value, tr)}
    raise TypeError(value)


def loaded(content):
    return json.loads(content)


# Text


def text_facts(table, row, tr):
    """Yield the pieces that the sentence of a row must contain."""
    for column, value in zip(table.columns, row, strict=True):
        if isinstance(value, (Bar, Lamp)) or column.key == "number":
            continue
        text = cell_text(value, tr, NO_SIGNS)
        if text:
            is_named = column.key in ("goal", "name", "lead")
            yield text if is_named else f"{words(column.title, tr)} {text}"
