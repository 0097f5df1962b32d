"""A workspace that mails, with a plan that runs today whatever day it is."""

import sqlite3
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

from kxplan.dates import Period, containing, previous
from kxplan.dates import today as day_in

ZONE = "Asia/Shanghai"


def this_day():
    return day_in(ZONE)


def last_week():
    return previous("week", containing("week", this_day()))


def plan_text(id="work", *, off=(), period=None, title="2026年度工作计划", org="区科协", leads=("科普部", "办公室")):
    """A plan with the present week worked from its Monday on, unless days are `off`."""
    start, end = period or Period(this_day() - timedelta(days=400), this_day() + timedelta(days=200))
    week = containing("week", this_day())
    work = [day for day in (week.start + timedelta(days=n) for n in range(7)) if day not in off and start <= day <= end]
    return f"""
plan: {id}
title: {title}
org: {org}
period: {{start: {start}, end: {end}}}
calendar: {{work: [{", ".join(map(str, work))}], off: [{", ".join(map(str, off))}]}}
sections:
  - id: s
    title: 板块
    goals:
      - {{id: books, title: 编印书籍, target: 3000册, pace: none, lead: {leads[0]}}}
      - {{id: films, title: 放映电影, target: 200场, pace: none, lead: {leads[1]}, reporting: weekly}}
"""


def settings_text(server, *, to=("leader@example.org",), leads=None, **others):
    keys = {"host": "127.0.0.1", "port": server.port, "security": "none", "from": "区科协 <plan@example.org>", **others}
    lines = ["[mail]", *(f"{key} = {toml(value)}" for key, value in keys.items()), f"to = {toml(list(to))}"]
    if leads:
        lines += ["[mail.leads]", *(f'"{lead}" = {toml(list(who))}' for lead, who in leads.items())]
    return "\n".join(lines) + "\n"


def toml(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return f'"{value}"'


def outbox(folder, columns="state", where="1"):
    with sqlite3.connect(folder / "kxplan.db") as connection:
        rows = connection.execute(f"SELECT {columns} FROM outbox WHERE {where} ORDER BY number").fetchall()
    connection.close()
    return [row[0] for row in rows] if "," not in columns else rows


def change(folder, statement, *values):
    with sqlite3.connect(folder / "kxplan.db") as connection:
        connection.execute(statement, values)
    connection.close()


def opened(content):
    """A mail as a mail program sees it."""
    return message_from_bytes(content, policy=default)


def text_of(content):
    return opened(content).get_body(("plain",)).get_content().replace("\r\n", "\n")


def html_of(content):
    return opened(content).get_body(("html",)).get_content()


def weeks_back(n):
    return last_week().start - timedelta(weeks=n)
