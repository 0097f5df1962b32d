"""`backup`: one checked zip of all that a workspace is, without secrets, and the rotation of old ones."""

import json
import os
import sqlite3
import tomllib
from contextlib import closing
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from by_hand import by_hand

from kxplan.store.redacted import without_secrets
from kxplan.store.rotation import Keeping, backup_name, made_at, surplus

PLAN = """
plan: p
title: 年度计划
period: 2023
defaults: {lead: 办公室}
sections: [{id: s, title: 活动, goals: [{id: films, title: 放映科普电影, target: 200场}]}]
"""
SECRET = "geheim-秘密-123"


@pytest.fixture
def office(workspace, run, tmp_path):
    workspace(PLAN, settings=f'[mail]\nhost = "mail.example"\nuser = "u"\npassword = "{SECRET}"\n')
    (tmp_path / "kxplan.toml").chmod(0o600)
    (tmp_path / "a.jpg").write_bytes(b"photo")
    assert run("log", "films", "3", "-d", "6-1", "--evidence", "a.jpg").code == 0
    return run


def test_a_backup_holds_ledger_plans_settings_and_evidence(office, tmp_path):
    ran = office("backup", "x.zip")
    assert ran.code == 0
    assert ran.out.startswith("备份完成并已核对：x.zip\n")
    with ZipFile(tmp_path / "x.zip") as archive:
        assert sorted(archive.namelist()) == sorted(
            [
                "kxplan.db",
                "kxplan.toml",
                "plans/plan0.yaml",
                f"evidence/{sha256(b'photo').hexdigest()}",
                "manifest.json",
            ]
        )
        assert archive.read("plans/plan0.yaml").decode() == PLAN
        manifest = json.loads(archive.read("manifest.json"))
        for name, said in manifest["files"].items():
            content = archive.read(name)
            assert (said["sha256"], said["size"]) == (sha256(content).hexdigest(), len(content))


def test_a_backup_is_of_its_owner_alone(office, tmp_path):
    office("backup", "x.zip")
    office("backup")
    (made,) = (tmp_path / "backups").iterdir()
    assert (tmp_path / "x.zip").stat().st_mode & 0o777 == made.stat().st_mode & 0o777 == 0o600


def test_a_planted_password_is_nowhere_in_it(office, tmp_path):
    office("backup", "x.zip")
    with ZipFile(tmp_path / "x.zip") as archive:
        contents = [archive.read(name) for name in archive.namelist()]
    assert [SECRET.encode() in content for content in contents] == [False] * len(contents)
    assert SECRET.encode() not in (tmp_path / "x.zip").read_bytes()


@pytest.mark.parametrize(
    "text",
    [
        'who = "w"\n[mail]\npassword = "geheim"\n',
        'who = "w"\nmail = {password = "geheim", host = "h"}\n',
        'who = "w"\n[mail]\n"password" = \'geheim\'\n# geheim\n',
        'who = "w"\n[mail]\npassword = """\ngeheim"""\n',
        'who = "w"\n[mail]\n"pass\\u0077ord" = "geheim"\n',
        'who = "w"\nmail.password = "geheim"\n',
        'who = "w"\n# 密码是 geheim\n[mail]\npassword = "geheim"\nleads = {"科普部" = ["a@example.cn"]}\n',
    ],
)
def test_settings_lose_their_password_however_it_is_written(text):
    left = without_secrets(text)
    assert "geheim" not in left
    wanted = tomllib.loads(text)
    del wanted["mail"]["password"]
    assert tomllib.loads(left) == wanted


def test_settings_without_a_password_stay_to_the_letter():
    text = '# 注释\nwho = "w"\n[mail]\npassword_file = "/etc/x"\n'
    assert without_secrets(text) == text


def test_evidence_may_be_left_out(office, tmp_path):
    assert office("backup", "x.zip", "--no-evidence", "--json").json["evidence"] == 0
    with ZipFile(tmp_path / "x.zip") as archive:
        assert not [name for name in archive.namelist() if name.startswith("evidence/")]


