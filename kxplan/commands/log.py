"""`log`: what was done today, in one line."""

# No annotations as text here: typer would compile each of them twice, on every call.

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from kxplan.commands.complete import goal_words
from kxplan.commands.confirm import confirm
from kxplan.commands.figures import accounts
from kxplan.commands.logged import answer_entries
from kxplan.commands.work_day import work_day
from kxplan.dates import now
from kxplan.errors import UsageError
from kxplan.message import Message, message
from kxplan.model.entry import Attachment, NewEntry
from kxplan.model.plan import Goal, Plan, Target
from kxplan.model.tally import Account, Newest
from kxplan.plans.finder import find_target
from kxplan.plans.words import Logged, breakdown_of, read_amounts
from kxplan.text import MINUS, cleaned

if TYPE_CHECKING:
    from kxplan.commands.call import Call
    from kxplan.ledger.sqlite_reader import SqliteReader


def log(
    ctx: Context,
    goal: Annotated[str | None, Argument(metavar="GOAL", autocompletion=goal_words)] = None,
    words: Annotated[list[str] | None, Argument(metavar="AMOUNT|KEY=VALUE")] = None,
    day: Annotated[str | None, Option("-d", "--day", metavar="DAY")] = None,
    note: Annotated[str | None, Option("-n", "--note", metavar="NOTE")] = None,
    who: Annotated[str | None, Option("--who", metavar="WHO")] = None,
    evidence: Annotated[list[str] | None, Option("--evidence", metavar="FILE")] = None,
    key: Annotated[str | None, Option("--key", metavar="KEY")] = None,
    same: Annotated[bool, Option("--same")] = False,
    yes: Annotated[bool, Option("-y", "--yes")] = False,
) -> None:
    """Record what was done."""
    call: Call = ctx.obj
    if goal is None:
        from kxplan.commands.asking import asked  # noqa: PLC0415 -- who types the words pays nothing for the questions

        answers = asked(call, day=day, note=note)
        if answers.step is not None:
            from kxplan.commands.done import done  # noqa: PLC0415 -- as above

            done(ctx, f"{answers.goal}.{answers.step}", answers.day, answers.note, who, key)
            return
        goal, words, day, note = answers.goal, answers.words, answers.day, answers.note
    found, target = find_target(call.plan, goal, call.today)
    on = work_day(call, day)
    given = [word.replace(MINUS, "-") for word in words or ()]
    ledger = call.writing
    entries = _entries(call, ledger, found, target, on, given, same=same, note=note)
    under = checked_key(key)
    if under is None or not ledger.has_key(under):
        questions = [question for entry in entries for question in doubts(call, ledger, entry)]
        confirm(call, questions, yes=yes)
    files, whose = _attached(call, evidence or []), cleaned(who or "") or call.who
    version = call.version(ledger)
    recorded = ledger.record(
        version,
        entries,
        act="log",
        who=whose,
        recorded_at=now(),
        key=under,
        content=_said(call, entries, None if day is None else on, whose, files, same=same),
        evidence=files,
    )
    answer_entries(call, ledger, version, recorded)


def checked_key(key: str | None) -> str | None:
    """Return the key of `--key`; None where none is given.

    Raises:
        UsageError: it is empty.
    """
    if key is None:
        return None
    text = cleaned(key)
    if not text:
        raise UsageError("cli.empty-key")
    return text


def _said(
    call: "Call", entries: list[NewEntry], day: date | None, who: str, files: tuple[Attachment, ...], *, same: bool
) -> list[object]:
    """Return what makes a call the same when it comes again: what was said, not what today made of it."""
    amounts = [
        [entry.goal, entry.target, None if same else [_plain(entry.amount), _plain(entry.denominator)], entry.breakdown]
        for entry in entries
    ]
    return [
        call.plan.id, "log", who, None if day is None else day.isoformat(), amounts, same,
        [entry.note for entry in entries], [file.sha256 for file in files],
    ]  # fmt: skip


