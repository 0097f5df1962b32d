"""Sentences of plans: each rule of the grammar, as what one sentence promises."""

from decimal import Decimal

import pytest

from kxplan.intake.draft.characters import levelled
from kxplan.intake.draft.reading import reading
from kxplan.intake.draft.tense import Frame

PLAN = Frame(is_report=False, year=2024, title_year=2024)
REPORT = Frame(is_report=True, year=2024, title_year=2024)


def found(text, frame=PLAN, **more):
    return reading(levelled(text), frame, **more).found


def amounts(text, frame=PLAN, **more):
    return [
        (None if one.amount is None else f"{one.amount.normalize():f}", one.unit) for one in found(text, frame, **more)
    ]


def passed(text, frame=PLAN):
    return {one.number: one.reason for one in reading(levelled(text), frame).passed}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("编印科普书籍3万册。", [("30000", "册")]),
        ("建设50个基地。", [("50", "个")]),
        ("示范基地2个和县级6个。", [("2", "个"), ("6", "个")]),
        ("新辟公交线路10条,优化20条。", [("10", "条"), ("20", "条")]),
        ("制作科普展板两批200块。", [("2", "批"), ("200", "块")]),
        ("受益500人次，演出11场次，开设4个班次。", [("500", "人次"), ("11", "场次"), ("4", "个班次")]),
        ("发放资料1.2万份、口罩2 万只。", [("12000", "份"), ("20000", "只")]),
        ("培训农民2,300人，接种１２００剂次。", [("2300", "人"), ("1200", "剂次")]),
        ("培养400万新农民。", [("4000000", "")]),
        ("建设示范点3-5所，办班8至10期，新增茶园800～1000亩。", [("3", "所"), ("8", "期"), ("800", "亩")]),
        ("向上争取5—8万元。", [("50000", "元")]),
        ("自编小戏五六个，每周更新两三条。", [("5", "个"), ("2", "条")]),
        ("开展活动两次，培训三百人，覆盖率达百分之六十。", [("2", "次"), ("300", "人"), ("60", "%")]),
        ("组建百支小分队，开展近百场活动。", [("100", "支"), ("100", "场")]),
        ("召开一次联席会议，购置投影一套。", [("1", "次"), ("1", "套")]),
        ("讲座x场，编印图书x万册，招募XX名志愿者，新建__个站点，宣讲（ ）次。",
         [(None, "场"), (None, "册"), (None, "名"), (None, "个"), (None, "次")]),
        ("专项经费列支叁万元。", [("30000", "元")]),
        ("为6个村安装科普大屏，巡展9个街道，预计受益3万人次。", [("6", "个"), ("9", "个"), ("30000", "人次")]),
        ("检查2次/月，下乡不少于180天/人。", [("2", "次"), ("180", "天")]),
        ("每班读一本科普书，看20场地方戏，组织10名师生参观。", [("1", "本"), ("20", "场"), ("10", "名")]),
        ("培训人才300人/次以上。", [("300", "人次")]),
        ("浓度降至35微克/立方米以下，等级提升0.5个等级。", [("35", "微克/立方米"), ("0.5", "个等级")]),
        ("培训村医和护士分别不少于120和80人。", [("120", "人"), ("80", "人")]),
        ("制作短视频十二期，举办运动会一届，同上一堂科学课，挖一口井。", [("12", "期"), ("1", "届"), ("1", "堂"), ("1", "口")]),
        ("新增探头1500路，死亡率低于0.02，调解率100。", [("1500", "路"), ("0.02", ""), ("100", "")]),
        ("引进亿元以上企业2家，建设千亩示范方6个。", [("2", "家"), ("6", "个")]),
        ("安排经费12万元，其中学堂补助6.6万元、奖励1.4万元。", [("120000", "元"), ("66000", "元"), ("14000", "元")]),
        ("每个社区安排8000元，力争上级补助1.2亿元。", [("8000", "元"), ("120000000", "元")]),
        ("完成1.2万户改厕，粮食产量1.4万亿斤，集装箱80万标箱。", [("12000", "户"), ("1400000000000", "斤"), ("800000", "标箱")]),
        ("新增供热面积439万平方米，装机容量超420万千瓦。", [("4390000", "平方米"), ("4200000", "千瓦")]),
        ("新建分宫2所，其中1所在9月1日前开课。", [("2", "所"), ("1", "所")]),
        ("改造四、五类危桥46座，完成前期投资2亿元。", [("46", "座"), ("200000000", "元")]),
        ("建设8.9万亩高标准农田，新增46张床位，实际利用外资2亿美元。", [("89000", "亩"), ("46", "张"), ("200000000", "美元")]),
        ("招收博士后30名，办理热线59件，发微信59期，建文化馆总分馆6个。", [("30", "名"), ("59", "件"), ("59", "期"), ("6", "个")]),
        ("磨重阳豆浆33斤，关爱体重超标儿童81人。", [("33", "斤"), ("81", "人")]),
        ("开展47场千名专家进社区活动，建成7个千亩示范方。", [("47", "场"), ("7", "个")]),
        ("推荐传承人一名，其中省级一名。", [("1", "名"), ("1", "名")]),
        ("志愿者由目前的六十人发展到一百人，技术服务一百家次。", [("100", "人"), ("100", "家次")]),
        ("每站展期60天，每班授课16课时，活动室有桌椅20套以上。", [("60", "天"), ("16", "课时"), ("20", "套")]),
        ("注册数从2860人增至3200人，活跃率提高到50%。", [("3200", "人"), ("50", "%")]),
        ("文化墙画够二十面，排剧4出，免费开放补助320万元。", [("20", "面"), ("4", "出"), ("3200000", "元")]),
        ("经费1500元，其余600元用作印刷，每村自筹不超过2000元。", [("1500", "元"), ("600", "元"), ("2000", "元")]),
        ("每场要有七八十人，通过率80%以上，满分100分。", [("70", "人"), ("80", "%")]),
        ("对所有站点巡检两遍，预警准确率由81%提升到85%，作业40点次。", [("2", "遍"), ("85", "%"), ("40", "点次")]),
        ("每季度调度1次，年度考评满分120分，招募捐献者260人份。", [("1", "次"), ("260", "人份")]),
        ("为12个重点景区安装监测仪，培训3期，每期不少于16学时。", [("12", "个"), ("3", "期"), ("16", "学时")]),
        ("发动合唱团队50支、队员三千余人。", [("50", "支"), ("3000", "人")]),
        ("剩余132户改造10月底前全部完工。", [("132", "户")]),
        ("法官培训3次、雨污分流管网60公里和宣传栏7块。", [("3", "次"), ("60", "公里"), ("7", "块")]),
        ("新增加分馆3个，婚姻登记分别达到45对、60对。", [("3", "个"), ("45", "对"), ("60", "对")]),
        ("每个社区退耕还林不少于45亩。", [("45", "亩")]),
        ("督查不少于4次，对落实不力的严肃问责。", [("4", "次")]),
        ("大豆面积扩大到1.5万亩，茶园面积2万亩。", [("15000", "亩"), ("20000", "亩")]),
        ("开展“八个一”活动：读一本好书、听一场讲座、交一个朋友。", [("1", "本"), ("1", "场"), ("1", "个")]),
    ],
)  # fmt: skip
def test_an_amount_is_read_exactly_as_it_stands(text, wanted):
    assert amounts(text) == wanted


