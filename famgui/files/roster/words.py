"""The words that the list's cells choose from: relations as people say them, insurance with its status, yes and no."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from famgui.files.workbook.form import plain
from famgui.files.workbook.words import CHOICES, Word

RELATIONS: tuple[Word, ...] = (
    Word("spouse", "配偶", "spouse", ("丈夫", "妻子", "夫妻", "夫", "妻", "爱人", "老公", "老婆", "husband", "wife")),
    Word(
        "parent",
        "父母",
        "parent",
        ("父亲", "母亲", "父", "母", "爸爸", "妈妈", "爸", "妈", "养父", "养母", "继父", "继母", "father", "mother"),
    ),
    Word(
        "child",
        "子女",
        "child",
        ("儿子", "女儿", "子", "女", "长子", "次子", "长女", "次女", "养子", "养女", "继子", "继女", "son", "daughter"),
    ),
    Word(
        "sibling",
        "兄弟姐妹",
        "sibling",
        ("兄弟", "姐妹", "哥哥", "弟弟", "姐姐", "妹妹", "兄", "弟", "姐", "妹", "哥", "brother", "sister"),
    ),
    Word(
        "paternal-grandparent",
        "祖父母",
        "paternal-grandparent",
        (
            *("祖父", "祖母", "爷爷", "奶奶", "爷", "奶"),
            *("paternal grandparent", "paternal grandfather", "paternal grandmother"),
        ),
    ),
    Word(
        "maternal-grandparent",
        "外祖父母",
        "maternal-grandparent",
        (
            *("外祖父", "外祖母", "外公", "外婆", "姥爷", "姥姥", "姥娘"),
            *("maternal grandparent", "maternal grandfather", "maternal grandmother"),
        ),
    ),
    Word("sons-child", "孙子女", "sons-child", ("孙子", "孙女", "孙", "son's child", "son's son", "son's daughter")),
    Word(
        "daughters-child",
        "外孙子女",
        "daughters-child",
        ("外孙", "外孙女", "外孙子", "daughter's child", "daughter's son", "daughter's daughter"),
    ),
    Word(
        "in-law",
        "姻亲",
        "in-law",
        (
            *("岳父", "岳母", "岳父母", "丈人", "丈母娘", "公公", "婆婆", "公婆", "儿媳", "儿媳妇", "媳妇", "女婿"),
            *("嫂子", "弟媳", "弟妹", "姐夫", "妹夫", "大伯", "小叔", "小舅子", "小姨子", "亲家"),
            *("in law", "father-in-law", "mother-in-law", "son-in-law", "daughter-in-law"),
            *("brother-in-law", "sister-in-law", "parent-in-law"),
        ),
    ),
    Word(
        "other",
        "其他",
        "other",
        (
            *("叔叔", "伯伯", "伯父", "姑姑", "姑妈", "舅舅", "姨妈", "阿姨", "堂兄弟", "表兄弟", "侄子", "侄女"),
            *("外甥", "外甥女", "曾祖父母", "亲戚", "朋友", "同事"),
            *("uncle", "aunt", "cousin", "nephew", "niece", "friend", "colleague"),
        ),
    ),
)
_DOUBTFUL = "祖辈 隔代 孙辈 grandparent grandfather grandmother grandchild grandson granddaughter"
DOUBTFUL = frozenset(_DOUBTFUL.split())
"""Words that may mean the father's or the mother's side, a son's or a daughter's child: people have to say which."""

INSURANCES: tuple[Word, ...] = (
    Word(("employee", "active"), "在职职工", "employee, active", ("在职", "职工在职", "在岗", "active", "working")),
    Word(("employee", "retired"), "退休职工", "employee, retired", ("退休", "职工退休", "退休人员", "retired")),
    Word(
        ("employee", "flexible"),
        "灵活就业",
        "employee, flexible",
        ("灵活", "灵活就业人员", "灵活就业职工", "职工灵活就业", "flexible"),
    ),
    Word(("employee", None), "职工", "employee", ("职工医保", "城镇职工", "职工基本医疗保险")),
    Word(
        ("resident", None),
        "居民",
        "resident",
        ("居民医保", "城乡居民", "城乡居民基本医疗保险", "新农合"),
    ),
    Word(("none", None), "未参保", "none", ("无", "没有", "未参加", "不参保")),
)
CONCESSIONS: tuple[Word, ...] = (
    Word("none", "无", "none", ("否", "没有")),
    Word("low-income", "低保对象", "low-income", ("低保",)),
    Word("low-income-margin", "低保边缘家庭成员", "low-income-margin", ("低保边缘",)),
    Word("monitored", "防止返贫监测对象", "monitored", ("监测对象",)),
    Word("destitute", "特困人员", "destitute", ("特困",)),
    Word("severe-disability", "重度残疾人", "severe-disability", ("重度残疾",)),
    Word("orphan", "孤儿", "orphan"),
    Word("child-without-support", "事实无人抚养儿童", "child-without-support"),
)
LISTS: Mapping[str, tuple[Word, ...]] = {
    "relation": RELATIONS,
    "authorizer.insurance": INSURANCES,
    "user.insurance": INSURANCES,
    "authorizer.single_pool": CHOICES["has_account"],
    "authorizer.concession": CONCESSIONS,
}
"""The words of every column that has them."""
OPEN_END = frozenset(map(plain, ("长期", "不限", "不限期", "无", "永久", "长期有效", "open", "none", "unlimited")))
"""What people write for a last day that does not come."""


@cache
def meanings(column: str) -> Mapping[str, Any]:
    """What each word of a column means, by its plain spelling."""
    return MappingProxyType(
        {plain(spelled): word.value for word in LISTS[column] for spelled in (word.zh, word.en, *word.also)}
    )


def offered(column: str, language: str) -> list[str]:
    """The words of a column as they are offered in a language."""
    return [word.en if language == "en" else word.zh for word in LISTS[column]]


def word_for(column: str, value: object, language: str) -> str:
    """What a value is called; "" for a value without a word."""
    return next((word.en if language == "en" else word.zh for word in LISTS[column] if word.value == value), "")
