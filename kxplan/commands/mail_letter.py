"""Letters: the mail of a period for one reader, composed from the same facts as `report`."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from kxplan.commands.figures import accounts
from kxplan.commands.period import period_facts
from kxplan.dates import Period, Span
from kxplan.delivery.addresses import Recipient
from kxplan.delivery.compose import Attachment, Parts
from kxplan.delivery.corrections import Figures, corrections, frozen, thawed
from kxplan.delivery.letter_page import letter_page, told
from kxplan.delivery.letters import Row
from kxplan.delivery.wording import astray, chased, corrected, subject
from kxplan.message import message
from kxplan.model.plan import Plan
from kxplan.progress.standing import Standing, standings
from kxplan.render.cells import words
from kxplan.render.formats import rendered
from kxplan.render.mail_html import mail_html
from kxplan.render.mail_text import mail_text
from kxplan.reports.page import Page
from kxplan.reports.period import period_page
from kxplan.reports.spans import period_name

if TYPE_CHECKING:
    from kxplan.commands.call import Call
    from kxplan.ledger.protocol import Reader


class Occasion(NamedTuple):
    """Which mail it is, and what went before it."""

    kind: Span
    period: Period
    """The whole calendar period."""
    recipient: Recipient | None
    """None: a preview of the whole report."""
    stated: str | None = None
    """The figures last told to this reader, as the outbox keeps them."""
    lost: tuple[Row, ...] = ()
    """Earlier mails that may not have arrived, which this reader is to know of."""


class Drafted(NamedTuple):
    """A mail before it is addressed."""

    parts: Parts
    figures: str
    """What it states, for the outbox."""


def drafted(call: Call, ledger: Reader, occasion: Occasion, at: datetime) -> Drafted:
    """Return the mail about the call's plan, as the ledger stands at the instant `at`."""
    plan, kind = call.plan, occasion.kind
    leads = occasion.recipient.leads if occasion.recipient else None
    period = within(plan, occasion.period)
    facts = period_facts(call, ledger, kind, whole=period, leads=leads or ())
    before = thawed(occasion.stated) if occasion.stated else {}
    now = {each: _figures(_standings(ledger, plan, within(plan, each)), before[each]) for each in before}
    name = period_name(kind, period, plan.period)
    title = message("report.title", plan=plan.title, period=name)
    if leads:
        title = message("report.title-lead", plan=plan.title, period=name, lead=leads)
    by_target = {_target(standing): standing for standing in facts.now}
    page = letter_page(
        period_page(facts._replace(lead=leads[0] if leads else None)),
        title,
        (
            *told(astray(occasion.lost), "alarm"),
            *(told(chased(facts.now), "warning") if leads else ()),
            *told(corrected(corrections(before, now), by_target, kind), "strong"),
        ),
        message("mail.footer", at=at.astimezone(ZoneInfo(call.settings.timezone)).strftime("%Y-%m-%d %H:%M")),
    )
    headline = words(subject(plan, leads, kind, occasion.period, facts.now), call.tr)
    figures = frozen({**now, occasion.period: _figures(facts.now, None)})
    return Drafted(_parts(call, page, headline, words(title, call.tr)), figures)


def within(plan: Plan, period: Period) -> Period:
    """Return the days of a period that the plan has; there is one."""
    return Period(max(period.start, plan.period.start), min(period.end, plan.period.end))


def _standings(ledger: Reader, plan: Plan, period: Period) -> tuple[Standing, ...]:
    return standings(plan, accounts(ledger, plan, period.end), period.end)


def _figures(found: tuple[Standing, ...], wanted: Figures | None) -> Figures:
    """Return what the standings state: of the targets in `wanted`; None: of all."""
    return {
        _target(one): (_text(one.actual if one.has_value else None), _text(one.terms.amount))
        for one in found
        if wanted is None or _target(one) in wanted
    }


def _target(standing: Standing) -> str:
    return f"{standing.goal.id}.{standing.target.id}"


def _text(figure: Fraction | Decimal | None) -> str | None:
    return None if figure is None else str(Fraction(figure))


def _parts(call: Call, page: Page, headline: str, title: str) -> Parts:
    tr = call.tr
    attached = []
    if call.settings.mail.attach:
        attached.append(Attachment(f"{_file_name(title)}.xlsx", rendered(page, "xlsx", tr)))
    return Parts(
        headline,
        mail_text(page, tr),
        mail_html(page, tr),
        "zh-CN" if tr.language == "zh" else "en",
        call.plan.title,
        call.plan.id,
        attached,
    )


def _file_name(title: str) -> str:
    """Return a title as every file system takes it."""
    return "".join("-" if character in '<>:"/\\|?*' else character for character in title)[:80]
