"""What a drafted plan asks and counts, how it writes levels and years, what its goals and its file are called."""

from pathlib import Path

import pytest

from kxplan.intake.draft.draft import draft_document
from kxplan.intake.draft.marks import waiting
from kxplan.intake.draft.plan_text import plan_text
from kxplan.locale import translator
from kxplan.plans.reader import read_plan

DATA = Path(__file__).parent / "data" / "draft"
DOCUMENTS = sorted(path for path in DATA.iterdir() if path.suffix in (".txt", ".md", ".docx"))
TITLE = "2024年科协工作计划"


@pytest.fixture
def written(tmp_path):
    def write(*lines, title=TITLE, year=2024, language="zh"):
        path = tmp_path / "work.txt"
        path.write_text("\n".join((title, *lines)), encoding="utf-8")
        return plan_text(draft_document(path), plan_id="p", year=year, tr=translator(language))

    return write


def titles(text):
    return [goal.title for goal in read_plan(text.encode(), "p.yaml").goals]


# what waits for a person


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_the_first_line_counts_the_lines_that_wait(path, language):
    tr = translator(language)
    draft = draft_document(path)
    text = plan_text(draft, plan_id="p", year=draft.year or 2024, tr=tr)
    marks = {"doubtful": ("# 存疑：", "# doubtful: "), "decide": ("# 请定：", "# decide: ")}
    lines = [line.lstrip() for line in text.splitlines()]
    counts = {kind: sum(line.startswith(marks[kind]) for line in lines) for kind in marks}
    assert lines[0] == "# " + tr("draft.write-head", targets=len(draft.targets), **counts)
    assert waiting(text).counts == counts


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_goal_of_a_document_has_a_title_of_its_own(path):
    draft = draft_document(path)
    named = titles(plan_text(draft, plan_id="p", year=draft.year or 2024, tr=translator("zh")))
    assert all(named)
    assert sorted(named) == sorted(set(named))


def test_the_closing_line_counts_as_the_file_and_as_check(run, tmp_path):
    (tmp_path / "work.txt").write_text(
        f"{TITLE}\n一、活动\n1.每村举办讲座2场。\n2.抓整改。解决若干个问题。", encoding="utf-8"
    )
    ran = run("draft", "work.txt", "-o", "plan.yaml")
    assert "“存疑” 0 处，“请定” 4 处" in ran.out
    assert "plan.yaml 里还有 4 处" in run("check", "plan.yaml").err


def test_a_plan_that_names_nobody_asks_who_leads(written):
    text = written("举办讲座3场。", title="2024年工作计划")
    assert "# 请定：由谁牵头" in text
    assert "  lead: 待定" in text


def test_a_plan_asks_how_often_departments_report_and_takes_the_line(written):
    text = written("举办讲座3场。")
    assert "  # 请定：多久必须填报一次" in text
    (goal,) = read_plan(text.replace("#reporting", "reporting").encode(), "p.yaml").goals
    assert goal.targets[0].reporting == "monthly"


def test_swapped_words_wait_as_a_doubt(written):
    text = written("为农民效劳。", "为职工效劳。", "举办讲座3场。")
    assert len(waiting(text).doubtful) == 1


# what is left out


def test_the_closing_line_says_how_many_numbers_were_taken_for_done(run, tmp_path):
    (tmp_path / "work.txt").write_text(f"{TITLE}\n去年举办讲座30场、展览2次。今年举办讲座40场。", encoding="utf-8")
    ran = run("draft", "work.txt", "-o", "plan.yaml")
    assert "另有 2 个数当作已完成或现状" in ran.out
    assert "另有 2 个数" in (tmp_path / "plan.yaml").read_text(encoding="utf-8").splitlines()[1]


def test_a_document_of_what_was_done_is_refused_with_how_much_that_is(run, tmp_path):
    (tmp_path / "work.txt").write_text("2023年工作总结\n去年举办讲座30场，培训200人。", encoding="utf-8")
    ran = run("draft", "work.txt")
    assert (ran.code, ran.out) == (2, "")
    assert "2 个数都当作已完成或现状，如“去年举办讲座30场”" in ran.err


