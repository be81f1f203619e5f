"""Which matter a clause speaks of, by its topic and words."""

import pytest

from famgui.policy.pack import Clause
from famgui.usecase.policy_matter import Matter, counts_authorizer, matters_of, said_on


@pytest.mark.parametrize(
    ("topic", "statement", "value", "unit", "matters"),
    [
        ("relation", "可以绑定八类近亲属。", "8", "类", {"relations"}),
        ("binding_limit", "最多绑定7人。", "7", "人", {"limit"}),
        ("order", "先付本人账户。", "", "", {"order"}),
        ("opd_employee", "一级200元、二级400元起付。", "200/400", "元/年", {"deductible"}),
        ("opd_employee", "在职人员三级医院支付60%。", "60", "%", {"working"}),
        ("opd_employee", "退休人员支付比例各加5个百分点。", "5", "", {"retired"}),
        ("opd_employee", "一级70%、二级65%；退休75%、70%。", "70/65", "%", {"working", "retired"}),
        ("opd_employee", "年度最高支付限额2000元。", "2000", "元/年", {"cap"}),
        ("opd_employee", "起付以上至5500元：一级75%、二级65%。", "75/65", "%", {"working"}),
        ("premium", "起付线以外。", "", "", set()),
    ],
)
def test_the_matters_of_a_clause(topic: str, statement: str, value: str, unit: str, matters: set[str]) -> None:
    assert matters_of(Clause("T-1", "430000", topic, statement, "B", value=value, unit=unit)) == matters


@pytest.mark.parametrize(
    ("statement", "matter", "said"),
    [
        ("某市：从2024年起，职工医保普通门诊起付600元，支付比例为85%、80%，退休人员再加5个百分点，年度限额2万元。",
         "deductible", "起付600元"),
        ("某市：普通门诊起付600元，支付比例为85%、80%，退休人员再加5个百分点，年度限额2万元。",
         "retired", "支付比例为85%、80%，退休人员再加5个百分点"),
        ("某市：普通门诊起付600元，支付比例为85%、80%，年度限额2万元。", "cap", "年度限额2万元"),
        ("某省职工在一级医疗机构的普通门诊：不设起付线，由统筹基金支付70%。", "deductible",
         "在一级医疗机构的普通门诊：不设起付线"),
        ("某省：年度限额按缴费比例分档，4%的为500元，6%的为1200元。", "cap",
         "年度限额按缴费比例分档，4%的为500元，6%的为1200元"),
        ("某市：不再设封顶线；此前的封顶线为每年2万元。", "cap", "不再设封顶线"),
        ("某市：在职职工为65%、60%，退休人员为70%、65%。", "retired", "退休人员为70%、65%"),
    ],
)  # fmt: skip
def test_what_a_clause_says_on_a_matter(statement: str, matter: Matter, said: str) -> None:
    clause = Clause("T-1", "430000", "opd_employee", statement, "B")
    assert matter in matters_of(clause)
    assert said_on(clause, matter) == said


@pytest.mark.parametrize(
    ("statement", "matters"),
    [
        ("一名职工最多绑定6人。", {"limit"}),
        ("一名职工累计最多绑定20名近亲属。", {"lifetime"}),
        ("使用人只能接受一名授权人的授权。", {"authorizers"}),
        ("个人账户每月只能向家庭共济账户划拨一次。", set()),
        ("绑定不满3个月不能解除。", {"months"}),
        ("单笔不超过500元。", {"payment"}),
    ],
)
def test_limits_are_told_apart(statement: str, matters: set[str]) -> None:
    assert matters_of(Clause("T-1", "430000", "binding_limit", statement, "B")) == matters


@pytest.mark.parametrize(
    ("statement", "counts"),
    [
        ("同一家庭共济最多7人，授权人也算在内；结算时先用本人账户。", True),
        ("同一家庭账户连同授权人最多7人。", True),
        ("一名授权人最多绑定7人。", False),
        ("一次结算只能使用一名授权人的账户。", False),
    ],
)
def test_a_limit_may_count_the_authorizer(statement: str, counts: bool) -> None:
    assert counts_authorizer(Clause("T-1", "430000", "binding_limit", statement, "B")) is counts
