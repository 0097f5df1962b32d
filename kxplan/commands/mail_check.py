"""The check of the mail for `doctor`: settings, secrets, addresses, and a login that sends nothing."""

from __future__ import annotations

from collections.abc import Iterator

from kxplan.commands.finding import Finding, Patient, note, problem
from kxplan.commands.mail_post import post
from kxplan.commands.mail_state import as_known
from kxplan.delivery.letters import answered, is_open
from kxplan.delivery.line import CONNECT_S
from kxplan.delivery.outbox import Outbox
from kxplan.delivery.send import Conversation
from kxplan.message import message


def mail(patient: Patient) -> Iterator[Finding]:
    """Find what keeps the mail from going out; without `[mail]` there is nothing to find."""
    settings = patient.settings
    if not settings.mail.is_set:
        return
    if settings.today is not None:
        yield note(message("doctor.mail-staged", today=settings.today))
    yield from _leads(patient)
    yield from _troubled(patient)
    ready = post(patient.call)
    server = ready.server._replace(timeout_s=min(ready.server.timeout_s, CONNECT_S))
    with Conversation(server) as talk:
        outcome = talk.try_login()
    if outcome.state != "sent":
        where = f"{server.host}:{server.port}"
        yield problem(message("doctor.mail-login", server=where, answer=answered(outcome.answer)))


def _leads(patient: Patient) -> Iterator[Finding]:
    """Find departments of the settings that lead nothing in any plan, and so never get a mail."""
    plans = patient.call.shelf_anew.filed
    known = {goal.lead: None for filed in plans for goal in filed.plan.goals}
    for lead in patient.settings.mail.leads:
        if plans and lead not in known:
            yield problem(message("doctor.mail-lead", lead=lead, known=tuple(known)))


def _troubled(patient: Patient) -> Iterator[Finding]:
    outbox = Outbox(patient.call.reading.connection)
    rows = as_known(patient.call, outbox.rows()) if outbox.exists else ()
    readers = patient.settings.mail.readers
    troubled = sum(row.state != "retry" and is_open(row.state, row.recipient, readers) for row in rows)
    if troubled:
        yield problem(message("mail.unsettled", n=troubled))
