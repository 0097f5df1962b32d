"""Compiled plans: a Plan kept beside its file, so that an unchanged one is read without its text."""

from __future__ import annotations

import errno
from pathlib import Path

from kxplan.digest import sha256
from kxplan.model.plan import Plan
from kxplan.plans.packing import packed, unpacked
from kxplan.store.kept import keep, kept, place_of

MOST_BYTES = 1 << 20
"""The longest plan file that is read."""


def load_plan(path: Path, cache_dir: Path | None) -> tuple[Plan, bytes]:
    """Return the plan of a file, and the file's bytes.

    The compiled form in `cache_dir` serves where it is sound; otherwise the text is compiled, and
    its compiled form kept where that can be written.

    Raises:
        PlanInvalidError: the file has problems.
        OSError: the file cannot be read.
    """
    text = plan_text(path)
    return compiled_plan(text, f"{path.parent.name}/{path.name}", cache_dir), text


def plan_text(path: Path) -> bytes:
    """Return the bytes of a plan file, one more than the longest that is read where it is longer.

    Raises:
        OSError: it cannot be read; a pipe is not waited for.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise OSError(errno.ENXIO, "no regular file")
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def compiled_plan(text: bytes, label: str, cache_dir: Path | None) -> Plan:
    """Return the plan of a text, as `load_plan` does; problems are told as those of the file `label`.

    Raises:
        PlanInvalidError: the text has problems.
    """
    digest = sha256(text).hexdigest()
    place = None if cache_dir is None else place_of(cache_dir, digest)
    plan = None if place is None else _kept_plan(place, digest)
    if plan is None:
        from kxplan.plans.reader import read_plan  # noqa: PLC0415 -- YAML and pydantic take longer than all the rest

        plan = read_plan(text, label)
        if place is not None:
            keep(place, packed(plan))
    return plan


def _kept_plan(place: Path, digest: str) -> Plan | None:
    body = kept(place)
    plan = None if body is None else unpacked(body)
    return plan if plan is not None and plan.digest == digest else None
