"""Problems of goals: each rule of the plan file has a bad input, with its place and its exact sentence."""

import pytest

from kxplan.errors.plans import PlanInvalidError
from kxplan.locale import translator
from kxplan.plans.reader import read_plan

HEAD = """\
plan: p
title: 计划
period: 2023
defaults: {lead: 办公室}
sections:
  - id: s
    title: 板块
    goals:
"""
GOAL = "sections[0].goals[0]"

PROBLEMS = [
    pytest.param(
        "{title: 任务, target: 3册}",
        [
            "9:9: GOAL.id: 缺少这个必填的键；请补上。",
        ],
        id="a-goal-needs-an-id",
    ),
    pytest.param(
        "{id: g, target: 3册}",
        [
            "9:9: GOAL.title: 缺少这个必填的键；请补上。",
        ],
        id="a-goal-needs-a-title",
    ),
    pytest.param(
        "{id: Big_Goal, title: 任务}",
        [
            "9:14: GOAL.id: 代号“Big_Goal”只能用小写字母、数字和连字符；可以写 big-goal。",
        ],
        id="an-id-has-small-letters-digits-and-hyphens",
    ),
    pytest.param(
        "{id: 任务, title: 任务}",
        [
            "9:14: GOAL.id: 代号“任务”只能用小写字母、数字和连字符，如 booklets。",
        ],
        id="an-id-of-chinese-has-no-likely-form",
    ),
    pytest.param(
        "{id: g, title: 任务, traget: 3册}",
        [
            "9:28: GOAL.traget: 不认识的键 traget；是不是 target？",
        ],
        id="an-unknown-key-is-told-with-the-nearest",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 3册, zzz: 1}}",
        [
            "9:49: GOAL.target.zzz: 不认识的键 zzz；这里可以写：amount、unit、kind、direction、baseline、from、by、pace、checkpoints、interpolate、reporting、revisions、weight、whole、pool。",
        ],
        id="an-unknown-key-far-from-all-is-told-with-all-of-them",
    ),
    pytest.param(
        '{id: g, title: "", target: 3册}',
        [
            "9:24: GOAL.title: 没有写内容；请补上，或者删去这个键。",
        ],
        id="an-empty-value-is-refused",
    ),
    pytest.param(
        '{id: g, title: "任\\n务", target: 3册}',
        [
            "9:24: GOAL.title: 只能写一行；请去掉换行。",
        ],
        id="a-title-is-one-line",
    ),
    pytest.param(
        "{id: g, title: [任务], target: 3册}",
        [
            "9:24: GOAL.title: 这里只能写一段文字或一个数，不能写列表或映射。",
        ],
        id="a-list-is-no-title",
    ),
    pytest.param(
        "{id: g, title: 任务, aliases: 书籍}",
        [
            "9:37: GOAL.aliases: 这里要写成列表，如 [甲, 乙]。",
        ],
        id="a-text-is-no-list",
    ),
    pytest.param(
        "{id: g, title: 任务, added: 书籍}",
        [
            "9:35: GOAL.added: 这里要写成映射，一行一个“键: 值”。",
        ],
        id="a-text-is-no-mapping",
    ),
    pytest.param(
        "{id: g, title: 任务, aliases: [书，册]}",
        [
            "9:38: GOAL.aliases[0]: 这里用了全角的“，”；请改成半角的“,”，后面加一个空格。",
        ],
        id="an-item-with-a-full-width-comma-is-refused",
    ),
    pytest.param(
        "{id: g, title: 任务, assist: [办公室、科普部]}",
        [
            "9:37: GOAL.assist[0]: 这里用了全角的“、”；请改成半角的“,”，后面加一个空格。",
        ],
        id="an-item-with-an-enumeration-comma-is-refused",
    ),
    pytest.param(
        "{id: g, title: 任务, assist: [办公室；科普部]}",
        [
            "9:37: GOAL.assist[0]: 这里用了全角的“；”；请改成半角的“,”，后面加一个空格。",
        ],
        id="an-item-with-a-full-width-semicolon-is-refused",
    ),
    pytest.param(
        "{id：g, title: 任务}",
        [
            "9:9: GOAL.id: 缺少这个必填的键；请补上。",
            "9:10: GOAL.id：g: 这里用了全角的“：”；请改成半角的“:”，后面加一个空格。",
        ],
        id="a-full-width-colon-is-no-colon",
    ),
    pytest.param(
        "{id: g, title: 任务, lead: 办公室、科普部}",
        [
            "9:34: GOAL.lead: “办公室、科普部”像是几个部门；牵头只能有一个，其余写在 assist 里。",
        ],
        id="there-is-exactly-one-lead",
    ),
    pytest.param(
        "{id: g, title: 任务, target: 3册, targets: {b: 2批}}",
        [
            "9:28: GOAL.target: target 和 targets 只能写一个；请把它并到 targets 里。",
        ],
        id="target-and-targets-exclude-each-other",
    ),
    pytest.param(
        "{id: g, title: 任务, target: 3册, steps: [{id: a, title: 甲}]}",
        [
            "9:40: GOAL.steps: 有指标的任务不能写 steps；请去掉其中一个，或者拆成两项任务。",
        ],
        id="steps-stand-not-beside-a-target",
    ),
    pytest.param(
        "{id: g, title: 任务, by: 2023-05-01, due: 2023-05-01}",
        [
            "9:28: GOAL.by: by 和 due 只能写一个。",
        ],
        id="by-and-due-exclude-each-other",
    ),
    pytest.param(
        "{id: g, title: 任务, due: 2023-05-01, pace: even}",
        [
            "9:45: GOAL.pace: 没有指标的任务没有序时进度；请删去 pace。",
        ],
        id="a-milestone-has-no-pace",
    ),
    pytest.param(
        "{id: g, title: 任务, pace: even}",
        [
            "9:28: GOAL.pace: 没有指标的任务没有序时进度；请删去 pace。",
        ],
        id="an-ongoing-goal-has-no-pace",
    ),
    pytest.param(
        "{id: g, title: 任务, target: 3册, pace: quartely}",
        [
            "9:46: GOAL.pace: “quartely”不行；是不是 quarterly？可以写：even、workdays、monthly、quarterly、half-yearly、none。",
        ],
        id="pace-is-one-of-the-known",
    ),
    pytest.param(
        "{id: g, title: 任务, reporting: 每月}",
        [
            "9:39: GOAL.reporting: “每月”不行；可以写：none、weekly、monthly、quarterly。",
        ],
        id="reporting-is-one-of-the-known",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 3册, kind: milestone}}",
        [
            "9:55: GOAL.target.kind: “milestone”不行；可以写：sum、running、latest、ratio。",
        ],
        id="kind-is-one-of-the-four-that-are-counted",
    ),
    pytest.param(
        "{id: g, title: 任务, evidence: yes}",
        [
            "9:38: GOAL.evidence: “yes”不行；请写 true（是）或 false（否）。",
        ],
        id="evidence-is-true-or-false",
    ),
    pytest.param(
        "{id: g, title: 任务, weight: 2倍}",
        [
            "9:36: GOAL.weight: 这里只写数字，不带单位。",
        ],
        id="weight-is-a-number",
    ),
    pytest.param(
        "{id: g, title: 任务, weight: -1}",
        [
            "9:36: GOAL.weight: 这里不能是负数；请写 0 或正数。",
        ],
        id="weight-is-not-negative",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {kind: sum}}",
        [
            "9:36: GOAL.target.amount: 缺少这个必填的键；请补上。",
        ],
        id="a-target-needs-an-amount",
    ),
    pytest.param(
        "{id: g, title: 任务, target: 约3册}",
        [
            "9:36: GOAL.target: “约3册”不能作为数量：是约数；请写确切的数，如 30。",
        ],
        id="an-approximate-amount-is-refused",
    ),
    pytest.param(
        "{id: g, title: 任务, target: .nan}",
        [
            "9:36: GOAL.target: “.nan”不能作为数量：不是一个有限的数。",
        ],
        id="nan-is-refused",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: inf}}",
        [
            "9:45: GOAL.target.amount: “inf”不能作为数量：不是一个有限的数。",
        ],
        id="inf-is-refused",
    ),
    pytest.param(
        "{id: g, title: 任务, target: -3册}",
        [
            "9:36: GOAL.target: 这里不能是负数；请写 0 或正数。",
        ],
        id="a-negative-amount-is-refused",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 3册, baseline: -1}}",
        [
            "9:59: GOAL.target.baseline: 这里不能是负数；请写 0 或正数。",
        ],
        id="a-negative-baseline-is-refused",
    ),
    pytest.param(
        "{id: g, title: 任务, target: 0册}",
        [
            "9:36: GOAL.target: 目标值是 0，没有要做的事；上限为 0 的请写 direction: down。",
        ],
        id="an-amount-of-0-leaves-nothing-to-do",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 3册, baseline: 3}}",
        [
            "9:45: GOAL.target.amount: 目标值和基数都是 3，没有要做的事；请改其中一个。",
        ],
        id="an-amount-equal-to-the-baseline-leaves-nothing-to-do",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 0.9, kind: ratio}}",
        [
            "9:45: GOAL.target.amount: 比率的目标值要写百分数，如 95%。",
        ],
        id="a-ratio-is-in-percent",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 20%, kind: latest, direction: down}}",
        [
            "9:75: GOAL.target.direction: 下降的指标要写 baseline（从多少降起），并且大于目标值。",
        ],
        id="a-falling-level-needs-a-baseline",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 20, kind: running, direction: down}}",
        [
            "9:75: GOAL.target.direction: 下降的指标要写 baseline（从多少降起），并且大于目标值。",
        ],
        id="a-falling-running-total-needs-a-baseline",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 20%, kind: ratio, direction: down}}",
        [
            "9:74: GOAL.target.direction: 下降的指标要写 baseline（从多少降起），并且大于目标值。",
        ],
        id="a-falling-ratio-needs-a-baseline",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 20, kind: latest, direction: down, baseline: 10}}",
        [
            "9:45: GOAL.target.amount: 下降的指标，基数 10 要大于目标值 20。",
        ],
        id="a-falling-target-has-its-baseline-above",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 20, kind: latest, baseline: 50}}",
        [
            "9:45: GOAL.target.amount: 基数 50 大于目标值 20；要下降的请写 direction: down。",
        ],
        id="a-rising-target-has-its-baseline-below",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 5次, direction: down, baseline: 8}}",
        [
            "9:66: GOAL.target.baseline: “不超过”的指标不用基数；请删去 baseline。",
        ],
        id="a-ceiling-takes-no-baseline",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 5次, baseline: 1场}}",
        [
            "9:59: GOAL.target.baseline: 单位“场”和指标的单位“次”不一致；请改成一样的，或者不写单位。",
        ],
        id="a-baseline-has-the-unit-of-the-amount",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 5次, unit: 场}}",
        [
            "9:45: GOAL.target.amount: 单位“次”和指标的单位“场”不一致；请改成一样的，或者不写单位。",
        ],
        id="a-unit-key-agrees-with-the-amount",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 5, baseline: 1场}}",
        [
            "9:58: GOAL.target.baseline: 这个指标没有单位，这里却写了“场”；请去掉它，或者给目标值加上单位。",
        ],
        id="a-baseline-has-no-unit-where-the-amount-has-none",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 5, unit: 3场}}",
        [
            "9:54: GOAL.target.unit: “3场”不能作为数量：“3场”不能作单位；单位是一个词，如 册、人次、%。",
        ],
        id="a-unit-is-one-word",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 2.5册, whole: true}}",
        [
            "9:45: GOAL.target.amount: 2.5 不是整数，而 whole 写的是 true；请改成整数，或者删去 whole。",
        ],
        id="whole-refuses-a-fraction-in-the-amount",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 2册, whole: true, checkpoints: [{by: 2023-05-01, reach: 0.5}, {by: 2023-06-01, reach: 2}]}}",
        [
            "9:100: GOAL.target.checkpoints[0].reach: 0.5 不是整数，而 whole 写的是 true；请改成整数，或者删去 whole。",
        ],
        id="whole-refuses-a-fraction-in-a-reach",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 5次, pool: true}}",
        [
            "9:49: GOAL.target.pool: pool 只用于 kind: ratio；请删去它。",
        ],
        id="pool-is-for-ratios",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 5次, interpolate: step}}",
        [
            "9:49: GOAL.target.interpolate: 没有 checkpoints，interpolate 不起作用；请删去它，或者补上节点。",
        ],
        id="interpolate-needs-checkpoints",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 5次, pace: even, checkpoints: [{by: 2023-05-01, reach: 5}]}}",
        [
            "9:49: GOAL.target.pace: pace 和 checkpoints 只能写一个；有节点就请删去 pace。",
        ],
        id="pace-and-checkpoints-exclude-each-other",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 5次, checkpoints: [{title: 甲}]}}",
        [
            "9:63: GOAL.target.checkpoints[0].by: 缺少这个必填的键；请补上。",
            "9:63: GOAL.target.checkpoints[0].reach: 缺少这个必填的键；请补上。",
        ],
        id="a-checkpoint-needs-a-day-and-a-reach",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 5次, checkpoints: []}}",
        [
            "9:62: GOAL.target.checkpoints: 是空的；请至少写一项，或者删去这个键。",
        ],
        id="checkpoints-are-not-empty",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 5次, checkpoints: [{by: 2023-05-01, reach: 2}, {by: 2023-05-01, reach: 5}]}}",
        [
            "9:96: GOAL.target.checkpoints[1].by: 节点要按日期先后写，这个不晚于前一个（2023-05-01）。",
        ],
        id="checkpoints-rise-in-their-days",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 5次, checkpoints: [{by: 2023-05-01, reach: 2}, {by: 2023-06-01, reach: 2}, {by: 2023-07-01, reach: 5}]}}",
        [
            "9:115: GOAL.target.checkpoints[1].reach: 节点要一个比一个更接近目标值，这个没有超过前一个。",
        ],
        id="checkpoints-rise-in-their-shares",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 20, kind: latest, direction: down, baseline: 50, checkpoints: [{by: 2023-05-01, reach: 30}, {by: 2023-06-01, reach: 40}]}}",
        [
            "9:161: GOAL.target.checkpoints[1].reach: 节点要一个比一个更接近目标值，这个没有超过前一个。",
        ],
        id="the-levels-of-a-falling-target-fall",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 5次, from: 2023-03-01, by: 2023-06-30, checkpoints: [{by: 2023-02-01, reach: 2}, {by: 2023-07-01, reach: 5}]}}",
        [
            "9:102: GOAL.target.checkpoints[0].by: 节点的日期要在 2023-03-01 至 2023-06-30 之间。",
            "9:130: GOAL.target.checkpoints[1].by: 节点的日期要在 2023-03-01 至 2023-06-30 之间。",
        ],
        id="checkpoints-lie-within-from-and-by",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 5次, checkpoints: [{by: 2023-05-01, reach: 2}]}}",
        [
            "9:87: GOAL.target.checkpoints[0].reach: 最后一个节点要达到目标值 5。",
        ],
        id="the-last-checkpoint-reaches-the-amount",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 5次, checkpoints: [{by: 2023-05-01, reach: 6}]}}",
        [
            "9:87: GOAL.target.checkpoints[0].reach: 超过了目标值 5；请改小，或者改目标值。",
        ],
        id="a-checkpoint-does-not-go-beyond-the-amount",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 5次, baseline: 2, checkpoints: [{by: 2023-05-01, reach: 1}, {by: 2023-06-01, reach: 5}]}}",
        [
            "9:100: GOAL.target.checkpoints[0].reach: 比基数 2 还差，不能作节点。",
        ],
        id="a-checkpoint-is-not-behind-the-baseline",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 5次, checkpoints: [{by: 2023-05-01, reach: 5场}]}}",
        [
            "9:87: GOAL.target.checkpoints[0].reach: 单位“场”和指标的单位“次”不一致；请改成一样的，或者不写单位。",
        ],
        id="a-reach-has-the-unit-of-the-amount",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 5%, kind: latest, checkpoints: [{by: 2023-05-01, reach: {share: 1}}]}}",
        [
            "9:101: GOAL.target.checkpoints[0].reach: 完成的比例要写百分数，如 {share: 50%}。",
        ],
        id="a-share-is-in-percent",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 5%, kind: latest, checkpoints: [{by: 2023-05-01, reach: {part: 1%}}]}}",
        [
            "9:101: GOAL.target.checkpoints[0].reach: 这里要写数量，如 100块，或者完成的比例，如 {share: 50%}。",
        ],
        id="a-reach-has-no-other-keys-than-share",
    ),
    pytest.param(
        "{id: g, title: 任务, target: 5次, from: 2023-06-01, by: 2023-05-01}",
        [
            "9:62: GOAL.by: 完成时限 2023-05-01 早于起始日 2023-06-01；请改其中一个。",
        ],
        id="from-is-not-after-by",
    ),
    pytest.param(
        "{id: g, title: 任务, from: 2023-06-01, due: 2023-05-01}",
        [
            "9:51: GOAL.due: 完成时限 2023-05-01 早于起始日 2023-06-01；请改其中一个。",
        ],
        id="from-is-not-after-due",
    ),
    pytest.param(
        "{id: g, title: 任务, due: 2024-01-01}",
        [
            "9:33: GOAL.due: 2024-01-01 不在计划期内（2023-01-01 至 2023-12-31）；请改日期，或者改 period。",
        ],
        id="a-day-lies-in-the-period",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 5次, checkpoints: [{by: 2024-05-01, reach: 5}]}}",
        [
            "9:68: GOAL.target.checkpoints[0].by: 2024-05-01 不在计划期内（2023-01-01 至 2023-12-31）；请改日期，或者改 period。",
        ],
        id="a-checkpoint-lies-in-the-period",
    ),
    pytest.param(
        "{id: g, title: 任务, due: 2023/5/1}",
        [
            "9:33: GOAL.due: “2023/5/1”不是日期；请写成 2023-05-04 这样。",
        ],
        id="a-day-has-the-ISO-form",
    ),
    pytest.param(
        "{id: g, title: 任务, due: 2023-05-01 12:30}",
        [
            "9:33: GOAL.due: “2023-05-01 12:30”不是日期；请写成 2023-05-04 这样。",
        ],
        id="a-day-has-no-time",
    ),
    pytest.param(
        "{id: g, title: 任务, due: 2023-02-30}",
        [
            "9:33: GOAL.due: 没有 2023-02-30 这一天；请改正。",
        ],
        id="a-day-that-does-not-exist-is-refused",
    ),
    pytest.param(
        "{id: g, title: 任务, steps: []}",
        [
            "9:35: GOAL.steps: 是空的；请至少写一项，或者删去这个键。",
        ],
        id="steps-are-not-empty",
    ),
    pytest.param(
        "{id: g, title: 任务, steps: [{due: 2023-05-01}]}",
        [
            "9:36: GOAL.steps[0].id: 缺少这个必填的键；请补上。",
            "9:36: GOAL.steps[0].title: 缺少这个必填的键；请补上。",
        ],
        id="a-step-needs-an-id-and-a-title",
    ),
    pytest.param(
        "{id: g, title: 任务, steps: [{id: a, title: 甲}, {id: a, title: 乙}]}",
        [
            "9:60: GOAL.steps[1].id: 步骤代号 a 在这项任务里已经用过；请换一个。",
        ],
        id="step-ids-are-unique-in-the-goal",
    ),
    pytest.param(
        "{id: g, title: 任务, due: 2023-05-01, steps: [{id: a, title: 甲, due: 2023-06-01}]}",
        [
            "9:76: GOAL.steps[0].due: 步骤“甲”的时限 2023-06-01 晚于任务的完成时限 2023-05-01；请改其中一个。",
        ],
        id="a-step-is-due-no-later-than-its-goal",
    ),
    pytest.param(
        "{id: g, title: 任务, steps: [{id: a, title: 甲, weight: 0}]}",
        [
            "9:35: GOAL.steps: 各步骤的权重加起来是 0；至少一个要大于 0。",
        ],
        id="steps-weigh-something",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 5次, revisions: [{amount: 6次}]}}",
        [
            "9:61: GOAL.target.revisions[0].from: 缺少这个必填的键；请补上。",
            "9:61: GOAL.target.revisions[0].reason: 缺少这个必填的键；请补上。",
        ],
        id="a-revision-needs-a-day-and-a-reason",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 5次, revisions: [{from: 2023-05-01, reason: 调整}]}}",
        [
            "9:61: GOAL.target.revisions[0]: 这次调整什么也没有改；请写上要改的键：amount、by、pace、checkpoints。",
        ],
        id="a-revision-changes-something",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 5次, revisions: [{from: 2023-05-01, reason: 一, amount: 6}, {from: 2023-05-01, reason: 二, amount: 7}]}}",
        [
            "9:110: GOAL.target.revisions[1].from: 2023-05-01 这一天有两次调整；请合成一次。",
        ],
        id="two-revisions-on-one-day-are-refused",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 5次, revisions: [{from: 2023-05-01, reason: 一, by: 2023-04-01}]}}",
        [
            "9:95: GOAL.target.revisions[0].by: 调整后的完成时限 2023-04-01 早于调整生效日 2023-05-01；请改其中一个。",
        ],
        id="a-revision-ends-not-before-it-begins",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 5次, revisions: [{from: 2024-05-01, reason: 一, amount: 6}]}}",
        [
            "9:68: GOAL.target.revisions[0].from: 2024-05-01 不在计划期内（2023-01-01 至 2023-12-31）；请改日期，或者改 period。",
        ],
        id="a-revision-lies-in-the-period",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 5次, revisions: [{from: 2023-05-01, reason: 一, amount: 0}]}}",
        [
            "9:99: GOAL.target.revisions[0].amount: 目标值是 0，没有要做的事；上限为 0 的请写 direction: down。",
        ],
        id="a-revised-amount-is-not-the-baseline",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 5次, revisions: [{from: 2023-05-01, reason: 一, amount: 6场}]}}",
        [
            "9:99: GOAL.target.revisions[0].amount: 单位“场”和指标的单位“次”不一致；请改成一样的，或者不写单位。",
        ],
        id="a-revised-amount-has-the-targets-unit",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 5次, checkpoints: [{by: 2023-06-01, reach: 5}], revisions: [{from: 2023-05-01, reason: 一, by: 2023-08-01}]}}",
        [
            "9:138: GOAL.target.revisions[0].by: 改了完成时限，原来的节点就不适用了；请同时写新的 checkpoints 或 pace。",
        ],
        id="a-revised-last-day-asks-for-new-checkpoints",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 5次, revisions: [{from: 2023-05-01, reason: 一, pace: even, checkpoints: [{by: 2023-08-01, reach: 5}]}]}}",
        [
            "9:91: GOAL.target.revisions[0].pace: pace 和 checkpoints 只能写一个；有节点就请删去 pace。",
        ],
        id="a-revision-has-pace-or-checkpoints",
    ),
    pytest.param(
        "{id: g, title: 任务, target: {amount: 5次, revisions: [{from: 2023-05-01, reason: 一, steps: {a: {due: 2023-06-01}}}]}}",
        [
            "9:91: GOAL.target.revisions[0].steps: 有指标的任务没有步骤，调整里不能写 steps。",
        ],
        id="a-revision-of-a-target-names-no-steps",
    ),
    pytest.param(
        "{id: g, title: 任务, due: 2023-05-01, revisions: [{from: 2023-04-01, reason: 一, amount: 5次}]}",
        [
            "9:87: GOAL.revisions[0].amount: 没有指标的任务只能调整 by 和 steps，不能写 amount。",
        ],
        id="a-revision-of-a-milestone-names-no-amount",
    ),
    pytest.param(
        "{id: g, title: 任务, steps: [{id: a, title: 甲}], revisions: [{from: 2023-04-01, reason: 一, steps: {b: {due: 2023-05-01}}}]}",
        [
            "9:106: GOAL.revisions[0].steps.b: 没有步骤 b；这项任务的步骤有：a。",
        ],
        id="a-revision-of-a-milestone-names-a-known-step",
    ),
    pytest.param(
        "{id: g, title: 任务, due: 2023-05-01, steps: [{id: a, title: 甲}], revisions: [{from: 2023-04-01, reason: 一, steps: {a: {due: 2023-06-01}}}]}",
        [
            "9:132: GOAL.revisions[0].steps.a.due: 步骤“甲”的时限 2023-06-01 晚于任务的完成时限 2023-05-01；请改其中一个。",
        ],
        id="a-revised-step-is-due-no-later-than-its-goal",
    ),
    pytest.param(
        "{id: g, title: 任务, due: 2023-06-01, steps: [{id: a, title: 甲, due: 2023-05-20}], revisions: [{from: 2023-04-01, reason: 一, by: 2023-05-01}]}",
        [
            "9:136: GOAL.revisions[0].by: 步骤“甲”的时限 2023-05-20 晚于任务的完成时限 2023-05-01；请改其中一个。",
        ],
        id="a-goal-is-not-moved-before-its-steps",
    ),
    pytest.param(
        "{id: g, title: 任务, revisions: [{from: 2023-04-01, reason: 一, pace: even}]}",
        [
            "9:70: GOAL.revisions[0].pace: 没有指标和步骤的任务只能调整 by，不能写 pace。",
        ],
        id="an-ongoing-goal-has-nothing-but-by-to-revise",
    ),
    pytest.param(
        "{id: g, title: 任务, cancelled: {document: 文}}",
        [
            "9:39: GOAL.cancelled.from: 缺少这个必填的键；请补上。",
            "9:39: GOAL.cancelled.reason: 缺少这个必填的键；请补上。",
        ],
        id="a-cancellation-needs-a-day-and-a-reason",
    ),
    pytest.param(
        "{id: g, title: 任务, added: {from: 2023-05-01}}",
        [
            "9:35: GOAL.added.reason: 缺少这个必填的键；请补上。",
        ],
        id="an-addition-needs-a-reason",
    ),
    pytest.param(
        "{id: g, title: 任务, formerly: [g]}",
        [
            "9:39: GOAL.formerly[0]: 曾用代号 g 已经用过；请改正 formerly。",
        ],
        id="a-former-id-is-not-one-in-use",
    ),
]