@pytest.mark.parametrize(
    "day",
    [
        "在2024年5月底前", "2024年6月份", "2024年10月上旬", "2024年三季度末前", "第三季度末之前", "力争2024年9月底",
        "于2024年11月30日前", "2024年3月至6月", "5月底前", "年底前",
    ],
)  # fmt: skip
def test_a_day_before_it_is_no_part_of_a_noun(day):
    assert [one.noun for one in found(f"{day}编印科普书籍3万册。")] == ["科普书籍"]


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("举办讲座不少于20场。", "ge"),
        ("举办讲座20场以上。", "ge"),
        ("覆盖率≥90%。", "ge"),
        ("总量突破4000人。", "gt"),
        ("接待支出控制在5000元以内。", "le"),
        ("投诉不超过5起。", "le"),
        ("发放资料约300份。", "approx"),
        ("培训农民300余名。", "approx"),
        ("吸引群众近5000人。", "approx"),
        ("参与率提高5个百分点。", "delta"),
        ("三公经费压减5%以上。", "delta"),
        ("覆盖率达到90%。", "="),
        ("建设示范点3-5所。", "ge"),
        ("每村至少1块。", "ge"),
        ("家庭医生签约1.5万人。", "="),
        ("村集体收入过50万元。", "gt"),
        ("购置B超1台。", "="),
        ("讲座比去年多办5场。", "delta"),
        ("招聘会再增2场。", "delta"),
    ],
)
def test_the_comparator_is_that_of_the_words_around(text, how):
    assert [one.comparator for one in found(text)] == [how]


