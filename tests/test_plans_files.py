"""Problems of plan files as a whole: their YAML, their head, their ids, each with its place and sentence."""

from time import process_time

import pytest

from kxplan.errors import ExitCode
from kxplan.errors.plans import PlanInvalidError
from kxplan.locale import translator
from kxplan.plans.reader import read_plan

HEAD = "plan: p\ntitle: 计划\nperiod: 2023\n"
END = "sections: []\n"


def told(text: bytes, language: str = "zh") -> list[str]:
    with pytest.raises(PlanInvalidError) as error:
        read_plan(text, "plans/p.yaml")
    tr = translator(language)
    return [f"{each.line}:{each.column}: {each.key}: {tr(each.message)}" for each in error.value.problems]


PROBLEMS = [
    pytest.param(
        "",
        [
            "1:1: : 文件是空的；至少要有 plan、title、period、sections。",
        ],
        id="an-empty-file-is-told-so",
    ),
    pytest.param(
        "# 计划\n",
        [
            "1:1: : 文件是空的；至少要有 plan、title、period、sections。",
        ],
        id="a-file-of-comments-is-empty",
    ),
    pytest.param(
        "你好\n",
        [
            "1:1: : 这不是计划文件；开头应当是 plan: 一行。",
        ],
        id="a-text-is-no-plan",
    ),
    pytest.param(
        "- 你好\n",
        [
            "1:1: : 这不是计划文件；开头应当是 plan: 一行。",
        ],
        id="a-list-is-no-plan",
    ),
    pytest.param(
        "org: 区科协\n",
        [
            "1:1: plan: 缺少这个必填的键；请补上。",
            "1:1: title: 缺少这个必填的键；请补上。",
            "1:1: period: 缺少这个必填的键；请补上。",
            "1:1: sections: 缺少这个必填的键；请补上。",
        ],
        id="a-plan-needs-its-four-keys",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 今年\nsections: []\n",
        [
            "3:9: period: “今年”不是计划的起止；请写年份，如 2023，或者 {start: 2023-01-01, end: 2023-12-31}。",
        ],
        id="a-period-is-a-year-or-two-days",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: {start: 2023-01-01}\nsections: []\n",
        [
            "3:9: period.end: 缺少这个必填的键；请补上。",
        ],
        id="a-period-needs-both-days",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: {start: 2023-02-01, end: 2023-01-01}\nsections: []\n",
        [
            "3:34: period.end: 终止日 2023-01-01 早于起始日 2023-02-01；请对调或改正。",
        ],
        id="a-period-does-not-end-before-it-begins",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: {start: 1990-01-01, end: 2023-01-01}\nsections: []\n",
        [
            "3:9: period: 计划超过 30 年；请分成几份计划。",
        ],
        id="a-period-is-not-too-long",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 20230\nsections: []\n",
        [
            "3:9: period: “20230”不是计划的起止；请写年份，如 2023，或者 {start: 2023-01-01, end: 2023-12-31}。",
        ],
        id="a-year-has-four-digits",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\ntitle: 又一个\nsections: []\n",
        [
            "4:1: title: 键 title 重复了，第 2 行已经写过；请只留一个。",
        ],
        id="a-repeated-key-names-the-first-line",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\norg: *a\nsections: []\n",
        [
            "4:6: org: 不能用别名 *a；请把内容直接写在这里。",
        ],
        id="an-alias-is-refused",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\norg: &a 区科协\nsections: []\n",
        [
            "4:6: org: 不能用锚点 &a；请删去它。",
        ],
        id="an-anchor-is-refused",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\norg: !!str 区科协\nsections: []\n",
        [
            "4:6: org: 不能用类型标记 !!str；请删去它。",
        ],
        id="a-tag-is-refused",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\norg: !x 区科协\nsections: []\n",
        [
            "4:6: org: 不能用类型标记 !x；请删去它。",
        ],
        id="a-local-tag-is-refused",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\nlights: {<<: {yellow: 5}}\nsections: []\n",
        [
            "4:10: lights: 不能用合并键 <<；请把要用的键直接写出来。",
        ],
        id="a-merge-key-is-refused",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\nsections: []\n---\nplan: q\n",
        [
            "5:1: : 一个文件只能有一份计划；请删去多出的 --- 和它后面的内容。",
        ],
        id="a-second-document-is-refused",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\n[a, b]: 1\nsections: []\n",
        [
            "4:1: : 键只能是一个词，不能是列表或映射。",
        ],
        id="a-key-is-a-word",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\n: 1\nsections: []\n",
        [
            "4:1: : 缩进和上面各行没有对齐；请对齐，只用空格。",
        ],
        id="a-key-is-not-empty",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\norg: [[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]\nsections: []\n",
        [
            "4:25: org[0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0]: 嵌套超过 20 层；请减少层次。",
        ],
        id="a-plan-has-twenty-levels-at-most",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\norg: 区\u0007科协\nsections: []\n",
        [
            "4:7: : 有看不见的字符 U+0007；请删去，重新键入这一处。",
        ],
        id="a-control-character-is-refused",
    ),
    pytest.param(
        'plan: p\ntitle: 计划\nperiod: 2023\norg: "区\\u001b科协"\nsections: []\n',
        [
            "4:6: org: 有看不见的字符 U+001B；请删去，重新键入这一处。",
        ],
        id="an-escaped-control-character-is-refused",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\norg: 区\t科协\nsections: []\n",
        [
            "4:6: org: 有看不见的字符 U+0009；请删去，重新键入这一处。",
        ],
        id="a-tab-in-a-text-is-refused",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\norg: 区\u202e科协\nsections: []\n",
        [
            "4:7: : 有看不见的字符 U+202E；请删去，重新键入这一处。",
        ],
        id="a-bidi-control-is-refused",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\norg: 区\u200b科协\nsections: []\n",
        [
            "4:7: : 有看不见的字符 U+200B；请删去，重新键入这一处。",
        ],
        id="a-zero-width-blank-is-refused",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\nlights: {yellow: 40}\nsections: []\n",
        [
            "4:18: lights.yellow: 黄灯界限 40 大于红灯界限 30；请对调或改正。",
        ],
        id="yellow-is-not-above-red",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\nlights: {yellow: -1}\nsections: []\n",
        [
            "4:18: lights.yellow: 这里不能是负数；请写 0 或正数。",
        ],
        id="a-threshold-is-not-negative",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\nlights: {yellow: 10%}\nsections: []\n",
        [
            "4:18: lights.yellow: 这里只写数字，不带单位。",
        ],
        id="a-threshold-has-no-unit",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\nlights: {due_soon: 1.5, grace: -1}\nsections: []\n",
        [
            "4:20: lights.due_soon: “1.5”不行；请写 0 到 9999 之间的整数。",
            "4:32: lights.grace: “-1”不行；请写 0 到 9999 之间的整数。",
        ],
        id="days-are-whole",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\nlights: {mode: percents}\nsections: []\n",
        [
            "4:16: lights.mode: “percents”不行；是不是 percent？可以写：points、percent。",
        ],
        id="an-unknown-mode-is-refused",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\nlights: {due-soon: 5}\nsections: []\n",
        [
            "4:10: lights.due-soon: 不认识的键 due-soon；是不是 due_soon？",
        ],
        id="a-hyphen-is-not-an-underscore",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\nbreakdowns: {人群: []}\nsections: []\n",
        [
            "4:18: breakdowns.人群: 是空的；请至少写一项，或者删去这个键。",
        ],
        id="a-breakdown-has-values",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\nbreakdowns: {人群: [农民, 农民]}\nsections: []\n",
        [
            "4:23: breakdowns.人群[1]: “农民”写了两次；请只留一个。",
        ],
        id="a-value-stands-once-in-its-breakdown",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\nbreakdowns: {人群: [农民、居民]}\nsections: []\n",
        [
            "4:19: breakdowns.人群[0]: 这里用了全角的“、”；请改成半角的“,”，后面加一个空格。",
        ],
        id="an-item-of-a-breakdown-has-no-full-width-comma",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\nbreakdowns: {lead: [a]}\nsections: []\n",
        [
            "4:14: breakdowns.lead: 分类名不能用 lead，它有别的用处；请换一个。",
        ],
        id="a-breakdown-is-not-named-as-a-grouping",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\nbreakdowns: {a=b: [a]}\nsections: []\n",
        [
            "4:14: breakdowns.a=b: 分类名“a=b”里不能有等号，也不能以 - 开头；请换一个。",
        ],
        id="a-breakdown-has-no-equals-sign-in-its-name",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\nbreakdowns: {人群：[农民]}\nsections: []\n",
        [
            "4:16: : 这里用了全角的“：”；请改成半角的“:”，后面加一个空格。",
        ],
        id="a-full-width-colon-in-a-breakdown-is-no-colon",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\ncalendar: {off: [2023-05-01..2023-05-05], work: [2023-05-04]}\nsections: []\n",
        [
            "4:50: calendar.work[0]: 2023-05-04 既写成放假又写成上班；请只留一处。",
        ],
        id="a-day-is-not-both-off-and-worked",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\ncalendar: {off: [2023-05-05..2023-05-01]}\nsections: []\n",
        [
            "4:18: calendar.off[0]: 终止日 2023-05-01 早于起始日 2023-05-05；请对调或改正。",
        ],
        id="a-range-of-days-runs-forward",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\ncalendar: {off: [2022-12-31..2023-01-02]}\nsections: []\n",
        [
            "4:18: calendar.off[0]: 2022-12-31 不在计划期内（2023-01-01 至 2023-12-31）；请改日期，或者改 period。",
        ],
        id="a-calendar-day-lies-in-the-period",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\ncalendar: {off: [五一]}\nsections: []\n",
        [
            "4:18: calendar.off[0]: “五一”不是日期；请写成 2023-05-04 这样。",
        ],
        id="the-offices-days-are-days",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\ndefaults: {by: 2024-01-01}\nsections: []\n",
        [
            "4:16: defaults.by: 2024-01-01 不在计划期内（2023-01-01 至 2023-12-31）；请改日期，或者改 period。",
        ],
        id="a-default-day-lies-in-the-period",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\ndefaults: {lead: 办公室, from: 2023-06-01, by: 2023-05-01}\nsections: [{id: s, title: 板块, goals: [{id: g, title: 任务, target: 3册}, {id: h, title: 任务, target: 3册}]}]\n",
        [
            "4:45: defaults.by: 完成时限 2023-05-01 早于起始日 2023-06-01；请改其中一个。",
        ],
        id="defaults-run-forward",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\nsections: [{id: s, title: 板块, goals: [{id: g, title: 任务, target: 3册}]}]\n",
        [
            "4:39: sections[0].goals[0].lead: 没有牵头部门；请写 lead，或者在 defaults 里写一个。",
        ],
        id="a-goal-without-lead-is-told",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\ndefaults: {lead: 办公室}\nsections:\n  - id: s\n    title: 板块\n    goals:\n      - {id: g, title: 任务}\n  - {id: u, title: 板块, goals: [{id: g, title: 任务}]}\n",
        [
            "10:37: sections[1].goals[0].id: 任务代号 g 已经用过；整份计划里不能重复，请换一个。",
        ],
        id="goal-ids-are-unique-in-the-plan",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\nsections: [{id: s, title: 甲, sections: [{id: s, title: 乙}]}]\n",
        [
            "4:46: sections[0].sections[0].id: 板块代号 s 已经用过；请换一个。",
        ],
        id="section-ids-are-unique-in-the-plan",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\ndefaults: {lead: 办公室}\nsections:\n  - id: s\n    title: 板块\n    goals:\n      - {id: g, title: 任务, formerly: [a]}\n      - {id: h, title: 任务, formerly: [a]}\n",
        [
            "10:39: sections[0].goals[1].formerly[0]: 曾用代号 a 已经用过；请改正 formerly。",
        ],
        id="a-former-id-belongs-to-one-goal",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\nsections: [{id: s, title: 甲, goal: []}]\n",
        [
            "4:30: sections[0].goal: 不认识的键 goal；是不是 goals？",
        ],
        id="an-unknown-key-of-a-section-is-told",
    ),
    pytest.param(
        "plan: p\ntitle：计划\nperiod: 2023\n",
        [
            "2:6: : 这里用了全角的“：”；请改成半角的“:”，后面加一个空格。",
        ],
        id="a-full-width-colon-at-the-start-of-a-line",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\nsections: [{id: s，title: 甲}]\n",
        [
            "4:18: : 这里用了全角的“，”；请改成半角的“,”，后面加一个空格。",
        ],
        id="a-full-width-comma-between-keys",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\norg: 区: 科协\nsections: []\n",
        [
            "4:7: : 这里不该有冒号；可能是缩进不对，或者文字里有冒号，那就给整段文字加上引号。",
        ],
        id="a-text-with-a-colon",
    ),
    pytest.param(
        "plan: p\ntitle\nperiod: 2023\n",
        [
            "3:1: : 这一行或上一行的键后面缺少冒号；请写成“键: 值”，冒号后加空格。",
        ],
        id="a-key-without-a-colon",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\norg: [区科协\nsections: []\n",
        [
            "5:9: : 第 4 行的方括号 [ 到这里还没有合上；请补上逗号或 ]。",
        ],
        id="an-open-bracket",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\nlights: {yellow: 5\nsections: []\n",
        [
            "5:9: : 第 4 行的花括号 { 到这里还没有合上；请补上逗号或 }。",
        ],
        id="an-open-brace",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\nsections: [{id: s\n",
        [
            "4:1: : 第 4 行的花括号 { 到这里还没有合上；请补上逗号或 }。",
        ],
        id="an-open-bracket-at-the-end",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\norg: '区科协\nsections: []\n",
        [
            "4:6: : 这里的引号没有合上；请补上后一个引号。",
        ],
        id="an-open-quote",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\nsections:\n  - id: s\n    title: 甲\n - id: u\n",
        [
            "7:2: : 缩进和上面各行没有对齐；请对齐，只用空格。",
        ],
        id="a-dash-out-of-line",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\n org: 区科协\nsections: []\n",
        [
            "4:5: : 这里不该有冒号；可能是缩进不对，或者文字里有冒号，那就给整段文字加上引号。",
        ],
        id="an-indent-out-of-line",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\nlights:\n\tyellow: 5\nsections: []\n",
        [
            "5:1: : 这里用了制表符；请改用空格缩进。",
        ],
        id="a-tab-for-indent",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\norg: @区科协\nsections: []\n",
        [
            "4:6: : 不能以这个字符开头；请给整段文字加上引号。",
        ],
        id="a-text-that-begins-with-an-at-sign",
    ),
    pytest.param(
        'plan: p\ntitle: 计划\nperiod: 2023\norg: "区\\科协"\nsections: []\n',
        [
            "4:8: : 双引号里的反斜杠 \\ 用错了；请改用单引号，或者写成 \\\\。",
        ],
        id="a-backslash-in-double-quotes",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\norg: *\nsections: []\n",
        [
            "4:7: : 以 * 或 & 开头的文字要加引号。",
        ],
        id="a-star-without-a-name",
    ),
    pytest.param(
        "{plan: p}}\n",
        [
            "1:10: : 计划到这里应当结束了，后面却还有内容；请检查多出的括号和缩进。",
        ],
        id="a-brace-too-many",
    ),
    pytest.param(
        "plan：p\ntitle：计划\n",
        [
            "1:1: : 这里用了全角的“：”；请改成半角的“:”，后面加一个空格。",
        ],
        id="a-file-of-full-width-colons",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\nsections:\n  - id：s\n",
        [
            "5:5: sections[0]: 这里用了全角的“：”；请改成半角的“:”，后面加一个空格。",
        ],
        id="a-full-width-colon-in-an-item",
    ),
    pytest.param(
        "plan: p\ntitle: 计划\nperiod: 2023\nsections: [{id: s, title:板块}]\n",
        [
            "4:12: sections[0].title: 缺少这个必填的键；请补上。",
            "4:20: sections[0].title:板块: 冒号后面要加一个空格。",
        ],
        id="a-colon-without-a-blank",
    ),
    pytest.param(
        "plan: P\ntitle: 计划\nperiod: 2023\nsections: [{id: S, title: 板块}]\n",
        [
            "1:7: plan: 代号“P”只能用小写字母、数字和连字符；可以写 p。",
            "4:17: sections[0].id: 代号“S”只能用小写字母、数字和连字符；可以写 s。",
        ],
        id="two-problems-in-the-order-of-the-file",
    ),
]


@pytest.mark.parametrize(("text", "problems"), PROBLEMS)
def test_a_problem_of_a_file_is_told_with_its_place(text, problems):
    assert told(text.encode()) == problems


@pytest.mark.parametrize(("text", "problems"), PROBLEMS)
def test_a_problem_of_a_file_is_told_in_english_too(text, problems):
    assert len(told(text.encode(), "en")) == len(problems)


def test_a_file_in_another_encoding_is_told_so():
    assert told(f"{HEAD}org: 计划\n".encode("gbk")) == [
        "2:8: : 文件不是 UTF-8 编码；请在编辑器里选“另存为”，编码选 UTF-8。"
    ]


def test_a_file_over_a_mebibyte_is_refused():
    assert told(b"#" * (1 << 20) + b"\n") == ["1:1: : 文件超过 1 MiB；计划不会有这么大，请检查是不是拿错了文件。"]


def test_a_file_of_a_mebibyte_is_read():
    text = (HEAD + END).encode()
    assert read_plan(text + b"#" * ((1 << 20) - len(text)), "p").id == "p"


def test_a_byte_order_mark_and_windows_line_ends_are_read():
    assert read_plan(b"\xef\xbb\xbf" + (HEAD + END).replace("\n", "\r\n").encode(), "p").title == "计划"


def test_two_hundred_problems_are_told_and_that_there_are_more():
    problems = told((HEAD + "".join(f"k{number}: x\n" for number in range(300)) + END).encode())
    assert len(problems) == 201
    assert problems[-1].endswith("只列出前 200 处，后面还有；先改好这些再检查。")


def test_a_bomb_of_aliases_is_refused_without_being_unfolded():
    rows = [f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]" for n in range(9)]
    problems = told("\n".join(["a: &a [x, x]", *rows]).encode())
    assert "1:4: a: 不能用锚点 &a；请删去它。" in problems


def test_a_deep_file_is_refused_at_its_twenty_first_level():
    assert told(b"[" * 500)[0].startswith("1:21: ")


@pytest.mark.parametrize("text", [b"[" * 500_000, b"x: " + b"[" * 500_000, b"{a: " * 200_000])
def test_a_file_deeper_than_any_parser_goes_is_soon_refused(text):
    begun = process_time()
    (problem,) = told(text)
    assert problem.endswith("嵌套超过 20 层；请减少层次。")
    assert process_time() - begun < 1


def test_a_broken_plan_ends_with_exit_code_3():
    assert PlanInvalidError.exit_code == ExitCode.INVALID


def test_the_summary_of_a_broken_plan_names_the_file_and_the_next_step():
    with pytest.raises(PlanInvalidError) as error:
        read_plan(b"plan: P", "plans/p.yaml")
    assert translator("zh")(error.value.message) == (
        "plans/p.yaml 有 4 处问题；用 kxplan check 查看每一处，改好后再试。"
    )


def test_a_list_of_more_texts_than_anybody_plans_is_left_at_once():
    text = HEAD + "sections: [" + "a," * 300_000 + "]\n"
    assert told(text.encode()) == [
        "4:8012: sections: 这里的内容超过 4000 项；计划不会有这么多，请检查是不是拿错了文件，或者分成几份计划。"
    ]


def test_a_mapping_of_more_keys_than_anybody_plans_is_left_at_once():
    text = "".join(f"k{number}: x\n" for number in range(90_000))
    assert told(text.encode())[0].startswith("4001:1: ")


def test_a_plan_of_thousands_of_goals_is_read():
    goals = "".join(f"      - {{id: g{number}, title: 任务, target: 3册, lead: 办公室}}\n" for number in range(3000))
    text = f"{HEAD}sections:\n  - id: s\n    title: 板块\n    goals:\n{goals}"
    assert len(read_plan(text.encode(), "p").goals) == 3000
