"""`doctor`: what is wrong with the workspace and the machine, and what to do; 7 if anything is."""

import os
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from by_hand import by_hand

PLAN = """
plan: p
title: 年度计划
period: 2023
defaults: {lead: 办公室}
sections: [{id: s, title: 活动, goals: [{id: films, title: 放映科普电影, target: 200场}]}]
"""


@pytest.fixture
def office(workspace, run, tmp_path):
    workspace(PLAN)
    tmp_path.chmod(0o700)
    (tmp_path / "kxplan.toml").chmod(0o600)
    (tmp_path / "a.jpg").write_bytes(b"photo")
    assert run("log", "films", "3", "-d", "6-1", "--evidence", "a.jpg").code == 0
    assert run("log", "films", "4", "-d", "6-2").code == 0
    return run


@pytest.fixture
def found(office):
    """The findings of one check, as (level, message)."""

    def found(check, *words, code=None):
        ran = office("doctor", "--json", *words)
        checks = ran.json["checks"]
        problems = sum(each["level"] == "problem" for each in checks)
        assert ran.json["problems"] == problems
        assert ran.code == (7 if problems else 0) if code is None else code
        return [(each["level"], each["message"]) for each in checks if each["check"] == check]

    return found


FINE = [("fine", None)]


def test_a_sound_workspace_has_no_problem(office):
    office("backup")
    ran = office("doctor")
    assert ran.code == 0
    assert ran.out.endswith("没有发现问题；有 1 处请留意，见“注意”各行。\n")
    assert "问题　" not in ran.out


def test_where_nothing_is_worth_a_note_there_is_none(office, tmp_path):
    office("backup")
    (tmp_path / "kxplan.toml").write_text("", encoding="utf-8")
    assert office("doctor").out.endswith("没有发现问题。\n")


def test_a_plan_that_changed_in_silence_is_not_fine(found, tmp_path):
    (tmp_path / "plans" / "plan0.yaml").write_text(PLAN.replace("200场", "150场"), encoding="utf-8")
    assert found("plans", code=7) == [("problem", "计划 p 有 1 处改动没有说明；运行 kxplan check 逐条查看。")]


def test_entries_that_are_read_in_another_unit_are_named(office, found, tmp_path):
    plan = tmp_path / "plans" / "plan0.yaml"
    plan.write_text(PLAN.replace("200场", "200次"), encoding="utf-8")
    assert office("log", "films", "9次", "-d", "6-3").code == 0
    plan.write_text(PLAN, encoding="utf-8")
    ((level, told),) = found("ledger", code=7)
    assert (level, "记下时单位是 次，现在按 场 算" in told) == ("problem", True)


def test_every_check_answers(office):
    checks = {each["check"] for each in office("doctor", "--json").json["checks"]}
    assert {
        "program",
        "settings",
        "permissions",
        "plans",
        "calendar",
        "ledger",
        "evidence",
        "backups",
        "clock",
        "disk",
        "place",
    } <= checks


def test_a_staged_day_is_named(found):
    assert found("settings") == [
        ("note", "“今天”设成了演示日 2023-06-30；正式使用请删去 kxplan.toml 里 today 那一行。")
    ]


def test_settings_that_cannot_be_read_are_a_problem_and_the_rest_is_examined(found, tmp_path):
    (tmp_path / "kxplan.toml").write_text("colour = 3\n", encoding="utf-8")
    assert found("settings")[0][0] == "problem"
    assert "colour" in found("settings")[0][1]
    assert found("ledger") == FINE


def test_a_default_plan_that_is_gone_is_a_problem(found, tmp_path):
    (tmp_path / "kxplan.toml").write_text('today = 2023-06-30\ndefault_plan = "q"\n', encoding="utf-8")
    assert found("plans")[0][0] == "problem"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize(
    ("name", "right"), [("kxplan.db", "600"), ("kxplan.toml", "600"), ("evidence", "700"), ("backups", "700")]
)
def test_what_others_can_read_is_told_with_the_command_against_it(found, tmp_path, name, right):
    path = tmp_path / name
    path.chmod(path.stat().st_mode | 0o044)
    assert found("permissions") == [("problem", f"{path} 别人也能读写；运行 chmod {right} {path}。")]
    path.chmod(int(right, 8))
    assert found("permissions") == FINE


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_folder_that_others_can_change_is_told(found, tmp_path):
    tmp_path.chmod(0o722)
    assert "chmod go-w" in found("permissions")[0][1]


@pytest.mark.parametrize("name", ["plans", "evidence", "backups"])
def test_a_folder_that_is_gone_or_a_file_is_told(found, tmp_path, name):
    (tmp_path / name).rename(tmp_path / "away")
    assert any("kxplan init" in message for _, message in found("permissions"))
    (tmp_path / name).write_text("x")
    (tmp_path / name).chmod(0o600)
    assert any(level == "problem" for level, _ in found("permissions"))


def test_init_mends_a_folder_that_is_gone(office, found, tmp_path):
    (tmp_path / "backups").rmdir()
    assert office("init").code == 0
    assert found("permissions") == FINE


def test_a_broken_plan_is_told_with_its_name(found, tmp_path):
    (tmp_path / "plans" / "bad.yaml").write_text("plan: q\n", encoding="utf-8")
    assert found("plans")[0][0] == "problem"
    assert "bad.yaml" in found("plans")[0][1]


