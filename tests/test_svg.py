"""Drawings: bars and charts stay inside their frames and say their figures."""

import itertools
from datetime import date, timedelta
from fractions import Fraction

from kxplan.locale import translator
from kxplan.render.svg import bar_drawing, chart, strip_segments
from kxplan.reports.page import Bar, Curve, Lights

CHINESE = translator("zh")
DAYS = (date(2023, 1, 1), date(2023, 3, 31), date(2023, 6, 30))


def test_a_bar_is_as_long_as_its_share():
    drawn = bar_drawing(Bar(Fraction(1, 3), Fraction(1, 2), "red"), CHINESE)
    assert (drawn.done, drawn.mark, drawn.light, drawn.title) == ("33.3", "50.0", "red", "完成 33.3%，应达 50.0%")


def test_a_bar_stays_in_its_frame_and_says_the_figure_all_the_same():
    drawn = bar_drawing(Bar(Fraction(7, 2), Fraction(-1)), CHINESE)
    assert (drawn.done, drawn.mark, drawn.title) == ("100.0", "0.0", "完成 350.0%，应达 -100.0%")


def test_a_bar_without_a_mark_speaks_of_none():
    drawn = bar_drawing(Bar(Fraction(1)), CHINESE)
    assert (drawn.mark, drawn.title) == (None, "完成 100.0%")


def test_without_a_share_there_is_no_bar():
    assert bar_drawing(Bar(None, Fraction(1)), CHINESE) is None


def test_the_strip_of_lights_is_full():
    pieces = strip_segments(Lights((("red", 1), ("yellow", 0), ("green", 2)), 0, None))
    assert [(piece.light, piece.x, piece.width) for piece in pieces] == [
        ("red", "0.0", "333.3"),
        ("green", "333.3", "666.7"),
    ]


def test_the_strip_of_nothing_is_empty():
    assert strip_segments(Lights((("red", 0),), 0, None)) == ()


def points(text):
    return [tuple(float(number) for number in point.split(",")) for point in text.split()]


def test_actual_ends_where_nothing_is_known_and_expected_goes_on():
    drawn = chart(
        Curve(DAYS, (Fraction(0), Fraction(1, 2), None), (Fraction(0), Fraction(1, 4), Fraction(1)), DAYS[1]), CHINESE
    )
    assert points(drawn.actual) == [(62.0, 244.0), (380.4, 129.0)]
    assert points(drawn.expected) == [(62.0, 244.0), (380.4, 186.5), (706.0, 14.0)]
    assert (drawn.today.at, drawn.today.label) == ("380.4", "2023-03-31")


def test_the_chart_has_room_for_more_than_everything():
    drawn = chart(Curve(DAYS[::2], (Fraction(0), Fraction(37, 10)), (Fraction(-1), Fraction(1)), DAYS[2]), CHINESE)
    assert [level.label for level in drawn.levels] == [f"{level}%" for level in range(0, 401, 50)]
    assert all(14 <= y <= 244 for _, y in points(f"{drawn.actual} {drawn.expected}"))


def test_a_day_outside_the_chart_is_not_drawn():
    drawn = chart(Curve(DAYS, (Fraction(0),) * 3, (Fraction(1),) * 3, date(2024, 1, 1)), CHINESE)
    assert drawn.today is None


def test_a_score_is_told_as_a_score():
    shares = (Fraction(0), Fraction(1, 2), Fraction(1))
    score = chart(Curve(DAYS, shares, shares, DAYS[1], is_score=True), CHINESE)
    share = chart(Curve(DAYS, shares, shares, DAYS[1]), CHINESE)
    assert [text for _, text in score.legend] == ["得分 50.0", "应达得分 50.0", "2023-03-31"]
    assert [text for _, text in share.legend] == ["实际 50.0%", "应达 50.0%", "2023-03-31"]
    assert (score.levels[1].label, share.levels[1].label) == ("25", "25%")


def test_a_long_plan_leaves_out_names_of_months_before_they_touch():
    days = tuple(date(2021, 1, 1) + timedelta(days=number) for number in range(5 * 365))
    drawn = chart(Curve(days, (None,) * len(days), (Fraction(1),) * len(days), days[0]), CHINESE)
    places = [float(month.at) for month in drawn.months]
    assert min(after - before for before, after in itertools.pairwise(places)) > 40


def test_a_curve_of_one_day_is_drawn():
    drawn = chart(Curve(DAYS[:1], (Fraction(1),), (Fraction(1),), DAYS[0]), CHINESE)
    assert points(drawn.actual) == [(62.0, 14.0)]