# levels


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("来校企业由43家增加到55家", "{amount: 55家, kind: latest, baseline: 43家}"),
        ("会员从126户增加到160户", "{amount: 160户, kind: latest, baseline: 126户}"),
        ("粉丝数由去年底的6.7万增加到8万", "{amount: 80000, kind: latest, baseline: 67000}"),
        ("自来水普及率由91.3%提高到93%", "{amount: 93%, kind: latest, baseline: 91.3%}"),
        ("管网漏损率由11.2%降至9%", "{amount: 9%, kind: latest, direction: down, baseline: 11.2%}"),
        ("零就业家庭由9户减少到6户", "{amount: 6户, kind: latest, direction: down, baseline: 9户}"),
        ("现有会员650名，今年发展到720名", "{amount: 720名, kind: latest, baseline: 650名}"),
        ("户均收入由2万元增加到2.6万元", "{amount: 26000元, kind: latest, baseline: 20000元}"),
        ("亩产由去年的1800斤提高到2000斤", "{amount: 2000斤, kind: latest, baseline: 1800斤}"),
        ("科普讲座由30场增加到40场", "40场"),
        ("工作经费由18万元增至25万元", "250000元"),
        ("示范村创建由去年的4个增加到9个", "9个"),
    ],
)
def test_two_levels_are_a_way_between_them_unless_each_year_begins_anew(written, said, value):
    assert f"target: {value}\n" in written(f"{said}。")


@pytest.mark.parametrize("said", ["会员发展到720名", "会员达到720名", "示范村创建由去年的400个增加到720个"])
def test_a_level_without_a_present_one_asks_how_it_is_reported(written, said):
    text = written(f"{said}。")
    assert "target: 720" in text
    assert "请定：原文说的是达到 720" in text


@pytest.mark.parametrize(
    "said", ["培训农民达到500人", "参与人数达到5000人次", "货物吞吐量达到80万吨", "举办讲座增加到40场"]
)
def test_what_is_done_in_the_year_is_no_level(written, said):
    assert "原文说的是达到" not in written(f"{said}。")


def test_a_mean_asks_for_no_total(written):
    text = written("会员活动经费人均达到50元。")
    assert "target: {amount: 50元, kind: latest}" in text
    assert "请定全部是多少" not in text


def test_a_limit_to_fall_to_asks_for_the_present_level(written):
    text = written("办理时限压缩至4个工作日。")
    assert "请定：上限 4个工作日 要有基数" in text
    assert "\n        target:" not in text


# years


def test_a_day_within_a_plan_of_three_years_asks_nothing(written):
    text = written("到2027年底，建成科普馆5座。", title="科协三年行动计划（2025—2027年）", year=2025)
    assert "by: 2027-12-31" in text
    assert "不在计划的年份里" not in text


def test_a_day_outside_the_plan_is_asked_about_once(written):
    assert written("到2026年底，建成科普馆5座。").count("不在计划的年份里") == 1


def test_a_day_that_lacks_only_the_year_takes_the_one_that_stands_in(written):
    text = written("6月底前建成科普馆5座。", title="科协工作计划", year=2026)
    assert "by: 2026-06-30" in text
    assert "定不出是哪一天" not in text
    assert "# 请定：文中没有写年份，先按 2026 年" in text


@pytest.mark.parametrize(("said", "day"), [("6月底前", "2026-06-30"), ("9月", "2026-09-30")])
def test_a_cell_that_lacks_only_the_year_takes_the_one_that_stands_in(written, said, day):
    text = written("| 任务 | 数量 | 完成时限 |", f"| 举办讲座 | 5场 | {said} |", title="科协工作安排", year=2026)
    assert f"by: {day}" in text


# titles


def test_goals_of_three_years_are_told_apart_by_the_year(written):
    text = written(
        "| 指标 | 2025年 | 2026年 | 2027年 |",
        "| 水库除险加固（座） | 6 | 5 | 4 |",
        title="水利三年行动计划（2025—2027年）",
        year=2025,
    )
    assert titles(text) == [f"水库除险加固（{year}年）" for year in (2025, 2026, 2027)]


