"""Sheets: read in a child process, printed as one JSON value a line.

Run as `python -m kxplan.intake.sheet PATH MEMORY_BYTES CPU_SECONDS`. The values are objects:
`{"sheet", "hidden", "hidden_rows", "starts_1904", "merges"}` before the rows of each sheet,
`{"rows": [[number, [text, …]], …], "at": share of the file}`, or `{"refused": why, "row": number}` as the last.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from kxplan.intake.guard import OUT_OF_MEMORY, confine
from kxplan.intake.package import RefusedError
from kxplan.intake.plain_table import plain_table
from kxplan.intake.workbook import Sheet, workbook

_AT_ONCE = 400


def main(arguments: list[str]) -> int:
    """Print the sheets of the file, or why it is refused; return the exit code."""
    path, memory_bytes, cpu_seconds = arguments
    confine(int(memory_bytes), int(cpu_seconds))
    try:
        for value in _workbook_values(path) if _is_zip(path) else _table_values(path):
            _print(value)
    except RefusedError as error:
        _print({"refused": str(error), "row": error.row})
    except RecursionError:
        _print({"refused": "damaged"})
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


def _print(value: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def _is_zip(path: str) -> bool:
    with Path(path).open("rb") as file:
        return file.read(2) == b"PK"


def _workbook_values(path: str) -> Iterator[dict[str, object]]:
    batch: list[tuple[int, list[str]]] = []
    rows = 0
    for item in workbook(path):
        if isinstance(item, Sheet):
            yield from _batch(batch, 1)
            rows = item.rows
            yield {
                "sheet": item.title, "hidden": item.is_hidden, "hidden_rows": item.hidden_rows,
                "starts_1904": item.starts_1904, "merges": item.merges,
            }  # fmt: skip
        else:
            batch.append(item)
            if len(batch) == _AT_ONCE:
                yield from _batch(batch, item[0] / rows if rows >= item[0] else 0)
    yield from _batch(batch, 1)


def _table_values(path: str) -> Iterator[dict[str, object]]:
    yield {"sheet": None, "hidden": False, "hidden_rows": (), "starts_1904": False, "merges": ()}
    size = Path(path).stat().st_size
    batch: list[tuple[int, list[str]]] = []
    characters = 0
    for number, cells in plain_table(path):
        batch.append((number, cells))
        characters += sum(map(len, cells)) + len(cells)
        if len(batch) == _AT_ONCE:
            yield from _batch(batch, min(characters * 2 / size, 1))
    yield from _batch(batch, 1)


def _batch(batch: list[tuple[int, list[str]]], at: float) -> Iterator[dict[str, object]]:
    """Yield what was gathered and forget it."""
    if batch:
        yield {"rows": batch, "at": round(at, 3)}
        batch.clear()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
