"""A ledger changed by hand, as somebody with another program would."""

import sqlite3
from contextlib import closing


def by_hand(path, *statements):
    """Execute statements on the file `path`, the triggers out of the way and put back, references unchecked."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("PRAGMA foreign_keys = OFF")
        for statement in statements:
            connection.execute(statement)
        for _, sql in triggers:
            connection.execute(sql)
