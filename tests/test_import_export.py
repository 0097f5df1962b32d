"""Export and import: what comes back is the ledger that went out, whatever was recorded and corrected."""

import io
import json
import os
import shutil
import sys
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kxplan.cli import run as run_program
from kxplan.errors.ledger import LedgerRefusalError
from kxplan.ledger.opening import open_ledger, read_ledger
from kxplan.model.entry import Attachment, NewEntry, PlanVersion
from kxplan.text import cleaned

PLAN = """
plan: k-2023
title: 区科协2023年度工作计划
period: 2023
defaults: {lead: 科普部}
breakdowns: {人群: [农民, 无, '=1+2'], 单位: ['-', 社区], '状态': [好, 作废]}
sections:
  - id: literacy
    title: 提高全民科学素质
    goals:
      - {id: total, title: 编印科普书籍, target: {amount: 3万册}}
      - {id: money, title: total, target: {amount: 900000000000.5公里, pace: even}}
      - id: boards
        title: 制作科普展板
        targets: {boards: 200块, batches: 2批}
      - {id: rate, title: boards, target: {amount: 10%, kind: latest, baseline: 2%}}
      - {id: visits, title: 合计, target: {amount: 10万人次, kind: running}}
      - {id: cover, title: 信息员覆盖率, target: {amount: 90%, kind: ratio, pool: true}}
      - {id: congress, title: 召开代表大会, due: 2023-10-31, steps: [{id: prepare, title: 筹备, due: 2023-08-31}, {id: hold, title: 召开}, {id: tell, title: 宣传}]}
      - {id: medal, title: 评奖, due: 2023-05-31}
      - {id: advice, title: 建言献策}
"""
TODAY = date(2023, 6, 30)
AT = datetime(2023, 6, 30, 8, tzinfo=UTC)
SUMS = [("total", "total"), ("money", "money"), ("boards", "boards"), ("boards", "batches")]
STEPS = {"congress": ("prepare", "hold", "tell"), "medal": ("medal",)}


class Ran:
    def __init__(self, *args, **environ):
        out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
        with redirect_stdout(out), redirect_stderr(err):
            settings = {"KXPLAN_LANG": "zh", "KXPLAN_WHO": "小王", "PATH": os.environ["PATH"], **environ}
            self.code = int(run_program(args, settings))
            sys.stdout.flush()
            sys.stderr.flush()
        self.out, self.err = (stream.buffer.getvalue().decode() for stream in (out, err))


def ran(folder, *args, **environ):
    done = Ran("-C", str(folder), *args, **environ)
    assert done.code == 0, (args, done.err)
    return done.out


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """An empty workspace to copy, its plan compiled."""
    folder = tmp_path_factory.mktemp("export") / "w"
    assert Ran("init", str(folder)).code == 0
    (folder / "kxplan.toml").write_text(f"today = {TODAY}\n", encoding="utf-8")
    (folder / "plans" / "k.yaml").write_text(PLAN, encoding="utf-8")
    ran(folder, "status")
    return folder


@pytest.fixture(scope="module")
def fresh(template, tmp_path_factory):
    """Make a workspace like the template; two of them have two origins."""
    count = iter(range(10**6))

    def make():
        folder = tmp_path_factory.mktemp("made") / str(next(count))
        shutil.copytree(template, folder)
        (folder / "kxplan.db").unlink()
        ran(folder, "init", str(folder))
        return folder

    return make


HOSTILE = st.sampled_from(
    ["=1+2", "+x", "-5", "@SUM(A1)", "'=1", "''", "'", '"', 'a";"b', ";;;;;;;;;;;;;;;;;;;;;;;;;", "a\n=b", "无", "作废",
     "小计", "_x0041_", "[b]x[/b]", "\u202eabc", "1e5", "00012", "2023-05-04", "#N/A", "＝1", "，，，", "e\u200b\u0301", "😀\\n"]
)  # fmt: skip
TEXTS = (HOSTILE | st.text(max_size=12)).map(lambda text: cleaned(text, lines=True))
NOTES = st.none() | TEXTS.map(lambda text: text or None)
PEOPLE = TEXTS.map(lambda text: cleaned(text) or "小李")
DAYS = st.dates(date(2023, 1, 1), TODAY)


def amounts(goal):
    if goal == "money":
        return st.decimals(0, 8 * 10**11, places=6)
    return st.integers(0, 10**6).map(Decimal)


@st.composite
def entries(draw):
    kind = draw(st.sampled_from(["sum", "latest", "running", "ratio", "note", "note"]))
    denominator, breakdown = None, ()
    if kind == "sum":
        goal, target = draw(st.sampled_from(SUMS))
        amount = draw(amounts(goal))
        parts = {"人群": ["农民", "无", "=1+2"], "单位": ["-", "社区"], "状态": ["好", "作废"]}
        chosen = draw(st.sets(st.sampled_from(sorted(parts))))
        breakdown = tuple((key, draw(st.sampled_from(parts[key]))) for key in sorted(chosen))
    elif kind == "latest":
        goal, amount = "rate", draw(st.decimals(-100, 100, places=6))
    elif kind == "running":
        goal, amount = "visits", Decimal(draw(st.integers(0, 99)))
    elif kind == "ratio":
        goal, amount, denominator = "cover", Decimal(draw(st.integers(0, 99))), Decimal(draw(st.integers(1, 99)))
    else:
        goal, amount = draw(st.sampled_from(["advice", "congress", "medal"])), None
    return NewEntry(
        goal, target if kind == "sum" else goal, draw(DAYS), amount, denominator, (), breakdown, draw(NOTES), draw(PEOPLE)
    )  # fmt: skip


