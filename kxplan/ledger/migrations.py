"""Migrations of the ledger: the tables, the triggers that keep entries for ever, and the views."""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

from kxplan.ledger.views import VIEWS

MIGRATIONS = Migrations("ledger")

_ENTRIES = """
CREATE TABLE ledger (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE entries (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    origin TEXT NOT NULL,
    act TEXT NOT NULL CHECK (act IN ('log', 'done', 'fix', 'void', 'evidence', 'mark', 'reason', 'plan')),
    plan TEXT NOT NULL,
    goal TEXT,
    target TEXT,
    day TEXT,
    amount INTEGER,
    denominator INTEGER,
    note TEXT,
    who TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    corrects TEXT REFERENCES entries (id),
    about TEXT REFERENCES entries (id),
    reason TEXT,
    key TEXT,
    batch TEXT,
    digest TEXT,
    data TEXT,
    place INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT;

CREATE INDEX entries_by_goal ON entries (plan, goal);
CREATE INDEX entries_by_day ON entries (plan, goal, target, day, place);
CREATE INDEX entries_beside ON entries (act, plan) WHERE target IS NULL;
CREATE INDEX entries_after ON entries (place) WHERE place <> number;

CREATE TRIGGER entries_are_not_changed BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are only ever added'); END;
CREATE TRIGGER entries_are_not_removed BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are only ever added'); END;
CREATE TRIGGER entries_are_not_replaced BEFORE INSERT ON entries
WHEN EXISTS (SELECT 1 FROM entries WHERE number = new.number) OR EXISTS (SELECT 1 FROM entries WHERE id = new.id)
BEGIN SELECT RAISE(ABORT, 'entries are only ever added'); END;

CREATE TABLE corrected (
    number INTEGER PRIMARY KEY,
    corrected_by INTEGER NOT NULL
) STRICT;

CREATE TABLE sums (
    plan TEXT NOT NULL,
    goal TEXT NOT NULL,
    target TEXT NOT NULL,
    day TEXT NOT NULL,
    total INTEGER NOT NULL,
    total_rest INTEGER NOT NULL CHECK (total_rest BETWEEN 0 AND 999999),
    denominators INTEGER NOT NULL,
    denominators_rest INTEGER NOT NULL CHECK (denominators_rest BETWEEN 0 AND 999999),
    entries INTEGER NOT NULL,
    newest_day TEXT,
    newest_place INTEGER,
    newest_amount INTEGER,
    newest_denominator INTEGER,
    PRIMARY KEY (plan, goal, target, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE shares (
    plan TEXT NOT NULL,
    goal TEXT NOT NULL,
    target TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    day TEXT NOT NULL,
    total INTEGER NOT NULL,
    total_rest INTEGER NOT NULL CHECK (total_rest BETWEEN 0 AND 999999),
    entries INTEGER NOT NULL,
    PRIMARY KEY (plan, goal, target, key, value, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE steps (
    plan TEXT NOT NULL,
    goal TEXT NOT NULL,
    step TEXT NOT NULL,
    number INTEGER NOT NULL,
    day TEXT NOT NULL,
    PRIMARY KEY (plan, goal, step, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE keys (
    key TEXT NOT NULL PRIMARY KEY,
    content TEXT NOT NULL,
    number INTEGER NOT NULL,
    entries INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""


@MIGRATIONS(name="0001-entries")
def entries(database: Database) -> None:
    """Make the table of events, the tables derived from it, and the views."""
    for statement in _statements(_ENTRIES + VIEWS):
        database.execute(statement)


def _statements(script: str) -> list[str]:
    # executescript would commit the transaction around it.
    whole: list[str] = []
    part = ""
    for piece in script.split(";"):
        part += piece + ";"
        if sqlite3.complete_statement(part):
            whole.append(part)
            part = ""
    return whole
