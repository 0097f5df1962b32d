"""The schema's name: what a current outbox has, known without importing its migrations."""

from __future__ import annotations

from kxplan.store.schema import Schema

SCHEMA = Schema("delivery", ("0001-outbox",), "kxplan.delivery.migrations")