def test_the_settings_may_leave_evidence_out(office, tmp_path):
    (tmp_path / "kxplan.toml").write_text("today = 2023-06-30\n[backup]\nevidence = false\n", encoding="utf-8")
    assert office("backup", "--json").json["evidence"] == 0


def test_missing_evidence_is_named_and_the_rest_backed_up(office, tmp_path):
    (tmp_path / "evidence" / sha256(b"photo").hexdigest()).write_bytes(b"other")
    ran = office("backup", "x.zip", "--json")
    assert ran.code == 0
    assert ran.json["missing"] == [sha256(b"photo").hexdigest()]
    assert "1 件佐证缺失或被改动" in ran.err


def test_a_backup_overwrites_nothing(office, tmp_path):
    (tmp_path / "x.zip").write_bytes(b"mine")
    ran = office("backup", "x.zip")
    assert (ran.code, ran.out) == (2, "")
    assert (tmp_path / "x.zip").read_bytes() == b"mine"


@pytest.mark.parametrize("name", ["x.tar", "x", "x.zip.txt"])
def test_a_name_that_is_no_zip_is_refused(office, tmp_path, name):
    assert office("backup", name).code == 2
    assert not (tmp_path / name).exists()


def test_a_folder_takes_a_dated_backup(office, tmp_path):
    (tmp_path / "usb").mkdir()
    assert office("backup", "usb").code == 0
    (made,) = (tmp_path / "usb").iterdir()
    assert made_at(made.name) is not None


def test_a_folder_that_is_not_there_is_told(office):
    assert office("backup", "nowhere/deep/x.zip").code == 6


def test_an_unsound_ledger_is_not_backed_up_and_pushes_no_good_one_out(office, tmp_path):
    office("backup")
    by_hand(tmp_path / "kxplan.db", "UPDATE entries SET amount = 1 WHERE number = 1")
    before = sorted((tmp_path / "backups").iterdir())
    ran = office("backup")
    assert (ran.code, ran.out) == (7, "")
    assert "kxplan doctor" in ran.err
    assert sorted((tmp_path / "backups").iterdir()) == before


def test_nothing_is_left_behind(office, tmp_path):
    office("backup")
    office("backup", "x.zip")
    assert [path.name for path in tmp_path.rglob("*") if path.name.startswith(".kxplan-") or ".new" in path.name] == []


def test_an_import_is_preceded_by_a_backup(office, tmp_path):
    (tmp_path / "rows.csv").write_text("任务,日期,数量\n放映科普电影,2023-06-02,7\n", encoding="utf-8")
    assert office("import", "rows.csv", "--yes").code == 0
    (made,) = (tmp_path / "backups").iterdir()
    assert made.name.endswith("-before-import.zip")
    with ZipFile(made) as archive:
        archive.extract("kxplan.db", tmp_path / "then")
    with closing(sqlite3.connect(tmp_path / "then" / "kxplan.db")) as then:
        assert then.execute("SELECT count(*) FROM entries WHERE act = 'log'").fetchone() == (1,)


def test_what_is_not_in_the_plans_folder_stays_out(office, tmp_path):
    (tmp_path / "plans" / "notes.txt").write_text("x")
    (tmp_path / "secret.yaml").write_text("x")
    office("backup", "x.zip")
    with ZipFile(tmp_path / "x.zip") as archive:
        assert [name for name in archive.namelist() if "notes" in name or "secret" in name] == []


# rotation


def kept(days, keeping=None):
    """Return the days that stay of backups made on these; by default as the settings keep them."""
    names = {backup_name(day): day for day in days}
    gone = surplus(names, keeping or Keeping(7, 5, 12))
    return [day for name, day in names.items() if name not in gone]


