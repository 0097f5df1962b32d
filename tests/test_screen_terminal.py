"""The full screen and the questions on a real terminal of their own."""

import os
import re
import select
import signal
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from meeting import PLAN, held

pty = pytest.importorskip("pty")
fcntl = pytest.importorskip("fcntl")
termios = pytest.importorskip("termios")

ROOT = Path(__file__).parent.parent
ENTER, LEAVE = "\x1b[?1049h", "\x1b[?1049l"
PATIENCE_S = 20


class Terminal:
    """A program on a terminal of 100 by 30, and what it has written so far."""

    def __init__(self, root, *args):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self.slave = slave
        self.before = termios.tcgetattr(slave)
        environ = {
            **os.environ,
            "KXPLAN_LANG": "zh",
            "KXPLAN_WHO": "小王",
            "TERM": "xterm-256color",
            "PYTHONPATH": str(ROOT),
        }
        self.program = subprocess.Popen(
            [sys.executable, "-m", "kxplan", "-C", str(root), *args],
            stdin=slave, stdout=slave, stderr=slave, env=environ, start_new_session=True,
        )  # fmt: skip
        self.written = self.pending = ""

    def until(self, pattern):
        """Read until `pattern` has been written behind what was matched before; return what was, with the match."""
        while not (found := re.search(pattern, self.pending)):
            ready, _, _ = select.select([self.master], [], [], PATIENCE_S)
            assert ready, self.pending[-2000:]
            self.take()
        seen, self.pending = self.pending[: found.end()], self.pending[found.end() :]
        return seen

    def take(self):
        text = os.read(self.master, 65536).decode(errors="replace")
        self.written += text
        self.pending += text

    def type(self, text):
        os.write(self.master, text.encode())

    def end(self):
        """Wait for the program and return its exit code."""
        code = self.program.wait(PATIENCE_S)
        self.drain(0)
        return code

    def drain(self, patience_s):
        """Return what is written until nothing more comes for so long."""
        before = len(self.written)
        while select.select([self.master], [], [], patience_s)[0]:
            self.take()
        return self.written[before:]

    @property
    def is_as_found(self):
        """Whether the screen, the cursor, the wrapping and the settings are what they were."""
        last = {name: self.written.rfind(on) > self.written.rfind(off) for name, on, off in (
            ("screen", LEAVE, ENTER), ("cursor", "\x1b[?25h", "\x1b[?25l"), ("wrap", "\x1b[?7h", "\x1b[?7l"),
        )}  # fmt: skip
        return all(last.values()) and termios.tcgetattr(self.slave) == self.before

    def close(self):
        if self.program.poll() is None:
            self.program.kill()
            self.program.wait()
        os.close(self.master)
        os.close(self.slave)


@pytest.fixture
def terminal(workspace, run):
    opened = []
    root = workspace(PLAN)
    held(root)

    def start(*args):
        opened.append(Terminal(root, *args))
        return opened[-1]

    yield start
    for one in opened:
        one.close()


def test_the_meeting_pages_opens_finds_and_leaves(terminal):
    screen = terminal("present")
    screen.until("1/3 页")
    screen.type("n")
    screen.until("2/3 页")
    screen.type("1")
    screen.until("每周需完成")
    screen.type("\x1b")
    screen.until("2/3 页 .*翻页")
    screen.type("/dbdh\r")
    screen.until("代表大会")
    screen.type("?")
    screen.until("找任务")
    screen.type("q")
    assert screen.end() == 0
    assert screen.is_as_found


def test_the_meeting_follows_what_somebody_logs(terminal, run):
    screen = terminal("present")
    screen.until("32/200")
    assert run("log", "films", "30").code == 0
    screen.until("62/200")
    assert run("mark", "例会").code == 0
    screen.type("c")
    screen.until("1  例会")
    screen.type("1")
    screen.until("与“例会”")
    screen.type("q")
    assert screen.end() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