def test_a_year_without_its_holidays_is_worth_knowing(found, tmp_path):
    (tmp_path / "plans" / "far.yaml").write_text(
        PLAN.replace("plan: p", "plan: q").replace("2023", "2190"), encoding="utf-8"
    )
    assert found("calendar")[0][0] == "note"
    assert "2190" in found("calendar")[0][1]


def test_a_changed_entry_is_named(found, tmp_path):
    by_hand(tmp_path / "kxplan.db", "UPDATE entries SET amount = 1 WHERE number = 1")
    messages = [message for _, message in found("ledger")]
    assert any("#1" in message for message in messages)
    assert any("kxplan restore" in message for message in messages)


def test_wrong_sums_are_told_apart_from_damage_and_worked_out_anew(office, found, tmp_path):
    by_hand(tmp_path / "kxplan.db", "UPDATE sums SET total = 99")
    ((level, message),) = found("ledger")
    assert (level, "记录本身完好" in message) == ("problem", True)
    assert office("status").code == 7
    assert office("doctor", "--rebuild").code == 0
    assert found("ledger") == FINE
    assert office("status", "--json").json["targets"][0]["actual"] == "7"
    assert [path.name for path in (tmp_path / "backups").iterdir() if path.name.startswith("before-rebuild-")]


def test_changed_entries_are_not_rebuilt_over(office, tmp_path):
    by_hand(tmp_path / "kxplan.db", "UPDATE entries SET amount = 1 WHERE number = 1")
    before = (tmp_path / "kxplan.db").read_bytes()
    ran = office("doctor", "--rebuild")
    assert ran.code == 7
    assert "kxplan restore" in ran.err
    assert (tmp_path / "kxplan.db").read_bytes() == before


def test_a_changed_structure_is_named(found, tmp_path):
    with closing(sqlite3.connect(tmp_path / "kxplan.db")) as connection:
        connection.execute("DROP TRIGGER entries_are_not_changed")
    assert any("entries_are_not_changed" in message for _, message in found("ledger"))


def test_a_ledger_switched_to_wal_is_told_and_brought_back(office, found, tmp_path):
    with closing(sqlite3.connect(tmp_path / "kxplan.db")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    assert "wal" in found("ledger")[0][1]
    assert office("doctor", "--rebuild").code == 0
    assert found("ledger") == FINE


@pytest.mark.parametrize("content", [None, b"", b"nonsense" * 999])
def test_a_ledger_that_cannot_be_opened_is_told_once(office, tmp_path, content):
    (tmp_path / "kxplan.db").unlink()
    if content is not None:
        (tmp_path / "kxplan.db").write_bytes(content)
        (tmp_path / "kxplan.db").chmod(0o600)
    ran = office("doctor")
    assert ran.code == 7
    assert "kxplan restore" in ran.out
    assert ran.out.count(str(tmp_path / "kxplan.db")) == 1


def test_evidence_that_is_missing_or_changed_is_named(found, tmp_path):
    path = tmp_path / "evidence" / sha256(b"photo").hexdigest()
    path.write_bytes(b"other")
    assert "a.jpg" in found("evidence")[0][1]
    path.unlink()
    assert "a.jpg" in found("evidence")[0][1]


def test_files_that_nobody_recorded_are_worth_knowing(found, tmp_path):
    (tmp_path / "evidence" / "stray.jpg").write_bytes(b"x")
    assert found("evidence")[0][0] == "note"


def test_no_backup_is_worth_knowing(office, found):
    assert "kxplan backup" in found("backups")[0][1]
    office("backup")
    assert found("backups") == FINE


def test_an_old_backup_is_worth_knowing_where_something_came_after_it(office, found, tmp_path):
    office("backup")
    (made,) = (tmp_path / "backups").iterdir()
    made.rename(made.with_name("kxplan-2023-01-01-120000.zip"))
    assert "2023-01-01" in found("backups")[0][1]


def recorded(root, instant):
    by_hand(root / "kxplan.db", f"UPDATE entries SET recorded_at = '{instant:%Y-%m-%dT%H:%M:%S.%fZ}'")


def test_a_clock_that_went_back_is_a_problem(found, tmp_path):
    recorded(tmp_path, datetime.now(UTC) + timedelta(days=1))
    assert found("clock")[0][0] == "problem"
    assert "校准时钟" in found("clock")[0][1]


def test_a_clock_that_jumped_ahead_is_worth_knowing(found, tmp_path):
    recorded(tmp_path, datetime.now(UTC) - timedelta(days=500))
    assert found("clock")[0][0] == "note"


def test_what_an_interrupted_run_left_is_worth_knowing_after_a_day(found, tmp_path):
    left = tmp_path / "backups" / ".kxplan-backup-abc"
    left.mkdir()
    assert found("disk") == FINE
    old = time.time() - 2 * 86400
    os.utime(left, (old, old))
    assert ".kxplan-backup-abc" in found("disk")[0][1]


def test_a_synchronised_folder_is_worth_knowing(office, found, tmp_path):
    office("backup", "b.zip")
    folder = tmp_path / "坚果云" / "工作"
    assert office("-C", str(folder), "restore", "b.zip").code == 0
    assert "坚果云" in found("place", "-C", str(folder))[0][1]


def test_doctor_changes_nothing(office, tmp_path):
    by_hand(tmp_path / "kxplan.db", "UPDATE sums SET total = 99")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    office("doctor")
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_english_is_whole(office, tmp_path):
    by_hand(tmp_path / "kxplan.db", "UPDATE entries SET amount = 1 WHERE number = 1")
    told = office("doctor", "--lang", "en").out
    assert "kxplan restore" in told
    assert not any("\u4e00" <= character <= "\u9fff" for character in told)