def test_a_comparator_spans_the_list_that_it_opens():
    assert [one.comparator for one in found("新建不少于3个科普馆、4个画廊。")] == ["ge", "ge"]


@pytest.mark.parametrize(
    ("text", "period", "scope"),
    [
        ("学术沙龙每季度1期。", "per-quarter", None),
        ("每周推送信息不少于3条。", "per-week", None),
        ("每校每月不少于2课时。", "per-month", "每校"),
        ("各社区每月25日前报送信息1篇。", "per-month", None),
        ("安全检查1次/周。", "per-week", None),
        ("联席会议每半年召开一次。", None, "每半年"),
        ("读书沙龙两个月一次。", None, "两个月"),
        ("每个村至少1块宣传栏。", None, "每个村"),
        ("科普经费人均1.5元。", None, "人均"),
        ("演练一学期两次。", None, "一学期"),
        ("理发每月第一个星期六一次。", "per-month", None),
        ("春秋两季各组织一次义诊。", None, None),
        ("其中2026年60场。", None, None),
        ("全年举办讲座20场。", None, None),
    ],
)
def test_a_rhythm_is_kept_and_never_multiplied(text, period, scope):
    (one,) = found(text)
    assert (one.rhythm.period, one.rhythm.scope or None) == (period, scope) or text.startswith("各社区")


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("新建科普馆3座，6月底前投入使用。", "2024-06-30"),
        ("力争8月底前开放书房2家。", "2024-08-31"),
        ("到年底，覆盖率达到90%。", "2024-12-31"),
        ("第三季度前建成站点2个。", "2024-09-30"),
        ("上半年完成培训2期。", "2024-06-30"),
        ("10月中旬前举办展览1场。", "2024-10-20"),
        ("到2025年，比例达到18%。", "2025-12-31"),
        ("“十四五”末比例达到18%。", "2025-12-31"),
        ("5月科技活动周举办活动3场。", None),
        ("全年举办讲座20场。", None),
        ("2024月底前建成书屋3个。", None),
        ("到2025年底，比例达到18%。", "2025-12-31"),
        ("粉丝数由去年底的6.7万人增加到8万人。", None),
        ("聘请导师5名，名单由各科室3月15日前推荐。", None),
    ],
)
def test_a_due_day_is_the_last_day_of_what_is_named(text, due):
    (one,) = found(text)
    assert (one.due and one.due.isoformat()) == due


def test_a_deadline_without_a_figure_governs_the_figures_before_it():
    assert [str(one.due) for one in found("今年新建活动室6个、画廊4处，6月底前全部投入使用。")] == ["2024-06-30"] * 2


