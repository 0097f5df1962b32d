"""Progress: a bar on stderr while something long goes on, where a person watches; nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(title: str, *, is_shown: bool) -> Iterator[Callable[[float], None]]:
    """Show a bar with this title inside the block; yield what takes the share that is done, 0 to 1."""
    if not is_shown or sys.stderr is None or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415 -- only somebody who watches pays for it
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn  # noqa: PLC0415

    console = Console(stderr=True, markup=False, highlight=False)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(title, total=1)
        yield lambda share: bar.update(task, completed=share)
