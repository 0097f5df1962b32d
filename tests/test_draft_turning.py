"""Where a document turns from telling what was to wanting what is to be, by its headings and openings."""

import pytest

from kxplan.intake.draft.draft import draft_document

TOLD = "全年举办讲座30场，新建科普馆2家。培训志愿者400人次，发放资料2万份。"
WANTED = ("举办讲座45场，新建科普馆3家。", "培训志愿者500人次，发放资料3万份。")


@pytest.fixture
def amounts(tmp_path):
    def read(*lines):
        path = tmp_path / "plan.txt"
        path.write_text("\n".join(lines), encoding="utf-8")
        return [int(target.amount) for target in draft_document(path).targets]

    return read


NEXT_YEAR = [
    "二、2024年工作计划",
    "2024年工作计划",
    "第二部分 2024年工作打算",
    "第二章 下年度工作部署",
    "下一步工作打算",
    "下一步工作计划：",
    "二、下一年度工作安排",
    "（二）明年工作思路",
    "三、明年工作打算及建议",
    "2024年，我们将重点抓好以下工作：",
    "2024年工作要点如下：",
    "三、努力方向",
    "四、今后工作重点",
    "明年主要任务",
    "2024年主要工作任务",
    "下阶段工作重点",
    "新年度工作设想",
    "三、2024年工作展望",
    "三、2024年工作重点及措施",
    "二○二四年工作安排",
    "【2024年工作计划】",
]
REPORTS = [
    "某街道2023年科普工作总结",
    "某街道2023年科普工作总结及2024年工作计划",
    "某街道2023年科普工作总结和明年打算",
    "某街道科协2023年工作汇报",
]


@pytest.mark.parametrize("title", REPORTS)
@pytest.mark.parametrize("heading", NEXT_YEAR)
def test_a_report_wants_only_under_the_heading_of_what_comes_next(amounts, title, heading):
    above = (title, "2023年，街道扎实开展科普工作，现总结如下：", "一、主要做法", TOLD, heading)
    assert amounts(*above, *WANTED) == [45, 3, 500, 30000]
    assert amounts(*above, f"1.抓活动。{WANTED[0]}", f"2.抓队伍。{WANTED[1]}") == [45, 3, 500, 30000]


@pytest.mark.parametrize("title", ["某街道2024年科普工作计划", "2024年度某县科协工作要点"])
@pytest.mark.parametrize(
    ("past", "future"),
    [
        ("一、2023年工作回顾", "二、2024年工作安排"),
        ("2023年工作情况", "2024年工作安排"),
        ("一、2023年主要工作", "二、2024年重点任务"),
        ("一、上年度工作回顾", "二、今年工作目标"),
        ("一、过去一年工作", "二、今年工作"),
        ("一、工作基础", "二、主要任务"),
        ("（一）去年工作总结", "（二）今年工作计划"),
    ],
)
def test_a_plan_tells_under_the_heading_of_what_was(amounts, title, past, future):
    assert amounts(title, "为做好科普工作，制定本计划。", past, TOLD, future, *WANTED) == [45, 3, 500, 30000]


@pytest.mark.parametrize(
    ("past", "now"),
    [
        ("2023年，街道科普工作取得新成绩。", "2024年，街道将继续努力。"),
        ("过去的一年，街道科普工作成绩明显。", "新的一年，街道将继续努力。"),
        ("去年，街道科普工作迈上新台阶。", "今年，重点做好以下工作。"),
        ("2023年以来，街道科普工作成绩明显。", "2024年，要抓好以下几项工作。"),
    ],
)
def test_a_plan_that_opens_with_the_past_tells_until_its_own_year(amounts, past, now):
    title = "某街道2024年科普工作计划"
    assert amounts(title, past + TOLD, now, *WANTED) == [45, 3, 500, 30000]
    assert amounts(title, past + TOLD + now + "".join(WANTED)) == [45, 3, 500, 30000]
    assert amounts(title, past + TOLD, "一、主要任务", *WANTED) == [45, 3, 500, 30000]


def test_a_report_that_calls_the_year_it_plans_this_year_wants_it(amounts):
    title = "某协会2023年工作小结和2024年工作安排"
    above = (title, "一、去年干得怎么样", "去年" + TOLD, "二、今年怎么干", *WANTED)
    assert amounts(*above) == [45, 3, 500, 30000]
    assert amounts(*above, "三、往远处看", "到2027年，会员达到300户。") == [45, 3, 500, 30000, 300]


def test_a_sentence_that_looks_back_and_turns_to_now_wants_what_follows(amounts):
    title = "某街道2024年科普工作计划"
    assert amounts(title, "去年参与率只有71%，今年要让每个孩子都动手，参与率达到90%。") == [90]
    assert amounts(title, "2023年已加装电梯7部，2024年再装9部。") == [9]


