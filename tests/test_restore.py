"""`restore`: a workspace out of a backup, checked before anything is touched; what it replaces is kept."""

import io
import json
import os
import sqlite3
from contextlib import closing
from datetime import datetime
from hashlib import sha256
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

import pytest

PLAN = """
plan: p
title: 年度计划
period: 2023
defaults: {lead: 办公室}
sections: [{id: s, title: 活动, goals: [{id: films, title: 放映科普电影, target: 200场}]}]
"""


@pytest.fixture
def office(workspace, run, tmp_path):
    """A workspace with one entry and its backup in good.zip."""
    workspace(PLAN)
    (tmp_path / "a.jpg").write_bytes(b"photo")
    assert run("log", "films", "3", "-d", "6-1", "--evidence", "a.jpg").code == 0
    assert run("backup", "good.zip").code == 0
    return run


def actual(run, *words):
    return run(*words, "status", "--json").json["targets"][0]["actual"]


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rewritten(source, target, change):
    """Write a backup anew with other members: `change` gets and returns them by name; the manifest follows them."""
    with ZipFile(source) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members.pop("manifest.json"))
    members = change(members) or members
    manifest["files"] = {
        name: {"sha256": sha256(content).hexdigest(), "size": len(content)} for name, content in members.items()
    }
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        archive.writestr("manifest.json", json.dumps(manifest))


def test_a_backup_becomes_a_workspace_in_an_empty_folder(office, tmp_path, monkeypatch):
    (tmp_path / "new").mkdir()
    monkeypatch.chdir(tmp_path / "new")
    monkeypatch.setenv("HOME", str(tmp_path / "new"))
    ran = office("-C", str(tmp_path / "new"), "restore", str(tmp_path / "good.zip"))
    assert ran.code == 0
    assert actual(office, "-C", str(tmp_path / "new")) == "3"
    assert office("-C", str(tmp_path / "new"), "check").code == 0
    assert office("-C", str(tmp_path / "new"), "evidence", "verify").code == 0
    assert (tmp_path / "new" / "kxplan.toml").read_text() == "today = 2023-06-30\n"


def test_a_folder_that_is_not_there_yet_is_made_private(office, tmp_path):
    assert office("-C", str(tmp_path / "deep" / "new"), "restore", "good.zip").code == 0
    assert (tmp_path / "deep" / "new").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "deep" / "new" / "kxplan.db").stat().st_mode & 0o777 == 0o600


def test_what_is_replaced_is_kept_to_the_byte(office, tmp_path):
    office("log", "films", "40")
    (tmp_path / "plans" / "plan0.yaml").write_text(PLAN.replace("200场", "100场"), encoding="utf-8")
    before = files(tmp_path)
    ran = office("restore", "good.zip", "--json")
    kept = files(tmp_path / "backups")
    assert actual(office) == "3"
    assert (tmp_path / "plans" / "plan0.yaml").read_text() == PLAN
    assert str(tmp_path / "backups") in ran.json["kept"]
    assert sorted(os.path.basename(name) for name in kept) == ["kxplan.db", "plan0.yaml"]
    assert {before["kxplan.db"], before["plans/plan0.yaml"]} == set(kept.values())


def test_what_is_kept_is_named_in_the_office_s_time(office, tmp_path):
    zone = "Pacific/Kiritimati"
    (tmp_path / "kxplan.toml").write_text(f"timezone = '{zone}'\n", encoding="utf-8")
    office("log", "films", "40")
    before = datetime.now(ZoneInfo(zone)).replace(microsecond=0, tzinfo=None)
    kept = os.path.basename(office("restore", "good.zip", "--json").json["kept"])
    named = datetime.strptime(kept, "before-restore-%Y%m%d-%H%M%S")
    assert before <= named <= datetime.now(ZoneInfo(zone)).replace(tzinfo=None)


