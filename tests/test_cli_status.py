"""`status`, `explain`, `goals`, `check` through the command line: the contract's figures and codes."""

import json
import re

import pytest

BOOKLETS = """
plan: b-2023
title: 书籍
period: 2023
defaults: {lead: 科普部}
sections:
  - id: literacy
    title: 科学素质
    goals:
      - {id: booklets, title: 编印科普书籍, target: 3万册}
"""


@pytest.fixture
def booklets(workspace, run):
    workspace(BOOKLETS)
    run("log", "booklets", "12000", "-d", "2023-02-10")
    run("log", "booklets", "8000", "-d", "2023-06-18")
    return run


def test_the_checked_figures_hold(booklets):
    target = booklets("status", "--json").json["targets"][0]
    assert target == {
        "goal": "booklets", "target": "booklets", "title": "编印科普书籍", "sections": ["literacy"],
        "lead": "科普部", "assist": [], "kind": "sum", "direction": "up", "unit": "册", "baseline": "0",
        "amount": "30000", "actual": "20000", "expected": "14876", "attained": "0.6667", "gap": "17.1",
        "state": "on-track", "light": "green", "from": "2023-01-01", "by": "2023-12-31", "due_soon": False,
        "need_per_week": "381", "forecast": {"final": "46285", "reaches_on": "2023-09-08"},
        "entries": 2, "last_entry": "2023-06-18",
    }  # fmt: skip


def test_the_summary_adds_up(booklets):
    ran = booklets("status", "--json").json
    assert ran["summary"] == {
        "green": 1, "yellow": 0, "red": 0, "blue": 0, "grey": 0, "none": 0, "done": 0, "score": "66.7",
    }  # fmt: skip
    assert (ran["kxplan"], ran["plan"], ran["title"], ran["as_of"], ran["known_by"]) == (
        1, "b-2023", "书籍", "2023-06-30", None,
    )  # fmt: skip


def test_an_earlier_day_counts_only_work_up_to_it(booklets):
    target = booklets("status", "--as-of", "2023-03-01", "--json").json["targets"][0]
    assert (target["actual"], target["entries"]) == ("12000", 1)


def test_known_by_counts_only_what_was_recorded_by_then(booklets):
    target = booklets("status", "--known-by", "2023-06-30", "--json").json["targets"][0]
    assert (target["actual"], target["entries"]) == ("0", 0)


def test_quarterly_steps_fall_on_the_last_day_of_a_quarter(workspace, run):
    workspace(BOOKLETS.replace("target: 3万册", "target: 4期, pace: quarterly"))
    assert run("status", "--as-of", "6-29", "--json").json["targets"][0]["expected"] == "1"
    assert run("status", "--as-of", "6-30", "--json").json["targets"][0]["expected"] == "2"


def test_kxplan_alone_shows_the_status(booklets):
    assert booklets().out == booklets("status").out


def test_fail_on_is_met_by_the_light_or_a_worse_one(booklets):
    assert booklets("status", "--fail-on", "blue").code == 0
    assert booklets("status", "--fail-on", "red", "--as-of", "6-1").code == 0
    booklets("void", "1", "--reason", "试")
    assert booklets("status", "--fail-on", "yellow").code == 7
    assert booklets("status", "--fail-on", "chartreuse").code == 2


def test_lights_filter(booklets):
    assert booklets("status", "--light", "red", "--json").json["targets"] == []
    assert len(booklets("status", "--light", "红,绿", "--json").json["targets"]) == 1


@pytest.mark.parametrize(
    ("language", "told"), [("zh", "绿、黄、红、蓝、灰、无"), ("en", "green, yellow, red, blue, grey, none")]
)
def test_an_unknown_light_is_told_the_ones_that_can_be_typed(booklets, language, told):
    ran = booklets("status", "--light", "chartreuse", "--lang", language)
    assert told in ran.err
    assert booklets("status", "--light", ",".join(re.split("[、，, ]+", told))).code == 0


def test_a_folder_that_is_not_there_is_told_where_a_file_cannot_be_written(booklets):
    ran = booklets("report", "-o", "nowhere/week.docx", "--lang", "zh")
    assert (ran.code, ran.out) == (6, "")
    assert "nowhere/week.docx 写不进去：没有这个文件夹" in ran.err