@st.composite
def completions(draw):
    goal = draw(st.sampled_from(sorted(STEPS)))
    steps = tuple(sorted(draw(st.sets(st.sampled_from(STEPS[goal]), min_size=1))))
    return NewEntry(goal, goal, draw(DAYS), None, None, steps, (), draw(NOTES), draw(PEOPLE))


ACTS = st.lists(
    st.tuples(st.just("log"), entries())
    | st.tuples(st.just("log"), entries())
    | st.tuples(st.just("done"), completions())
    | st.tuples(st.sampled_from(["void", "fix day", "fix amount", "fix goal", "evidence"]), st.integers(0, 30), DAYS)
    | st.tuples(st.sampled_from(["mark", "reason"]), TEXTS),
    max_size=14,
)


def record(folder, acts):
    """Do all that the ledger takes of `acts`; each at a time of its own."""
    version = PlanVersion("k-2023", "d", "plan: k-2023", ({"goal": "rate", "target": "rate", "kind": "latest"},))
    at = AT
    with open_ledger(folder / "kxplan.db") as ledger:
        for act, what, *day in acts:
            at += timedelta(seconds=1)
            signed = {"who": "小王", "recorded_at": at}
            try:
                if act in ("log", "done"):
                    ledger.record(version, [what], act=act, **signed)
                elif act == "mark":
                    ledger.mark(version, what, day=TODAY, **signed)
                elif act == "reason":
                    ledger.add_reason(version, "total", what, measure=None, until=TODAY, day=TODAY, **signed)
                elif act == "evidence":
                    ledger.add_evidence(version, what, [Attachment("ab" * 32, "=签到.jpg", 3)], **signed)
                elif act == "void":
                    ledger.void(version, what, reason="-重复", **signed)
                else:
                    change(ledger, version, act, what, day[0], signed)
            except LedgerRefusalError:
                continue


def change(ledger, version, act, number, day, signed):
    old = ledger.entry(number)
    signed = {"reason": "=笔误", **signed}
    if act == "fix day":
        ledger.fix(version, number, day=day, **signed)
    elif old.amount is not None and act == "fix amount":
        ledger.fix(version, number, amount=old.amount + 1, denominator=old.denominator, **signed)
    elif (old.goal, old.target) in SUMS and old.amount == old.amount.to_integral_value():
        ledger.fix(version, number, goal="boards", target="boards", **signed)


def standing(folder):
    """Return what stands in a ledger, in the order that decides which is newest."""
    with read_ledger(folder / "kxplan.db") as ledger:
        assert ledger.verify() == ()
        return [
            (each.goal, each.target, each.day, each.amount, each.denominator, each.steps, each.breakdown, each.note, each.who)
            for each in ledger.lives("k-2023")
            if each.act != "void" and each.state == "counted"
        ]  # fmt: skip


def everything(folder):
    with read_ledger(folder / "kxplan.db") as ledger:
        return ledger.extent(), list(ledger.events(ledger.extent().events))


def status(folder):
    return json.loads(ran(folder, "status", "--json"))


def comes_back(fresh, acts, ending, language):
    old, new = fresh(), fresh()
    record(old, acts)
    file = old / f"a.{ending}"
    ran(old, "export", "-o", str(file), KXPLAN_LANG=language)
    ran(new, "import", str(file), "--yes")
    assert standing(new) == standing(old)
    assert status(new) == status(old)
    for key in ("人群", "单位", "状态"):
        tables = [ran(folder, "status", "--group", key, "--plain").split("\n") for folder in (old, new)]
        assert tables[0] == tables[1]
    again = json.loads(ran(new, "import", str(file), "--yes", "--json"))
    assert again["entries"] == []
    home = json.loads(ran(old, "import", str(file), "--yes", "--json"))
    assert home["entries"] == []


def comes_back_whole(fresh, acts):
    old, new = fresh(), fresh()
    record(old, acts)
    file = old / "a.json"
    ran(old, "export", "-o", str(file))
    ran(new, "import", str(file))
    assert everything(new) == everything(old)
    assert standing(new) == standing(old)
    assert status(new) == status(old)
    ran(new, "export", "-o", str(new / "b.json"))
    assert (new / "b.json").read_bytes() == file.read_bytes()
    ran(new, "import", str(file))
    assert everything(new) == everything(old)


RELAXED = {"suppress_health_check": list(HealthCheck)}


@settings(max_examples=10, **RELAXED)
@given(acts=ACTS, language=st.sampled_from(["zh", "en"]))
def test_a_csv_comes_back(fresh, acts, language):
    comes_back(fresh, acts, "csv", language)


@settings(max_examples=6, **RELAXED)
@given(acts=ACTS, language=st.sampled_from(["zh", "en"]))
def test_an_xlsx_comes_back(fresh, acts, language):
    comes_back(fresh, acts, "xlsx", language)


@settings(max_examples=10, **RELAXED)
@given(acts=ACTS)
def test_a_json_comes_back_event_by_event(fresh, acts):
    comes_back_whole(fresh, acts)


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@settings(max_examples=300, **RELAXED)
@given(acts=ACTS, language=st.sampled_from(["zh", "en"]))
def test_a_sheet_comes_back_at_length(fresh, ending, acts, language):
    comes_back(fresh, acts, ending, language)


@pytest.mark.slow
@settings(max_examples=500, **RELAXED)
@given(acts=ACTS)
def test_a_json_comes_back_at_length(fresh, acts):
    comes_back_whole(fresh, acts)
