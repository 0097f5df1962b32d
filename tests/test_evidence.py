"""Evidence: copied in under its hash, counted, verified, and bundled with an index that names what is missing."""

import csv
import io
from hashlib import sha256
from zipfile import ZipFile

import pytest
from by_hand import by_hand

from kxplan.render.bundle import safe_name

PLAN = """
plan: k-2023
title: 年度计划
org: 区科协
period: 2023
defaults: {lead: 办公室, evidence: true}
sections:
  - id: s
    title: 活动
    goals:
      - {id: films, title: 放映科普电影, target: 200场}
      - {id: congress, title: 代表大会, due: 2023-10-31}
      - {id: free, title: 不用佐证的事, target: 3次, evidence: false}
"""


@pytest.fixture
def office(workspace, run, tmp_path):
    workspace(PLAN)
    (tmp_path / "照片.jpg").write_bytes(b"photo")
    (tmp_path / "名单.pdf").write_bytes(b"list")
    return run


def digest(content):
    return sha256(content).hexdigest()


def test_a_file_is_copied_under_its_hash_for_its_owner_alone(office, tmp_path):
    assert office("log", "films", "3", "--evidence", "照片.jpg", "--evidence", "名单.pdf").code == 0
    assert sorted(path.name for path in (tmp_path / "evidence").iterdir()) == sorted(
        [digest(b"photo"), digest(b"list")]
    )
    assert (tmp_path / "evidence" / digest(b"photo")).stat().st_mode & 0o777 == 0o600


def test_the_original_may_go(office, tmp_path):
    office("log", "films", "3", "--evidence", "照片.jpg")
    (tmp_path / "照片.jpg").unlink()
    assert office("evidence", "verify").out == "1 件佐证全部完好。\n"


def test_an_entry_tells_how_many_pieces_it_has(office):
    logged = office("log", "films", "3", "--evidence", "照片.jpg", "--evidence", "名单.pdf", "--json").json
    assert logged["entries"][0]["evidence"] == 2


def test_files_of_one_content_are_one_piece(office, tmp_path):
    (tmp_path / "再来.jpg").write_bytes(b"photo")
    assert (
        office("log", "films", "3", "--evidence", "照片.jpg", "--evidence", "再来.jpg", "--json").json["entries"][0][
            "evidence"
        ]
        == 1
    )


def test_an_entry_without_a_file_is_recorded_and_said_to_lack_it(office):
    ran = office("log", "films", "3")
    assert ran.code == 0
    assert ran.err == "#1 缺佐证；用 kxplan evidence add 1 文件 补上。\n"
    assert "缺佐证" in office("history").out
    assert "缺佐证" in office("show", "films").out


def test_a_goal_that_asks_for_none_lacks_none(office):
    assert office("log", "free", "1").err == ""
    assert "佐证 " not in office("status", "free").out


def test_status_counts_what_has_evidence(office):
    office("log", "films", "3", "--evidence", "照片.jpg")
    office("log", "films", "4")
    assert "佐证 1/2，1 条缺佐证" in office("status").out
    office("evidence", "add", "4", "名单.pdf")
    assert "佐证 2/2\n" in office("status").out
    assert "evidence 2/2\n" in office("status", "--lang", "en").out


def test_a_fix_keeps_the_evidence_of_what_it_corrects(office):
    office("log", "films", "3", "--evidence", "照片.jpg")
    office("fix", "1", "5", "--reason", "数错了")
    assert "佐证 1/1\n" in office("status").out


def test_a_voided_entry_counts_no_more(office):
    office("log", "films", "3", "--evidence", "照片.jpg")
    office("log", "films", "4")
    office("void", "1", "--reason", "记重了")
    assert "佐证 0/1" in office("status").out


def test_the_count_is_of_the_day_asked_for(office):
    office("log", "films", "3", "-d", "5-4", "--evidence", "照片.jpg")
    office("log", "films", "4", "-d", "6-4")
    assert "佐证 1/1\n" in office("status", "--as-of", "5-31").out