def test_a_word_that_is_missing_is_told_with_what_it_is(booklets):
    assert "还缺 N：记录编号" in booklets("fix", "--lang", "zh").err
    assert "还缺 FILE：" in booklets("evidence", "add", "1", "--lang", "zh").err
    assert "还缺 -o ZIP：" in booklets("evidence", "bundle", "--lang", "zh").err


def test_an_option_without_its_value_names_the_page_of_its_command(booklets):
    assert "用法见 kxplan log --help" in booklets("--lang", "zh", "log", "booklets", "-d").err
    assert "see kxplan report --help" in booklets("--lang", "en", "report", "-o").err


def test_an_unknown_short_option_is_told_the_options_and_no_word(booklets):
    ran = booklets("log", "booklets", "1", "-x")
    assert "-d" in ran.err
    assert "goal" not in ran.err


def test_several_plans_are_told_with_the_setting_that_chooses_one(booklets, tmp_path):
    (path,) = tmp_path.rglob("plans/*.yaml")
    other = path.with_name("other.yaml")
    other.write_text(
        re.sub("^plan: .*", "plan: other", path.read_text(encoding="utf-8"), flags=re.MULTILINE), encoding="utf-8"
    )
    ran = booklets("status", "--lang", "zh")
    assert ran.code == 2
    setting = re.search('default_plan = "[a-z0-9-]+"', ran.err)[0]
    (tmp_path / "kxplan.toml").write_text(setting, encoding="utf-8")
    assert booklets("status").code == 0


def test_the_headline_counts_what_a_filter_of_lights_leaves_out(booklets):
    whole, part = booklets("status", "--lang", "zh").out, booklets("status", "--light", "red", "--lang", "zh").out
    assert part.splitlines()[2] == whole.splitlines()[2]
    assert "● 绿 1" in part
    assert "得分 66.7" in part


def test_explain_speaks_of_no_arrears_where_there_are_none(booklets):
    out = booklets("explain", "booklets").out
    assert "规则：没有落后于应达（黄线 10）。" in out
    assert "落后 -" not in out


def test_explain_names_the_rule_and_the_numbers(booklets):
    out = booklets("explain", "booklets").out
    assert "第 181 天 ÷ 共 365 天" in out
    assert "14,876" in out
    assert "黄线 10" in out


def test_outside_a_workspace_a_hint_says_what_to_type(run):
    ran = run()
    assert (ran.code, ran.out) == (2, "")
    assert "kxplan init" in ran.err


def test_without_a_plan_a_hint_says_what_to_write(workspace, run):
    workspace()
    ran = run("status")
    assert (ran.code, "plans/" in ran.err) == (2, True)


def test_two_plans_need_a_name(workspace, run):
    workspace(BOOKLETS, BOOKLETS.replace("b-2023", "c-2023"))
    assert run("status").code == 2
    assert run("status", "-p", "c-2023", "--json").json["plan"] == "c-2023"
    assert run("-p", "c-2023", "status", "--json").json["plan"] == "c-2023"
    assert run("status", "-p", "d-2023").code == 2


def test_two_files_with_one_id_are_refused(workspace, run):
    workspace(BOOKLETS, BOOKLETS)
    assert run("status").code == 3


def test_a_broken_plan_stops_only_its_own_commands(workspace, run):
    workspace(BOOKLETS, BOOKLETS.replace("b-2023", "c-2023").replace("3万册", "三万万册册"))
    ran = run("status", "-p", "b-2023")
    assert (ran.code, "plan1.yaml" in ran.err) == (0, True)
    ran = run("status", "-p", "c-2023")
    assert (ran.code, ran.err.startswith("plans/plan1.yaml:10:")) == (3, True)


def test_check_lists_every_problem_with_its_place(workspace, run):
    workspace(BOOKLETS.replace("target: 3万册", "targt: 3万册"))
    ran = run("check")
    assert ran.code == 3
    assert ran.out.startswith("plans/plan0.yaml:10:")
    assert "targt" in ran.out
    assert run("check", "--json").json["problems"][0]["line"] == 10


