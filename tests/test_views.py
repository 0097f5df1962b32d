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
