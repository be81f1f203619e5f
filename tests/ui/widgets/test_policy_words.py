"""The library in words: every key and topic has some, values and conditions read as people say them."""

from datetime import date
from typing import Any

import pytest

from famgui.base.wording import Wording
from famgui.domain.rule import KEYS, PlatformStep, Window
from famgui.policy.library import Library
from famgui.policy.pack import Clause
from famgui.ui.widgets.policy_keys import key_words
from famgui.ui.widgets.policy_words import condition_words, stated, topic_words, value_words

ZH = Wording("zh")


def test_every_key_and_every_topic_of_the_library_has_words(zh: None, library: Library) -> None:
    assert [key for key in KEYS if key_words(key) == key] == []
    topics = {clause.topic for clause in library.clauses.values()}
    assert [topic for topic in sorted(topics) if topic_words(topic) == topic] == []
    assert (key_words("unheard.of"), topic_words("unheard_of")) == ("unheard.of", "unheard_of")


@pytest.mark.parametrize(
    ("key", "value", "short", "said"),
    [
        ("account.keep", 200_000, False, "2,000.00"),
        ("account.keep", 200_000, True, "2,000"),
        ("pool.ratio", 6_550, True, "65.5 %"),
        ("binding.at-once", 10, True, "10"),
        ("binding.proof", False, True, "否"),
        ("account.order", "priority", True, "按优先次序"),
        ("binding.relations", ("spouse", "parent", "child"), True, "配偶、父母、子女"),
        ("binding.relations", ("spouse", "parent", "child", "sibling"), True, "4 类"),
        ("binding.relations", ("spouse", "parent", "child", "sibling"), False, "4 类：配偶、父母、子女、兄弟姐妹"),
        ("account.pays", ("drug", "device"), True, "药品、器械"),
        ("premium.insurance", ("employee", "resident"), True, "职工医保、居民医保"),
        ("premium.window", Window(date(2025, 9, 1), date(2025, 12, 31)), True, "2025-09-01 至 2025-12-31"),
        ("binding.effective", "next-month", True, "次月生效"),
        ("platform.bind", (PlatformStep("登录", "Sign in"), PlatformStep("提交", "Submit")), True, "2 步"),
        ("platform.bind", (PlatformStep("登录", "Sign in"), PlatformStep("提交", "Submit")), False, "登录 → 提交"),
    ],
)
def test_values_in_words(zh: None, key: str, value: Any, short: bool, said: str) -> None:
    assert value_words(key, value, ZH, short=short) == said


def test_conditions_in_words(zh: None) -> None:
    when = (("benefit", ("outpatient",)), ("level", ("secondary", "tertiary")), ("contracted", ("yes",)))
    assert condition_words(when, (45, 60), 200_000, ZH) == (
        "普通门诊 · 二级、三级 · 已签约 · 45–59 岁 · 超过 2,000.00 元的部分"
    )
    assert condition_words((), (70, 200), None, ZH) == "70 岁起"
    assert condition_words((("tier", ("二档", "")),), None, None, ZH) == "二档、其余"
    assert condition_words((), None, None, ZH) == ""


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("100/300;60%", "元;%", "100/300 元; 60%"),
        ("10", "人", "10 人"),
        ("近亲属", "", "近亲属"),
        ("国办发〔2024〕38号", "文号", "国办发〔2024〕38号"),
        ("17万;10万", "家", "17万;10万 家"),
        ("", "", ""),
    ],
)
def test_values_carry_their_units(value: str, unit: str, shown: str) -> None:
    assert stated(Clause("T", "000000", "t", "s", "A", value=value, unit=unit)) == shown
