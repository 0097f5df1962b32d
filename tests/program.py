"""The program's own answer: a drawn plan through its reader, its ledger in memory, its progress and its records."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import naive
import plan_yaml

from kxplan.ledger.opening import memory_ledger
from kxplan.model.entry import NewEntry, PlanVersion
from kxplan.plans.reader import read_plan
from kxplan.plans.rows import plain_rows
from kxplan.progress.forecast import window_start
from kxplan.progress.standing import standings
from kxplan.progress.summary import summary
from kxplan.render.records import standing_record, summary_record

BEGUN = datetime(2026, 1, 1, tzinfo=UTC)


@contextmanager
def recorded(plan, acts):
    """Give a function from a day (and how many acts were known by then) to the records and the summary."""
    text = plan_yaml.as_yaml(plan)
    compiled = read_plan(text.encode(), "x.yaml")
    version = PlanVersion(compiled.id, compiled.digest, text, plain_rows(compiled))
    with memory_ledger() as ledger:
        numbers = []
        for minute, act in enumerate(acts):
            numbers.append(
                record(ledger, version, act, numbers, {"who": "小王", "recorded_at": BEGUN + timedelta(minutes=minute)})
            )

        def status(on, known=None):
            instant = None if known is None else BEGUN + timedelta(minutes=known)
            due = {(goal.id, each.id): each.in_force(on).by for goal in compiled.goals for each in goal.targets}
            passed = {key: by for key, by in due.items() if by < on}
            accounts = ledger.accounts(compiled.id, on, window_start=window_start(on), due=passed, known_by=instant)
            stand = standings(compiled, accounts, on)
            return [standing_record(each) for each in stand], summary_record(summary(stand))

        yield status


def status(plan, acts, on):
    """Return the records and the summary of one day."""
    with recorded(plan, acts) as answer:
        return answer(on)


def record(ledger, version, act, numbers, signed):
    match act:
        case ("void", number):
            return ledger.void(version, numbers[number - 1], reason="重复", **signed).number
        case ("fix", number, day, amount, denominator):
            right = {"day": day, "amount": exact(amount), "denominator": exact(denominator)}
            return ledger.fix(version, numbers[number - 1], **right, reason="笔误", **signed).number
        case (goal, target, day, amount, denominator, steps):
            entry = NewEntry(goal, target, day, exact(amount), exact(denominator), steps)
            return ledger.record(version, [entry], act="done" if steps else "log", **signed)[0].number


def exact(amount):
    return None if amount is None else Decimal(naive.decimal(amount))
