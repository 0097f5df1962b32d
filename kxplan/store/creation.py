"""Creation: a database appears complete under its name, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from kxplan.errors.store import not_written
from kxplan.store.connection import Connection, connect, write_tx
from kxplan.store.files import creating
from kxplan.store.schema import Schema, apply


def create(path: Path, schemas: Sequence[Schema], fill: Callable[[Connection], None]) -> bool:
    """Make the database `path` with the tables of `schemas`, then let `fill` write its first rows.

    Returns whether it was made: a file that exists is left as it is.

    Raises:
        CannotWriteError: the folder or the disk does not take it.
    """
    if path.exists():
        return False
    try:
        with creating(path) as draft:
            _build(draft, schemas, fill)
    except FileExistsError:
        return False
    except OSError as error:
        raise not_written(path, error) from error
    return True


def _build(draft: Path, schemas: Sequence[Schema], fill: Callable[[Connection], None]) -> None:
    with closing(connect(draft, is_new=True)) as connection:
        apply(connection, schemas)
        with write_tx(connection):
            fill(connection)
