"""Finding goals: one clear winner by id, title, alias or pinyin, or the list."""

from datetime import date

import pytest

from kxplan.errors import ExitCode
from kxplan.errors.plans import AmbiguousGoalError, UnknownGoalError, UnknownTargetError
from kxplan.locale import translator
from kxplan.plans.finder import find_goal, find_step, find_target, matching_goals
from kxplan.plans.reader import read_plan


def planned(goals):
    """Return a plan of one section with these goals, a line each."""
    head = """\
plan: p
title: 计划
period: 2023
defaults: {lead: 办公室}
sections:
  - id: s
    title: 板块
    goals:
"""
    return read_plan((head + goals).encode(), "p.yaml")


PLAN = planned(
    """\
      - {id: booklets, title: 编印科普书籍, aliases: [书籍], target: 3万册}
      - {id: films, title: 放映科普影片, aliases: [科普影片, 电影], target: 200场}
      - {id: film-club, title: 影迷俱乐部, formerly: [cinema]}
      - {id: boards, title: 制作科普展板, targets: {boards: 200块, batches: 2批}}
      - {id: congress, title: 召开代表大会, steps: [{id: prepare, title: 筹备}, {id: hold, title: 召开}]}
      - {id: site, title: 网站 2.0 改版, due: 2023-05-01}
"""
)


@pytest.mark.parametrize(
    ("word", "goal"),
    [
        ("booklets", "booklets"),
        ("BOOKLETS", "booklets"),
        ("ｂｏｏｋｌｅｔｓ", "booklets"),
        ("编印科普书籍", "booklets"),
        ("编印 科普书籍", "booklets"),
        ("书籍", "booklets"),
        ("cinema", "film-club"),
        ("films", "films"),
        ("film-", "film-club"),
        ("kpyp", "films"),
        ("kepuyingpian", "films"),
        ("dy", "films"),
        ("bian", "booklets"),
        ("byk", "booklets"),
        ("编印", "booklets"),
        ("展板", "boards"),
        ("kpzb", "boards"),
        ("代表", "congress"),
        ("zhizuokepuzhanbn", "boards"),
    ],
)
def test_a_word_means_one_goal(word, goal):
    assert find_goal(PLAN, word).id == goal


def test_a_word_that_fits_several_is_refused_with_the_list():
    with pytest.raises(AmbiguousGoalError) as error:
        find_goal(PLAN, "film")
    assert [line.data["id"] for line in error.value.data["goals"]] == ["films", "film-club"]


def test_goals_of_one_title_are_told_apart_by_what_they_promise():
    dams = """\
      - {id: g5, title: 水库除险加固, target: 10成}
      - {id: g6, title: 水库除险加固, due: 2023-10-31}
      - {id: g7, title: 水库清淤}
"""
    with pytest.raises(AmbiguousGoalError) as error:
        find_goal(planned(dams), "水库")
    assert translator("zh")(error.value.message) == (
        "“水库”可以指 3 项任务：g5（水库除险加固：10成，2023-12-31 止）、g6（水库除险加固：2023-10-31 止）、g7（水库清淤）。"
        "标题相同，请用代号；全部见 kxplan goals 水库。"
    )
    assert translator("en")(error.value.message) == (
        "“水库” fits 3 goals: g5 (水库除险加固: 10 成 by 2023-12-31), g6 (水库除险加固: by 2023-10-31), g7 (水库清淤). "
        "They bear one title: use the id; all of them: kxplan goals 水库."
    )


def test_the_list_is_told_with_what_to_do():
    with pytest.raises(AmbiguousGoalError) as error:
        find_goal(PLAN, "film")
    assert error.value.exit_code == ExitCode.NOT_FOUND
    assert translator("zh")(error.value.message) == (
        "“film”可以指 2 项任务：films（放映科普影片）、film-club（影迷俱乐部）。请写得更完整，或者用代号；全部见 kxplan goals film。"
    )


def test_an_unknown_word_is_told_with_the_nearest():
    with pytest.raises(UnknownGoalError) as error:
        find_goal(PLAN, "boklet")
    assert error.value.exit_code == ExitCode.NOT_FOUND
    assert translator("zh")(error.value.message) == (
        "找不到任务“boklet”；相近的有：booklets（编印科普书籍）。用 kxplan goals 查看全部任务。"
    )


@pytest.mark.parametrize("word", ["", " ", "zzzz", "🙂"])
def test_a_word_like_nothing_is_told_with_where_to_look(word):
    with pytest.raises(UnknownGoalError) as error:
        find_goal(PLAN, word)
    assert translator("zh")(error.value.message).endswith("用 kxplan goals 查看全部任务。")


def test_a_goal_alone_names_no_target():
    goal, target = find_target(PLAN, "boards")
    assert (goal.id, target) == ("boards", None)


@pytest.mark.parametrize("word", ["boards.batches", "boards.ba", "展板.batches", "zzkpzb．batches"])
def test_a_target_is_named_behind_a_point(word):
    goal, target = find_target(PLAN, word)
    assert (goal.id, target.id) == ("boards", "batches")


@pytest.mark.parametrize("word", ["boards.b", "boards.", "boards.x"])
def test_a_target_that_is_not_one_is_refused_with_the_list(word):
    with pytest.raises(UnknownTargetError) as error:
        find_target(PLAN, word)
    assert error.value.exit_code == ExitCode.NOT_FOUND
    assert translator("zh")(error.value.message).endswith("它的指标有：boards、batches。")


def test_a_title_may_have_a_point():
    assert find_target(PLAN, "网站 2.0 改版") == (PLAN.goals[5], None)


@pytest.mark.parametrize("word", ["congress.hold", "代表大会.召开", "congress.h"])
def test_a_step_is_named_by_id_or_title(word):
    goal, step = find_step(PLAN, word)
    assert (goal.id, step.id) == ("congress", "hold")


def test_every_goal_that_fits_in_any_way_is_listed_in_the_plans_order():
    assert [goal.id for goal in matching_goals(PLAN, "科普")] == ["booklets", "films", "boards"]


def test_a_word_that_fits_nothing_lists_nothing():
    with pytest.raises(UnknownGoalError):
        matching_goals(PLAN, "zzzz")


TWICE = planned(
    """\
      - {id: dam, title: 水库除险加固, target: 10成, cancelled: {from: 2023-06-30, reason: 改按座数考核}}
      - {id: dams, title: 水库除险加固, target: 4座, added: {reason: 改按座数考核}}
      - {id: dam-road, title: 水库道路, target: 4公里, cancelled: {from: 2023-06-30, reason: 停建}}
"""
)


def test_a_cancelled_goal_gives_way_to_one_of_the_same_title():
    assert find_goal(TWICE, "水库除险加固", date(2023, 6, 30)).id == "dams"
    assert find_target(TWICE, "除险.dams", date(2023, 6, 30))[0].id == "dams"


def test_a_goal_is_meant_until_the_day_it_is_cancelled():
    with pytest.raises(AmbiguousGoalError):
        find_goal(TWICE, "水库除险加固", date(2023, 6, 29))


def test_a_cancelled_goal_is_found_by_its_id_and_by_a_title_of_its_own():
    assert find_goal(TWICE, "dam", date(2023, 6, 30)).id == "dam"
    assert find_goal(TWICE, "水库道路", date(2023, 6, 30)).id == "dam-road"


def test_a_cancelled_goal_of_another_title_gives_way_to_none():
    with pytest.raises(AmbiguousGoalError) as refused:
        find_goal(TWICE, "水库", date(2023, 6, 30))
    assert refused.value.data["n"] == 2
