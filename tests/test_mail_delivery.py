"""What is due, how long one waits, what is corrected, and the bytes of a mail."""

from datetime import UTC, date, datetime, timedelta
from email.headerregistry import Address

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mail_office import opened, text_of

from kxplan.calendar import working_calendar
from kxplan.dates import Period, containing
from kxplan.delivery.compose import Attachment, Envelope, Parts, composed, message_id
from kxplan.delivery.corrections import corrections, frozen, thawed
from kxplan.delivery.due import due_periods, first_working_day
from kxplan.delivery.letters import answered, noted
from kxplan.delivery.patience import gives_up_at, is_due, next_try
from kxplan.message import message
from kxplan.progress.curve import working_days

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def week(*day):
    return containing("week", date(*day))


def test_a_first_mail_is_that_of_the_last_period():
    assert due_periods("week", date(2026, 11, 25), None, YEAR) == (week(2026, 11, 16),)


def test_missed_weeks_come_in_order_the_last_four():
    due = due_periods("week", date(2026, 11, 25), week(2026, 10, 12), YEAR)
    assert due == (week(2026, 10, 26), week(2026, 11, 2), week(2026, 11, 9), week(2026, 11, 16))
    assert due_periods("week", date(2026, 11, 25), week(2026, 11, 9), YEAR) == (week(2026, 11, 16),)
    assert due_periods("week", date(2026, 11, 25), week(2026, 11, 16), YEAR) == ()


def test_a_plan_that_is_over_still_owes_its_last_periods_and_nothing_after_them():
    assert due_periods("week", date(2027, 2, 3), week(2026, 12, 14), YEAR) == (week(2026, 12, 21), week(2026, 12, 28))
    assert due_periods("week", date(2027, 2, 3), week(2026, 12, 28), YEAR) == ()
    assert due_periods("week", date(2027, 2, 3), None, YEAR) == ()


def test_a_plan_that_has_just_begun_owes_nothing_of_the_year_before():
    assert due_periods("week", date(2026, 1, 2), None, YEAR) == ()
    assert due_periods("month", date(2026, 2, 2), None, YEAR) == (containing("month", date(2026, 1, 1)),)


@given(st.dates(date(2025, 6, 1), date(2027, 6, 1)), st.integers(0, 80), st.sampled_from(["week", "month", "quarter"]))
def test_nothing_is_due_twice_or_before_it_is_over(today, back, span):
    newest = containing(span, today - timedelta(weeks=back))
    due = due_periods(span, today, newest, YEAR)
    assert len(due) <= 4
    assert list(due) == sorted(set(due))
    for period in due:
        assert period.end < today
        assert period.start > newest.start
        assert period.meets(YEAR)


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 11, 23), date(2026, 11, 23)),
        (date(2026, 11, 29), date(2026, 11, 23)),
        (date(2026, 10, 5), None),  # 国庆 through the 7th
        (date(2026, 10, 7), None),
        (date(2026, 10, 8), date(2026, 10, 8)),
    ],
)
def test_the_first_working_day_of_a_week_is_that_of_the_offices_calendar(today, first):
    calendar = working_calendar(YEAR)
    assert first_working_day(today, lambda day: working_days(calendar, Period(day, day)) == 1) == first


def test_tries_come_after_one_four_twelve_and_twentyfour_hours_and_end_at_two_days():
    at, tries = NOW, []
    for attempt in range(1, 6):
        at = next_try(attempt, NOW, at)
        tries.append((at - NOW) / timedelta(hours=1))
    assert tries == [1, 5, 17, 41, 48]
    assert gives_up_at(NOW) == NOW + timedelta(hours=48)


def test_a_clock_that_was_set_back_holds_nothing_up():
    assert not is_due(NOW + timedelta(hours=24), NOW)
    assert is_due(NOW + timedelta(days=400), NOW)


def test_each_target_is_corrected_once_with_the_newest_period():
    old, new = week(2026, 11, 9), week(2026, 11, 16)
    told = {old: {"a.a": ("1", "10"), "b.b": ("1", "2")}, new: {"a.a": ("2", "10"), "b.b": ("1", "2")}}
    now = {
        old: {"a.a": ("3", "10"), "b.b": ("1", "3")},
        new: {"a.a": ("4", "10"), "b.b": ("1", "2"), "c.c": ("1", "1")},
    }
    found = [(one.period, one.target, one.told, one.now, one.is_amount) for one in corrections(told, now)]
    assert found == [(new, "a.a", "2", "4", False), (old, "b.b", "2", "3", True)]


def test_stated_figures_come_back_as_they_were_of_the_latest_four_periods():
    figures = {week(2026, 11, 2 + 7 * n): {"a.a": (None, "1/3")} for n in range(3)}
    assert thawed(frozen(figures)) == figures
    many = {week(2026, 9, 7 + 7 * n): {} for n in range(3)} | figures
    assert sorted(thawed(frozen(many))) == sorted(many)[-4:]


def test_a_sentence_of_ours_is_kept_apart_from_a_servers_words():
    kept = message("mail.why.timed-out", seconds=30)
    assert answered(noted(kept)) == kept
    assert answered("RCPT TO: 550 {no}") == "RCPT TO: 550 {no}"


SUBJECTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=120)


@given(SUBJECTS.map(lambda text: " ".join(text.split())).filter(bool))
def test_every_subject_comes_out_as_it_went_in(subject):
    content = written(subject=subject)
    assert all(len(line) < 998 for line in content.split(b"\r\n"))
    assert all(byte < 128 for byte in content)
    assert " ".join(opened(content)["Subject"].split()) == subject


def test_a_mail_is_the_same_for_the_same_parts_but_for_its_boundaries():
    mail = opened(written(attachments=[Attachment("第47周.xlsx", b"PK")]))
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]  # fmt: skip
    assert mail["Message-ID"] == "<abc@example.org>"
    assert next(iter(mail.iter_attachments())).get_filename() == "第47周.xlsx"
    assert str(mail["From"]) == "区科协 <plan@example.org>"
    assert mail["List-Id"].endswith("<work.example.org>")


def test_lines_that_begin_with_a_dot_and_long_lines_survive():
    text = ".\n..\n" + "长" * 3000 + "\n"
    assert text_of(written(text=text)) == text


def written(*, subject="x", text="hello\n", attachments=()):
    sender = Address("区科协", addr_spec="plan@example.org")
    parts = Parts(subject, text, "<p>hello</p>", "zh-CN", "工作计划（2026）", "work", attachments)
    return composed(parts, Envelope(sender, Address("", addr_spec="a@b.org"), NOW, message_id("abc", sender)))
