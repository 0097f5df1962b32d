"""The edges of the program: pipes, full disks, closed streams, shells that complete."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def office(run, tmp_path):
    """The real program in a demonstration workspace; returns exit code, stdout and stderr as bytes."""
    assert run("demo", "d").code == 0

    def call(*args, shell=None, **environ):
        settings = {
            "PATH": os.environ["PATH"],
            "KXPLAN_LANG": "zh",
            "KXPLAN_WHO": "wang",
            "KXPLAN_WORKSPACE": str(tmp_path / "d"),
        }
        command = [sys.executable, "-m", "kxplan", *args]
        if shell:
            command = ["sh", "-c", f'"$0" -m kxplan "$@" {shell}', sys.executable, *args]
        done = subprocess.run(
            command, capture_output=True, env={**settings, **environ}, cwd=Path(__file__).parent.parent, check=False
        )
        return done.returncode, done.stdout, done.stderr

    return call


def test_a_closed_pipe_is_silent(office):
    code, out, err = office("history", "--json", shell="| true; echo done")
    assert (code, out, err) == (0, b"done\n", b"")


def test_closed_streams_are_no_reason_to_fail(office):
    assert office("status", shell=">&- 2>&-")[0] == 0


def test_an_answer_that_cannot_be_written_is_said_and_the_entry_kept(office):
    code, _, err = office("log", "电影", "3", shell=">/dev/full")
    assert code == 6
    assert "已经记下的不会丢" in err.decode()
    assert "放映科普电影" in office("history", "电影", "--limit", "1")[1].decode()


def test_no_environment_at_all_is_enough(office, tmp_path):
    command = ["env", "-i", sys.executable, "-m", "kxplan", "-C", str(tmp_path / "d"), "status", "--plain"]
    done = subprocess.run(command, capture_output=True, cwd=Path(__file__).parent.parent, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "得分" in done.stdout.decode()


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "latin-1"])
def test_a_console_of_another_encoding_gets_what_it_can_show(office, encoding):
    code, out, err = office("status", PYTHONIOENCODING=encoding)
    assert (code, err) == (0, b"")
    if encoding == "gbk":
        assert "■ 红 滞后" in out.decode("gbk")


def test_words_that_are_no_text_are_refused_in_a_sentence(office):
    code, _, err = office("log", b"\xff\xfe", "3")
    assert code == 4
    assert b"Traceback" not in err


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("kxplan log film", '"films":"放映科普电影"'),
        ("kxplan log 电", '"电影":"放映科普电影"'),
        ("kxplan sta", '"status":"看进度"'),
        ("kxplan report qu", '"quarter"'),
        ("kxplan mail ha", '"half"'),
        ("kxplan schedule c", '"cron"'),
        ("kxplan form --lead 科", '"科普部"'),
        ("kxplan status --light re", '"red"'),
        ("kxplan status --fail-on gr", '"grey"'),
    ],
)
def test_shells_are_offered_what_may_be_typed_with_titles_where_there_are(office, typed, offered):
    _, out, _ = office(_KXPLAN_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS=typed)
    assert offered in out.decode()


def test_shells_are_offered_a_title_with_brackets_as_it_is(office, tmp_path):
    path = next((tmp_path / "d" / "plans").glob("*.yaml"))
    path.write_text(path.read_text(encoding="utf-8").replace("放映科普电影", "放映[red]科普[/]电影"), encoding="utf-8")
    _, out, _ = office(_KXPLAN_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS="kxplan log film")
    assert '"films":"放映[red]科普[/]电影"' in out.decode()


@pytest.mark.skipif(os.name == "nt", reason="a folder in use stays there")
@pytest.mark.parametrize(
    ("args", "code"),
    [("status", 2), ("init", 6), ("restore x.zip", 2), ("check", 2), ("-C {d} status", 0), ("-C {d} backup", 0)],
)
def test_a_folder_deleted_under_ones_feet_is_no_surprise(office, tmp_path, args, code):
    gone = tmp_path / "gone"
    gone.mkdir()
    program = f'cd "{gone}" && rmdir "{gone}" && "{sys.executable}" -m kxplan {args.format(d=tmp_path / "d")}'
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parent.parent), "KXPLAN_LANG": "zh"}
    done = subprocess.run(["sh", "-c", program], capture_output=True, env=environ, check=False)
    assert (done.returncode, b"Traceback" in done.stderr) == (code, False)


def test_a_read_only_workspace_can_be_looked_at(office, tmp_path):
    folder = tmp_path / "d"
    if os.geteuid() == 0:
        subprocess.run(["mount", "--bind", "-o", "ro", folder, folder], check=False, capture_output=True)
        done = subprocess.run(["touch", folder / "x"], check=False, capture_output=True)
        if done.returncode == 0:
            (folder / "x").unlink()
            pytest.skip("no read-only mount can be made here")
    else:
        folder.chmod(0o500)
    try:
        assert office("status")[0] == 0
        code, _, err = office("log", "电影", "3")
        assert (code, b"Traceback" in err) == (6, False)
    finally:
        if os.geteuid() == 0:
            subprocess.run(["umount", folder], check=False)
        else:
            folder.chmod(0o700)


@pytest.mark.parametrize("option", ["--as-of", "--known-by", "--since"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1949-12-31", "2200-01-01", "-9999w"])
def test_a_day_of_another_age_is_refused(workspace, run, option, day):
    workspace(
        "plan: p\ntitle: 计划\nperiod: 2023\nsections: [{id: s, title: 板块, goals: [{id: g, title: 任务, lead: 办公室}]}]\n"
    )
    ran = run("status", f"{option}={day}")
    assert (ran.code, ran.out) == (2, "")


@pytest.mark.parametrize("words", [["--version"], ["status", "--version"], ["log", "--version"], ["mail", "--version"]])
def test_the_version_is_told_before_and_after_a_commands_name(run, words):
    ran = run(*words)
    assert ran.code == 0
    assert ran.out.startswith("kxplan ")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"today = 2023-13-01\n", "第 1 行第 "),
        (b"who = \xd5\xc5\n", "UTF-8"),
        (b'who = "x', "末尾"),
        (b"who =", "末尾"),
        (b"a = " + b"[" * 9000, "TOML"),
    ],
)
def test_settings_that_are_no_toml_are_refused_without_a_word_of_english(workspace, run, text, says):
    (workspace() / "kxplan.toml").write_bytes(text)
    ran = run("status")
    assert ran.code == 3
    assert says in ran.err
    assert not {"Expected", "Invalid", "Unterminated", "decode", "recursion"} & set(ran.err.split())
    assert "document" not in ran.err


def test_a_work_plan_that_is_not_there_is_told_in_one_language(run):
    ran = run("draft", "none.docx")
    assert ran.code == 2
    assert "No such" not in ran.err


def test_a_file_where_the_workspace_should_be_is_named_as_such(run, tmp_path):
    (tmp_path / "taken").write_text("x")
    ran = run("init", "taken")
    assert ran.code == 6
    assert "有一个同名的文件" in ran.err
