"""`export`: what the files hold, what they refuse to do, and what stays when they fail."""

import csv
import json
import os
import random
import resource
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from kxplan.ledger.chain import HASHED, content, sealed
from kxplan.ledger.opening import open_ledger, read_ledger
from kxplan.ledger.rows import millionths
from kxplan.locale import translator
from kxplan.model.entry import NewEntry, PlanVersion
from kxplan.model.form import column_of
from kxplan.render import ledger_xlsx
from kxplan.render.sheet_headings import sheet_headings
from kxplan.reports.ledger_sheet import sheet_columns

PLAN = """
plan: k-2023
title: 区科协2023年度工作计划
period: 2023
defaults: {lead: 科普部}
breakdowns: {人群: [农民, 社区居民]}
sections:
  - id: literacy
    title: 提高全民科学素质
    goals:
      - {id: films, title: 放映科普电影, target: 200场}
      - {id: money, title: 科普经费, target: {amount: 900000000000.5元}}
      - {id: cover, title: 信息员覆盖率, target: {amount: 90%, kind: ratio}}
      - {id: congress, title: 召开代表大会, due: 2023-10-31, steps: [{id: prepare, title: 筹备}, {id: hold, title: 召开}]}
"""
AT = datetime(2023, 6, 30, 8, tzinfo=UTC)


@pytest.fixture
def office(workspace, run, tmp_path):
    """A workspace with every act, one of them corrected, one voided."""
    workspace(PLAN)
    (tmp_path / "签到.jpg").write_bytes(b"photo")
    for words in (
        ("log", "films", "3", "-d", "5-4", "-n", "=1+2", "人群=农民", "--evidence", "签到.jpg"),
        ("log", "money", "123456789012.345678", "-d", "5-5"),
        ("log", "cover", "1032/10000", "-d", "5-6"),
        ("done", "congress.prepare", "-d", "5-7"),
        ("log", "films", "4", "-d", "5-8"),
        ("fix", "1", "30", "--reason", "少写一个零"),
        ("void", "7", "--reason", "@重复"),
        ("mark", "半年会"),
        ("reason", "films", "片源不足"),
    ):
        assert run(*words).code == 0, words
    return run


