"""Compiled plans: a Plan kept beside its file, so that an unchanged one is read without its text."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from kxplan import __version__
from kxplan.digest import sha256
from kxplan.model.plan import Plan
from kxplan.plans.packing import packed, unpacked

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
    kept = None if cache_dir is None else cache_dir / f"{digest}-{__version__}.json"
    plan = None if kept is None else _kept_plan(kept, digest)
    if plan is None:
        from kxplan.plans.reader import read_plan  # noqa: PLC0415 -- YAML and pydantic take longer than all the rest

        plan = read_plan(text, label)
        if kept is not None:
            _keep(kept, packed(plan))
    return plan


def _kept_plan(path: Path, digest: str) -> Plan | None:
    try:
        plan = unpacked(path.read_bytes()) if path.is_file() else None
    except OSError:
        return None
    return plan if plan is not None and plan.digest == digest else None


def _keep(path: Path, data: bytes) -> None:
    """Write the compiled form, for its owner alone; where that fails nothing is lost."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.replace(path)
    except OSError:
        _remove(temporary)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return
