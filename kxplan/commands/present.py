"""`present`: the status full screen, one section a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Context, Option

from kxplan.commands.compare import compared_page
from kxplan.commands.figures import undeclared, view
from kxplan.commands.live import painter, refuse_without_screen, state
from kxplan.commands.past import in_trouble
from kxplan.commands.remarked import remarks_on
from kxplan.commands.show import goal_page
from kxplan.errors import KxplanError
from kxplan.message import Message
from kxplan.reports.page import Page
from kxplan.reports.slides import slides
from kxplan.screen.place import Deck
from kxplan.screen.present import present as shown
from kxplan.screen.stage import Stage

if TYPE_CHECKING:
    from kxplan.commands.call import Call


def present(
    ctx: Context,
    as_of: Annotated[str | None, Option("--as-of", metavar="DAY")] = None,
    known_by: Annotated[str | None, Option("--known-by", metavar="DAY")] = None,
) -> None:
    """Show the status full screen."""
    call: Call = ctx.obj
    refuse_without_screen(call)
    decks = _Decks(call, as_of, known_by)
    decks.load()
    with Stage() as stage:
        shown(stage, painter(call), decks.load, lambda: state(call))


class _Decks:
    """Loads what is shown; keeps the last deck where the plan or the ledger cannot be read for a while."""

    def __init__(self, call: Call, as_of: str | None, known_by: str | None) -> None:
        self._call = call
        self._days = (as_of, known_by)
        self._last: _Deck | None = None

    def load(self) -> Deck:
        now = self._call.again()
        try:
            self._last = _Deck(now, *self._days)
        except KxplanError:
            if self._last is None:
                raise
        finally:
            now.close()
        return self._last


class _Deck:
    """Everything there is to show, as known at one moment; pages opened are computed once."""

    def __init__(self, call: Call, as_of: str | None, known_by: str | None) -> None:
        self._call = call
        self._seen = view(call, call.reading, as_of=as_of, known_by=known_by)
        self._pages: dict[tuple[str, str], Page | Message] = {}
        ledger, plan = call.reading, self._seen.plan
        self.marks = tuple(mark.name for mark in reversed(ledger.marks()))
        self.slides = slides(
            plan,
            self._seen.standings,
            self._seen.moment,
            remarks=remarks_on(ledger, self._seen),
            in_trouble=in_trouble(call, ledger, self._seen, self._seen.standings),
            notices=undeclared(ledger, plan, self._seen.instant),
        )

    def goal(self, word: str) -> Page | Message:
        return self._page("goal", word)

    def since(self, mark: str) -> Page | Message:
        return self._page("since", mark)

    def _page(self, kind: str, word: str) -> Page | Message:
        if (kind, word) not in self._pages:
            self._pages[(kind, word)] = self._computed(kind, word)
        return self._pages[(kind, word)]

    def _computed(self, kind: str, word: str) -> Page | Message:
        call = self._call.again()
        try:
            if kind == "goal":
                return goal_page(call, self._seen, word)
            return compared_page(call, self._seen, self._seen.standings, word)
        except KxplanError as error:
            return error.message
        finally:
            call.close()