def test_what_was_kept_can_be_restored_in_turn(office, tmp_path):
    office("log", "films", "40")
    kept = office("restore", "good.zip", "--json").json["kept"]
    assert office("restore", os.path.join(kept, "kxplan.db")).code == 0
    assert actual(office) == "43"


def test_settings_that_can_be_read_stay(office, tmp_path):
    (tmp_path / "kxplan.toml").write_text("today = 2023-07-31\n", encoding="utf-8")
    ran = office("restore", "good.zip")
    assert ran.code == 0
    assert (tmp_path / "kxplan.toml").read_text() == "today = 2023-07-31\n"
    assert "现有的设置没有动" in ran.err


def test_settings_that_cannot_be_read_are_replaced_and_kept(office, tmp_path):
    (tmp_path / "kxplan.toml").write_text("today = [", encoding="utf-8")
    kept = office("restore", "good.zip", "--json").json["kept"]
    assert (tmp_path / "kxplan.toml").read_text() == "today = 2023-06-30\n"
    with open(os.path.join(kept, "kxplan.toml")) as file:
        assert file.read() == "today = ["


def test_plans_and_evidence_that_the_backup_does_not_have_stay(office, tmp_path):
    other = PLAN.replace("plan: p", "plan: q").replace("2023", "2024")
    (tmp_path / "plans" / "other.yaml").write_text(other, encoding="utf-8")
    (tmp_path / "b.jpg").write_bytes(b"later")
    office("log", "films", "40", "--evidence", "b.jpg", "-p", "p")
    office("restore", "good.zip")
    assert (tmp_path / "plans" / "other.yaml").read_text() == other
    assert (tmp_path / "evidence" / sha256(b"later").hexdigest()).read_bytes() == b"later"


def test_damaged_evidence_comes_back(office, tmp_path):
    path = tmp_path / "evidence" / sha256(b"photo").hexdigest()
    path.write_bytes(b"changed")
    assert office("restore", "good.zip").code == 0
    assert path.read_bytes() == b"photo"
    assert office("evidence", "verify").code == 0


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"nonsense" * 1000),
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
        lambda path: (path.unlink(), path.mkdir()),
    ],
    ids=["gone", "empty", "nonsense", "cut", "folder"],
)
def test_any_damaged_ledger_is_replaced_by_a_good_one(office, tmp_path, damage):
    damage(tmp_path / "kxplan.db")
    assert office("restore", "good.zip").code == 0
    assert actual(office) == "3"
    assert office("check").code == 0


def test_a_journal_of_the_old_ledger_does_not_touch_the_new_one(office, tmp_path):
    (tmp_path / "kxplan.db").write_bytes(b"nonsense")
    (tmp_path / "kxplan.db-journal").write_bytes(b"more nonsense")
    assert office("restore", "good.zip").code == 0
    assert not (tmp_path / "kxplan.db-journal").exists()
    assert actual(office) == "3"


def test_a_second_restore_changes_nothing_more(office, tmp_path):
    office("restore", "good.zip")
    assert office("restore", "good.zip").code == 0
    assert actual(office) == "3"
    assert len(list((tmp_path / "backups").iterdir())) == 2


# what is refused; nothing is touched


@pytest.fixture
def refused(office, tmp_path):
    """Restore from bad.zip, which must be refused with this code, and leave everything as it was."""

    def check(code=2):
        office("log", "films", "40")
        before = files(tmp_path)
        ran = office("restore", "bad.zip")
        assert (ran.code, ran.out) == (code, "")
        assert ran.err
        assert files(tmp_path) == before
        return ran.err

    return check


@pytest.mark.parametrize(
    "name",
    ["../evil.yaml", "/etc/evil", "plans/../../evil.yaml", "plans/sub/x.yaml", "plans\\..\\evil.yaml", "C:\\evil.yaml",
     "plans/x.txt", "plans/\x1b.yaml", ".cache/x.json", "evidence/../../x", "evidence/" + "0" * 63, "kxplan.db-journal",
     "backups/x.zip", ".bashrc"],
)  # fmt: skip
def test_a_member_that_does_not_belong_there_is_refused(tmp_path, refused, name):
    rewritten(tmp_path / "good.zip", tmp_path / "bad.zip", lambda members: members | {name: b"evil"})
    refused()
    assert not list(tmp_path.parent.rglob("*evil*"))


