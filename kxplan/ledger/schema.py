"""The schema's name: what a current ledger file has, known without importing its migrations."""

from __future__ import annotations

from kxplan.store.schema import Schema

SCHEMA = Schema("ledger", ("0001-entries",), "kxplan.ledger.migrations")