def test_check_finds_nothing_in_a_sound_workspace(booklets):
    ran = booklets("check")
    assert (ran.code, ran.err) == (0, "")


def test_a_changed_target_is_said_until_it_is_declared(booklets, tmp_path):
    path = tmp_path / "plans" / "plan0.yaml"
    path.write_text(BOOKLETS.replace("3万册", "2万册"), encoding="utf-8")
    assert "改动" in booklets("status").out
    booklets("log", "booklets", "5", "-d", "6-20")
    assert "改动" in booklets("status").out
    ran = booklets("check")
    assert ran.code == 7
    revised = BOOKLETS.replace(
        "target: 3万册", "target: 3万册, revisions: [{from: 2023-06-01, amount: 2万册, reason: 经费压缩}]"
    )
    path.write_text(revised, encoding="utf-8")
    assert "改动" not in booklets("status").out
    assert booklets("check").code == 0


def test_a_goal_gone_is_listed_with_its_entries(booklets, tmp_path):
    path = tmp_path / "plans" / "plan0.yaml"
    path.write_text(BOOKLETS.replace("id: booklets", "id: books"), encoding="utf-8")
    ran = booklets("check")
    assert ran.code == 7
    assert "booklets" in ran.out
    path.write_text(BOOKLETS.replace("id: booklets", "formerly: [booklets], id: books"), encoding="utf-8")
    assert booklets("check").code == 0
    assert booklets("status", "--json").json["targets"][0]["actual"] == "20000"


def test_silence_is_told_apart_from_being_behind(workspace, run):
    workspace(BOOKLETS.replace("lead: 科普部}", "lead: 科普部, reporting: monthly}"))
    assert run("status", "--json").json["targets"][0]["state"] == "unreported"
    assert "编印科普书籍" in run("goals", "--silent").out
    run("log", "booklets", "0")
    assert run("status", "--json").json["targets"][0]["state"] == "behind"
    assert run("goals", "--silent", "--json").json["targets"] == []


def test_goals_lists_ids_and_units(booklets):
    assert "3万" not in booklets("goals").out
    assert "30,000册" in booklets("goals").out
    assert booklets("goals", "--json").json["goals"][0]["goal"] == "booklets"


@pytest.mark.parametrize("args", [["status"], ["goals"], ["history"], ["explain", "booklets"]])
def test_english_is_whole(booklets, args):
    ran = booklets(*args, "--lang", "en")
    for name in ("科普书籍", "编印", "科普部", "册", "书籍", "小王", "科学素质"):
        ran = ran._replace(out=ran.out.replace(name, ""))
    assert not [one for one in ran.out if "\u4e00" <= one <= "\u9fff"]


def test_an_unknown_command_is_met_with_the_nearest(run):
    ran = run("statsu")
    assert (ran.code, "status" in ran.err) == (2, True)
    assert run("status", "--lang", "fr").code == 2


def test_settings_with_an_unknown_key_are_refused(workspace, run):
    workspace(BOOKLETS, settings='defualt_plan = "x"\n')
    ran = run("status")
    assert (ran.code, "default_plan" in ran.err) == (3, True)


def test_init_never_overwrites(run, tmp_path):
    assert run("init", "w").code == 0
    (tmp_path / "w" / "kxplan.toml").write_text("language = 'zh'\n")
    ran = run("init", "w")
    assert (ran.code, "什么都没有改动" in ran.out) == (0, True)
    assert (tmp_path / "w" / "kxplan.toml").read_text() == "language = 'zh'\n"
    assert (tmp_path / "w").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "w" / "kxplan.db").stat().st_mode & 0o777 == 0o600


def test_schema_is_a_json_schema(run):
    assert "properties" in json.loads(run("schema").out)


def test_only_the_demonstration_day_itself_is_called_so(booklets):
    assert "2023-06-30（演示日）" in booklets("status", "--lang", "zh").out
    assert "2023-06-30（演示日）" in booklets("report", "--lang", "zh").out
    assert "2023-05-31　" in booklets("status", "--as-of", "5-31", "--lang", "zh").out
    assert "演示日" not in booklets("report", "month", "--of", "5-1", "--lang", "zh").out