def test_a_link_in_a_zip_is_written_as_a_file(office, tmp_path):
    def with_link(members):
        return members | {"plans/link.yaml": b"/etc/passwd"}

    rewritten(tmp_path / "good.zip", tmp_path / "link.zip", with_link)
    content = (tmp_path / "link.zip").read_bytes()
    with ZipFile(io.BytesIO(content)) as archive:
        infos = {info.filename: archive.read(info) for info in archive.infolist()}
    with ZipFile(tmp_path / "link.zip", "w") as archive:
        for name, data in infos.items():
            info = ZipInfo(name)
            info.external_attr = (0o120777 if name == "plans/link.yaml" else 0o100600) << 16
            archive.writestr(info, data)
    assert office("restore", "link.zip").code == 0
    assert (tmp_path / "plans" / "link.yaml").is_symlink() is False
    assert (tmp_path / "plans" / "link.yaml").read_bytes() == b"/etc/passwd"


def test_a_changed_member_is_refused(tmp_path, refused):
    with ZipFile(tmp_path / "good.zip") as source, ZipFile(tmp_path / "bad.zip", "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(b"2023", b"2024") if name.startswith("plans/") else content)
    assert "plans/plan0.yaml 被改动过" in refused()


def test_a_ledger_changed_inside_is_refused_though_the_manifest_follows(tmp_path, refused):
    def change(members):
        path = tmp_path / "inside.db"
        path.write_bytes(members["kxplan.db"])
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
                connection.execute(f"DROP TRIGGER {name}")
            connection.execute("UPDATE entries SET amount = 1")
        content = path.read_bytes()
        path.unlink()
        return members | {"kxplan.db": content}

    rewritten(tmp_path / "good.zip", tmp_path / "bad.zip", change)
    assert "台账有损坏" in refused()


def test_a_bomb_is_refused_before_it_fills_the_disk(tmp_path, refused):
    """The zip says 4 GB of zeros and the manifest 10 bytes: reading stops there."""
    with ZipFile(tmp_path / "good.zip") as source:
        members = {name: source.read(name) for name in source.namelist()}
    manifest = json.loads(members["manifest.json"])
    bomb = bytes(64 << 20)
    name = f"evidence/{sha256(bomb).hexdigest()}"
    manifest["files"][name] = {"sha256": sha256(bomb).hexdigest(), "size": 10}
    members["manifest.json"] = json.dumps(manifest).encode()
    with ZipFile(tmp_path / "bad.zip", "w", ZIP_DEFLATED) as target:
        for each, content in (members | {name: bomb}).items():
            target.writestr(each, content)
    refused()


def test_more_than_the_disk_holds_is_refused_before_anything_is_written(tmp_path, refused):
    with ZipFile(tmp_path / "good.zip") as source:
        members = {name: source.read(name) for name in source.namelist()}
    manifest = json.loads(members["manifest.json"])
    manifest["files"]["kxplan.db"]["size"] = 10**18
    members["manifest.json"] = json.dumps(manifest).encode()
    with ZipFile(tmp_path / "bad.zip", "w") as target:
        for name, content in members.items():
            target.writestr(name, content)
    refused(6)


@pytest.mark.parametrize("cut", [0, 10, 1000, -1, -30])
def test_a_cut_zip_is_refused(tmp_path, refused, cut):
    (tmp_path / "bad.zip").write_bytes((tmp_path / "good.zip").read_bytes()[:cut])
    refused()


@pytest.mark.parametrize("place", [0.1, 0.3, 0.5, 0.7])
def test_a_flipped_byte_is_refused_or_harmless(office, tmp_path, place):
    whole = bytearray((tmp_path / "good.zip").read_bytes())
    whole[int(len(whole) * place)] ^= 0xFF
    (tmp_path / "bad.zip").write_bytes(whole)
    assert office("restore", "bad.zip").code == 2
    assert actual(office) == "3"


@pytest.mark.parametrize(
    "change",
    [
        lambda manifest: manifest.pop("files"),
        lambda manifest: manifest.update({"kxplan-backup": 2}),
        lambda manifest: manifest.update({"files": []}),
        lambda manifest: manifest.update({"files": {}, "nested": [[[]]] * 3}),
        lambda manifest: manifest.update({"files": {"kxplan.db": 7}}),
        lambda manifest: manifest.update({"lacking": None}),
        lambda manifest: manifest.update({"newest": "x"}),
        lambda manifest: manifest["files"].pop("kxplan.db"),
        lambda manifest: manifest["files"].pop("plans/plan0.yaml"),
        lambda manifest: manifest["files"].update({"plans/more.yaml": {"sha256": "0" * 64, "size": 1}}),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(tmp_path, refused, change):
    with ZipFile(tmp_path / "good.zip") as source:
        members = {name: source.read(name) for name in source.namelist()}
    manifest = json.loads(members["manifest.json"])
    change(manifest)
    members["manifest.json"] = json.dumps(manifest).encode()
    with ZipFile(tmp_path / "bad.zip", "w") as target:
        for name, content in members.items():
            target.writestr(name, content)
    refused()


def test_a_zip_of_something_else_is_refused(tmp_path, refused):
    with ZipFile(tmp_path / "bad.zip", "w") as target:
        target.writestr("readme.txt", "x")
    assert "不是 kxplan 的备份" in refused()


def newer(path):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        names = [row[1] for row in connection.execute("PRAGMA table_info(_sqlite_migrations)")]
        row = dict(zip(names, connection.execute("SELECT * FROM _sqlite_migrations").fetchone(), strict=True))
        row |= {"name": "9999-later"} | ({"id": 99} if "id" in row else {})
        connection.execute(
            f"INSERT INTO _sqlite_migrations ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
            tuple(row.values()),
        )


def test_a_backup_of_a_newer_version_is_left_alone(tmp_path, refused):
    def change(members):
        path = tmp_path / "inside.db"
        path.write_bytes(members["kxplan.db"])
        newer(path)
        content = path.read_bytes()
        path.unlink()
        return members | {"kxplan.db": content}

    rewritten(tmp_path / "good.zip", tmp_path / "bad.zip", change)
    assert "升级" in refused(3)


def test_a_ledger_of_a_newer_version_is_left_alone_by_every_command(office, tmp_path):
    newer(tmp_path / "kxplan.db")
    before = (tmp_path / "kxplan.db").read_bytes()
    for words in (("status",), ("log", "films", "1"), ("check",), ("backup",), ("history",)):
        assert office(*words).code == 3, words
    assert (tmp_path / "kxplan.db").read_bytes() == before


@pytest.mark.parametrize("name", ["nowhere.zip", ".", "kxplan.db"])
def test_what_is_no_backup_is_told(office, name):
    ran = office("restore", name)
    assert (ran.code, ran.out) == (2, "")


def test_a_pipe_is_not_waited_for(office, tmp_path):
    os.mkfifo(tmp_path / "pipe.zip")
    assert office("restore", "pipe.zip").code == 2


def test_a_database_of_something_else_is_no_backup(office, tmp_path):
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE x (y)")
    assert office("restore", "other.db").code in (2, 7)
    assert actual(office) == "3"


def test_a_failed_restore_into_a_new_folder_leaves_none(office, tmp_path):
    (tmp_path / "bad.zip").write_bytes(b"nonsense")
    assert office("-C", "new", "restore", "bad.zip").code == 2
    assert not (tmp_path / "new").exists()
