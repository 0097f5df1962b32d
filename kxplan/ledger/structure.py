"""The structure of a ledger file: its tables and triggers, known without importing the migrations.

A table that lost its types, a view in the place of a table or a trigger of somebody else's would make
every figure and every write a guess; looking costs some 30 µs.
"""

from __future__ import annotations

from kxplan.digest import sha256
from kxplan.store.connection import Connection, read_tx

TABLES = {
    "ledger": "1191f2646feefa6b",
    "entries": "669dbc3c594f8321",
    "corrected": "a88710bf378e2106",
    "sums": "f777489cb4bdf830",
    "shares": "635ec3de3335e2b2",
    "steps": "9240afbbc0eaf8a5",
    "keys": "bd33c4c8c8e7eecf",
}
"""Each table with the digest of the statement that made it."""

TRIGGERS = {
    "entries_are_not_changed": "debb65fd7ac7dc1e",
    "entries_are_not_removed": "3071b30fe20a2371",
    "entries_are_not_replaced": "cc0e76a14f034f78",
}
"""The triggers on these tables, each with the digest of the statement that made it."""


def changed(connection: Connection, *, triggers: bool) -> tuple[str, ...]:
    """Return the names of tables, and where asked triggers, that are not as this program made them.

    Indexes and views are not looked at: they change no figure.
    """
    expected = TABLES | TRIGGERS if triggers else TABLES
    with read_tx(connection):
        rows = connection.execute(
            "SELECT type, name, tbl_name, sql FROM main.sqlite_schema WHERE type IN ('table', 'trigger')"
        ).fetchall()
    found = {
        name: statement_digest(sql)
        for kind, name, table, sql in rows
        if (kind == "table" and name in TABLES) or (kind == "trigger" and triggers and table in TABLES)
    }
    return tuple(sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name)))


def statement_digest(sql: object) -> str:
    """Return what a statement is known by."""
    digest: str = sha256(str(sql).encode(errors="replace")).hexdigest()
    return digest[:16]