def test_what_each_year_has_anew_begins_with_its_year(written):
    text = written(
        "| 指标 | 2025年 | 2026年 | 2027年 |",
        "| 水库除险加固（座） | 6 | 5 | 4以上 |",
        title="水利三年行动计划（2025—2027年）",
        year=2025,
    )
    goals = read_plan(text.encode(), "p.yaml").goals
    assert [str(goal.targets[0].terms[0].start)[:4] for goal in goals] == ["2025", "2026", "2027"]


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        (("公务接待费压减8%。", "公务接待费不超过5万元。"), ["公务接待费（%）", "公务接待费（元）"]),
        (("一、城东", "举办讲座5场。", "二、城西", "举办讲座6场。"), ["举办讲座（城东）", "举办讲座（城西）"]),
        (("举办讲座5场。", "举办讲座5场。"), ["举办讲座（之1）", "举办讲座（之2）"]),
    ],
)
def test_goals_of_one_title_are_told_apart_by_what_differs(written, lines, named):
    assert titles(written(*lines)) == named


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("粉丝数由去年底的6.7万增加到8万", "粉丝数"),
        ("灌溉水有效利用系数提高到0.58", "灌溉水有效利用系数"),
        ("空白村占比由15%压降到8%以下", "空白村占比"),
        ("召开第三届会员代表大会", "召开第三届会员代表大会"),
        ("举办第十二届社会科学普及周", "举办第十二届社会科学普及周"),
        ("读书活动参与人数突破6000人", "读书活动参与人数"),
    ],
)
def test_a_title_ends_where_a_word_ends(written, said, title):
    assert titles(written(f"{said}。")) == [title]


def test_a_verb_that_came_last_stands_before_its_thing(written):
    assert titles(written("编发《云溪科普》4期，每期印2000份。")) == ["编发云溪科普", "印云溪科普"]


def test_a_plan_is_called_as_the_document_that_a_notice_sends(written):
    name = "2024年农田建设实施方案"
    text = written("举办讲座3场。", title=f"平川县农业农村局关于印发《{name}》的通知\n{name}")
    plan = read_plan(text.encode(), "p.yaml")
    assert (plan.title, plan.org, [section.title for section in plan.sections]) == (
        name, "平川县农业农村局", ["工作任务"],
    )  # fmt: skip


def test_a_long_title_ends_at_a_mark(written):
    place = "、".join(f"{name}村文化活动中心" for name in "东西南北中")
    assert titles(written(f"到{place}送去一批科普图书。")) == ["到" + place.rpartition("、")[0]]


def test_a_title_without_a_mark_says_that_it_goes_on(written):
    (title,) = titles(written(f"为{'很' * 40}偏远的村送去一批科普图书。"))
    assert (len(title), title[-1]) == (40, "…")


# events


@pytest.mark.parametrize(
    ("said", "asks"), [("短视频播放量10万次", False), ("举办讲座5000场", True), ("到馆读者8万人次", False)]
)
def test_only_so_many_events_as_are_held_are_doubted(written, said, asks):
    assert ("每天超过 5" in written(f"{said}。")) is asks


# the file


@pytest.mark.parametrize(
    ("given", "made"), [("新计划", "新计划.yaml"), ("5.1活动", "5.1活动.yaml"), ("a.yml", "a.yml"), (".", "work.yaml")]
)
def test_a_plan_is_written_under_a_name_that_is_read(run, tmp_path, given, made):
    (tmp_path / "work.txt").write_text(f"{TITLE}\n举办讲座3场。", encoding="utf-8")
    assert run("draft", "work.txt", "-o", given).code == 0
    assert (tmp_path / made).is_file()


@pytest.mark.parametrize("given", ["plan.docx", "plan.YAML", "plan.txt"])
def test_another_ending_is_refused_with_the_right_name(run, tmp_path, given):
    (tmp_path / "work.txt").write_text(f"{TITLE}\n举办讲座3场。", encoding="utf-8")
    ran = run("draft", "work.txt", "-o", given)
    assert (ran.code, (tmp_path / given).exists()) == (2, False)
    assert "写成 -o plan.yaml" in ran.err
