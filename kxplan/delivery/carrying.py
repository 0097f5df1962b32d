"""Carrying over: what a backup does not know was sent is still sent, so it is not sent again."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from kxplan.delivery.outbox import Outbox
from kxplan.delivery.schema import SCHEMA
from kxplan.errors import KxplanError
from kxplan.store.connection import connect, read_tx, write_tx
from kxplan.store.schema import apply, pending


def carry_over(live: Path, staged: Path) -> int | None:
    """Put every mail of the database `live` into `staged`, in place of what that knows of the same; return how many.

    None where `live` cannot tell. `staged` is nobody's yet.
    """
    try:
        with closing(connect(live, read_only=True)) as old:
            if not Outbox(old).exists:
                return 0
            if pending(old, SCHEMA):
                return None
            with read_tx(old):
                names = [str(row[1]) for row in old.execute("PRAGMA table_info(outbox)") if row[1] != "number"]
                mails = old.execute(f"SELECT {', '.join(names)} FROM outbox ORDER BY number").fetchall()  # noqa: S608
    except KxplanError:
        return None
    with closing(connect(staged)) as new:
        apply(new, (SCHEMA,))
        places = ", ".join("?" * len(names))
        with write_tx(new):
            # Both constraints name the same mail: its period and reader, or its Message-ID.
            new.executemany(f"INSERT OR REPLACE INTO outbox ({', '.join(names)}) VALUES ({places})", mails)  # noqa: S608
    return len(mails)
