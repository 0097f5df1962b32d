"""A clock that is wrong, far away or in another zone: entries keep their order and their work day, and nothing crashes."""

import json
import shutil

import pytest

pytestmark = pytest.mark.skipif(not shutil.which("faketime"), reason="faketime is not installed")

GOALS = "goals: [{id: books, title: 编印书籍, target: 366册, lead: 科普部PACE}]"
PLAN = "plan: p\ntitle: 计划\nperiod: YEAR\nsections:\n  - id: s\n    title: 板块\n    " + GOALS


def at_length(*values):
    """Return a case of the long form."""
    return pytest.param(*values, marks=pytest.mark.slow)


@pytest.fixture
def at(office):
    """A function that runs a command at a moment of the machine's clock, which may stand in any zone."""
    (office.folder / "kxplan.toml").write_text("", encoding="utf-8")

    def run(moment, *args, zone="Asia/Shanghai"):
        done = office.run(*args, prefix=("env", f"TZ={zone}", "faketime", "-f", moment))
        assert done.returncode in (0, 2, 7), done
        return done

    def plan(year, pace=""):
        text = PLAN.replace("YEAR", str(year)).replace("PACE", pace)
        (office.folder / "plans" / "p.yaml").write_text(text, encoding="utf-8")
        return run

    run.plan = plan
    return run


def entries(at, moment):
    return json.loads(at(moment, "history", "--json").stdout)["entries"]


def standing(at, moment, **zone):
    told = json.loads(at(moment, "status", "--json", **zone).stdout)
    return told["as_of"], told["targets"][0]


@pytest.mark.parametrize("back", ["2023-06-29 12:00:00", "2023-01-01 00:00:01"])
def test_a_clock_set_back_changes_neither_order_nor_work_days(at, office, back):
    at("2023-06-30 12:00:00", "log", "books", "1")
    at(back, "log", "books", "2", "-d", "2023-01-01")
    at("2023-07-01 12:00:00", "log", "books", "4")
    told = entries(at, "2023-07-02 12:00:00")
    assert [(each["day"], each["amount"]) for each in told] == [
        ("2023-06-30", "1"), ("2023-01-01", "2"), ("2023-07-01", "4"),
    ]  # fmt: skip
    assert told[1]["recorded_at"] < told[0]["recorded_at"] < told[2]["recorded_at"]
    assert standing(at, "2023-07-02 12:00:00")[1]["actual"] == "7"
    office.require_clean()


def test_the_doctor_sees_a_clock_that_went_back(at):
    at("2023-06-30 12:00:00", "log", "books", "1")
    assert "时钟" in at("2023-06-29 12:00:00", "doctor").stdout


@pytest.mark.parametrize(
    "moment",
    ["1970-01-02 00:00:00", *map(at_length, ["2022-06-30 12:00:00", "2038-01-19 11:14:09", "2099-12-31 23:59:59"])],
)
def test_far_from_the_plan_every_answer_is_a_sentence(at, office, moment):
    at("2023-06-30 12:00:00", "log", "books", "5")
    for args in (("status",), ("show", "books"), ("explain", "books"), ("goals", "--silent"), ("history",), ("check",)):
        done = at(moment, *args)
        assert (done.returncode, bool(done.stdout)) == (0, True), done
    refused = at(moment, "log", "books", "1")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert at(moment, "doctor").returncode in (0, 7)
    assert at(moment, "backup").returncode == 0
    office.require_clean()


def test_after_2038_work_of_then_can_still_be_recorded(at, office):
    assert at("2038-02-01 12:00:00", "log", "books", "5", "-d", "2023-05-04").returncode == 0
    (told,) = entries(at, "2038-02-02 12:00:00")
    assert (told["day"], told["recorded_at"][:10]) == ("2023-05-04", "2038-02-01")
    office.require_clean()


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        ("2023-06-30 23:30:00", "UTC", "2023-07-01"),
        ("2023-07-01 05:59:59", "Pacific/Kiritimati", "2023-06-30"),
        at_length("2023-06-30 15:59:59", "UTC", "2023-06-30"),
        at_length("2023-06-30 16:00:00", "UTC", "2023-07-01"),
        at_length("2023-06-30 23:30:00", "Asia/Shanghai", "2023-06-30"),
        at_length("2023-06-30 12:00:00", "America/New_York", "2023-07-01"),
    ],
)  # fmt: skip
def test_the_day_is_the_one_of_the_office_wherever_the_machine_thinks_it_is(at, moment, zone, day):
    at(moment, "log", "books", "1", zone=zone)
    assert [each["day"] for each in entries(at, "2023-12-01 00:00:00")] == [day]
    assert standing(at, moment, zone=zone)[0] == day


def test_a_leap_day_is_a_day_like_any_other(at):
    run = at.plan(2024)
    run("2024-02-29 12:00:00", "log", "books", "60", "-d", "今天")
    told = entries(run, "2024-03-01 12:00:00")
    assert [each["day"] for each in told] == ["2024-02-29"]
    assert standing(run, "2024-02-29 12:00:00")[1]["expected"] == "60"
    assert run("2023-03-01 12:00:00", "log", "books", "1", "-d", "2023-02-29").returncode == 2


def test_a_report_is_owed_for_the_fifty_third_week(at):
    run = at.plan(2026, ", reporting: weekly")
    run("2026-12-20 12:00:00", "log", "books", "1")
    assert "2026-12-21 至 2026-12-27" in run("2027-01-02 12:00:00", "goals", "--silent").stdout
    assert "2026-12-28 至 2027-01-03" in run("2027-01-09 12:00:00", "goals", "--silent").stdout


def test_a_year_whose_holidays_nobody_knows_yet_is_paced_and_that_is_said(at):
    run = at.plan(2043, ", pace: workdays")
    assert 175 <= int(standing(run, "2043-07-02 12:00:00")[1]["expected"]) <= 190
    assert "2043 年还没有放假安排" in run("2043-07-02 12:00:00", "doctor").stdout