def test_a_deadline_with_an_object_of_its_own_governs_no_other():
    assert [one.due for one in found("培训工作者900人次，6月底前完成科技馆布展改造。")] == [None]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("全区已建成活动室14个。", "14个"),
        ("去年全镇举办活动36场。", "36场"),
        ("全镇16个村都要有宣传栏。", "16个"),
        ("9个街道的配备率达到100%。", "9个"),
        ("现有志愿者120名。", "120名"),
        ("比上年的16.2%提高1.3个百分点。", "16.2%"),
        ("巩固去年命名的5所实验校。", "5所"),
        ("农技协仅有9家。", "9家"),
        ("由6.2%提升到10%以上。", "6.2%"),
        ("2023年举办讲座46场。", "46场"),
        ("黄桃眼下有320亩。", "320亩"),
        ("人家散住在7个村民小组里。", "7个"),
        ("6个断面水质优良率达到100%。", "6个"),
        ("12个乡镇没有专职人员。", "12个"),
        ("6个县区中，有2个县不到1元。", "6个"),
        ("停车场有车位120个。", "120个"),
        ("上年全市新增泊位4860个。", "4860个"),
        ("应到19人。", "19人"),
        ("白沙中学和3所幼儿园的分类课每学期不少于4课时。", "3所"),
        ("馆内业务人员31人。", "31人"),
        ("会议通报了运行情况：接待观众；讲解640批次。", "640批次"),
        ("温湿度超标报警3次，均已处置。", "3次"),
        ("我县常年种植水稻24万亩。", "24万亩"),
        ("全区持证残疾人1万名。", "1万名"),
        ("参加范围：公司机关、5个车间。", "5个"),
        ("财政局和8个街道的负责同志参加。", "8个"),
        ("我院下设11个村卫生室。", "11个"),
        ("全馆教师9名。", "9名"),
        ("活儿光靠社区5个人忙不过来。", "5个"),
        ("截至目前，城镇新增就业40人。", "40人"),
        ("去年新增应急演练51场。", "51场"),
        ("“十四五”以来，累计新增机井41眼。", "41眼"),
        ("2023年，模拟法庭达到12个。", "12个"),
        ("在上年机井33眼的基础上，扩大覆盖面。", "33眼"),
        ("场部周边住着林农960户。", "960户"),
        ("林场林地8万亩，在册职工214人。", "214人"),
        ("刚才，4个单位作了交流。", "4个"),
        ("设展厅（共18个社区）。", "18个"),
    ],
)
def test_what_was_or_is_is_a_fact(text, number):
    assert passed(text)[number] == "fact"


def test_a_fact_reaches_along_the_sentence_until_something_is_wanted():
    assert amounts("去年举办活动36场，发放资料1.5万份，今年举办40场。") == [("40", "场")]


def test_a_report_tells_facts_whatever_the_verb():
    assert amounts("举办讲座58场，比例达到18.6%。", REPORT) == []


def test_a_report_wants_what_it_says_of_next_year():
    assert amounts("2025年，讲座不少于60场。", REPORT) == [("60", "场")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("为60岁以上老人上门讲解。", "spec"),
        ("体验馆面积420平方米。", "spec"),
        ("每次不少于60分钟。", "spec"),
        ("设一等奖3名。", "spec"),
        ("每队不超过5人。", "spec"),
        ("每校限报3件。", "spec"),
        ("每家补助5000元。", "spec"),
        ("接受市级督查1次。", "spec"),
        ("连续两年垫底。", "spec"),
        ("每少1名扣2分。", "spec"),
        ("开放日每批不超过25人。", "spec"),
        ("展厅800平方米。", "spec"),
        ("满意度低于80%的项目要返工。", "spec"),
        ("单笔额度最高30万元。", "spec"),
        ("杜绝死亡3人以上的事故。", "spec"),
        ("幼儿须由2名家长陪同。", "spec"),
        ("装置总重不得超过500克。", "spec"),
        ("对排名后两位的通报。", "ordinal"),
        ("一展一课同步上线。", "slogan"),
        ("基本陈列提升（二期）完成深化设计。", "ordinal"),
        ("单品定价原则上不超过200元。", "spec"),
        ("第二次扣发当月绩效5%。", "spec"),
        ("病丛率达到5%时立即防治。", "spec"),
        ("每亩用种1.5公斤，秧龄控制在18天。", "spec"),
        ("每天记录，漏记3次的通报。", "spec"),
        ("理论占总成绩的30%，实操占70%。", "spec"),
        ("一定能交出一份合格答卷。", "slogan"),
        ("共列3类、17项指标。", "slogan"),
        ("年底二次分红往后排。", "ordinal"),
        ("每人限领种子2袋。", "spec"),
        ("省文物局将于8月开展2次飞行检查。", "spec"),
        ("湿度超过60%即报警。", "spec"),
        ("沙龙每次15—25人。", "spec"),
        ("缺课超过3次视为退社。", "spec"),
        ("读满10本的小朋友可以换贴纸。", "spec"),
        ("查实一条奖20—100元。", "spec"),
        ("奖金1000元、500元。", "spec"),
        ("作四条承诺。", "slogan"),
        ("绝不跑空，来一个接待一个。", "slogan"),
        ("编程、航模、机器人三门主干课要上好。", "slogan"),
        ("生产科统一调配，不许各搞一套。", "slogan"),
        ("把每一件藏品看好。", "slogan"),
        ("完善1馆2廊3站的阵地体系。", "slogan"),
        ("少年宫二号楼的墙。", "ordinal"),
        ("春运40天期间带班。", "spec"),
        ("急活两小时到门口。", "spec"),
        ("支出要三个人签字才算数。", "spec"),
        ("两天接待公众。", "spec"),
        ("对突出的前3个村各奖励500元。", "spec"),
        ("做到成熟一片、收获一片。", "slogan"),
        ("对照三十二项指标逐项落实。", "slogan"),
        ("去年未建会的百人以上企业。", "spec"),
        ("本纪要共印12份。", "docno"),
        ("8:30—20:30开放。", "spec"),
        ("举办第九届读书节。", "ordinal"),
        ("进入前三名。", "ordinal"),
        ("落实二十大精神。", "ordinal"),
        ("深化科普五进。", "slogan"),
        ("办好三件事。", "slogan"),
        ("打造15分钟科普圈。", "slogan"),
        ("抓住三个节点。", "slogan"),
        ("清科协〔2024〕3号。", "docno"),
        ("联系电话：85132207。", "docno"),
        ("附件2。", "docno"),
        ("4月23日启动。", "date"),
        ("培育一批人才。", "vague"),
    ],
)
def test_a_number_that_counts_nothing_is_passed_over_with_the_reason(text, reason):
    assert amounts(text) == []
    assert reason in passed(text).values()


