"""Where each key leads in a meeting."""

from typing import NamedTuple

import pytest

from kxplan.message import Message, message
from kxplan.progress.summary import summary
from kxplan.reports.page import Page
from kxplan.reports.slides import Slide
from kxplan.screen.place import Place, pressed


class Deck(NamedTuple):
    slides: tuple
    marks: tuple = ("七月例会", "六月例会")

    def goal(self, word):
        return message("screen.empty-goal") if word == "x" else Page(word, ())

    def since(self, mark):
        return Page(mark, ())


def slide(goals):
    return Slide(Page("", ()), summary(()), tuple(f"g{number}" for number in range(1, goals + 1)))


DECK = Deck((slide(12), slide(3), slide(0)))


START = Place()


def after(keys, place=START, hidden=0):
    for key in keys:
        place = pressed(place, key, DECK, hidden=hidden, room=10)
    return place


@pytest.mark.parametrize(
    ("keys", "slide"),
    [(["n"], 1), ([" "], 1), (["right", "right"], 2), (["n", "n", "n", "n"], 2), (["n", "p"], 0), (["p"], 0),
     (["end"], 2), (["end", "home"], 0), (["N"], 1), (["page-down"], 1), (["page-down", "page-up"], 0)],
)  # fmt: skip
def test_keys_page(keys, slide):
    assert after(keys) == Place(slide)


def test_a_long_page_is_scrolled_before_it_is_turned():
    assert after([" "], hidden=4) == Place(0, top=10)
    assert after([" "], Place(0, top=10), hidden=0) == Place(1)
    assert after(["page-up"], Place(1, top=5)) == Place(1, top=0)
    assert after(["down", "down", "up"]) == Place(0, top=1)
    assert after(["up"]) == Place(0)


def test_a_digit_opens_at_once_where_no_longer_number_fits():
    assert after(["2"]) == Place(0, over="goal", word="g2")
    assert after(["2"], Place(1)) == Place(1, over="goal", word="g2")


def test_a_digit_waits_where_a_longer_number_fits():
    assert after(["1"]) == Place(0, typed="1")
    assert after(["1", "2"]) == Place(0, over="goal", word="g12")
    assert after(["1", "enter"]) == Place(0, over="goal", word="g1")
    assert after(["1", "backspace", "3"]) == Place(0, over="goal", word="g3")
    assert after(["1", "n"]) == Place(1)


def test_a_number_that_is_not_there_is_told():
    assert after(["9"], Place(1)).trouble == message("screen.no-number", number=9, n=3)
    assert after(["9", "down"], Place(1)).trouble is None


def test_a_goal_is_found_by_typing():
    assert after(["/", "电", "影", "enter"]) == Place(0, over="goal", word="电影")
    assert after(["/", "q", "n", "backspace"]) == Place(0, typed="q", is_searching=True)
    assert after(["/", "q", "escape"]) == Place(0)
    assert after(["/", "enter"]) == Place(0)
    assert isinstance(after(["/", "x", "enter"]).trouble, Message)


def test_marks_are_chosen_by_number():
    assert after(["c"]) == Place(0, over="marks")
    assert after(["c", "2"]) == Place(0, over="since", word="六月例会")
    assert after(["c", "2", "escape"], Place(1)) == Place(1)


def test_help_comes_and_goes():
    assert after(["?"]).over == "help"
    assert after(["?", "?"]) == Place(0)


def test_q_leaves_from_anywhere_but_a_search():
    for keys in (["q"], ["c", "q"], ["2", "q"], ["?", "Q"], ["end-of-input"]):
        assert after(keys) is None


def test_unknown_keys_change_nothing():
    assert after(["z", "enter", "~"]) == Place(0)