@pytest.mark.parametrize(("goal", "problems"), PROBLEMS)
def test_a_problem_of_a_goal_is_told_with_its_place(goal, problems):
    with pytest.raises(PlanInvalidError) as error:
        read_plan(f"{HEAD}      - {goal}\n".encode(), "plans/p.yaml")
    tr = translator("zh")
    told = [f"{each.line}:{each.column}: {each.key}: {tr(each.message)}" for each in error.value.problems]
    assert told == [problem.replace("GOAL", GOAL) for problem in problems]


@pytest.mark.parametrize(("goal", "problems"), PROBLEMS)
def test_a_problem_of_a_goal_is_told_in_english_too(goal, problems):
    with pytest.raises(PlanInvalidError) as error:
        read_plan(f"{HEAD}      - {goal}\n".encode(), "plans/p.yaml")
    tr = translator("en")
    assert len([tr(each.message) for each in error.value.problems]) == len(problems)


def test_a_level_below_its_start_needs_to_say_where_it_starts(plan):
    text = """
plan: a
title: 甲
period: 2023
defaults: {lead: 办公室}
sections: [{id: s, title: 乙, goals: [{id: g, title: 丙, target: {amount: -5个, kind: latest}}]}]
"""
    with pytest.raises(PlanInvalidError) as refused:
        plan(text)
    assert [problem.message.id for problem in refused.value.problems] == ["plans.baseline-above"]
    assert plan(text.replace("kind: latest", "kind: latest, baseline: -10个")).goals[0].targets[0].baseline == -10