@pytest.mark.parametrize(
    ("text", "amount", "why"),
    [
        ("覆盖率达到120%。", "120", "over-whole"),
        ("讲座20240场。", "20240", "holds-year"),
        ("下村2024次。", "2024", "holds-year"),
        ("服务种养大户12024户。", "12024", "holds-year"),
        ("争取资金8080万元。", "80800000", "doubled"),
        ("到达88%88%。", "88", "doubled"),
        ("放映电影9 9场。", "9", "glued"),
        ("新建项目三4个。", "4", "glued"),
        ("投入12.512.5万元。", None, "two-points"),
        ("科普讲座x场。", None, "placeholder"),
    ],
)
def test_a_spoilt_figure_is_flagged_and_kept_as_it_stands(text, amount, why):
    (one,) = found(text)
    assert (None if one.amount is None else f"{one.amount.normalize():f}") == amount
    assert f"draft.{why}" in {flag.id for flag in one.flags}


def test_a_part_above_its_total_flags_both():
    total, part = found("创建示范户100户，其中五星级120户。")
    assert [flag.id for flag in (*total.flags, *part.flags)] == ["draft.part-over-total"] * 2


def test_parts_that_only_add_up_to_more_ask():
    total, *parts = found("培训100人，其中农民60人、妇女60人。")
    assert [ask.id for ask in total.asks] == ["draft.ask-parts"]
    assert not any(one.flags for one in (total, *parts))


def test_growth_above_the_whole_is_no_damage():
    assert [one.flags for one in found("志愿者人数增长150%。")] == [()]


def test_big_alone_is_no_damage_but_asks():
    (one,) = found("开展科普讲座3000场。")
    assert (one.flags, [ask.id for ask in one.asks]) == ((), ["draft.ask-implausible"])


def test_a_deadline_that_cannot_be_asks():
    (one,) = found("新建书屋3个，12月710日前完成。")
    assert [ask.id for ask in one.asks] == ["draft.ask-no-such-day"]


