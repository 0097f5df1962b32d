"""Where the meeting is: a slide or something opened over it, and where each key leads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

from kxplan.message import Message, message
from kxplan.reports.page import Page
from kxplan.reports.slides import Slide


class Deck(Protocol):
    """What there is to show, as known at one moment."""

    @property
    def slides(self) -> Sequence[Slide]:
        """The slides, at least the overview."""

    @property
    def marks(self) -> Sequence[str]:
        """The names of the marks, the newest first."""

    def goal(self, word: str) -> Page | Message:
        """Return the page of a goal; what is wrong with the word where it names none."""

    def since(self, mark: str) -> Page | Message:
        """Return the comparison with a mark."""


class Place(NamedTuple):
    """Where the meeting is: a slide, or something opened over it."""

    slide: int = 0
    top: int = 0
    """Lines scrolled past."""
    over: Literal["none", "goal", "since", "marks", "help"] = "none"
    word: str = ""
    """The goal or mark that is open."""
    typed: str = ""
    is_searching: bool = False
    trouble: Message | None = None


def pressed(place: Place, key: str, deck: Deck, *, hidden: int, room: int) -> Place | None:
    """Return where a key leads; None where it leads out. `hidden` lines lie below the `room` lines shown."""
    place = place._replace(trouble=None)
    if key == "end-of-input":
        return None
    if place.is_searching:
        return _searching(place, key, deck)
    if key.lower() == "q":
        return None
    chosen = _numbered(place, key, deck)
    if chosen is not None:
        return chosen
    place = place._replace(typed="")
    return _turned(place, key.lower()) or _moved(place, key.lower(), deck, hidden=hidden, room=room)


def _numbered(place: Place, key: str, deck: Deck) -> Place | None:
    """Return where a key leads that belongs to a number being typed; None where it does not."""
    if key.isdecimal() and key.isascii():
        return _choosing(place, place.typed + key, deck)
    if key == "enter" and place.typed:
        return _opened(place, int(place.typed), deck)
    if key == "backspace" and place.typed:
        return place._replace(typed=place.typed[:-1])
    return None


def _turned(place: Place, key: str) -> Place | None:
    """Return where a key leads that opens or closes something; None where it does neither."""
    match key:
        case "escape" | "backspace":
            return Place(place.slide)
        case "/" | "g":
            return place._replace(is_searching=True)
        case "c":
            return Place(place.slide, over="marks")
        case "?" | "h" | "？":
            return Place(place.slide, over="none" if place.over == "help" else "help")
    return None


def _moved(place: Place, key: str, deck: Deck, *, hidden: int, room: int) -> Place:
    last = len(deck.slides) - 1
    if key in (" ", "page-down") and hidden > 0:
        return place._replace(top=place.top + room)
    if key == "page-up" and place.top:
        return place._replace(top=max(place.top - room, 0))
    match key:
        case "down" | "j":
            return place._replace(top=place.top + 1)
        case "up" | "k":
            return place._replace(top=max(place.top - 1, 0))
        case " " | "n" | "right" | "page-down":
            return Place(min(place.slide + 1, last))
        case "p" | "left" | "page-up":
            return Place(max(place.slide - 1, 0))
        case "home" | "end":
            return Place(0 if key == "home" else last)
    return place


def _searching(place: Place, key: str, deck: Deck) -> Place:
    match key:
        case "escape":
            return place._replace(is_searching=False, typed="")
        case "enter":
            done = place._replace(is_searching=False, typed="")
            return _open_goal(done, place.typed, deck) if place.typed else done
        case "backspace":
            return place._replace(typed=place.typed[:-1])
    return place._replace(typed=place.typed + key) if len(key) == 1 else place


def _choosing(place: Place, typed: str, deck: Deck) -> Place:
    """Open what the digits name as soon as no further digit could name something else."""
    most = len(_choices(place, deck))
    if int(typed) * 10 > most:
        return _opened(place, int(typed), deck)
    return place._replace(typed=typed)


def _opened(place: Place, number: int, deck: Deck) -> Place:
    choices = _choices(place, deck)
    place = place._replace(typed="")
    if not 1 <= number <= len(choices):
        return place._replace(trouble=message("screen.no-number", number=number, n=len(choices)))
    if place.over == "marks":
        return Place(place.slide, over="since", word=choices[number - 1])
    return Place(place.slide, over="goal", word=choices[number - 1])


def _open_goal(place: Place, word: str, deck: Deck) -> Place:
    found = deck.goal(word)
    if isinstance(found, Message):
        return place._replace(trouble=found)
    return Place(place.slide, over="goal", word=word)


def _choices(place: Place, deck: Deck) -> Sequence[str]:
    return deck.marks if place.over == "marks" else deck.slides[place.slide].goals