def _plain(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount.normalize():f}"


def _attached(call: "Call", files: list[str]) -> tuple[Attachment, ...]:
    if not files:
        return ()
    from kxplan.commands.attach import attached  # noqa: PLC0415 -- most entries come without a file

    return attached(call, files)


def _entries(
    call: "Call",
    ledger: "SqliteReader",
    goal: Goal,
    target: Target | None,
    on: date,
    words: list[str],
    *,
    same: bool,
    note: str | None,
) -> list[NewEntry]:
    text = cleaned(note or "", lines=True) or None
    read, pairs = read_amounts(goal, target, words)
    amounts = list(read)
    breakdown = breakdown_of(call.plan, goal, pairs)
    if same:
        if amounts:
            raise UsageError("cli.same-with-amount")
        held = accounts(ledger, call.plan, on)
        amounts = [
            _again(one, held.get((goal.id, one.id), Account())) for one in ([target] if target else goal.targets)
        ]
    elif not amounts:
        amounts = [_without_amount(goal, target, text)]
    return [
        NewEntry(goal.id, one.target.id, on, one.amount, one.denominator, breakdown=breakdown, note=text)
        for one in amounts
    ]


def _again(target: Target, account: Account) -> Logged:
    if target.kind in ("milestone", "ongoing"):
        return Logged(target, None)
    if target.kind == "sum":
        return Logged(target, Decimal(0))
    newest = account.now.newest
    if newest is None:
        raise UsageError("cli.nothing-to-repeat", goal=target.goal)
    return Logged(target, newest.amount, newest.denominator)


def _without_amount(goal: Goal, target: Target | None, note: str | None) -> Logged:
    one = target or goal.targets[0]
    if one.kind not in ("milestone", "ongoing"):
        units = tuple(each.unit or message("cli.a-number") for each in ([target] if target else goal.targets))
        raise UsageError("cli.missing-amount", goal=goal.title, id=goal.id, units=units)
    if note is None:
        raise UsageError("cli.missing-note" if one.kind == "ongoing" else "cli.missing-milestone-note", goal=goal.id)
    return Logged(one, None)


def doubts(call: "Call", ledger: "SqliteReader", entry: NewEntry, *, besides: int | None = None) -> list[Message]:
    """Return what a careful colleague would ask before this entry is written.

    `besides` is the number of the entry that it corrects, whose place it takes and which is no repeat of it.
    """
    goal, target = _goal_and_target(call.plan, entry)
    found: list[Message] = []
    if entry.amount is None:
        return found
    amount = target.in_force(entry.day).amount
    if target.kind == "sum" and amount is not None and entry.amount > amount:
        found.append(message("cli.doubt-above", amount=entry.amount, target=amount, unit=target.unit or ""))
    if target.kind == "running":
        newest = _level_before(call, ledger, goal, entry, besides)
        if newest is not None and entry.amount < newest.amount:
            found.append(message("cli.doubt-falling", amount=entry.amount, newest=newest.amount, day=newest.day))
    found += [
        message("cli.doubt-repeat", number=number, day=entry.day, amount=entry.amount)
        for number in ledger.repeats(call.plan.id, entry.goal, entry.target, entry.day, entry.amount)
        if number != besides
    ]
    return found


def _level_before(
    call: "Call", ledger: "SqliteReader", goal: Goal, entry: NewEntry, besides: int | None
) -> Newest | None:
    key = (entry.goal, entry.target)
    if besides is not None:
        return ledger.level_before(call.plan.id, key, entry.day, besides, formerly=goal.formerly)
    return accounts(ledger, call.plan, entry.day, goals=goal.ids).get(key, Account()).now.newest


def _goal_and_target(plan: Plan, entry: NewEntry) -> tuple[Goal, Target]:
    goal = plan.goal(entry.goal)
    if goal is None:
        raise LookupError(entry.goal)
    return goal, next(target for target in goal.targets if target.id == entry.target)
