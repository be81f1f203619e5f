"""Which matter a clause speaks of, by its topic and words."""

import pytest

from famgui.policy.pack import Clause
from famgui.usecase.policy_matter import matters_of


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
