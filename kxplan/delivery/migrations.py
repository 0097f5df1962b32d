"""Migrations of the outbox: one row per plan, period, kind and recipient, for ever."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

MIGRATIONS = Migrations("delivery")

_OUTBOX = """
CREATE TABLE outbox (
    number INTEGER PRIMARY KEY,
    plan TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('week', 'month', 'quarter', 'half', 'year')),
    period TEXT NOT NULL,
    until TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    content BLOB NOT NULL,
    figures TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'retry', 'failed', 'unknown')),
    attempts INTEGER NOT NULL DEFAULT 0,
    queued_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    next_at TEXT,
    answer TEXT,
    UNIQUE (plan, period, kind, recipient)
) STRICT
"""


@MIGRATIONS(name="0001-outbox")
def outbox(database: Database) -> None:
    """Make the table of mails, each with its frozen bytes."""
    database.execute(_OUTBOX)
    database.execute("CREATE INDEX outbox_by_state ON outbox (state)")