def table(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def numbers(office):
    return [one["number"] for one in office("history", "--json").json["entries"]]


# What a person asks for


def test_without_a_file_the_endings_are_named(office):
    ran = office("export")
    assert (ran.code, ran.out) == (2, "")
    assert all(ending in ran.err for ending in (".xlsx", ".csv", ".json"))


def test_another_ending_is_refused_and_nothing_is_written(office, tmp_path):
    ran = office("export", "-o", "台账.pdf")
    assert ran.code == 2
    assert not (tmp_path / "台账.pdf").exists()


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_a_file_is_written_and_said(office, tmp_path, ending):
    ran = office("export", "-o", f"台账.{ending}")
    assert ran.code == 0
    assert f"台账.{ending}" in ran.out
    assert not [
        path.name
        for path in tmp_path.iterdir()
        if path.name.startswith(".") and path.name != ".gitignore" and path.is_file()
    ]
    assert (tmp_path / f"台账.{ending}").stat().st_mode & 0o777 == 0o666 & ~_umask()


def _umask():
    now = os.umask(0)
    os.umask(now)
    return now


def test_json_says_what_was_written(office):
    answer = office("export", "-o", "a.csv", "--json").json
    assert answer == {"kxplan": 1, "file": "a.csv", "rows": 7}


def test_other_plans_are_named(office, tmp_path):
    other = PLAN.replace("k-2023", "b-2023")
    (tmp_path / "plans" / "other.yaml").write_text(other, encoding="utf-8")
    assert office("-p", "b-2023", "log", "films", "1").code == 0
    ran = office("-p", "k-2023", "export", "-o", "a.csv")
    assert "b-2023" in ran.err
    assert len(table(tmp_path / "a.csv")) == 1 + 7


# The sheets


def test_a_correction_stands_below_what_it_corrects_with_its_reason(office, tmp_path):
    office("export", "-o", "a.csv")
    heads, *rows = table(tmp_path / "a.csv")
    told = [dict(zip(heads, row, strict=True)) for row in rows]
    films = [
        (one["动作"], one["状态"], one["数量"], one["更正编号"], one["更正原因"])
        for one in told
        if one["任务编号"] == "films"
    ]
    assert films == [
        ("记录", "已更正", "3", "", ""),
        ("更正", "有效", "30", "1", "少写一个零"),
        ("记录", "已作废", "4", "", ""),
        ("作废", "", "", "7", "'@重复"),
    ]


def test_a_csv_holds_exact_figures_and_inert_texts(office, tmp_path):
    office("export", "-o", "a.csv", KXPLAN_LANG="en")
    heads, first, *rows = table(tmp_path / "a.csv")
    told = dict(zip(heads, first, strict=True))
    assert (told["note"], told["人群"], told["evidence"], told["unit"]) == ("'=1+2", "农民", "签到.jpg", "场")
    money, cover, done = (dict(zip(heads, row, strict=True)) for row in rows[1:4])
    assert (money["amount"], cover["amount"], cover["denominator"], done["steps"]) == (
        "123456789012.345678", "1032", "10000", "prepare",
    )  # fmt: skip


def test_a_csv_has_no_control_characters_but_line_ends(office, tmp_path):
    office("export", "-o", "a.csv")
    text = (tmp_path / "a.csv").read_text("utf-8-sig")
    assert {character for character in text if not character.isprintable()} <= {"\r", "\n"}


def test_a_workbook_holds_figures_days_and_texts(office, tmp_path):
    office("export", "-o", "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx").active
    heads = [cell.value for cell in sheet[1]]
    first, _, money = (dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(2, 4, values_only=True))
    assert (first["数量"], first["日期"], first["说明"]) == (3, datetime(2023, 5, 4), "=1+2")
    assert money["数量"] == "123456789012.345678"
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref is not None
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_more_rows_than_a_sheet_holds_go_on_the_next(office, tmp_path, monkeypatch):
    monkeypatch.setattr(ledger_xlsx, "MOST_ROWS", 3)
    office("export", "-o", "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    assert [(sheet.title, sheet.max_row) for sheet in book] == [("台账", 4), ("台账 2", 4), ("台账 3", 2)]
    office("init", "b")
    (tmp_path / "b" / "plans" / "k.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "b" / "kxplan.toml").write_text("today = 2023-06-30\n", encoding="utf-8")
    assert office("-C", "b", "import", "a.xlsx", "--json").json["known"] == 0
    assert office("-C", "b", "status", "--json").json == office("status", "--json").json


def test_a_text_too_long_for_a_cell_is_shortened_and_that_is_said(office, tmp_path):
    office("log", "films", "1", "-n", "长" * 40_000)
    ran = office("export", "-o", "a.xlsx")
    assert "已经截短" in ran.err
    notes = [row[12] for row in load_workbook(tmp_path / "a.xlsx").active.iter_rows(2, values_only=True)]
    assert max(len(note or "") for note in notes) == 32_767


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "keys",
    [[], ["人群"], ["单位", "状态", "日期", "数量", "编号", "动作", "人群（类）", "任务编号"], ["unit", "date", "no."]],
)
def test_every_heading_names_its_column_to_an_import(language, keys):
    columns = sheet_columns(keys)
    headings = sheet_headings(columns, "Asia/Shanghai", translator(language))
    found = {}
    for heading, column in zip(headings, columns, strict=True):
        found.setdefault(column_of(heading, keys), column)
    read = {"day", "goal", "target", "amount", "denominator", "unit", "steps", "note", "who", "state", "act", "id"}
    assert {id for id, column in found.items() if id is not None and id != column} == set()
    assert read | {f"breakdown:{key}" for key in keys} <= found.keys()


# The whole ledger


def test_the_json_holds_every_event(office):
    answer = office("export", "--json").json
    acts = [event["act"] for event in answer["events"]]
    assert acts == ["log", "evidence", "plan", "log", "log", "done", "log", "fix", "void", "mark", "reason"]
    assert answer["ledger"]["events"] == len(acts)
    assert answer["events"][3]["amount"] == "123456789012.345678"
    assert [event["number"] for event in answer["events"]] == list(range(1, 12))


def test_the_json_needs_no_plan(office, tmp_path):
    for path in (tmp_path / "plans").iterdir():
        path.unlink()
    assert office("export", "-o", "a.json").code == 0


def test_a_damaged_ledger_is_not_exported(office, tmp_path):
    for ending in ("json", "csv", "xlsx"):
        (tmp_path / f"a.{ending}").write_text("old")
    with open_ledger(tmp_path / "kxplan.db") as ledger:
        ledger.connection.execute("DROP TRIGGER entries_are_not_changed")
        ledger.connection.execute("UPDATE entries SET amount = 4000000 WHERE number = 1")
    for words in (("--json",), ("-o", "a.json"), ("-o", "a.csv"), ("-o", "a.xlsx")):
        ran = office("export", *words)
        assert (ran.code, ran.out) == (7, "")
        assert "#1" in ran.err
    assert {(tmp_path / f"a.{ending}").read_text() for ending in ("json", "csv", "xlsx")} == {"old"}


def test_what_is_recorded_meanwhile_waits_for_nobody_and_is_not_exported(office, tmp_path):
    with read_ledger(tmp_path / "kxplan.db") as ledger:
        entries, through = ledger.lives("k-2023"), ledger.extent().events
        first = next(entries)
        assert office("fix", "8", "31", "--reason", "又错").code == 0
        told = [first, *entries]
        assert [(one.number, one.state) for one in told if one.goal == "films"] == [
            (1, "corrected"), (8, "counted"), (7, "void"), (9, "counted"),
        ]  # fmt: skip
        assert len(list(ledger.events(through))) == through


# When it cannot be written


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_a_full_disk_leaves_the_old_file(office, tmp_path, ending):
    path = tmp_path / f"a.{ending}"
    path.write_text("old")
    before = sorted(each.name for each in tmp_path.iterdir())
    office("log", "films", "1", "-n", "长" * 30_000)
    done = subprocess.run(
        [sys.executable, "-m", "kxplan", "-C", tmp_path, "export", "-o", path],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (6, ""), done.stderr
    assert "Traceback" not in done.stderr
    assert path.read_text() == "old"
    assert sorted(each.name for each in tmp_path.iterdir()) == before


def test_a_folder_that_is_not_there_is_said(office):
    ran = office("export", "-o", "no/a.csv")
    assert (ran.code, ran.out) == (6, "")


@pytest.mark.skipif(os.name == "nt", reason="a read-only file is no obstacle there")
def test_a_read_only_ledger_is_exported_and_left_alone(office, tmp_path):
    database = tmp_path / "kxplan.db"
    database.chmod(0o400)
    before = database.read_bytes(), database.stat().st_mtime_ns
    for ending in ("csv", "xlsx", "json"):
        assert office("export", "-o", f"a.{ending}").code == 0
    assert (database.read_bytes(), database.stat().st_mtime_ns) == before


# The way back


@pytest.fixture
def empty(office, tmp_path):
    """An empty workspace with the same plan."""
    office("init", "b")
    (tmp_path / "b" / "plans" / "k.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "b" / "kxplan.toml").write_text("today = 2023-06-30\n", encoding="utf-8")
    office("export", "-o", "a.json")
    return lambda *words: office("-C", "b", *words)


def test_a_whole_ledger_comes_back(office, empty):
    ran = empty("import", "a.json")
    assert ran.code == 0, ran.err
    assert "11 条" in ran.out
    assert "1 个佐证文件" in ran.err
    assert empty("history", "--json").json == office("history", "--json").json
    assert empty("export", "--json").out == office("export", "--json").out
    assert empty("check").code == 0


def test_more_than_the_cache_holds_comes_back(office, tmp_path):
    new = (NewEntry("films", "films", date(2023, 1, 1), Decimal(at), note="长" * 50) for at in range(3000))
    with open_ledger(tmp_path / "kxplan.db") as ledger:
        ledger.record_many(PlanVersion("k-2023", "d", "x", ()), new, who="小李", recorded_at=AT)
        extent, events = ledger.extent(), list(ledger.events(ledger.extent().events))
    office("init", "b")
    with open_ledger(tmp_path / "b" / "kxplan.db") as ledger:
        # Full pages go into the file before the end, and from then on nobody else can read it.
        ledger.connection.execute("PRAGMA cache_size = 5")
        assert ledger.replay(extent, events) == extent.events
        assert ledger.verify() == ()


def test_it_goes_on_after_it_came_back(empty):
    empty("import", "a.json")
    assert empty("log", "films", "2").out.startswith("#12")
    assert empty("check").code == 0
    assert empty("import", "a.json").code == 0
    assert len(empty("export", "--json").json["events"]) == 12


def test_the_same_ledger_twice_adds_nothing(empty):
    empty("import", "a.json")
    assert empty("import", "a.json", "--json").json == {"kxplan": 1, "added": 0, "known": 11}


def test_a_ledger_that_holds_others_is_refused_with_what_to_do(empty):
    empty("log", "films", "2")
    ran = empty("import", "a.json")
    assert (ran.code, ran.out) == (2, "")
    assert "kxplan init" in ran.err
    assert len(numbers(empty)) == 1


def test_a_dry_run_checks_and_writes_nothing(empty, tmp_path):
    assert empty("import", "a.json", "--dry-run").code == 0
    assert numbers(empty) == []
    tampered = (tmp_path / "a.json").read_text("utf-8").replace("少写一个零", "少写两个零")
    (tmp_path / "a.json").write_text(tampered, encoding="utf-8")
    ran = empty("import", "a.json", "--dry-run")
    assert ran.code == 2
    assert "#8" in ran.err


def test_another_layout_of_the_same_json_is_taken(empty, tmp_path):
    answer = json.loads((tmp_path / "a.json").read_text("utf-8"))
    (tmp_path / "a.json").write_text(json.dumps(answer, indent=3), encoding="utf-8")
    assert empty("import", "a.json").code == 0


def _refused(empty, tmp_path, content):
    (tmp_path / "a.json").write_bytes(content)
    ran = empty("import", "a.json", "--yes")
    assert (ran.code, ran.out) == (2, ""), content
    assert numbers(empty) == []
    return ran.err


def test_one_bit_anywhere_is_found(empty, tmp_path, is_long):
    whole = (tmp_path / "a.json").read_bytes()
    lines = whole.split(b"\n")
    ends = [sum(len(line) + 1 for line in lines[: index + 1]) for index in range(len(lines))]
    chosen = range(len(whole) * 8) if is_long else random.Random(5).sample(range(len(whole) * 8), 60)
    for place in chosen:
        changed = bytearray(whole)
        changed[place // 8] ^= 1 << place % 8
        told = _refused(empty, tmp_path, bytes(changed))
        line = next(index for index, end in enumerate(ends) if place // 8 < end)
        if 1 <= line <= 11 and place // 8 < ends[line] - 2:
            assert f"#{line}）" in told, (place, told)


def test_an_event_that_is_missing_moved_or_doubled_is_found(empty, tmp_path):
    answer = json.loads((tmp_path / "a.json").read_text("utf-8"))
    events = answer["events"]
    for changed in (events[:-1], events[1:], events[:3] + events[4:], [*events, events[-1]], events[::-1], []):
        _refused(empty, tmp_path, json.dumps({**answer, "events": changed}).encode())
    for key in ("origin", "events", "hash"):
        head = {**answer["ledger"], key: {"origin": "x", "events": 10, "hash": "0" * 64}[key]}
        _refused(empty, tmp_path, json.dumps({**answer, "ledger": head}).encode())


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{}", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"kxplan": 1, "entries": []}', b'{"kxplan": 1}',
        b'{"kxplan": 1, "ledger": {"origin": "a", "events": 0, "hash": null}, "events": {}}',
        b'{"kxplan": 1, "ledger": {"origin": "a", "events": 0, "hash": null}, "events": []} x',
        b'{"kxplan": 1, "ledger": {"origin": "a", "events": 1, "hash": null}, "events": [' + b"[" * 100_000,
        b'{"kxplan": 1, "ledger": {"origin": "a", "events": true, "hash": null}, "events": []}',
        b'{"kxplan": 1, "ledger": {"origin": "a", "events": 1, "hash": "x"}, "events": [{"number": NaN}]}',
    ],
)  # fmt: skip
def test_what_is_no_exported_ledger_is_refused(empty, tmp_path, content):
    assert "Traceback" not in _refused(empty, tmp_path, content)


def test_a_newer_format_asks_for_a_newer_program(empty, tmp_path):
    whole = (tmp_path / "a.json").read_bytes()
    assert "升级" in _refused(empty, tmp_path, whole.replace(b'"kxplan": 1', b'"kxplan": 2', 1))


def test_a_plan_without_goals_comes_back_too(office, tmp_path):
    office("init", "a")
    office("init", "b")
    (tmp_path / "a" / "plans" / "k.yaml").write_text(PLAN.partition("    goals:")[0], encoding="utf-8")
    assert office("-C", "a", "mark", "开局").code == 0
    assert office("-C", "a", "export", "-o", "c.json").code == 0
    ran = office("-C", "b", "import", "c.json")
    assert ran.code == 0, ran.err


@pytest.fixture
def forged(office):
    """Return the ledger exported with other values in some of its events, under hashes that fit them."""

    def forged(changes):
        answer = office("export", "--json").json
        last = b""
        for event in answer["events"]:
            event.update(changes.get(event["number"], changes.get(event["act"], {})))
            values = {name: event[name] for name in HASHED}
            for name in ("amount", "denominator"):
                values[name] = None if values[name] is None else millionths(Decimal(values[name]))
            last = sealed(last, content([values[name] for name in HASHED]))
            event["hash"] = last.decode()
        answer["ledger"]["hash"] = last.decode()
        return json.dumps(answer).encode()

    return forged


def test_a_forged_chain_that_the_ledger_would_not_write_is_refused(office, empty, tmp_path, forged):
    first = office("export", "--json").json["events"][0]["id"]
    for changes in (
        {9: {"corrects": first}},
        {9: {"corrects": "nobody"}},
        {4: {"id": first}},
        {4: {"day": "2023-02-30"}},
        {4: {"goal": None}},
        {4: {"act": "loge"}},
        {4: {"data": "[]"}},
        {4: {"data": '{"steps":5}'}},
        {5: {"denominator": "0"}},
        {10: {"data": None}},
    ):
        _refused(empty, tmp_path, forged(changes))


@pytest.mark.parametrize(
    ("act", "values"),
    [
        ("log", {"day": "20230504"}),
        ("log", {"recorded_at": "2023-06-30T12:00:00+08:00"}),
        ("mark", {"data": '{"name":5}'}),
        ("mark", {"day": None}),
        ("mark", {"target": "films"}),
        ("reason", {"reason": None}),
        ("reason", {"data": '{"until":"soon"}'}),
        ("evidence", {"data": '{"name":"a.jpg","size":-1}'}),
        ("evidence", {"digest": None}),
        ("plan", {"data": '{"rows":5}'}),
        ("plan", {"digest": None}),
    ],
)
def test_a_forged_event_that_no_command_could_read_again_is_refused(office, empty, tmp_path, forged, act, values):
    office("mark", "开局")
    office("reason", "films", "放映机送修")
    (tmp_path / "a.jpg").write_bytes(b"a")
    office("evidence", "add", "2", "a.jpg")
    assert act in {event["act"] for event in office("export", "--json").json["events"]}
    _refused(empty, tmp_path, forged({act: values}))


def test_a_step_that_the_plan_has_no_more_is_named(office, empty, tmp_path):
    office("export", "-o", "a.csv")
    text = (tmp_path / "a.csv").read_text("utf-8-sig").replace('"prepare"', '"nobody"')
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    ran = empty("import", "a.csv", "--yes")
    assert (ran.code, ran.out) == (2, "")
    assert "nobody" in ran.err


@pytest.mark.parametrize(
    ("was", "now"), [("films, title", "films-of-may, title"), ("target: 200场", "targets: {shows: 200场}")]
)
def test_a_goal_or_target_that_the_plan_has_no_more_is_not_taken_for_a_like_one(office, empty, tmp_path, was, now):
    office("export", "-o", "a.csv")
    (tmp_path / "b" / "plans" / "k.yaml").write_text(PLAN.replace(was, now), encoding="utf-8")
    ran = empty("import", "a.csv", "--yes")
    assert (ran.code, ran.out) == (2, "")
    assert "films" in ran.err


def test_a_goal_that_was_renamed_is_known_by_its_former_id(office, empty, tmp_path):
    office("export", "-o", "a.csv")
    renamed = PLAN.replace("id: films,", "id: movies, formerly: [films],").replace(
        "id: congress,", "id: meeting, formerly: [congress],"
    )
    (tmp_path / "b" / "plans" / "k.yaml").write_text(renamed, encoding="utf-8")
    assert empty("import", "a.csv", "--yes").code == 0
    told = {one["goal"]: one["actual"] for one in empty("status", "--json").json["targets"]}
    assert (told["movies"], told["meeting"]) == ("30", "1")


# Memory


def _peak(folder, path):
    """Return how many KiB an export took at its highest."""
    program = (
        "import resource, sys; from kxplan.cli import run; code = run(sys.argv[1:], {'KXPLAN_LANG': 'zh'});"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr); sys.exit(code)"
    )
    words = ["-q", "-C", str(folder), "export", "-o", str(path)]
    done = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, check=True)
    return int(done.stderr.split()[-1])


def test_memory_does_not_grow_with_the_entries(office, tmp_path, is_long):
    few, many = (2000, 1_000_000) if is_long else (2000, 20_000)
    version = PlanVersion("k-2023", "d", "x", ())
    peaks = {}
    written = 0
    for total in (few, many):
        with open_ledger(tmp_path / "kxplan.db") as ledger:
            new = (
                NewEntry("films", "films", date(2023, 1, 1) + timedelta(at % 180), Decimal(at % 7), note=f"第{at}场")
                for at in range(written, total)
            )
            ledger.record_many(version, new, who="小李", recorded_at=AT)
        written = total
        for ending in ("csv", "xlsx", "json"):
            peaks[ending, total] = _peak(tmp_path, tmp_path / f"a.{ending}")
    # SQLite's own cache, 32 MB, fills up on the way.
    for ending in ("csv", "xlsx", "json"):
        assert peaks[ending, many] - peaks[ending, few] < (60_000 if is_long else 15_000), peaks
