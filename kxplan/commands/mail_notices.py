"""What `status` says of the mail: that last week's is missing, and which went astray. Imports nothing heavy."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

from kxplan.dates import Period, now
from kxplan.delivery.due import first_working_day, last_ended
from kxplan.delivery.letters import is_open
from kxplan.delivery.outbox import Outbox
from kxplan.delivery.schema import SCHEMA
from kxplan.delivery.wording import short_name
from kxplan.errors.store import NewerSchemaError
from kxplan.message import message
from kxplan.model.plan import Plan
from kxplan.progress.curve import working_days
from kxplan.reports.page import Paragraph
from kxplan.store.schema import pending

if TYPE_CHECKING:
    from kxplan.commands.call import Call

_FIRST_HOUR = 9
"""On the first working day nothing is missed before: the timer runs from 8."""


def mail_notices(call: Call, plan: Plan) -> tuple[Paragraph, ...]:
    """Return what is to be said of the mail of a plan: what is in trouble, and last week's where it is missing."""
    connection = call.reading.connection
    if connection.path != os.fspath(call.workspace.ledger):
        return ()  # what could be saved of a damaged ledger has no outbox
    try:
        pending(connection, SCHEMA)
    except NewerSchemaError:
        return ()
    outbox = Outbox(connection)
    has_mailed = outbox.exists
    readers = call.settings.mail.readers
    troubled = sum(is_open(*mail, readers) for mail in outbox.troubled(plan.id)) if has_mailed else 0
    said = [Paragraph(message("mail.unsettled", n=troubled), "alarm")] if troubled else []
    week = last_ended("week", call.today)
    newest = outbox.newest(plan.id, "week") if has_mailed else None
    # An office that mails by the month alone misses no week.
    is_missing = (not has_mailed or outbox.newest(plan.id) is None) if newest is None else newest < week.start
    if is_missing and week.meets(plan.period) and _is_late(call, plan):
        said.append(Paragraph(message("mail.missing", period=short_name("week", week)), "warning"))
    return tuple(said)


def _is_late(call: Call, plan: Plan) -> bool:
    first = first_working_day(call.today, lambda day: _is_working(plan, day))
    if first is None or first < call.today:
        return first is not None
    if call.settings.today is not None:
        return True
    from zoneinfo import ZoneInfo  # noqa: PLC0415 -- asked on one day of the week

    return now().astimezone(ZoneInfo(call.settings.timezone)).hour >= _FIRST_HOUR


def _is_working(plan: Plan, day: date) -> bool:
    """Tell by the plan's calendar whether a day is worked; beyond its period by the weekday."""
    return working_days(plan.calendar, Period(day, day)) == 1
