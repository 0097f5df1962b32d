"""`log`, `done`, `undo`, `fix`, `void`: what a day's typing does, and what is refused."""

import pytest

PLAN = """
plan: k-2023
title: 区科协2023年度工作计划
period: 2023
defaults: {lead: 办公室}
breakdowns: {人群: [农民, 社区居民]}
sections:
  - id: literacy
    title: 提高全民科学素质
    goals:
      - {id: booklets, title: 编印科普书籍, aliases: [书籍], target: 3万册}
      - {id: films, title: 放映科普电影, aliases: [电影], target: 200场}
      - id: boards
        title: 制作科普展板
        targets: {boards: 200块, batches: 2批}
      - {id: rate, title: 公民科学素质比例, target: {amount: 10%, kind: latest}}
      - {id: visits, title: 场馆参观人次, target: {amount: 10万人次, kind: running}}
      - {id: cover, title: 信息员覆盖率, target: {amount: 90%, kind: ratio}}
      - {id: cost, title: 会议费, target: {amount: 5万元, direction: down}}
      - {id: congress, title: 召开代表大会, due: 2023-10-31, steps: [{id: prepare, title: 筹备, due: 2023-08-31}, {id: hold, title: 召开}]}
      - {id: advice, title: 建言献策}
"""


@pytest.fixture
def office(workspace, run):
    workspace(PLAN)
    return run


def test_a_goal_of_another_plan_is_told_with_the_plan(workspace, run):
    plans = [
        f"{{plan: {id}, title: {title}, period: 2023, defaults: {{lead: 甲}}, sections: "
        f"[{{id: s, title: 板块, goals: [{{id: {goal}, title: {named}, target: 5期}}]}}]}}"
        for id, title, goal, named in (("p", "年度计划", "gallery", "科普画廊"), ("q", "人才计划", "class", "培训班"))
    ]
    workspace(*plans, settings="default_plan = 'p'\n")
    ran = run("log", "培训班", "2期")
    assert (ran.code, ran.err.splitlines()[1:]) == (4, ["计划 q（人才计划）里有“培训班”：加上 -p q。"])
    assert run("-p", "q", "log", "培训班", "2期").code == 0
    assert len(run("log", "合唱团", "2期").err.splitlines()) == 1


def test_an_entry_answers_with_its_number_and_the_standing(office):
    ran = office("log", "电影", "3")
    assert ran.code == 0
    assert ran.out.splitlines()[0] == "#1　放映科普电影　3场　2023-06-30　小王"
    assert "3/200场，完成率 1.5%" in ran.out


@pytest.mark.parametrize(
    "word", ["films", "放映科普电影", "电影", "放映", "fykpdy", "fangyingkepudianying", "FILM", "dy"]
)
def test_a_goal_goes_by_many_names(office, word):
    assert office("log", word, "3", "--json").json["entries"][0]["goal"] == "films"


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        (["3"], "3"),
        (["３场"], "3"),
        (["1.2万册"], "12000"),
        (["30,000", "册"], "30000"),
        (["１２００册"], "1200"),
        (["两千册"], "2000"),
    ],
)
def test_amounts_are_read_as_people_write_them(office, words, amount):
    goal = "films" if "场" in words[0] or words == ["3"] else "booklets"
    assert office("log", goal, *words, "--json").json["entries"][0]["amount"] == amount


def test_a_wrong_unit_names_the_goal_by_its_title(office):
    assert "“编印科普书籍”以“册”计" in office("log", "书籍", "5场").err


def test_units_decide_among_several_targets(office):
    ran = office("log", "boards", "100块", "1批", "--json").json
    assert [(entry["target"], entry["amount"]) for entry in ran["entries"]] == [("boards", "100"), ("batches", "1")]
    assert [one["target"] for one in ran["standing"]] == ["boards", "batches"]


def test_a_ratio_is_a_numerator_over_a_denominator(office):
    ran = office("log", "cover", "1032/10000", "--json").json
    assert ran["entries"][0]["amount"] == "1032/10000"
    assert ran["standing"][0]["actual"] == "10.32"


