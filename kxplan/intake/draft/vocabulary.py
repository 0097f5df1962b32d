"""Vocabulary: the words that office plans build their sentences with, one table for each office of a word."""

from __future__ import annotations

import re


def alternatives(words: str) -> str:
    """Return a pattern for any of the blank-separated `words`, longer ones first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words.split(), key=len, reverse=True)) + ")"


DOING = (
    "开展 举办 组织 召开 编印 编写 编制 编发 编辑 编排 制作 印制 印发 印刷 建设 新建 建成 改建 扩建 续建 共建 自建 建立 建好 筹建 创建 创立 组建 完成 实现 发放 发布 "
    "发展 新增 增加 增设 增建 增补 增配 新设 设立 设置 开设 开办 开通 开行 开发 承办 协办 主办 联办 合办 推出 推送 推荐 举荐 放映 播放 播出 播映 购买 购置 采购 添置 "
    "配备 配置 配齐 安装 更新 更换 改造 改造提升 提升改造 打造 培育 培养 孵化 引进 引入 引育 征集 收集 评选 评定 命名 认定 选派 选聘 聘请 聘用 聘任 招募 招聘 招收 招引 申报 申请 "
    "申领 争取 争创 获得 获取 荣获 取得 落实 落地 安排 投入 筹集 募集 筹措 列支 报送 上报 撰写 刊发 刊登 发表 出版 出刊 订阅 征订 拍摄 录制 推广 推进 实施 "
    "启动 扶持 建档 建 办 印 发 搞 播 签 投用 建成投用 投入使用 修复 修缮 修建 维修 维护 新辟 开辟 优化 打通 铺设 种植 栽植 植树 造林 新植 清理 清运 整治 整改 排查 化解 调解 "
    "办理 办结 受理 接待 接诊 提供 完善 巩固 保持 稳定 扩大 提高 提升 增强 加强 做好 抓好 搞好 办好 上好 建强 用好 管好 组成 成立 新成立 创作 研发 研制 策划 设计 "
    "签订 签约 转化 新招募 新发展 新培育 新认定 新创建 新引进 新评 兑现 复制 举行 进行 达成 吸纳 吸收 动员 发动 形成 收到 吸引 新开 开放 开馆 新改扩建 "
    "新购 添购 入藏 采编 创成 做到 确定 布置 布设 挂牌 授牌 表彰 奖励 评出 选树 选出 树立 表扬 推选 遴选 输送 提交 提出 登记 供应 供给 捐赠 捐献 筛查 检查 体检 "
    "接种 随访 签 派出 派发 张贴 悬挂 绘制 出台 制定 修订 建起 办成 拓展 拓宽 覆盖 服务 联系 联络 结对 对接 帮扶 资助 救助 培训 轮训 走访 慰问 巡展 巡演 巡讲 巡回 走访慰问 "
    "参加 参与 组织参加 带动 促进 督促 指导 支持 协助 配合 带领 引导 鼓励 围绕 抽查 督查 检测 监测 采集 采样 消除 治理 压减 压缩 处理 处置 化验 审核 审批 检修 改扩建"
)
"""What a target may be reached by; before a number it is the action, not the thing counted."""

TELLING = (
    "走访 慰问 走访慰问 巡展 巡演 巡讲 巡回 培训 轮训 服务 联系 结对 帮扶 资助 救助 覆盖 调解 排查 筛查 体检 接种 随访 检查 抽查 督查 征订 招引 "
    "整治 植树 造林 化解 接诊 受理 接待 开放 开馆 开行 吸引 参加 参与 带动 压减 压缩 获得 获取 荣获 整改 检测 监测 报送 上报 刊发 刊登 发表 更新 推送 征集 采集 对接 挂牌 "
    "表彰 命名 认定 申报 捐赠 签约 发布 入藏 出动 审核 指导 支持 处置 治理 办结 办理 推荐 举荐 督促 协助 巡诊 收到 消除 清理 清运 修订 订阅 维修"
)
"""Doings that say what is counted, so that they stay with the thing: 走访企业30家 is not 企业30家."""

REACHING = (
    "达到 到达 达 达成 实现 保持在 稳定在 维持在 控制在 提高到 提升到 提高至 提升至 增加到 增加至 增长到 增至 升至 上升到 扩大到 扩大至 发展到 降至 降到 下降到 下降至 压减到 "
    "压缩到 完成 为 至 到 有 是 在 占 占到 保证 确保 不少于 计 增到 升到 破"
)
"""Between the thing and its number."""

WILLING = (
    "计划 力争 争取 确保 努力 预计 保证 准备 打算 应当 必须 继续 积极 认真 切实 进一步 大力 着力 全面 深入 扎实 不断 持续 精心 广泛 充分 统筹 有序 稳步 加快 力求 "
    "共 共计 合计 总计 累计 分别 均 都 全部 全年 今年 本年 本年度 年内 当年 全年共 年度 上半年 下半年 一年 每年 至少 不少于 不低于 同时 此外 以及 其中 另外 "
    "方案 主动 定期 及时 自行 依托 联合 会同 共同 一共 总共 通过 利用 按照 根据 结合 用于 计有 年终 年底 到年底 年底前 新增加"
)
"""Before a verb or a number, without a meaning of its own for the thing counted."""

WEAK = (
    "总量 总数 总计 数量 人数 规模 总人数 比例 占比 比率 比重 覆盖率 完成率 达标率 合格率 满意率 满意度 参与率 知晓率 参与 参训 参加 受益 印 发 办 办班 印数 数 次数 册数 "
    "面积 时长 播放 放映 更新 覆盖 组织 开展 完成 全年 省级 市级 区级 县级 国家级 镇级 村级 校级 以上 获奖 "
    "共 计 总 各 亩产 均 受众 个数 场次 线上 线下 大型 小型 重点 新建 改建 扩建 优化 改造 提升 更换 参与人数 培训 达"
)
"""Too little to say by itself what is counted: the thing before it in the sentence is taken too."""

PLACES_REACHED = "街道 村 社区 乡镇 镇 乡 县 区 学校 中小学 校 企业 单位 部门 村庄 行政村 小区 园区 网格 站点 家庭 农户 班级 支部 乡镇街道 机关 点"

MODIFIER_ENDING = re.compile(
    r"(?:的|型|类|级|以上|以下|线上|线下|大型|小型|农村|城市|城镇|优秀|先进|重点|新建|公益|省|市|区|县|国家|校外|校内|户外|室内)$"
)
"""A phrase that ends so describes the thing and leaves it out: 县级6个."""