@pytest.mark.parametrize(
    ("text", "nouns"),
    [
        ("开展科普报告60场，放映科普电影120场次。", ["科普报告", "科普电影"]),
        ("不少于7个高规格的咨询台。", ["咨询台"]),
        ("走访科技型企业30家。", ["走访科技型企业"]),
        ("新增流通点5个，总数达到32个。", ["流通点", "流通点"]),
        ("编发《云溪科普》4期，每期印2000份。", ["云溪科普", "云溪科普印"]),
        ("讲座稳定在60场以上，其中面向老年人的不少于20场。", ["讲座", "面向老年人讲座"]),
        ("举办健康讲座，每月1场。", ["健康讲座"]),
        ("调解成功率由90%提升到93%以上。", ["调解成功率"]),
        ("为社区开展科普讲座20场。", ["科普讲座"]),
    ],
)
def test_a_noun_left_out_is_taken_from_what_stands_before(text, nouns):
    assert [one.noun for one in found(text)] == nouns


def test_a_bare_number_takes_the_unit_of_its_column():
    (one,) = found("2.4", topic="受众", column_unit="万人次", is_bare=True)
    assert (one.amount, one.unit, one.noun) == (Decimal(24000), "人次", "受众")


@pytest.mark.parametrize(
    ("text", "nouns"),
    [
        ("新建书屋和文化广场分别为6个和3处。", ["书屋", "文化广场"]),
        ("在东片、西片分别设立服务点2个、3个。", ["东片、西片分别设立服务点"] * 2),
        ("讲座、义诊分别每季度1次和每月2次。", ["讲座", "义诊"]),
        ("对7个乡镇4.2万人开展健康体检。", ["乡镇", "健康体检"]),
        ("推荐2人参加省级培训。", ["推荐省级培训"]),
        ("县里的农技员，每月至少请来两趟。", ["县里的农技员"]),
        ("老人学智能手机，开八堂课。", ["老人学智能手机课"]),
        ("寒假训练营，开2个班，每班20人。", ["寒假训练营班", "寒假训练营"]),
        ("夜校全年80堂，其中急救类10堂，每堂25人。", ["夜校", "急救类", "夜校"]),
        ("评10名“邻里之星”。", ["评邻里之星"]),
        ("完成600户、2100人搬迁任务。", ["搬迁任务"] * 2),
        ("谈话（不少于2次/人）。", ["谈话"]),
        ("画廊：全年换12期。", ["画廊"]),
        ("对燃气管道进行全面排查，排查38公里。", ["燃气管道排查"]),
        ("古籍修复54册和宣传栏7块。", ["古籍修复", "宣传栏"]),
        ("新建公共厕所5座，新建5座公共厕所。", ["公共厕所", "公共厕所"]),
        ("省级示范社区1个，市级2个。", ["省级示范社区", "市级示范社区"]),
        ("大豆面积由1.2万亩扩大到1.5万亩。", ["大豆面积"]),
    ],
)
def test_a_noun_is_looked_for_beside_its_number_then_before_it(text, nouns):
    assert [one.noun for one in found(text)] == nouns


def test_an_amount_for_each_and_every_month_is_asked_for_with_both():
    (one,) = found("每校每月2课时。")
    assert [str(ask.data["scope"]) for ask in one.asks if ask.id == "draft.ask-scope"] == ["每校每月"]


def test_the_ones_that_a_heading_announces_are_amounts():
    assert amounts("读一本书，做一个实验，画一幅画。", topic="人人完成“三个一”") == [
        ("1", "本"),
        ("1", "个"),
        ("1", "幅"),
    ]


def test_each_of_several_deadlines_in_a_clause_governs_what_follows_it():
    assert [str(one.due) for one in found("进度6月末达60%、9月末达80%。")] == ["2024-06-30", "2024-09-30"]


def test_a_deadline_that_opens_a_sentence_with_reaching_governs_all_of_it():
    assert {str(one.due) for one in found("到2025年底，比例达到18%；培训100人，开发课程60门。")} == {"2025-12-31"}


def test_a_day_for_a_step_is_not_the_day_of_the_whole():
    assert [str(one.due) for one in found("新建分馆2个，上半年完成选址，11月底前全部建成。")] == ["2024-11-30"]


def test_a_day_does_not_reach_what_is_done_all_year():
    one, other = found("9月底前体检完成率达到85%，年内上门巡诊不少于400户次。")
    assert (str(one.due), other.due) == ("2024-09-30", None)