def test_evidence_is_added_to_an_entry_that_is_there(office):
    office("log", "films", "3")
    ran = office("evidence", "add", "#1", "照片.jpg")
    assert (ran.code, ran.out) == (0, "#1　佐证　照片.jpg　5 字节\n")
    assert "佐证 照片.jpg，小王 附于 " in office("history", "1").out


def test_the_same_file_is_not_added_twice(office):
    office("log", "films", "3", "--evidence", "照片.jpg")
    ran = office("evidence", "add", "1", "照片.jpg", "名单.pdf", "--json")
    assert [each["name"] for each in ran.json["evidence"]] == ["名单.pdf"]
    assert "照片.jpg" in ran.err


@pytest.mark.parametrize(("number", "says"), [("9", "没有编号为 #9"), ("2", "不是工作记录"), ("x", "不是记录编号")])
def test_evidence_needs_an_entry(office, number, says):
    office("log", "films", "3")
    office("evidence", "add", "1", "照片.jpg")
    ran = office("evidence", "add", number, "照片.jpg")
    assert (ran.code, ran.out) == (2, "")


def test_a_void_needs_no_evidence(office):
    office("log", "films", "3")
    voided = office("void", "1", "--reason", "记重了", "--json").json["entries"][0]["number"]
    ran = office("evidence", "add", str(voided), "照片.jpg")
    assert ran.code == 2
    assert "不需要佐证" in ran.err


def test_a_refused_file_leaves_no_entry(office):
    assert office("log", "films", "3", "--evidence", "没有.jpg").code == 2
    assert office("history", "--json").json["entries"] == []


def test_a_retried_log_with_its_file_is_harmless(office):
    words = ("log", "films", "3", "--evidence", "照片.jpg", "--key", "k1", "--json")
    assert office(*words).json["entries"] == office(*words).json["entries"]
    assert len(office("evidence", "verify", "--json").json["problems"]) == 0
    assert office("evidence", "verify", "--json").json["verified"] == 1


def test_verify_names_the_missing_and_the_changed(office, tmp_path):
    office("log", "films", "3", "--evidence", "照片.jpg", "--evidence", "名单.pdf")
    (tmp_path / "evidence" / digest(b"photo")).unlink()
    (tmp_path / "evidence" / digest(b"list")).write_bytes(b"LIST")
    ran = office("evidence", "verify")
    assert ran.code == 7
    first, second = ran.out.splitlines()
    assert first.startswith("#1 的佐证“照片.jpg”缺失")
    assert second.startswith("#1 的佐证“名单.pdf”被改动过")
    told = office("evidence", "verify", "--json").json["problems"]
    assert [(each["name"], each["condition"]) for each in told] == [("照片.jpg", "missing"), ("名单.pdf", "changed")]


def test_adding_the_original_again_heals(office, tmp_path):
    office("log", "films", "3", "--evidence", "照片.jpg")
    (tmp_path / "evidence" / digest(b"photo")).write_bytes(b"PHOTO")
    healed = office("evidence", "add", "1", "照片.jpg")
    assert (healed.code, healed.err) == (0, "#1 的佐证“照片.jpg”已放回 evidence 文件夹，记录不变。\n")
    assert office("evidence", "verify").code == 0
    assert "没有重复添加" in office("evidence", "add", "1", "照片.jpg").err


def test_verify_tells_of_files_that_belong_to_nothing(office, tmp_path):
    office("log", "films", "3", "--evidence", "照片.jpg")
    (tmp_path / "evidence" / "stray.txt").write_text("?")
    ran = office("evidence", "verify")
    assert ran.code == 0
    assert "stray.txt" in ran.err


def bundled(path):
    with ZipFile(path) as archive:
        table = list(csv.reader(io.StringIO(archive.read("index.csv").decode("utf-8-sig"))))
        return archive.namelist(), table, archive.read("index.html").decode()


