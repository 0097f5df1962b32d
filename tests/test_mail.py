"""`mail`: once to everybody, tried again as promised, nothing lost in silence."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from mail_office import (
    change,
    html_of,
    last_week,
    opened,
    outbox,
    plan_text,
    settings_text,
    text_of,
    this_day,
    weeks_back,
)
from mail_server import AUTHORITY, Server

from kxplan.dates import containing

LEADER, WORKER = "leader@example.org", "worker@example.org"


@pytest.fixture
def office(run, tmp_path):
    """A workspace that mails to a server."""

    def make(server, *plans, settings="", **mail):
        assert run("init").code == 0
        (tmp_path / "kxplan.toml").write_text(settings + settings_text(server, **mail), encoding="utf-8")
        (tmp_path / "kxplan.toml").chmod(0o600)
        for index, text in enumerate(plans or [plan_text()]):
            (tmp_path / "plans" / f"plan{index}.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return make


def test_the_report_of_last_week_goes_to_everybody_once(run, office):
    with Server() as server:
        folder = office(server, to=[LEADER, "Zhang <zhang@example.org>"])
        first = run("mail", "week")
        assert first.code == 0
        assert sorted(to for to, _ in server.mailbox.accepted) == [LEADER, "zhang@example.org"]
        again = run("mail", "week")
        assert (again.code, again.out, again.err) == (0, "", "")
        assert len(server.mailbox.accepted) == 2
    assert outbox(folder, "state, period") == [("sent", str(last_week().start))] * 2


def test_week_is_what_is_mailed_by_default(run, office):
    with Server() as server:
        folder = office(server)
        assert run("mail").code == 0
    assert outbox(folder, "kind") == ["week"]


def test_each_kind_of_period_is_mailed_once(run, office):
    with Server() as server:
        folder = office(server)
        for kind in ("week", "month", "quarter", "half", "年"):
            assert run("mail", kind).code == 0
            assert run("mail", kind).out == ""
    assert outbox(folder, "kind") == ["week", "month", "quarter", "half", "year"]


def test_two_plans_are_two_mails(run, office):
    with Server() as server:
        folder = office(server, plan_text("one"), plan_text("two"))
        assert run("mail").code == 0
        assert len(server.mailbox.accepted) == 2
        assert run("mail").out == ""
    assert outbox(folder, "plan") == ["one", "two"]


def test_one_plan_alone_is_mailed_where_it_is_named(run, office):
    with Server() as server:
        folder = office(server, plan_text("one"), plan_text("two"))
        assert run("mail", "-p", "two").code == 0
    assert outbox(folder, "plan") == ["two"]


def test_a_broken_plan_stops_only_its_own_mail(run, office):
    with Server() as server:
        folder = office(server, plan_text("one"), "plan: two\ntitle: [\n")
        ran = run("mail")
    assert ran.code == 3
    assert "plan1.yaml" in ran.err
    assert outbox(folder, "plan") == ["one"]


def test_a_department_gets_its_own_goals_and_is_chased(run, office):
    with Server() as server:
        office(server, leads={"办公室": [WORKER]})
        assert run("log", "编印书籍", "5册", "-d", str(last_week().start)).code == 0
        assert run("mail").code == 0
        (whole,), (own,) = server.mailbox.mails_to(LEADER), server.mailbox.mails_to(WORKER)
    assert "编印书籍" in text_of(whole)
    assert "编印书籍" not in text_of(own)
    assert "请填报：1 项还没有报\n· 放映电影" in text_of(own)
    assert opened(own)["Subject"].startswith("【灰1】区科协办公室第")


def test_a_reader_of_the_whole_report_in_a_department_gets_one_mail(run, office):
    with Server() as server:
        office(server, leads={"办公室": [LEADER.upper()]})
        assert run("mail").code == 0
    assert len(server.mailbox.accepted) == 1


def test_a_missed_week_is_caught_up_with_at_most_four(run, office):
    with Server() as server:
        folder = office(server)
        assert run("mail").code == 0
        change(folder, "UPDATE outbox SET period = ?, until = ?", str(weeks_back(3)), str(weeks_back(3)))
        assert run("mail").code == 0
        assert outbox(folder, "period") == [str(weeks_back(n)) for n in (3, 2, 1, 0)]
        change(folder, "DELETE FROM outbox WHERE number > 1")
        change(folder, "UPDATE outbox SET period = ?", str(weeks_back(9)))
        assert run("mail").code == 0
        assert outbox(folder, "period") == [str(weeks_back(n)) for n in (9, 3, 2, 1, 0)]


def test_a_new_reader_starts_with_the_last_period(run, office):
    with Server() as server:
        folder = office(server)
        assert run("mail").code == 0
        change(folder, "UPDATE outbox SET period = ?", str(weeks_back(2)))
        office(server, to=[LEADER, "new@example.org"])
        assert run("mail").code == 0
    assert outbox(folder, "period", "recipient = 'new@example.org'") == [str(weeks_back(0))]
    assert len(outbox(folder, "period", f"recipient = '{LEADER}'")) == 3


def test_nothing_goes_out_before_the_weeks_first_working_day(run, office):
    week = containing("week", this_day())
    free = [week.start + timedelta(days=n) for n in range((this_day() - week.start).days + 1)]
    with Server() as server:
        folder = office(server, plan_text(off=[day for day in free if day.weekday() < 5]))
        if any(day.weekday() > 4 for day in free):
            pytest.fail("unreachable: weekends are worked only where the plan says so")
        ran = run("mail")
        assert (ran.code, ran.out, ran.err) == (0, "", "")
        (folder / "plans" / "plan0.yaml").write_text(plan_text(), encoding="utf-8")
        assert run("mail").code == 0
    assert len(server.mailbox.accepted) == 1


@pytest.mark.parametrize(("answer", "code", "state"), [("450 later", 75, "retry"), ("550 no", 77, "failed")])
def test_a_refusal_shows_in_the_exit_code_now_and_later(run, office, answer, code, state):
    with Server({"RCPT": answer}) as server:
        folder = office(server)
        first = run("mail")
        assert (first.code, first.out) == (code, "")
        assert answer in first.err
        later = run("mail")
        assert later.code == code
        assert "kxplan mail --status" in later.err
        assert server.mailbox.tries == 1
    assert outbox(folder) == [state]


def test_a_mail_lost_from_sight_is_never_sent_again_by_itself(run, office):
    with Server({".": "drop"}) as server:
        folder = office(server)
        assert run("mail").code == 1
        server.mailbox.answers.clear()
        assert run("mail").code == 1
        assert len(server.mailbox.accepted) == 1
        assert outbox(folder) == ["unknown"]
        told = run("status")
        assert "■ 1 封邮件被退回或不知道送到没有" in told.out
        again = run("mail", "--resend")
        assert again.code == 0
        one, two = server.mailbox.mails_to(LEADER)
    assert one == two
    assert outbox(folder) == ["sent"]


def test_the_next_mail_tells_of_one_lost_from_sight(run, office):
    with Server({".": "drop"}) as server:
        folder = office(server, leads={"办公室": [WORKER]})
        run("mail")
        change(folder, "UPDATE outbox SET period = ?", str(weeks_back(1)))
        server.mailbox.answers.clear()
        server.mailbox.accepted.clear()
        assert run("mail").code == 1
        (whole,), (own,) = server.mailbox.mails_to(LEADER), server.mailbox.mails_to(WORKER)
    assert f"· 第{weeks_back(1).isocalendar().week}周　{WORKER}" in text_of(whole)
    assert LEADER not in text_of(own)
    assert WORKER in text_of(own)


def test_the_worst_state_gives_the_exit_code(run, office):
    with Server({f"RCPT {LEADER}": "450 later", "RCPT b@example.org": "550 no"}) as server:
        office(server, to=[LEADER, "b@example.org", "c@example.org"])
        assert run("mail").code == 77
    assert server.mailbox.mails_to("c@example.org")


def test_a_mail_is_tried_again_when_its_time_has_come_with_the_same_bytes(run, office):
    with Server({".": "451 later"}) as server:
        folder = office(server)
        run("mail")
        before = outbox(folder, "content")
        assert run("log", "编印书籍", "5").code == 0
        server.mailbox.answers.clear()
        change(folder, "UPDATE outbox SET next_at = ?", stamp(-60))
        assert run("mail").code == 0
    assert outbox(folder, "state, attempts") == [("sent", 2)]
    assert [server.mailbox.mails_to(LEADER)[0]] == [content.replace(b"\r\n.", b"\r\n.") for content in before]


@pytest.mark.parametrize(("attempts", "hours"), [(1, 1), (2, 4), (3, 12), (4, 24)])
def test_the_waits_are_one_four_twelve_and_twentyfour_hours(run, office, attempts, hours):
    with Server({"MAIL": "451 later"}) as server:
        folder = office(server)
        run("mail")
        if attempts > 1:
            change(folder, "UPDATE outbox SET attempts = ?, next_at = ?", attempts - 1, stamp(-60))
            run("mail")
    ((next_at, changed_at),) = outbox(folder, "next_at, changed_at")
    assert datetime.fromisoformat(next_at) - datetime.fromisoformat(changed_at) == timedelta(hours=hours)


def test_after_two_days_a_mail_is_given_up(run, office):
    with Server({"MAIL": "451 later"}) as server:
        folder = office(server)
        run("mail")
        change(folder, "UPDATE outbox SET queued_at = ?, next_at = ?", stamp(-48 * 3600), stamp(-60))
        assert run("mail").code == 77
    assert outbox(folder) == ["failed"]


def test_a_server_that_is_away_is_tried_once_for_all(run, office):
    with Server({"connect": "421 busy"}) as server:
        folder = office(server, to=[LEADER, "b@example.org", "c@example.org"])
        assert run("mail").code == 75
        assert server.mailbox.tries == 1
    assert outbox(folder) == ["retry"] * 3


def test_a_wrong_password_is_tried_once_for_all_and_never_again(run, office, tmp_path):
    (tmp_path / "secret").write_text("falsch\n")
    (tmp_path / "secret").chmod(0o600)
    with Server(login=True) as server:
        folder = office(server, to=[LEADER, "b@example.org"], user="wang", password_file="secret")
        assert run("mail").code == 77
        assert run("mail").code == 77
        assert server.mailbox.logins == 1
        assert outbox(folder) == ["failed", "failed"]
        (tmp_path / "secret").write_text("geheim-Wort-7\n")
        assert run("mail", "--resend").code == 0
    assert len(server.mailbox.accepted) == 2


def test_mail_goes_over_an_encrypted_line_with_login(run, office):
    with Server(tls="starttls", login=True) as server:
        office(server, host="localhost", security="starttls", user="wang", ca_file=str(AUTHORITY))
        assert run("mail", KXPLAN_MAIL_PASSWORD="geheim-Wort-7").code == 0
    assert len(server.mailbox.accepted) == 1


def test_resend_with_a_name_sends_what_was_delivered_too(run, office):
    with Server() as server:
        office(server, to=[LEADER, "b@example.org"])
        run("mail")
        assert run("mail", "--resend").code == 2
        assert run("mail", "--resend", "--to", LEADER).code == 0
        assert len(server.mailbox.mails_to(LEADER)) == 2
        assert len(set(server.mailbox.mails_to(LEADER))) == 1
        assert len(server.mailbox.mails_to("b@example.org")) == 1


def test_to_sends_to_one_alone_and_others_follow(run, office):
    with Server() as server:
        office(server, to=[LEADER, "b@example.org"])
        assert run("mail", "--to", "b@example.org").code == 0
        assert [to for to, _ in server.mailbox.accepted] == ["b@example.org"]
        assert run("mail").code == 0
    assert sorted(to for to, _ in server.mailbox.accepted) == ["b@example.org", LEADER]


def test_a_stranger_named_gets_the_whole_report_once(run, office):
    with Server() as server:
        office(server)
        assert run("mail", "--to", "gast@example.org").code == 0
        assert run("mail", "--to", "gast@example.org").out == ""
    assert [to for to, _ in server.mailbox.accepted] == ["gast@example.org"]


def test_a_stranger_whose_mail_waits_is_not_forgotten(run, office):
    with Server({"RCPT": "450 later"}) as server:
        folder = office(server)
        assert run("mail", "--to", "gast@example.org").code == 75
        server.mailbox.answers.clear()
        assert run("mail").code == 75
        change(folder, "UPDATE outbox SET next_at = ?", stamp(-60))
        assert run("mail").code == 0
    assert [to for to, _ in server.mailbox.accepted] == [LEADER, "gast@example.org"]


def test_what_was_refused_is_history_once_its_reader_is_taken_out_of_the_settings(run, office):
    with Server({"RCPT gone@example.org": "550 no"}) as server:
        office(server, to=[LEADER, "gone@example.org"])
        assert run("mail").code == 77
        assert run("mail").code == 77
        assert "1 封邮件被退回" in run("status").out
        office(server)
        assert (run("mail").code, run("mail").err) == (0, "")
        assert "被退回" not in run("status").out


def test_of_names_another_period(run, office):
    with Server() as server:
        folder = office(server)
        assert run("mail", "--of", str(weeks_back(5))).code == 0
        assert run("mail", "--of", str(weeks_back(5) + timedelta(days=6))).out == ""
    assert outbox(folder, "period") == [str(weeks_back(5))]


def test_a_period_that_is_not_over_is_refused(run, office):
    with Server() as server:
        office(server)
        assert run("mail", "--of", str(this_day())).code == 2
        assert run("mail", "--of", str(this_day()), "--dry-run").code == 0
    assert server.mailbox.accepted == []


def test_a_staged_day_sends_nothing_but_shows(run, office, tmp_path):
    with Server() as server:
        office(server, settings=f"today = {this_day()}\n")
        refused = run("mail")
        assert refused.code == 2
        assert "演示日" in refused.err
        assert run("mail", "--resend").code == 2
        assert run("mail", "--dry-run").code == 0
        assert run("mail", "--out", "preview").code == 0
        assert "演示日" in run("doctor").out
    assert server.mailbox.tries == 1  # doctor's login
    assert len(list((tmp_path / "preview").glob("*.eml"))) == 1


def test_a_preview_changes_nothing(run, office):
    with Server() as server:
        folder = office(server)
        before = (folder / "kxplan.db").read_bytes()
        shown = run("mail", "--dry-run")
        assert shown.code == 0
        assert f"收件人：{LEADER}\n主题：【灰1】区科协第" in shown.out
        assert run("mail", "--out", "p").code == 0
        assert (folder / "kxplan.db").read_bytes() == before
        assert server.mailbox.tries == 0


def test_without_settings_there_is_a_preview_and_no_mail(run, tmp_path):
    run("init")
    (tmp_path / "plans" / "p.yaml").write_text(plan_text(), encoding="utf-8")
    assert run("mail", "--dry-run").code == 0
    refused = run("mail")
    assert refused.code == 3
    assert "host、from、to" in refused.err
    assert "outbox" not in (tmp_path / "kxplan.db").read_bytes().decode("latin-1")


def test_a_mail_with_a_sheet_goes_out_after_one_that_was_lost(run, office):
    with Server() as server:
        folder = office(server, attach=True)
        assert run("mail", "month").code == 0
        change(folder, "UPDATE outbox SET state = 'unknown'")
        assert run("mail", "week").code == 1
        assert outbox(folder, "kind, state") == [("month", "unknown"), ("week", "sent")]
        assert "不知道送到没有" in text_of(server.mailbox.accepted[-1][1])


def test_the_written_mail_is_text_then_html_with_nothing_remote(run, office, tmp_path):
    with Server() as server:
        office(server, attach=True)
        assert run("mail", "--out", "p").code == 0
    (path,) = (tmp_path / "p").glob("*.eml")
    assert path.name == f"work-week-{last_week().start}-{LEADER}.eml"
    mail = opened(path.read_bytes())
    body, sheet = mail.iter_parts()
    assert [part.get_content_type() for part in body.iter_parts()] == ["text/plain", "text/html"]
    assert sheet.get_filename().endswith(".xlsx")
    assert sheet.get_content()[:2] == b"PK"
    html = html_of(path.read_bytes())
    for word in ("http:", "https:", "src=", "<script", "<link", "@import", "url("):
        assert word not in html
    assert len(html.encode()) < 100_000
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "work.example.org" in mail["List-Id"]
    assert all(byte < 128 for byte in path.read_bytes())


def test_the_mail_of_a_great_plan_stays_small_and_says_what_is_left_out(run, office, tmp_path):
    goals = "\n".join(
        f"      - {{id: g{n}, title: 很长的工作任务名称第{n}号, target: 100场, lead: 科普部}}" for n in range(600)
    )
    text = plan_text().split("    goals:")[0] + "    goals:\n" + goals + "\n"
    with Server() as server:
        office(server, text)
        assert run("mail", "--out", "p").code == 0
    (path,) = (tmp_path / "p").glob("*.eml")
    html = html_of(path.read_bytes())
    assert len(html.encode()) < 100_000
    assert "没有列出" in html
    assert "第599号" in text_of(path.read_bytes())


def test_text_of_people_is_nothing_but_text_in_the_html(run, office, tmp_path):
    evil = "<script>alert(1)</script>\"'<img src=x>"
    with Server() as server:
        office(server)
        assert run("log", "编印书籍", "5", "-d", str(last_week().start), "-n", evil).code == 0
        assert run("mail", "--out", "p").code == 0
    (path,) = (tmp_path / "p").glob("*.eml")
    html = html_of(path.read_bytes())
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html


def test_figures_that_changed_since_are_told_in_the_next_mail(run, office):
    with Server() as server:
        folder = office(server, leads={"办公室": [WORKER]})
        assert run("log", "编印书籍", "5册", "-d", str(weeks_back(1))).code == 0
        assert run("mail").code == 0
        change(folder, "UPDATE outbox SET period = ?, figures = replace(replace(figures, ?, ?), ?, ?)",
               str(weeks_back(1)), str(last_week().start), str(weeks_back(1)),
               str(last_week().end), str(last_week().end - timedelta(weeks=1)))  # fmt: skip
        assert run("log", "编印书籍", "7册", "-d", str(weeks_back(1))).code == 0
        server.mailbox.accepted.clear()
        assert run("mail").code == 0
        (whole,), (own,) = server.mailbox.mails_to(LEADER), server.mailbox.mails_to(WORKER)
        week = weeks_back(1).isocalendar().week
        assert f"上期数据更正：1 处与以前邮件里的不同\n· 编印书籍：第{week}周的完成值 5册 → 12册" in text_of(whole)
        assert "上期数据更正" not in text_of(own)
        change(folder, "DELETE FROM outbox WHERE period < ?", str(last_week().start))
        change(folder, "UPDATE outbox SET period = ?", str(weeks_back(1)))
        server.mailbox.accepted.clear()
        assert run("mail").code == 0
        assert "上期数据更正" not in text_of(server.mailbox.mails_to(LEADER)[0])


def test_a_correction_is_told_once_where_two_weeks_are_made_up_for(run, office):
    with Server() as server:
        folder = office(server)
        assert run("mail").code == 0
        start, end = weeks_back(2), weeks_back(2) + timedelta(days=6)
        change(folder, "UPDATE outbox SET period = ?, figures = replace(figures, ?, ?)",
               str(start), f"{last_week().start}/{last_week().end}", f"{start}/{end}")  # fmt: skip
        assert run("log", "编印书籍", "7册", "-d", str(start)).code == 0
        server.mailbox.accepted.clear()
        assert run("mail").code == 0
        told = ["上期数据更正" in text_of(mail) for mail in server.mailbox.mails_to(LEADER)]
    assert told == [True, False]


def test_status_says_that_last_weeks_mail_is_missing(run, office):
    with Server() as server:
        folder = office(server)
        change(folder, "SELECT 1")
        (folder / "kxplan.toml").write_text(f"today = {this_day()}\n" + settings_text(server), encoding="utf-8")
        week = last_week().start.isocalendar().week
        assert f"第{week}周的邮件还没有发出" in run("status").out
        assert f"第{week}周的邮件还没有发出" in run("status", "--json").err
        assert "还没有发出" not in run("status", "--as-of", str(this_day())).out
        (folder / "kxplan.toml").write_text(settings_text(server), encoding="utf-8")
        assert run("mail").code == 0
        assert "还没有发出" not in run("status").out


def test_an_office_that_mails_by_the_month_misses_no_week(run, office):
    with Server() as server:
        folder = office(server)
        assert run("mail", "month").code == 0
        (folder / "kxplan.toml").write_text(f"today = {this_day()}\n" + settings_text(server), encoding="utf-8")
        assert "还没有发出" not in run("status").out
        (folder / "kxplan.toml").write_text(settings_text(server), encoding="utf-8")
        assert run("mail", "week").code == 0
        change(folder, "UPDATE outbox SET period = ? WHERE kind = 'week'", str(weeks_back(1)))
        (folder / "kxplan.toml").write_text(f"today = {this_day()}\n" + settings_text(server), encoding="utf-8")
        assert "还没有发出" in run("status").out


def test_the_outbox_is_shown_with_states_and_answers(run, office):
    with Server({f"RCPT {LEADER}": "550 5.1.1 unknown user"}) as server:
        office(server, to=[LEADER, "b@example.org"])
        run("mail")
        shown = run("mail", "--status", COLUMNS="120")
        assert shown.code == 77
        assert "■ 退回" in shown.out
        assert "550 5.1.1 unknown user" in shown.out
        told = run("mail", "--status", "--json").json["mails"]
    assert [(row["recipient"], row["state"]) for row in told] == [(LEADER, "failed"), ("b@example.org", "sent")]


def test_of_the_outbox_is_shown_what_is_asked_for(run, office):
    with Server({f"RCPT {LEADER}": "550 5.1.1 unknown user"}) as server:
        office(server, to=[LEADER, "b@example.org"])
        run("mail", "week")
        run("mail", "month")

    def told(*asked):
        shown = run("mail", *asked, "--status", "--json")
        return shown.code, [(row["kind"], row["recipient"]) for row in shown.json["mails"]]

    assert told("month") == (77, [("month", LEADER), ("month", "b@example.org")])
    assert told("--to", "B@example.org") == (0, [("week", "b@example.org"), ("month", "b@example.org")])
    assert told("month", "--of", str(weeks_back(60)), "--to", LEADER) == (0, [])
    assert told("week", "--of", str(last_week().start), "--to", LEADER) == (77, [("week", LEADER)])
    assert "没有这样的邮件" in run("mail", "year", "--status").out


def test_a_row_whose_process_is_gone_is_shown_as_unknown_before_anybody_writes_it_down(run, office):
    with Server() as server:
        folder = office(server)
        run("mail")
        change(folder, "UPDATE outbox SET state = 'sending'")
        shown = run("mail", "--status")
        assert (shown.code, "■ 不明" in shown.out) == (1, True)
        assert outbox(folder) == ["sending"]
        assert run("mail").code == 1
        assert outbox(folder) == ["unknown"]
        assert len(server.mailbox.accepted) == 1


def test_the_answer_for_programs_names_what_was_tried(run, office):
    with Server() as server:
        office(server)
        told = json.loads(run("mail", "--json").out)
        assert [(row["recipient"], row["state"]) for row in told["mails"]] == [(LEADER, "sent")]
        assert run("mail", "--json").json["mails"] == []


def test_the_ledger_of_people_who_never_mail_has_no_outbox(run, tmp_path):
    run("init")
    (tmp_path / "plans" / "p.yaml").write_text(plan_text(), encoding="utf-8")
    run("log", "编印书籍", "5")
    run("status")
    assert run("mail", "--status").out.startswith("邮件")
    assert "outbox" not in (tmp_path / "kxplan.db").read_bytes().decode("latin-1")


def test_a_backup_is_made_before_the_first_mail_changes_the_database(run, office):
    with Server() as server:
        folder = office(server)
        run("mail")
        run("mail", "month")
    assert [path.name for path in (folder / "backups").iterdir()] == ["before-delivery-0001-outbox.db"]


def test_check_and_backup_accept_a_database_with_an_outbox(run, office):
    with Server() as server:
        office(server)
        run("log", "编印书籍", "5")
        run("mail")
    assert run("check").code == 0
    assert run("backup").code == 0


def test_a_restored_backup_knows_what_was_sent_after_it_was_made(run, office):
    with Server({".": "drop"}) as server:
        folder = office(server, to=[LEADER, "b@example.org"])
        run("log", "编印书籍", "5")
        assert run("backup", "old.zip").code == 0
        run("mail", "--to", "b@example.org")
        server.mailbox.answers.clear()
        run("mail")
        before = outbox(folder, "state, content", "1")
        assert run("restore", "old.zip").code == 0
        assert outbox(folder, "state, content", "1") == before
        run("mail")
        assert len(server.mailbox.accepted) == 2
        assert run("backup", "new.zip").code == 0
        run("mail", "--resend")
        assert run("restore", "new.zip").code == 0
    assert outbox(folder) == ["sent", "sent"]
    assert run("check").code == 0


def test_a_restore_in_place_of_a_damaged_ledger_says_that_mail_may_go_out_again(run, office):
    with Server() as server:
        folder = office(server)
        run("log", "编印书籍", "5")
        assert run("backup", "old.zip").code == 0
        (folder / "kxplan.db").write_bytes(b"x" * 8192)
        ran = run("restore", "old.zip")
    assert ran.code == 0
    assert "可能会再发一次" in ran.err


def stamp(seconds):
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat(timespec="seconds")