def test_a_year_of_daily_backups_leaves_days_weeks_and_months():
    noon = datetime(2023, 12, 31, 12)
    days = [noon - timedelta(days=n) for n in range(400)]
    left = [day.date().isoformat() for day in kept(days)]
    daily = [f"2023-12-{day}" for day in range(31, 24, -1)]
    weekly = ["2023-12-31", "2023-12-24", "2023-12-17", "2023-12-10", "2023-12-03"]
    monthly = ["2023-12-31", "2023-11-30", "2023-10-31", "2023-09-30", "2023-08-31", "2023-07-31", "2023-06-30",
               "2023-05-31", "2023-04-30", "2023-03-31", "2023-02-28", "2023-01-31"]  # fmt: skip
    assert left == sorted({*daily, *weekly, *monthly}, reverse=True)


def test_backups_are_counted_over_the_days_that_have_one():
    days = [datetime(2023, 1, 1, 12) + timedelta(days=100 * n) for n in range(3)]
    assert kept(days) == days


def test_of_one_day_the_newest_stays():
    days = [datetime(2023, 1, 1, hour) for hour in (8, 12, 16)]
    assert kept(days) == days[2:]


def test_the_newest_always_stays():
    days = [datetime(2023, 1, day) for day in (1, 2, 3)]
    assert kept(days, Keeping(0, 0, 0)) == days[2:]


def test_one_without_evidence_pushes_out_none_with_it():
    whole = backup_name(datetime(2023, 1, 1, 8))
    lean = backup_name(datetime(2023, 1, 1, 12), kind="no-evidence")
    assert surplus([whole, lean], Keeping(1, 0, 0)) == ()


@pytest.mark.parametrize(
    "name", ["年底.zip", "kxplan.db", "kxplan-2023-13-01-000000.zip", "before-restore-20230101-000000"]
)
def test_other_names_never_go(name):
    old = [backup_name(datetime(2023, 1, day)) for day in range(1, 20)]
    assert name not in surplus([name, *old], Keeping(0, 0, 0))


def test_old_backups_go_when_a_new_one_is_made(office, tmp_path):
    (tmp_path / "kxplan.toml").write_text(
        "today = 2023-06-30\n[backup]\ndaily = 1\nweekly = 0\nmonthly = 0\n", encoding="utf-8"
    )
    old = tmp_path / "backups" / backup_name(datetime(2020, 1, 1, 12))
    mine = tmp_path / "backups" / "年底.zip"
    for path in (old, mine):
        path.write_bytes(b"x")
    ran = office("backup", "--json")
    assert ran.json["removed"] == [old.name]
    assert (old.exists(), mine.exists(), Path(ran.json["file"]).exists()) == (False, True, True)


def test_a_named_backup_lets_nothing_go(office, tmp_path):
    old = tmp_path / "backups" / backup_name(datetime(2020, 1, 1, 12))
    old.write_bytes(b"x")
    office("backup", "x.zip")
    assert old.exists()


@pytest.mark.parametrize("name", [b"\xff\xfe.yaml", b"x\x1b.yaml"])
def test_a_plan_file_with_an_impossible_name_is_to_be_renamed(office, tmp_path, name):
    with open(os.fsencode(tmp_path / "plans") + b"/" + name, "wb") as file:
        file.write(PLAN.replace("plan: p", "plan: q").encode())
    ran = office("backup", "x.zip", "-p", "p")
    assert (ran.code, "改个名字" in ran.err) == (2, True)
    assert not (tmp_path / "x.zip").exists()


def test_a_backup_that_lacks_evidence_pushes_out_none_that_holds_it(office, tmp_path):
    assert office("backup", "--json").json["evidence"] == 1
    piece = tmp_path / "evidence" / sha256(b"photo").hexdigest()
    piece.unlink()
    ran = office("backup", "--json")
    assert (ran.json["evidence"], len(ran.json["missing"]), ran.json["removed"]) == (0, 1, [])
    assert "留下了 1 个" in ran.err
    assert len(list((tmp_path / "backups").iterdir())) == 2
    piece.write_bytes(b"photo")
    assert len(office("backup", "--json").json["removed"]) == 2
    assert len(list((tmp_path / "backups").iterdir())) == 1
