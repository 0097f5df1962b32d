"""Every view of the meeting, as it looks at each width, in both languages and without colour."""

import pytest
from meeting import PLAN, held

VIEWS = {
    "status": ["status"],
    "status-section": ["status", "--group", "section"],
    "status-breakdown": ["status", "--group", "人群"],
    "since": ["status", "--since", "2023-05-31"],
    "show": ["show", "films"],
    "show-checkpoints": ["show", "lectures"],
    "show-milestone": ["show", "congress"],
    "explain": ["explain", "films"],
}


@pytest.fixture
def meeting(workspace, run):
    """The workspace of a meeting on the last day of June."""
    held(workspace(PLAN))
    run("reason", "films", "放映机送修", "--measure", "七月加映", "--until", "8-31")
    return run


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("view", VIEWS)
def test_the_view_looks_as_it_did(meeting, golden, view, language):
    shown = []
    for width in (60, 80, 120, 200):
        ran = meeting(*VIEWS[view], "--lang", language, COLUMNS=str(width))
        assert (ran.code, ran.err) == (0, "")
        lines = [line.rstrip() for line in ran.out.splitlines()]
        shown += [f"== {width}", *lines, ""]
    plain = meeting(*VIEWS[view], "--plain", "--lang", language, COLUMNS="80")
    shown += ["== 80 --plain", *plain.out.splitlines()]
    golden(f"{view}.{language}.txt", "\n".join(shown) + "\n")


@pytest.mark.parametrize("width", [60, 80, 120, 200])
@pytest.mark.parametrize("view", VIEWS)
def test_no_line_is_wider_than_the_screen(meeting, view, width):
    from kxplan.text import width as columns_of

    for flag in ("--plain", "--no-color"):
        out = meeting(*VIEWS[view], flag, COLUMNS=str(width)).out
        assert [line for line in out.splitlines() if columns_of(line.rstrip()) > width] == []


@pytest.mark.parametrize("view", VIEWS)
def test_plain_draws_with_ascii_alone(meeting, view):
    out = meeting(*VIEWS[view], "--plain").out
    assert not set(out) & set("█▁▂▃▄▅▆▇─┃●▲■◆○")


@pytest.mark.parametrize(("columns", "is_there"), [("60", False), ("120", True)])
def test_bars_are_explained_where_there_are_any(meeting_room, run, columns, is_there):
    for plain in ([], ["--plain"]):
        assert ("进度条上的" in run("status", *plain, COLUMNS=columns).out) == is_there


def test_a_plan_of_several_years_does_not_speak_of_the_year(workspace, run):
    goals = "sections: [{id: s, title: 板块, goals: [{id: a, title: 活动, target: 5场, lead: 甲}]}]"
    workspace(f"plan: p\ntitle: 计划\nperiod: {{start: 2022-01-01, end: 2023-12-31}}\n{goals}\n")
    assert run("status").out.startswith("计划　2023-06-30（演示日）　计划期已过 74%\n")
    assert "计划期已过 74%" in run("explain", "a").out
