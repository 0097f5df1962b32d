"""`evidence`: the papers behind the entries: added, verified, and bundled for an inspection."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from kxplan.commands.attach import attached
from kxplan.commands.correct import entry_number
from kxplan.commands.papers import papers
from kxplan.dates import now
from kxplan.errors import ExitCode, UsageError
from kxplan.message import Message, message
from kxplan.model.entry import Evidence
from kxplan.render.bundle import write_bundle
from kxplan.render.records import VERSION, instant_text
from kxplan.reports.evidence import Paper, bundle_index
from kxplan.store.evidence import Condition, condition, unrecorded
from kxplan.text import cleaned

if TYPE_CHECKING:
    from kxplan.commands.call import Call


def add(
    ctx: Context,
    number: Annotated[str, Argument(metavar="N")],
    files: Annotated[list[str], Argument(metavar="FILE")],
    who: Annotated[str | None, Option("--who", metavar="WHO")] = None,
) -> None:
    """Add files to an entry."""
    call: Call = ctx.obj
    ledger = call.writing
    entry = ledger.entry(entry_number(number))
    call.speak_of(entry.plan)
    if entry.act == "void":
        raise UsageError("evidence.for-void", number=entry.number, voided=entry.corrects or 0)
    life = {each.number for each in ledger.life(entry.number)}
    had = {each.sha256 for each in ledger.evidence(entry.plan) if each.entry in life}
    lost = {each for each in had if condition(call.workspace.evidence, each) != "sound"}
    offered = attached(call, files)
    new = [file for file in offered if file.sha256 not in had]
    added = ledger.add_evidence(
        call.version(ledger), entry.number, new, who=cleaned(who or "") or call.who, recorded_at=now()
    )
    for file in offered:
        if file.sha256 in had:
            told = "evidence.put-back" if file.sha256 in lost else "evidence.had"
            call.note(message(told, number=entry.number, name=file.name))
    if call.as_json:
        call.answer({"kxplan": VERSION, "evidence": [_record(each) for each in added]})
        return
    for each in added:
        call.say(message("evidence.added", number=entry.number, name=each.name, size=size_words(each.size)))


def verify(ctx: Context) -> None:
    """Compare every evidence file with what was recorded."""
    call: Call = ctx.obj
    recorded = call.reading.evidence()
    conditions = {digest: condition(call.workspace.evidence, digest) for digest in {each.sha256 for each in recorded}}
    wrong = [each for each in recorded if conditions[each.sha256] != "sound"]
    strange = unrecorded(call.workspace.evidence, frozenset(conditions))
    if call.as_json:
        records = [{**_record(each), "condition": conditions[each.sha256]} for each in wrong]
        call.answer({"kxplan": VERSION, "verified": len(recorded), "problems": records, "unrecorded": list(strange)})
    else:
        for each in wrong:
            call.say(fault(each, conditions[each.sha256]))
        if not wrong:
            call.say(message("evidence.all-sound", n=len(recorded)))
        if strange:
            call.note(message("evidence.unrecorded", n=len(strange), names=strange[:5]))
    if wrong:
        call.exit_code = ExitCode.PROBLEMS


def bundle(
    ctx: Context,
    output: Annotated[str, Option("-o", "--output", metavar="ZIP")],
) -> None:
    """Write the evidence of a plan into one zip with an index."""
    call: Call = ctx.obj
    target = Path(output)
    if target.suffix.lower() != ".zip":
        raise UsageError("evidence.bundle-not-zip", path=output)
    found = papers(call, call.reading)
    missing = [paper for paper in found if paper.condition != "sound"]
    if missing:
        target = target.with_name(f"{target.stem}-{call.tr('evidence.incomplete')}{target.suffix}")
    index = bundle_index(call.plan, found, call.today)
    write_bundle(target, index, found, call.workspace.evidence, call.tr)
    if call.as_json:
        call.answer(_bundle_record(target, found, missing))
        return
    call.say(message("evidence.bundled", path=str(target), n=len(found) - len(missing)))
    if missing:
        call.warn(message("evidence.bundle-lacks", n=len(missing)))


def fault(each: Evidence, found: Condition) -> Message:
    """Return what is wrong with a piece of evidence, and what to do."""
    return message(
        f"evidence.is-{found}",
        number=each.entry,
        name=each.name,
        digest=each.sha256[:12],
        recorded=each.recorded_at.date(),
    )


def size_words(size: int) -> Message:
    """Return a size in the unit that people read."""
    if size < 1 << 10:
        return message("evidence.bytes", n=size)
    if size < 1 << 20:
        return message("evidence.kilobytes", n=-(-size // (1 << 10)))
    tenths = -(-size * 10 // (1 << 20))
    return message("evidence.megabytes", whole=tenths // 10, tenths=tenths % 10)


def _record(each: Evidence) -> dict[str, object]:
    return {
        "entry": each.entry,
        "goal": each.goal,
        "name": each.name,
        "size": each.size,
        "sha256": each.sha256,
        "who": each.who,
        "recorded_at": instant_text(each.recorded_at),
    }


def _bundle_record(target: Path, found: tuple[Paper, ...], missing: list[Paper]) -> dict[str, object]:
    return {
        "kxplan": VERSION,
        "file": str(target),
        "is_complete": not missing,
        "files": len(found) - len(missing),
        "missing": [
            {
                "entry": paper.entry.number,
                "name": paper.evidence.name if paper.evidence else None,
                "why": paper.condition,
            }
            for paper in missing
        ],
    }
