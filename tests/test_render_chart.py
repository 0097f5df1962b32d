"""The chart in text, and large figures."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from kxplan.locale import translator
from kxplan.render.cells import ASCII, GLYPHS
from kxplan.render.chart import chart_lines, chart_pieces
from kxplan.render.painter import Figure, Painter
from kxplan.reports.page import Curve, Page, Paragraph
from kxplan.text import width as columns_of

ZH, EN = translator("zh"), translator("en")
DAYS = tuple(date(2023, 1, 1) + timedelta(days=index) for index in range(365))
ON = date(2023, 6, 30)


def curve(actual, on=ON):
    return Curve(
        DAYS,
        tuple(actual if day <= on else None for day in DAYS),
        tuple(Fraction(index + 1, 365) for index in range(365)),
        on,
    )


def by_months(on=ON):
    """The course of a year: the eve of it and the end of each month."""
    ends = [date(2023, month + 1, 1) - timedelta(days=1) for month in range(1, 12)]
    days = (date(2022, 12, 31), *ends, date(2023, 12, 31))
    shares = tuple(Fraction(index, 12) for index in range(13))
    return Curve(days, tuple(s if d <= on else None for d, s in zip(days, shares, strict=True)), shares, on)


def test_a_curve_by_months_names_each_month_and_marks_its_day():
    *_, axis, months, _ = chart_lines(by_months(), ZH, 84, GLYPHS)
    assert months.split() == [f"{month}月" for month in range(1, 13)]
    assert columns_of(axis[: axis.index("▲")]) == columns_of(months[: months.index("6月")])


def test_a_curve_by_months_marks_the_month_before_where_its_day_is_in_between():
    *_, axis, months, _ = chart_lines(by_months(date(2023, 7, 10)), ZH, 84, GLYPHS)
    assert columns_of(axis[: axis.index("▲")]) == columns_of(months[: months.index("6月")])


@pytest.mark.parametrize("width", [20, 60, 80, 120, 200])
@pytest.mark.parametrize("tr", [ZH, EN])
@pytest.mark.parametrize("signs", [ASCII, GLYPHS])
def test_no_line_is_wider_than_the_screen(width, tr, signs):
    *drawn, _ = chart_lines(curve(Fraction(1, 2)), tr, width, signs)
    assert max(columns_of(line) for line in drawn) <= width


def test_nothing_done_is_no_column_and_a_little_is_a_low_one():
    assert "█" not in "".join(chart_lines(curve(Fraction(0)), ZH, 80, GLYPHS)[:8])
    assert "▁" in "".join(chart_lines(curve(Fraction(1, 10_000)), ZH, 80, GLYPHS)[:8])


def test_more_than_the_target_raises_the_scale():
    assert chart_lines(curve(Fraction(2)), ZH, 80, GLYPHS)[0].startswith(" 200%")


def test_an_unknown_level_is_left_blank():
    assert not {"█", "▁"} & set("".join(chart_lines(curve(None), ZH, 80, GLYPHS)[:8]))


def test_today_stands_on_the_axis_between_its_months():
    lines = chart_lines(curve(Fraction(1, 2)), ZH, 80, GLYPHS)
    today = lines[8].index("▲")
    assert lines[9].index("6月") < today
    assert "2023-06-30" in lines[10]
    assert "▲" not in chart_lines(curve(Fraction(1, 2), date(2024, 1, 1)), ZH, 80, GLYPHS)[8]


def test_the_expected_goes_through_what_is_done():
    roles = [piece.role for line in chart_pieces(curve(Fraction(1, 2)), ZH, 80, GLYPHS) for piece in line]
    assert set(roles) == {"done", "expected", "axis"}
    assert "+" in "".join(chart_lines(curve(Fraction(1, 2)), ZH, 80, ASCII)[:8])


def test_large_figures_are_as_wide_as_they_fit():
    painter = Painter(ZH, plain=True, no_color=True)
    figures = [Figure("得分", "43.8"), Figure("红", "2", "red")]
    assert len(painter.large(figures, 200)) == 6
    assert max(map(len, painter.large(figures, 200))) > max(map(len, painter.large(figures, 25)))
    assert painter.large(figures, 10) == []


def test_every_digit_has_one_height_and_width():
    painter = Painter(ZH, plain=True, no_color=True)
    for digit in "0123456789—":
        lines = painter.large([Figure("", digit)], 80)[:5]
        assert len(lines) == 5
        assert max(map(len, lines)) <= 6


def test_a_line_is_cut_where_the_screen_ends():
    painter = Painter(ZH, plain=False, no_color=True)
    assert columns_of(painter.line("一二三四五六", 7)) <= 7
    assert painter.line("", 7) == ""


def test_text_of_people_stays_inert_on_the_full_screen():
    painter = Painter(ZH, plain=False, no_color=True)
    lines = painter.page(Page("[red]\x1b[31m:100:[/b]", (Paragraph("[/b]\x07"),)), 80)
    assert lines[0].rstrip() == "[red][31m:100:[/b]"
    assert "\x1b" not in "".join(lines)