def test_a_breakdown_is_kept_as_the_plan_spells_it(office):
    assert office("log", "书籍", "5", "人群=农民", "--json").json["entries"][0]["breakdown"] == {"人群": "农民"}


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["书籍", "-5"], 2, "负数"),
        (["书籍", "-5册"], 2, "负数"),
        (["书籍", "1.5"], 2, "整数"),
        (["书籍", "3场"], 2, "单位"),
        (["书籍", "nan"], 2, "nan"),
        (["书籍", "inf"], 2, "inf"),
        (["书籍", "1e400"], 2, "1e400"),
        (["书籍", "9" * 5000], 2, ""),
        (["书籍", "约30"], 2, ""),
        (["书籍"], 2, "要写数量"),
        (["书籍", "5", "街道=东"], 2, "没有分类"),
        (["书籍", "5", "人群=学生"], 2, "没有“学生”"),
        (["书籍", "5", "-d", "2023-07-01"], 2, "还没到"),
        (["书籍", "5", "-d", "2022-12-31"], 2, "不在计划的时段内"),
        (["书籍", "5", "-d", "2023-02-30"], 2, "没有“2023-02-30”这一天"),
        (["boards", "100"], 2, "几个指标"),
        (["boards", "100册"], 2, "没有以“册”为单位的指标"),
        (["rate", "5/100"], 2, ""),
        (["cover", "75%"], 2, "分子/分母"),
        (["advice", "3"], 2, "不记数量"),
        (["advice"], 2, "说明"),
        (["congress", "3"], 2, "节点任务"),
        (["没有的事", "3"], 4, "没有的事"),
        (["制", "3块", "--brek"], 2, "没有选项"),
        (["书籍", "5", "-x"], 2, "没有选项"),
        (["书籍", "5", "--same"], 2, "--same"),
        (["书籍", "40000"], 2, "--yes"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_a_sentence(office, words, code, says):
    ran = office("log", *words)
    assert (ran.code, ran.out) == (code, "")
    assert says in ran.err
    assert "Traceback" not in ran.err
    assert office("history", "--json").json["entries"] == []


def test_a_level_may_be_negative(office):
    assert office("log", "rate", "-5%", "--json").json["entries"][0]["amount"] == "-5"


def test_a_repeat_needs_a_word(office):
    assert office("log", "电影", "3").code == 0
    assert "#1" in office("log", "电影", "3").err
    assert office("log", "电影", "3", "--yes").code == 0


def test_a_falling_running_total_needs_a_word(office):
    assert office("log", "visits", "500").code == 0
    ran = office("log", "visits", "400")
    assert (ran.code, "累计数 500" in ran.err) == (2, True)


def test_same_logs_nothing_new(office):
    office("log", "visits", "500", "-d", "6-1")
    assert office("log", "visits", "--same", "--json").json["entries"][0]["amount"] == "500"
    assert office("log", "书籍", "--same", "--json").json["entries"][0]["amount"] == "0"
    assert office("log", "rate", "--same").code == 2


def test_a_key_is_written_once(office):
    first = office("log", "电影", "3", "--key", "a", "--json").json
    again = office("log", "电影", "3", "--key", "a", "--json")
    assert (again.code, again.json["entries"]) == (0, first["entries"])
    assert office("log", "电影", "4", "--key", "a").code == 2


def test_an_ongoing_goal_takes_a_note(office):
    ran = office("log", "advice", "-n", "提案两件", "--json").json
    assert (ran["entries"][0]["amount"], ran["entries"][0]["note"]) == (None, "提案两件")
    assert ran["standing"][0]["state"] == "on-track"


def test_text_of_people_cannot_act(office):
    office("log", "advice", "-n", "\x1b[31m[red]a\u202eb\x00[/red]")
    assert office("history", "--json").json["entries"][0]["note"] == "[31m[red]ab[/red]"


def test_done_completes_the_steps_still_open(office):
    assert office("done", "congress.prepare", "-d", "6-1").code == 0
    assert "#1" in office("done", "congress.prepare").err
    ran = office("done", "congress", "--json").json
    assert ran["entries"][0]["steps"] == ["hold"]
    assert ran["standing"][0]["state"] == "done"
    assert office("done", "congress").code == 2


def test_done_is_for_milestones(office):
    ran = office("done", "电影")
    assert (ran.code, "不是节点任务" in ran.err) == (2, True)


def test_a_note_on_a_milestone_reports_and_completes_nothing(office):
    ran = office("log", "congress", "-n", "请示已报", "--json").json
    assert (ran["standing"][0]["actual"], ran["standing"][0]["entries"]) == ("0", 1)


def test_undo_takes_back_the_last_log_of_the_same_person(office):
    office("log", "电影", "3")
    office("log", "boards", "100块", "1批")
    ran = office("undo", "--json").json
    assert [entry["act"] for entry in ran["entries"]] == ["void", "void"]
    assert [one["actual"] for one in ran["standing"]] == ["0", "0"]
    assert office("undo", "--json").json["standing"][0]["actual"] == "0"
    assert office("undo").code == 2
    assert office("undo", KXPLAN_WHO="别人").code == 2


def test_fix_keeps_day_and_goal_and_is_an_entry_of_its_own(office):
    number = office("log", "电影", "30", "-d", "5-4", "--json").json["entries"][0]["number"]
    assert office("fix", str(number), "3").code == 2
    fixed = office("fix", f"#{number}", "3", "--reason", "多打了零", "--json").json["entries"][0]
    assert (fixed["act"], fixed["day"], fixed["amount"], fixed["corrects"]) == ("fix", "2023-05-04", "3", number)
    told = {entry["number"]: entry["state"] for entry in office("history", "--json").json["entries"]}
    assert told == {number: "corrected", fixed["number"]: "counted"}
    assert f"#{fixed['number']}" in office("fix", str(number), "4", "--reason", "又错").err


def test_voiding_a_fix_restores_what_it_replaced(office):
    number = office("log", "电影", "30", "--json").json["entries"][0]["number"]
    fixed = office("fix", str(number), "3", "--reason", "错", "--json").json["entries"][0]["number"]
    ran = office("void", str(fixed), "--reason", "没错", "--json").json
    assert ran["standing"][0]["actual"] == "30"
    assert {entry["number"]: entry["state"] for entry in office("history", "--json").json["entries"]}[
        number
    ] == "counted"


def test_history_of_one_number_tells_its_life(office):
    number = office("log", "电影", "30", "--json").json["entries"][0]["number"]
    office("fix", str(number), "3", "--reason", "多打了零")
    ran = office("history", str(number))
    assert "多打了零" in ran.out
    assert f"更正 #{number}" in ran.out


def test_an_unknown_number_is_refused(office):
    assert office("fix", "99", "3", "--reason", "x").code == 2
    assert office("void", "abc", "--reason", "x").code == 2


def test_an_entry_of_a_goal_that_was_changed_in_silence_says_so(office, tmp_path):
    assert office("log", "电影", "3").err == ""
    path = next((tmp_path / "plans").iterdir())
    path.write_text(path.read_text(encoding="utf-8").replace("target: 200场", "target: 150场"), encoding="utf-8")
    ran = office("log", "电影", "4")
    assert (ran.code, "计划有改动未说明" in ran.err, "200 改为 150" in ran.err) == (0, True, True)
    assert "计划有改动未说明" in office("undo").err
    assert office("log", "书籍", "5").err == ""


def test_what_was_done_names_the_step_where_there_are_several(office):
    assert office("done", "congress.prepare").out.startswith("#1　召开代表大会　完成：筹备　")
    assert "完成：筹备" in office("history", "congress").out
    assert office("log", "congress", "3").err == (
        "kxplan：“召开代表大会”是节点任务，不记数量；完成一步用 kxplan done congress.prepare（步骤：筹备、召开），"
        '全部完成用 kxplan done congress，报进展用 kxplan log congress -n "进展"。\n'
    )


def test_the_example_under_the_goals_is_taken_as_it_stands(office):
    assert "kxplan log booklets 数量" in office("goals").out
    assert 'kxplan log advice -n "做了什么"' in office("goals", "建言").out


def test_a_narrow_history_keeps_what_stands_no_more(office):
    office("log", "films", "3", "-n", "在广场上放映，来了三百多人")
    office("undo")
    lines = office("history", "films", "--plain", COLUMNS="60").out.splitlines()
    assert any("已由 #3 作废" in line for line in lines)
    assert not any("放映科普电影" in line for line in lines[1:])