@pytest.mark.parametrize("args", [("present",), ("status", "--watch")])
def test_a_killed_screen_leaves_the_terminal_as_it_was(terminal, args, number):
    screen = terminal(*args)
    screen.until("翻")
    screen.program.send_signal(number)
    assert screen.end() in (-number, 130)
    assert screen.is_as_found


def test_a_stopped_screen_gives_the_terminal_back_and_returns(terminal):
    screen = terminal("present")
    screen.until("1/3 页")
    screen.program.send_signal(signal.SIGTSTP)
    screen.until(re.escape(LEAVE))
    screen.program.send_signal(signal.SIGCONT)
    screen.until("1/3 页")
    screen.type("q")
    assert screen.end() == 0
    assert screen.is_as_found


def test_watch_redraws_on_a_change_and_keeps_its_page_over_a_broken_plan(terminal, run, tmp_path):
    screen = terminal("status", "--watch")
    screen.until("32/200")
    assert run("log", "films", "1").code == 0
    screen.until("33/200")
    path = tmp_path / "plans" / "plan0.yaml"
    path.write_text("plan: [", encoding="utf-8")
    broken = screen.until("plan0.yaml")
    assert "33/200" in broken
    path.write_text(PLAN, encoding="utf-8")
    screen.until("有变化就自动更新")
    screen.type("q")
    assert screen.end() == 0


def test_nothing_is_drawn_while_nothing_changes(terminal):
    screen = terminal("status", "--watch")
    screen.until("q 退出")
    screen.drain(0.5)
    screen.type("z")
    assert screen.drain(1) == ""


def test_plain_without_colour_writes_no_colour(terminal):
    screen = terminal("present", "--plain", "--no-color")
    screen.until("1/3 页")
    screen.type("q")
    screen.end()
    assert not re.search(r"\x1b\[[1-9][0-9;]*m", screen.written)


def test_log_asks_shows_and_writes(terminal, run):
    screen = terminal("log")
    screen.until("哪项任务")
    screen.type("zzzz\n")
    screen.until("哪项任务")
    screen.type("电影\n")
    screen.until("这次多少")
    screen.type("三天\n")
    screen.until("这次多少")
    screen.type("3场 人群=农民\n")
    screen.until("哪天")
    screen.type("2024-01-01\n")
    screen.until("哪天")
    screen.type("6-29\n")
    screen.until("说明")
    screen.type("广场\n")
    assert "放映电影　3场；人群=农民；广场　2023-06-29　小王" in screen.until(r"\[Y/n\]")
    screen.type("\n")
    assert screen.end() == 0
    last = run("history", "--json").json["entries"][-1]
    assert (last["goal"], last["amount"], last["day"], last["note"]) == ("films", "3", "2023-06-29", "广场")


def test_log_completes_a_step_that_is_chosen(terminal, run):
    screen = terminal("log")
    screen.until("哪项任务")
    screen.type("代表\n")
    screen.until("哪一个")
    screen.type("1\n")
    screen.until("哪天")
    screen.type("\n")
    screen.until("说明")
    screen.type("\n")
    screen.until(r"\[Y/n\]")
    screen.type("y\n")
    assert screen.end() == 0
    assert run("history", "--json").json["entries"][-1]["steps"] == ["notice"]


@pytest.mark.parametrize("answers", [["q"], ["电影", "Q"], ["电影", "3", "退出"], ["电影", "3", "", "", "n"], ["\x04"]])
def test_leaving_writes_nothing(terminal, run, answers):
    before = run("history", "--json").out
    screen = terminal("log")
    for answer in answers:
        screen.until(r"[？?)）\]] $")
        screen.type(answer if answer == "\x04" else f"{answer}\n")
    assert screen.end() == 2
    assert run("history", "--json").out == before


