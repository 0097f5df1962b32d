"""The call: what every command needs, found or opened when it is first asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kxplan.errors import KxplanError
from kxplan.errors.plans import PlanInvalidError, UnknownGoalError
from kxplan.message import message
from kxplan.text import cleaned
from kxplan.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from datetime import date, datetime

    from kxplan.ledger.sqlite import SqliteLedger
    from kxplan.ledger.sqlite_reader import SqliteReader
    from kxplan.locale import Language, Translator
    from kxplan.model.entry import PlanVersion
    from kxplan.model.plan import Plan
    from kxplan.plans.shelf import Filed, Shelf
    from kxplan.reports.page import Page, Words
    from kxplan.settings import Settings

_Opened = TypeVar("_Opened", bound="SqliteReader")
_OPTIONS = ("folder", "plan_id", "language_option", "as_json", "is_plain", "has_no_color", "is_quiet")


class Call:
    """One run of the program: its global options, and what they lead to.

    Values are read once and kept for the run; `close` gives back what was opened. Each property
    imports the room that it opens: a command pays for what it asks for, `--version` for nothing.
    """

    def __init__(self, environ: Mapping[str, str], cwd: Path) -> None:
        self.environ = environ
        self.cwd = cwd
        self.folder: str | None = None
        self.plan_id: str | None = None
        self.language_option: str | None = None
        self.as_json = False
        self.is_plain = False
        self.has_no_color = False
        self.is_quiet = False
        self.exit_code = 0
        self._ledgers: list[SqliteReader] = []

    def again(self) -> Call:
        """Return a call with the same options that reads everything anew."""
        call = Call(self.environ, self.cwd)
        for name in _OPTIONS:
            setattr(call, name, getattr(self, name))
        return call

    @cached_property
    def workspace(self) -> Workspace:
        """The workspace that holds."""
        return find_workspace(self.folder, self.environ, self.cwd)

    @cached_property
    def settings(self) -> Settings:
        """The settings of the workspace."""
        from kxplan.settings import read_settings

        return read_settings(self.workspace.settings, self.workspace.cache)

    @cached_property
    def tr(self) -> Translator:
        """The translator of the language that holds; never raises for a broken workspace."""
        from kxplan.locale import translator

        return translator(self._language())

    @cached_property
    def today(self) -> date:
        """The day it is: the clock's in the workspace's time zone, or the one the settings stage."""
        from kxplan.dates import today

        return self.settings.today or today(self.settings.timezone)

    @cached_property
    def shelf(self) -> Shelf:
        """All plans of the workspace; broken files that are not asked for are named on stderr."""
        from kxplan.plans.shelf import read_shelf

        return read_shelf(self.workspace.plans, self.workspace.cache)

    @cached_property
    def shelf_anew(self) -> Shelf:
        """All plans of the workspace, each compiled anew whatever is kept of it: for what examines them."""
        from kxplan.plans.shelf import read_shelf

        return read_shelf(self.workspace.plans, None)

    @cached_property
    def filed(self) -> Filed:
        """The plan that the command speaks of, with its text."""
        chosen = self.shelf.choose(self.plan_id or self.settings.default_plan, self.today)
        for broken in self.shelf.broken:
            self.warn(message("cli.broken-plan", file=broken.path.name, n=len(broken.error.problems)))
        return chosen

    def speak_of(self, plan: str) -> None:
        """Let the rest of the run speak of the plan with this id: numbers of entries are of the whole ledger."""
        if self.__dict__.get("filed") is None or self.filed.plan.id != plan:
            self.plan_id = plan
            self.__dict__.pop("filed", None)

    @property
    def plan(self) -> Plan:
        """The plan that the command speaks of."""
        return self.filed.plan

    @cached_property
    def reading(self) -> SqliteReader:
        """The ledger, for reading: works on a read-only disk and changes nothing."""
        from kxplan.ledger.opening import read_ledger

        return self._kept(read_ledger(self.workspace.ledger, on_wait=self.say_waiting))

    def read_instead(self, ledger: SqliteReader) -> None:
        """Let the rest of the run read `ledger`; it is closed with the others."""
        self.reading = self._kept(ledger)

    @cached_property
    def writing(self) -> SqliteLedger:
        """The ledger, for writing."""
        from kxplan.ledger.opening import open_ledger

        return self._kept(open_ledger(self.workspace.ledger, on_wait=self.say_waiting))

    @property
    def who(self) -> str:
        """Who acts when the command names nobody."""
        named = self.environ.get("KXPLAN_WHO") or self.settings.who
        return cleaned(named or _login_name(self.environ)) or "?"

    @property
    def is_interactive(self) -> bool:
        """Whether a person can be asked."""
        return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty() and not self.as_json

    def version(self, ledger: SqliteReader) -> PlanVersion:
        """Return the plan's text as a writing command records it, with the rows accepted so far."""
        from kxplan.model.entry import PlanVersion
        from kxplan.plans.rows import accepted_after, plain_calendar, plain_rows

        rows = plain_rows(self.plan)
        accepted = ledger.accepted_rows(self.plan.id)
        return PlanVersion(
            self.plan.id,
            self.plan.digest,
            self.filed.text.decode("utf-8"),
            rows,
            accepted=rows if accepted is None else accepted_after(accepted, rows),
            calendar=plain_calendar(self.plan.calendar),
        )

    def day(self, text: str | None, *, or_today: bool = True) -> date | None:
        """Return the day that an option names; today, or None, where it names none."""
        if text is None:
            return self.today if or_today else None
        from kxplan.dates import parse_day

        return parse_day(text, self.today, self.plan.period)

    def known_by(self, day: date | None) -> datetime | None:
        """Return the instant by which `--known-by DAY` cuts off; None where it is not asked for."""
        from kxplan.dates import end_of

        return None if day is None else end_of(day, self.settings.timezone)

    def local(self, instant: datetime) -> datetime:
        """Return what the office's clock showed at an instant."""
        from zoneinfo import ZoneInfo

        return instant.astimezone(ZoneInfo(self.settings.timezone)).replace(tzinfo=None)

    def show(self, page: Page) -> None:
        """Write a page to stdout as the options and the screen ask."""
        from kxplan.render.output import write_page

        write_page(page, self.tr, plain=self.is_plain, no_color=self.has_no_color, environ=self.environ)

    def answer(self, record: Mapping[str, object]) -> None:
        """Write the object of `--json` to stdout."""
        from kxplan.render.output import write_record

        write_record(record)

    def write(self, content: bytes) -> None:
        """Write the bytes of a document to stdout."""
        from kxplan.render.output import write_bytes

        write_bytes(content)

    def say(self, sentence: Words) -> None:
        """Write a line of the answer to stdout."""
        sys.stdout.write(self._text(sentence) + "\n")

    def note(self, sentence: Words) -> None:
        """Write a remark to stderr; nothing with `--quiet`."""
        if not self.is_quiet:
            self._aside(sentence)

    def warn(self, sentence: Words) -> None:
        """Write a warning to stderr, `--quiet` or not."""
        self._aside(sentence)

    def say_waiting(self) -> None:
        """Say that somebody else holds the ledger."""
        self.note(message("cli.waiting"))

    def fail(self, error: KxplanError) -> int:
        """Write a failure to stderr and return its exit code."""
        if isinstance(error, PlanInvalidError):
            for problem in error.problems:
                self._aside(problem.sentence)
        else:
            self._aside(message("cli.error", what=error.message))
        if isinstance(error, UnknownGoalError):
            from kxplan.commands.elsewhere import elsewhere

            for line in elsewhere(self, error.word):
                self._aside(line)
        return error.exit_code

    def close(self) -> None:
        """Give back what was opened."""
        for ledger in self._ledgers:
            ledger.close()
        self._ledgers.clear()

    def _aside(self, sentence: Words) -> None:
        # Where nobody reads any more, the exit code still tells; a lost answer is found at the last flush.
        with suppress(OSError):
            sys.stdout.flush()
        with suppress(OSError):
            sys.stderr.write(self._text(sentence) + "\n")

    def _text(self, sentence: Words) -> str:
        from kxplan.render.cells import ASCII, words

        return words(sentence, self.tr, ASCII)

    def _kept(self, ledger: _Opened) -> _Opened:
        self._ledgers.append(ledger)
        return ledger

    def _language(self) -> Language:
        named = self.language_option or self.environ.get("KXPLAN_LANG")
        if named not in ("zh", "en"):
            named = self._set_language()
        if named == "en":
            return "en"
        return "zh" if named == "zh" else _locale_language(self.environ)

    def _set_language(self) -> str:
        try:
            return self.settings.language
        except KxplanError:
            return "auto"


def _login_name(environ: Mapping[str, str]) -> str:
    for name in ("LOGNAME", "USER", "USERNAME"):
        if environ.get(name):
            return environ[name]
    if hasattr(os, "getuid"):
        import pwd

        try:
            return pwd.getpwuid(os.getuid()).pw_name
        except KeyError:
            return str(os.getuid())
    return ""


def _locale_language(environ: Mapping[str, str]) -> Language:
    """Chinese comes first: English only where the locale names a language that is not Chinese."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environ.get(name)
        if value:
            spoken = value.partition(".")[0].partition("_")[0].lower()
            return "zh" if spoken in ("zh", "c", "posix") else "en"
    return "zh"