def test_the_years_of_a_plan_may_stand_below_its_title(amounts):
    above = (
        "某林场三年行动方案",
        "（2024—2026年）",
        "到2025年底建成大棚5座。2026年建成大棚7座，到2026年底建成大棚9座。",
    )
    assert amounts(*above) == [5, 7, 9]


def test_a_report_on_last_year_and_the_plan_to_mend_it_wants_the_second_half(amounts):
    title = "2023年度科普项目“回头看”情况及2024年整改提升计划的报告"
    assert amounts(title, "一、项目完成情况", TOLD, "二、发现的问题", TOLD, "三、2024年整改提升计划", *WANTED) == [
        45,
        3,
        500,
        30000,
    ]


def test_a_year_past_in_one_paragraph_takes_no_other_with_it(amounts):
    above = ("2024年民生实事清单", "去年实际救助162名。", "培训志愿者500人次，力争发放资料3万份。")
    assert amounts(*above) == [500, 30000]
    assert amounts("2024年民生实事清单", "实事一：儿童救助", "去年救助162名。", "实事二：就业", *WANTED) == [
        45,
        3,
        500,
        30000,
    ]


def test_a_heading_glued_to_what_it_opens_turns_a_report(amounts):
    title = "某县供销社2023年工作总结及2024年工作方案"
    assert amounts(title, TOLD, "2024年工作方案如下：（一）主要指标", *WANTED) == [45, 3, 500, 30000]


def test_what_has_changed_is_no_past(amounts):
    assert amounts("2024年科普打算", "农闲了，开班3期，办讲座5场。") == [3, 5]


def test_one_sentence_about_the_past_does_not_take_the_rest_of_a_task_with_it(amounts):
    assert amounts("某街道2024年科普工作计划", "一、阵地", "去年建成科普馆5家。改造画廊3处，举办讲座45场。") == [3, 45]


ASKED = [
    "提升服务成效", "夯实工作基础", "打造特色亮点", "强化形势政策教育", "做好总结宣传", "总结推广典型经验", "摸清家底，建好台账",
    "补齐服务不足", "突出地方特点", "推动能力有提升", "缩小城乡差距", "聚焦问题和不足抓整改", "回应群众困难", "学习先进做法",
    "用好去年结余资金", "落实上年整改任务", "强化落实情况督查", "总结验收", "成效评估", "经验推广", "2023年续建项目", "对照去年问题抓整改",
]  # fmt: skip


@pytest.mark.parametrize("heading", ASKED)
def test_a_heading_that_asks_for_something_tells_of_no_past(amounts, heading):
    assert amounts("某县科协2024年工作要点", f"三、{heading}", *WANTED) == [45, 3, 500, 30000]


@pytest.mark.parametrize(
    "heading",
    [
        "主要做法和成效",
        "上年工作回顾",
        "落实情况",
        "存在的问题和不足",
        "工作基础",
        "建设成效",
        "完成情况及差距",
        "2023年创建情况",
    ],
)
def test_a_heading_of_what_was_tells_of_the_past(amounts, heading):
    assert amounts("某县科协2024年工作方案", f"一、{heading}", TOLD, "二、重点任务", *WANTED) == [45, 3, 500, 30000]


@pytest.mark.parametrize(
    ("title", "told", "wanted"),
    [
        ("科普部第12周工作周报", "一、本周工作", "二、下周安排"),
        ("科协2024年3月工作小结及4月工作计划", "一、3月工作", "二、4月计划"),
        ("2023年社区工作回顾与2024年展望", "一、2023年工作", "二、2024年展望"),
        ("科协2024年上半年工作汇报", "一、主要工作", "三、下半年工作打算"),
    ],
)
def test_a_report_of_a_short_time_wants_under_what_comes_next(amounts, title, told, wanted):
    assert amounts(title, told, TOLD, wanted, *WANTED) == [45, 3, 500, 30000]


def test_what_comes_next_after_a_quarter_is_of_the_same_year(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text("2024年一季度工作总结\n一季度完成培训3期。\n下一步打算\n6月底前建成站点2个。", encoding="utf-8")
    assert [str(one.due) for one in draft_document(path).targets] == ["2024-06-30"]


def test_what_a_village_is_like_is_not_wanted(amounts):
    lines = (
        "大柳村辖6个村民小组，312户1256人，脱贫户38户，集体收入12万元。村里有卫生室1间、小学1所。",
        "我园占地3200平方米，有8个班，幼儿240名。",
        "栽树2000棵，改厕80户。",
    )
    assert amounts("大柳村2024年发展计划", "一、村情", *lines) == [2000, 80]


def test_points_in_the_row_of_a_told_paragraph_tell_of_it_too(amounts):
    told = "2023年，全镇乡村振兴取得阶段性成效。一是产业有起色，新增大棚60座。二是环境有改观，改厕420户。"
    wanted = "2024年，我镇将从以下方面发力：一是新增大棚100座。二是改厕300户。"
    assert amounts("某镇2024年乡村振兴工作思路", told, wanted) == [100, 300]