def test_a_bundle_holds_the_files_and_their_index(office, tmp_path):
    office("log", "films", "3", "--evidence", "照片.jpg", "--evidence", "名单.pdf")
    assert office("evidence", "bundle", "-o", "佐证.zip").code == 0
    names, table, page = bundled(tmp_path / "佐证.zip")
    assert names == ["index.csv", "index.html", "files/0001-1-照片.jpg", "files/0002-1-名单.pdf"]
    assert [(row[0], row[6], row[7], row[10]) for row in table[3:]] == [
        ("#1", "照片.jpg", "完好", "files/0001-1-照片.jpg"),
        ("#1", "名单.pdf", "完好", "files/0002-1-名单.pdf"),
    ]
    assert "照片.jpg" in page


def test_an_incomplete_bundle_says_so_in_its_name_and_its_index(office, tmp_path):
    office("log", "films", "3", "--evidence", "照片.jpg")
    office("log", "films", "4")
    (tmp_path / "evidence" / digest(b"photo")).unlink()
    ran = office("evidence", "bundle", "-o", "佐证.zip")
    assert "不完整" in ran.err
    assert not (tmp_path / "佐证.zip").exists()
    names, table, page = bundled(tmp_path / "佐证-不完整.zip")
    assert names == ["index.csv", "index.html"]
    assert [(row[0], row[6], row[7]) for row in table[4:]] == [("#1", "照片.jpg", "缺失"), ("#4", "", "缺佐证")]
    assert "不完整" in page
    assert office("evidence", "bundle", "-o", "e.zip", "--lang", "en").code == 0
    assert (tmp_path / "e-incomplete.zip").exists()


def test_a_bundle_is_the_same_bytes_again(office, tmp_path):
    office("log", "films", "3", "--evidence", "照片.jpg")
    office("evidence", "bundle", "-o", "a.zip")
    office("evidence", "bundle", "-o", "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


@pytest.mark.parametrize("name", ["kxplan.db", "kxplan.toml", "plans/plan0.yaml", "x"])
def test_a_bundle_takes_the_place_of_nothing_but_a_zip(office, tmp_path, name):
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert office("evidence", "bundle", "-o", name).code == 2
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}.items() >= before.items()


def test_texts_of_people_do_nothing_in_the_index(office, tmp_path):
    evil = "=cmd('x')<script>alert(1)<script>.html"
    (tmp_path / evil).write_bytes(b"evil")
    office("log", "films", "3", "--evidence", evil, "--who", "<b>=1+1")
    office("evidence", "bundle", "-o", "a.zip")
    names, table, page = bundled(tmp_path / "a.zip")
    assert table[3][6].startswith("'=cmd")
    assert "<script" not in page
    assert "<b>" not in page
    assert names[2] == "files/0001-1-cmd(_x_)_script_alert(1)_script_.html"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("照片 1.jpg", "照片_1.jpg"),
        ("../../etc/passwd", "etc_passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("con", "con"),
        (".ssh", "ssh"),
        ("\u202egpj.exe", "gpj.exe"),
        ("//", "_"),
        ("a" * 300 + ".jpg", "a" * 80 + ".jpg"),
    ],
)
def test_names_in_a_bundle_are_no_paths(name, safe):
    assert safe_name(name) == safe


def test_a_digest_planted_in_the_ledger_is_no_path(office, tmp_path):
    office("log", "films", "3", "--evidence", "照片.jpg")
    (tmp_path / "secret").write_bytes(b"secret")
    by_hand(tmp_path / "kxplan.db", "UPDATE entries SET digest = '../secret' WHERE act = 'evidence'")
    assert office("evidence", "verify").code == 7
    office("evidence", "bundle", "-o", "a.zip")
    assert bundled(tmp_path / "a-不完整.zip")[0] == ["index.csv", "index.html"]
