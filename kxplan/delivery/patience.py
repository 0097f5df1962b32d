"""Patience: when a mail that could not be handed over is tried again, and when that ends."""

from __future__ import annotations

from datetime import datetime, timedelta

WAITS = (timedelta(hours=1), timedelta(hours=4), timedelta(hours=12), timedelta(hours=24))
"""How long after the first, second, third and fourth try the next one comes."""
GIVEN_UP_AFTER = timedelta(hours=48)
"""Counted from the queueing; a try that fails from then on was the last."""


def next_try(attempts: int, queued_at: datetime, now: datetime) -> datetime:
    """Return when a mail is tried again after `attempts` tries (1 or more), the latest just now."""
    last_chance = max(gives_up_at(queued_at), now)
    if attempts > len(WAITS):
        return last_chance
    return min(now + WAITS[attempts - 1], last_chance)


def gives_up_at(queued_at: datetime) -> datetime:
    """Return the instant from which a failed try is the last."""
    return queued_at + GIVEN_UP_AFTER


def is_due(next_at: datetime | None, now: datetime) -> bool:
    """Tell whether a mail may be tried now; a clock that was set back does not hold it up for longer than a wait."""
    return next_at is None or next_at <= now or next_at > now + GIVEN_UP_AFTER
