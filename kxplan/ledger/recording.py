"""Recording: the entries of one call, all in one transaction, once for each key."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from kxplan.digest import sha256
from kxplan.errors.ledger import KeyReusedError, StepDoneError
from kxplan.ledger.appending import Appender
from kxplan.ledger.reading import entries_from
from kxplan.ledger.rows import Row, millionths
from kxplan.ledger.sums import count, counted, done_by, refuse_too_large
from kxplan.model.entry import Attachment, Entry, NewEntry, PlanVersion
from kxplan.store.connection import Connection

_LEVELS = ("running", "latest", "ratio")


def record(
    connection: Connection,
    version: PlanVersion,
    entries: Sequence[NewEntry],
    *,
    act: Literal["log", "done"],
    who: str,
    recorded_at: datetime,
    key: str | None,
    content: object,
    evidence: Sequence[Attachment],
) -> tuple[Entry, ...]:
    """Record `entries` inside the present write transaction; see `Ledger.record`."""
    digest = None
    if key is not None:
        digest = said(content or [version.plan, act, who, [columns(entry) for entry in entries], evidence])
        if earlier := recorded_under(connection, key, digest):
            return earlier
    appender = Appender(connection, version.plan, who, recorded_at)
    batch = new_batch() if len(entries) > 1 else None
    rows = []
    for entry in entries:
        wanted = open_steps(connection, version.plan, entry) if act == "done" else entry
        row = appender.append(act, key=key, batch=batch, **columns(wanted, digest))
        take_in(connection, row, version)
        rows.append(row)
    if key is not None:
        connection.execute("INSERT INTO keys VALUES (?, ?, ?, ?)", (key, digest, rows[0].number, len(rows)))
    for row in rows:
        for attachment in evidence:
            attach(appender, row, attachment)
    appender.note_version(version)
    return entries_from(connection, rows[0].number, len(rows))


def recorded_under(connection: Connection, key: str, content: str) -> tuple[Entry, ...]:
    """Return the entries recorded under `key`; empty where there are none.

    Raises:
        KeyReusedError: they have other content.
    """
    found = connection.execute("SELECT content, number, entries FROM keys WHERE key = ?", (key,)).fetchone()
    if found is None:
        return ()
    if found[0] != content:
        raise KeyReusedError(key=key, number=found[1])
    return entries_from(connection, found[1], found[2])


def take_in(connection: Connection, row: Row, version: PlanVersion) -> None:
    """Count an entry that stands from now on.

    Raises:
        TotalTooLargeError: what its target adds up to would reach 9·10^12.
    """
    entry = counted(row)
    count(connection, entry)
    if adds_up(version, entry.goal, entry.target):
        refuse_too_large(connection, entry)


def columns(entry: NewEntry, content: str | None = None) -> dict[str, Any]:
    """Return the columns of an entry; `content` is the digest that its key stands for."""
    return {
        "goal": entry.goal,
        "target": entry.target,
        "day": entry.day.isoformat(),
        "amount": millionths(entry.amount),
        "denominator": millionths(entry.denominator),
        "note": entry.note,
        "who": entry.who,
        "data": {"steps": list(entry.steps), "breakdown": dict(entry.breakdown), "content": content},
    }


def open_steps(connection: Connection, plan: str, entry: NewEntry) -> NewEntry:
    """Return the entry with the steps of it that are not done yet.

    Raises:
        StepDoneError: all are.
    """
    done = {step: done_by(connection, plan, entry.goal, step) for step in entry.steps}
    left = tuple(step for step, number in done.items() if number is None)
    if not left:
        step, number = next(iter(done.items()))
        raise StepDoneError(goal=entry.goal, step=step, number=number)
    return entry._replace(steps=left)


def adds_up(version: PlanVersion, goal: str, target: str) -> bool:
    """Tell whether the target's entries are added up: a level (running, latest, ratio) has no total."""
    return not any(
        row.get("goal") == goal and row.get("target") == target and row.get("kind") in _LEVELS for row in version.rows
    )


def attach(appender: Appender, row: Row, attachment: Attachment) -> Row:
    """Record a piece of evidence for the entry `row`."""
    return appender.append(
        "evidence",
        goal=row.goal,
        day=row.day,
        about=row.id,
        digest=attachment.sha256,
        data={"name": attachment.name, "size": attachment.size},
        place=row.place,
    )


def new_batch(importer: str | None = None) -> str:
    """Return what marks the entries of one call; of an import also who called, for its lines may name others."""
    mark = os.urandom(8).hex()
    return mark if importer is None else f"{mark} {importer}"


CALLER_SQL = "coalesce(nullif(substr(batch, 18), ''), who)"
"""Who made the call that an entry was recorded by."""


def said(content: object) -> str:
    """Return the digest by which a repetition of the same content is known."""
    digest: str = sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
    return digest
