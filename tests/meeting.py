"""A meeting's workspace: a plan in which everything has happened, with entries recorded on known days."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

from kxplan.commands.call import Call
from kxplan.model.entry import NewEntry

PLAN = """
plan: meet-2023
title: 年度计划
period: 2023
lights: {escalate: 2}
defaults: {lead: 科普部}
breakdowns: {人群: [农民, 社区居民]}
sections:
  - id: literacy
    title: 科学素质
    goals:
      - id: booklets
        title: 编印书籍
        target: 3万册
        revisions: [{from: 2023-06-01, amount: 2.4万册, reason: 经费压缩, document: 科协〔2023〕6号}]
      - {id: films, title: 放映电影, target: 200场, assist: [放映队]}
      - id: lectures
        title: 科普讲座
        evidence: true
        target:
          amount: 100场
          checkpoints: [{by: 2023-03-31, reach: 20场, title: 一季度}, {by: 2023-05-31, reach: 40场}, {by: 2023-12-31, reach: 100场}]
      - {id: rate, title: 素质比例, target: {amount: 10%, kind: latest}}
      - {id: visits, title: 走访, target: 12次, pace: monthly, reporting: monthly, lead: 办公室, assist: [科普部]}
  - id: own
    title: 自身建设
    goals:
      - id: congress
        title: 代表大会
        lead: 办公室
        due: 2023-10-31
        steps: [{id: prepare, title: 筹备, due: 2023-05-31}, {id: notice, title: 通知, due: 2023-07-05}, {id: hold, title: 召开}]
      - {id: advice, title: 献策, added: {from: 2023-03-01, reason: 新要求}}
      - {id: fair, title: 展览, target: 2场, cancelled: {from: 2023-06-15, reason: 场地收回}}
      - {id: cost, title: 会务支出, target: {amount: 10万元, direction: down}, lead: 办公室}
"""

BEFORE = PLAN.replace(
    "revisions: [{from: 2023-06-01, amount: 2.4万册, reason: 经费压缩, document: 科协〔2023〕6号}]", ""
).replace(", cancelled: {from: 2023-06-15, reason: 场地收回}", "")
"""The plan as it was until the end of May."""

ENTRIES = [
    # goal, work day, amount, breakdown, note, recorded on
    ("booklets", "2023-02-10", "12000", "农民", "春耕", "2023-02-10"),
    ("films", "2023-02-20", "10", None, None, "2023-02-20"),
    ("lectures", "2023-03-20", "15", "农民", None, "2023-03-20"),
    ("lectures", "2023-04-12", "10", "社区居民", None, "2023-04-12"),
    ("rate", "2023-03-16", "9.2", None, "抽样", "2023-03-16"),
    ("visits", "2023-04-10", "4", None, None, "2023-04-10"),
    ("congress", "2023-05-20", None, "prepare", "筹备组成立", "2023-05-20"),
    ("cost", "2023-05-30", "40000", None, None, "2023-05-30"),
    ("films", "2023-05-10", "22", "农民", "补报", "2023-06-20"),
    ("booklets", "2023-06-18", "8000", "社区居民", None, "2023-06-18"),
    ("lectures", "2023-06-20", "3", None, None, "2023-06-20"),
]


def held(root: Path) -> None:
    """Record everything in the workspace `root`, whose plan file is plan0.yaml, as it came to be known."""
    path = root / "plans" / "plan0.yaml"
    for goal, day, amount, part, note, known in ENTRIES:
        path.write_text(BEFORE if known < "2023-06" else PLAN, encoding="utf-8")
        call = Call({"KXPLAN_WORKSPACE": str(root), "KXPLAN_LANG": "zh"}, root)
        steps = (part,) if goal == "congress" else ()
        entry = NewEntry(
            goal,
            goal,
            date.fromisoformat(day),
            None if amount is None else Decimal(amount),
            steps=steps,
            breakdown=(("人群", part),) if part and not steps else (),
            note=note,
        )
        at = datetime.combine(date.fromisoformat(known), time(3), UTC)
        act = "done" if steps else "log"
        call.writing.record(call.version(call.writing), (entry,), act=act, who="小王", recorded_at=at)
        call.close()
