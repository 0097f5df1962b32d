"""The way out: which renderer a screen, a pipe or `--json` gets, and the bytes on stdout."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from shutil import get_terminal_size

from kxplan.locale import Translator
from kxplan.reports.page import Page

_NARROWEST, _WIDEST = 20, 1000


def write_page(page: Page, tr: Translator, *, plain: bool, no_color: bool, environ: Mapping[str, str]) -> None:
    """Write a page to stdout: in colour on a terminal, without where nobody sees it, ASCII where asked."""
    width = screen_width(environ)
    if plain:
        from kxplan.render.plain import plain_text  # noqa: PLC0415 -- a renderer is imported when it is chosen

        sys.stdout.write(plain_text(page, tr, width))
        return
    from rich.console import Console  # noqa: PLC0415

    from kxplan.render.terminal import show  # noqa: PLC0415

    console = Console(
        file=sys.stdout, width=width or 80, no_color=no_color or None, markup=False, emoji=False, highlight=False,
        force_terminal=False if no_color and not sys.stdout.isatty() else None,
    )  # fmt: skip
    show(page, tr, console)


def write_record(record: Mapping[str, object]) -> None:
    """Write an object of `--json` to stdout, in UTF-8 whatever the console speaks."""
    from kxplan.render.json_text import json_bytes  # noqa: PLC0415 -- as in `write_page`

    write_bytes(json_bytes(record))


def write_bytes(content: bytes) -> None:
    """Write bytes in UTF-8 to stdout as they are."""
    sys.stdout.flush()
    if hasattr(sys.stdout, "buffer"):
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        sys.stdout.write(content.decode())


def screen_width(environ: Mapping[str, str]) -> int | None:
    """Return how many columns the screen has; None where there is no screen and nobody says."""
    named = environ.get("COLUMNS", "")
    if named.isdecimal() and int(named):
        return min(max(int(named), _NARROWEST), _WIDEST)
    return max(get_terminal_size((80, 24)).columns, _NARROWEST) if sys.stdout.isatty() else None
