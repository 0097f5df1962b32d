"""Backed entries: how many of those that stand have evidence."""

from __future__ import annotations

from datetime import date

from kxplan.ledger.accounts import Key
from kxplan.store.connection import Connection


def backed(connection: Connection, plan: str, on: date) -> dict[Key, int]:
    """Return how many standing entries through `on` have evidence, per goal and target.

    Costs one look-up for each entry that has any, none for the others.
    """
    rows = connection.execute(
        """
        WITH places AS (
            SELECT DISTINCT place FROM entries WHERE act = 'evidence' AND target IS NULL AND plan = ?
        ), lives AS (
            SELECT e.number, e.act, e.goal, e.target, e.day FROM places JOIN entries e ON e.number = places.place
            UNION ALL
            SELECT e.number, e.act, e.goal, e.target, e.day FROM places
            JOIN entries e ON e.place = places.place AND e.place <> e.number
        )
        SELECT goal, target, count(*) FROM lives
        WHERE act IN ('log', 'done', 'fix') AND day <= ?
            AND NOT EXISTS (SELECT 1 FROM corrected WHERE corrected.number = lives.number)
        GROUP BY goal, target
        """,
        (plan, on.isoformat()),
    )
    return {(goal, target): n for goal, target, n in rows}
