"""What a draft makes goals of, how its plan is laid out, and that a long document is soon read."""

import time
from pathlib import Path

import pytest

from kxplan.intake.draft.draft import draft_document
from kxplan.intake.draft.plan_text import plan_text
from kxplan.locale import translator

DATA = Path(__file__).parent / "data" / "draft"


@pytest.fixture
def draft(tmp_path):
    def read(*lines):
        path = tmp_path / "plan.txt"
        path.write_text("\n".join(("2024年科普工作计划", *lines)), encoding="utf-8")
        return draft_document(path)

    return read


def titles(made):
    return [(task.kind, task.title) for task in made.tasks]


def written(made):
    return plan_text(made, plan_id="p", year=2024, tr=translator("zh"))


def test_a_heading_whose_points_promise_something_is_no_goal(draft):
    made = draft("一、阵地建设", "一是新建科普馆2家，年内开放。", "二是更新画廊6期。")
    assert titles(made) == [("counted", "新建科普馆"), ("counted", "更新画廊")]


def test_a_point_without_a_heading_or_a_figure_is_a_goal_by_its_first_clause(draft):
    made = draft(
        "一、自身建设",
        "1.健全联系制度，密切与科技工作者的联系，及时反映大家的意见，把科协办成科技工作者之家。",
        "2.举办科普讲座3场。",
    )
    assert titles(made) == [("ongoing", "健全联系制度"), ("counted", "举办科普讲座")]


@pytest.mark.parametrize("said", ["开八堂课", "召开会议两次", "培训学员三百人"])
def test_a_short_point_with_a_figure_in_words_is_no_heading(draft, said):
    (task,) = draft("一、抓培训", f"1.{said}。").tasks
    assert task.kind == "counted"


def test_goals_keep_the_order_of_the_document(draft):
    made = draft("一、活动", "1.抓讲座。举办讲座20场。", "2.抓联络。加强沟通交流。", "3.抓电影。放映电影30场。")
    text = written(made)
    assert text.index("举办讲座") < text.index("抓联络") < text.index("放映电影")
    assert text.count("sections:") == 1


def test_the_innermost_point_is_a_comment_above_its_goals(draft):
    text = written(draft("一、活动", "1.抓讲座。举办讲座20场，放映电影30场。"))
    assert text.count("# 一、1. 抓讲座") == 1


def test_an_amount_for_each_is_asked_for_once(draft):
    text = written(draft("一、活动", "每村举办讲座2场。"))
    assert text.count("        # 请定：") == 1
    assert "target: 总数场" in text


def test_pictures_before_a_number_hide_no_point(draft):
    made = draft("🌈①暑托班", "今年开2个班。", "📚②图书漂流", "现在架上有600多本书，想再添200本。")
    assert [(task.section[-1], int(task.targets[0].amount)) for task in made.tasks] == [
        ("暑托班", 2),
        ("图书漂流", 200),
    ]


def test_a_table_of_heads_and_values_gives_its_amounts(draft):
    made = draft(
        "| 项目名称 | 科普能力提升 | 项目编码 | 330482240017 |",
        "| 项目资金（万元） | 年度资金总额 | 86 | |",
        "| 项目资金（万元） | 其中：财政拨款 | 80 | |",
    )
    assert [(int(one.amount), one.unit, one.noun) for one in made.targets] == [
        (860000, "元", "年度资金总额"), (800000, "元", "财政拨款"),
    ]  # fmt: skip


def test_notes_of_a_table_promise_too(draft):
    made = draft(
        "| 项目 | 数量 | 单位 | 备注 |",
        "| 农技培训 | 8 | 期 | 每期不少于60人；去年办了6期 |",
        "| 收储点 | 3 | 处 | 现有2处，建成后达到5处 |",
    )
    assert [int(one.amount) for one in made.targets] == [8, 60, 3, 5]


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        (("| 指标 | 单位 | 全市 | 东区 | 西区 |", "| 新建站点 | 个 | 30 | 18 | 12 |"), ["30个", "18个", "12个"]),
        (("| 指标（场） | 2023年现状 | 标杆馆数值 | 全省平均 | 目标值 |", "| 讲座 | 36 | 90 | 52 | 60 |"), ["60"]),
        (("| 品名 | 数量 | 单价（元） | 金额（万元） |", "| 投影仪 | 6台 | 5200 | 3.12 |"), ["6台", "31200元"]),
        (
            ("| 项目名称 | 总投资（万元） | 2024年计划投资 | 责任单位 |", "| 科技馆 | 4200 | 2000 | 科协 |"),
            ["42000000元", "20000000元"],
        ),
    ],
)
def test_columns_are_read_by_what_stands_beside_them(draft, rows, wanted):
    assert [f"{one.amount.normalize():f}{one.unit}" for one in draft(*rows).targets] == wanted


def test_prose_under_no_heading_counts_what_it_spoke_of(draft):
    made = draft("科普宣传栏是老话题。去年换了5期，今年换8期。")
    assert [one.noun for one in made.targets] == ["科普宣传栏"]


def test_owners_at_the_end_of_a_paragraph_lead_all_its_points(draft):
    made = draft("一、阵地", "（一）建设。①新建科普馆3家；②更新画廊6期；③办讲座9场。（责任科室：科普部）")
    assert [(task.title, task.lead) for task in made.tasks if task.kind == "counted"] == [
        ("新建科普馆", "科普部"), ("更新画廊", "科普部"), ("办讲座", "科普部"),
    ]  # fmt: skip


def test_a_heading_in_brackets_names_its_points(draft):
    made = draft("【阵地】①电子屏：21块。②画廊：全年12期。")
    assert [(task.section[0], task.targets[0].noun) for task in made.tasks] == [("阵地", "电子屏"), ("阵地", "画廊")]


@pytest.mark.parametrize("text", ["关于召开会议的说明", "2023年工作总结\n去年举办讲座30场。"])
def test_a_document_without_work_is_refused_and_nothing_is_written(run, tmp_path, text):
    (tmp_path / "notice.txt").write_text(text, encoding="utf-8")
    ran = run("draft", "notice.txt", "-o", "plan.yaml")
    assert (ran.code, ran.out, (tmp_path / "plan.yaml").exists()) == (2, "", False)
    assert "notice.txt 里没有找到要做的工作" in ran.err


def test_two_hundred_pages_take_less_than_five_seconds(tmp_path):
    text = "".join(
        (DATA / f"{name}.txt").read_text(encoding="utf-8") for name in ("04_xiangzhen", "34_shuiwu", "46_jiedao")
    )
    path = tmp_path / "long.txt"
    path.write_text(text * (130_000 // len(text) + 1), encoding="utf-8")
    began = time.process_time()
    assert len(draft_document(path).targets) > 2000
    assert time.process_time() - began < 5
