"""Progress: a bar on stderr while something long goes on, where a person watches; nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(
    title: str, *, is_shown: bool, is_plain: bool = False, has_no_color: bool = False
) -> Iterator[Callable[[float], None]]:
    """Show a bar with this title inside the block; yield what takes the share that is done, 0 to 1.

    Where the screen is to be plain, the share alone is shown, as a figure without colour.
    """
    if not is_shown or sys.stderr is None or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415 -- only somebody who watches pays for it
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn  # noqa: PLC0415

    # None leaves it to NO_COLOR.
    console = Console(stderr=True, markup=False, highlight=False, no_color=has_no_color or is_plain or None)
    bars = () if is_plain else (BarColumn(),)
    columns = (TextColumn("{task.description}", markup=False), *bars, TaskProgressColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(title, total=1)
        yield lambda share: bar.update(task, completed=share)
