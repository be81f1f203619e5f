"""What people call the topics of clauses, and the rules that clauses set."""

from collections.abc import Iterable, Mapping

from famgui.domain.rule import Row
from famgui.policy.library import Library
from famgui.policy.places import nowhere

TOPICS: Mapping[str, str] = {
    "relation": "亲属 关系 范围 近亲属 谁能绑 家人 亲人 亲戚",
    "binding": "绑定 条件 填写 添加 授权",
    "binding_limit": "绑定人数 上限 最多 几人 数量 名额 多少人 绑满",
    "binding_path": "业务办理 入口 路径 渠道 怎么绑 在哪里绑定 手机 窗口 医保局",
    "unbind": "解绑 解除 取消 断开 删除 移除",
    "eligibility": "参保 资格 谁可以授权 没参保",
    "order": "先后次序 顺序 先扣 先用 先花 接着扣 谁出",
    "threshold": "门槛 留存 余额 超过部分 存够",
    "scope": "支付范围 可以支付 个人账户",
    "prohibited": "不能支付 禁止 不得用于 个人账户",
    "limit": "限额 单笔 余额不足 不够 用完",
    "balance": "余额 结转 利息 历年 个人账户 卡里的钱 清零",
    "opd_employee": "普通门诊 统筹 支付比例 年度限额 职工",
    "opd_resident": "普通门诊 统筹 居民 儿童 支付比例 年度限额",
    "opd_resident_old": "普通门诊 统筹 居民",
    "premium": "代缴 居民医保 缴费 帮家人交",
    "resident_premium": "居民医保 缴费 缴费标准",
    "resident_incentive": "居民医保 连续参保",
    "account_inflow": "个人账户 划入 每月 返钱 打钱",
    "settlement": "结算 出示 凭证 医保卡",
    "cross_region": "异地 省内 外地",
    "cross_province": "跨省 共济 医保钱包",
    "chronic": "慢特病 门诊",
    "chronic_resident": "慢特病 门诊 居民",
    "chronic_employee": "慢特病 门诊 职工",
    "two_disease": "两病 高血压 糖尿病 门诊用药",
    "employee_inpatient": "住院 职工",
    "resident_inpatient": "住院 居民",
    "resident_catastrophic": "大病保险 居民",
    "penalty": "处罚 骗保 被抓 套现",
    "notice": "通知 推送",
    "huiminbao": "惠民保 商业补充保险",
    "pharmacy": "药店 处方",
    "newborn": "新生儿 刚出生 出生后 娃",
    "refund": "退费 退钱 退款",
    "formula": "公式 计算",
    "field": "字段",
    "document": "文件 文号",
    "drug_class": "甲类 乙类 先行自付",
    "concept": "区别",
    "retiree": "退休",
}
"""What a topic is called by people."""
RULES: Mapping[str, str] = {
    "pool.ratio": "支付比例 报销比例",
    "pool.deductible.": "起付线 起付标准 门槛费",
    "pool.cap.": "年度限额 限额 封顶线 封顶 最高支付限额",
    "account.pays": "可以支付 支付范围",
    "account.prohibited": "不得用于 不能支付",
    "account.own-first": "先后次序 扣款顺序 先扣谁",
    "account.order": "先后次序 扣款顺序 多名授权人",
    "account.keep": "门槛 余额要求 最低余额",
    "account.prior-years-only": "历年结余 当年资金",
    "account.payment-ratio": "单笔限额 限额",
    "account.inflow.": "划入 返钱 每月",
    "binding.relations": "亲属范围 近亲属 八类",
    "binding.at-once": "同时 最多 绑定人数",
    "binding.lifetime": "累计 最多 绑定人数",
    "binding.authorizers": "多名授权人",
    "binding.effective": "生效",
    "binding.commitment": "承诺书",
    "binding.proof": "证明材料",
    "binding.asks.id-number": "身份证号 填写",
    "binding.asks.phone": "联系电话 填写",
    "binding.asks.dates": "起止日期 填写",
    "binding.changes-per-year": "更改",
    "notice.misuse": "处罚 冒用",
    "notice.credit": "黑名单",
    "notice.push": "推送",
    "platform.bind": "怎么绑定 绑定 入口",
    "platform.unbind": "解绑 入口",
    "platform.premium": "代缴 入口",
    "premium.window": "集中缴费期 截止日期",
    "premium.price": "缴费标准 保费",
    "premium.late-price": "集中期外 补缴 全额",
    "premium.once-a-year": "代缴 几次",
    "remind.credential": "医保码 凭证",
    "remind.no-cash": "提取现金",
    "remind.tell-cashier": "自动结算 主动告知",
}
"""What people call the rule that a value of the calculator is, by its key or by how that opens."""


def rules(library: Library) -> Mapping[str, str]:
    """By clause: what people call the rules that it sets, for places that there are. One that says that there is none
    (an amount of nothing) sets none; it says so itself."""
    found: dict[str, dict[str, None]] = {}
    for pack in library.packs:
        for row in library.rows(pack.place) if not nowhere(pack.place) else ():
            for clause in (row.clause, *row.beside):
                found.setdefault(clause, {}).update(dict.fromkeys(_names(row)))
    return {clause: " ".join(names) for clause, names in found.items() if names}


def _names(row: Row) -> Iterable[str]:
    if row.value == 0 and row.value is not False:
        return ()
    return [name for key, names in RULES.items() if row.key.startswith(key) for name in names.split()]