@pytest.fixture
def sheet(tmp_path):
    """A csv of so many rows."""

    def write(rows):
        path = tmp_path / "sheet.csv"
        lines = [f"2023-{1 + at % 6:02}-{1 + at % 28:02},films,{1 + at % 3},row {at}" for at in range(rows)]
        path.write_text("\n".join(["日期,工作任务,数量,说明", *lines]) + "\n", encoding="utf-8")
        return str(path)

    return write


def recorded(run):
    return len(run("history", "films", "--json").json["entries"])


def test_the_question_before_an_import_stands_last_on_the_screen(terminal, run, sheet):
    before = recorded(run)
    screen = terminal("import", sheet(50))
    screen.until("另有 20 行没有列出")
    screen.until(r"把这 50 条写入台账吗？\[y/N\] ")
    assert screen.drain(0.5) == ""
    screen.type("y\n")
    screen.until("记入 50 条")
    assert screen.end() == 0
    assert recorded(run) == before + 50


def test_a_preview_that_cannot_hold_all_rows_holds_the_new_ones(terminal, run, sheet):
    assert run("import", sheet(40), "--yes").code == 0
    screen = terminal("import", sheet(42))
    seen = screen.until("写入台账吗")
    assert "row 40" in seen
    assert "row 1 " not in seen
    screen.type("n\n")
    assert screen.end() == 2


def test_an_import_that_is_interrupted_at_the_question_writes_nothing_and_says_so(terminal, run, sheet):
    before = recorded(run)
    screen = terminal("import", sheet(3))
    screen.until("写入台账吗")
    screen.program.send_signal(signal.SIGINT)
    assert screen.end() == 130
    assert "导入中断了，一行也没有写入" in screen.written
    assert recorded(run) == before


def test_an_import_that_is_interrupted_while_it_writes_says_what_became_of_it(terminal, run, sheet):
    before = recorded(run)
    screen = terminal("import", sheet(20_000), "--yes")
    screen.until("写入台账")
    screen.program.send_signal(signal.SIGINT)
    assert screen.end() == 130
    is_written = "已经全部写入" in screen.written
    assert is_written != ("一行也没有写入" in screen.written)
    assert recorded(run) == before + (20_000 if is_written else 0)


def test_a_step_that_somebody_completes_before_the_answer_is_refused(terminal, run, tmp_path):
    (tmp_path / "sheet.csv").write_text("日期,工作任务,是否完成\n2023-06-01,congress.hold,完成\n", encoding="utf-8")
    screen = terminal("import", str(tmp_path / "sheet.csv"))
    screen.until("写入台账吗")
    assert run("done", "congress.hold").code == 0
    screen.type("y\n")
    screen.until("B2：“[^”]+”的这个节点已经完成过")
    assert screen.end() == 2
    assert run("history", "--json").json["entries"][-1]["act"] == "done"
    assert run("check").code == 0


@pytest.mark.parametrize(("option", "has_bar"), [("--no-color", True), ("--plain", False)])
def test_the_bar_of_an_import_is_as_the_options_ask(terminal, sheet, option, has_bar):
    screen = terminal(option, "import", sheet(20_000), "--dry-run")
    seen = screen.until(r"读表[^%]*[1-9]\d?%")
    assert ("━" in seen) == has_bar
    assert not re.search("\x1b\\[[0-9;]*3[0-9]", seen)
    screen.program.kill()


def test_many_kinds_of_mistakes_do_not_scroll_away_the_first(terminal, run, tmp_path):
    rows = [f"2023-03-01,unknown {at},1" for at in range(130)]
    (tmp_path / "sheet.csv").write_text("\n".join(["日期,工作任务,数量", *rows]) + "\n", encoding="utf-8")
    screen = terminal("import", str(tmp_path / "sheet.csv"))
    screen.until("130 处不对")
    assert screen.end() == 2
    assert screen.written.count("找不到任务") == 100
    assert "另外还有 30 种不对的地方没有列出" in screen.written
    assert run("import", str(tmp_path / "sheet.csv")).err.count("找不到任务") == 130
