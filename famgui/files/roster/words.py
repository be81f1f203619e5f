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
_MEN = (
    "丈夫 夫 老公 父亲 父 爸爸 爸 养父 继父 儿子 子 长子 次子 养子 继子 哥哥 弟弟 兄 弟 哥 祖父 爷爷 爷 外祖父 外公"
    " 姥爷 孙子 外孙子 岳父 丈人 公公 女婿 姐夫 妹夫 小舅子"
    " husband father son brother father-in-law son-in-law brother-in-law"
)
_WOMEN = (
    "妻子 妻 老婆 母亲 母 妈妈 妈 养母 继母 女儿 女 长女 次女 养女 继女 姐姐 妹妹 姐 妹 祖母 奶奶 奶 外祖母 外婆"
    " 姥姥 姥娘 孙女 外孙女 岳母 丈母娘 婆婆 儿媳 儿媳妇 媳妇 嫂子 弟媳 弟妹 小姨子"
    " wife mother daughter sister mother-in-law daughter-in-law sister-in-law"
)
MALE: Mapping[str, bool] = {**dict.fromkeys(_MEN.split(), True), **dict.fromkeys(_WOMEN.split(), False)}
"""Whether a word for a relative is said of a man; of a woman: False."""
DOUBTFUL = frozenset(_DOUBTFUL.split())
"""Words that may mean the father's or the mother's side, a son's or a daughter's child: people have to say which."""

_SCHEME = ("", "医保", "医疗保险", "基本医保", "基本医疗保险", "保险", "参保人员")
"""What people write behind whose insurance it is."""


def _schemes(*whose: str) -> tuple[str, ...]:
    """An insurance in every usual spelling."""
    return tuple(f"{who}{scheme}" for who in whose for scheme in _SCHEME if who + scheme not in ("职工", "居民"))


def _of_employees(status: str) -> tuple[str, ...]:
    """The employees' insurance with a status before or behind it: 城镇职工医保（退休）, 退休职工医保."""
    behind = (f"{scheme}{status}" for scheme in _schemes("职工", "城镇职工"))
    return (*behind, *(f"{status}{scheme}" for scheme in _schemes("职工")), f"{status}参保")


INSURANCES: tuple[Word, ...] = (
    Word(
        ("employee", "active"),
        "在职职工",
        "employee, active",
        ("在职", "职工在职", "在岗", *_of_employees("在职"), "active", "working"),
    ),
    Word(
        ("employee", "retired"),
        "退休职工",
        "employee, retired",
        ("退休", "职工退休", "退休人员", "离退休", "离退休人员", *_of_employees("退休"), "retired"),
    ),
    Word(
        ("employee", "flexible"),
        "灵活就业",
        "employee, flexible",
        (
            *("灵活", "灵活就业人员", "灵活就业职工", "职工灵活就业", "自由职业", "自由职业者", "个体参保"),
            *(*_of_employees("灵活就业"), "flexible"),
        ),
    ),
    Word(("employee", None), "职工", "employee", (*_schemes("职工", "城镇职工", "企业职工"), "职工参保", "城职保")),
    Word(
        ("resident", None),
        "居民",
        "resident",
        (
            *_schemes("居民", "城乡居民", "城镇居民", "农村居民", "老年居民"),
            *("居民参保", "城居保", "城乡居保", "一老一小", "新农合", "农合", "合作医疗", "新型农村合作医疗"),
            *("学生", "在校学生", "大学生", "中小学生", "学生儿童", "儿童", "少儿", "婴幼儿", "未成年", "未成年人"),
            *("学生医保", "大学生医保", "少儿医保", "student", "child"),
        ),
    ),
    Word(
        ("none", None),
        "未参保",
        "none",
        ("无", "没有", "未参加", "不参保", "没参保", "没有参保", "无医保", "没有医保", "未投保"),
    ),
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
