"""The words that a workbook's cells choose from, and the value of the domain that each stands for."""

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from famgui.files.workbook.form import plain


class Word(NamedTuple):
    """A value, what it is called, and what else people write for it."""

    value: Any
    zh: str
    en: str
    also: tuple[str, ...] = ()


_YES_NO = (
    Word(True, "是", "yes", ("定点", "有", "已签", "true", "y", "1", "√")),
    Word(False, "否", "no", ("非定点", "无", "没有", "未签", "false", "n", "0", "×")),
)
_CHOICES: Mapping[str, tuple[Word, ...]] = {
    "kind": (
        Word("outpatient", "门诊", "outpatient", ("普通门诊",)),
        Word("chronic", "慢特病", "chronic", ("门诊慢特病", "慢特病门诊", "慢性病", "门慢", "门特")),
        Word("two-disease", "两病", "two-disease", ("门诊两病", "两病用药")),
        Word("pharmacy", "药店", "pharmacy", ("药店购药", "定点药店", "购药")),
        Word("inpatient", "住院", "inpatient", ("普通住院",)),
    ),
    "level": (
        Word("community", "基层", "community", ("社区", "未定级", "基层医疗机构")),
        Word("primary", "一级", "primary", ("一级医院", "一级机构")),
        Word("secondary", "二级", "secondary", ("二级医院", "二级机构")),
        Word("tertiary", "三级", "tertiary", ("三级医院", "三级机构")),
    ),
    "grade": (
        Word("special", "特等", "special"),
        Word("A", "甲等", "A", ("甲",)),
        Word("B", "乙等", "B", ("乙",)),
        Word("C", "丙等", "C", ("丙",)),
    ),
    "disease": (
        Word("hypertension", "高血压", "hypertension"),
        Word("diabetes", "糖尿病", "diabetes"),
        Word("both", "高血压和糖尿病", "both", ("两病", "高血压、糖尿病", "高血压糖尿病")),
    ),
    "category": (
        Word("drug", "药品", "drug", ("西药", "中成药", "中药饮片", "中药")),
        Word("service", "诊疗", "service", ("诊疗项目", "服务", "检查", "检验", "治疗")),
        Word("device", "器械", "device", ("医疗器械",)),
        Word("consumable", "耗材", "consumable", ("医用耗材",)),
        Word("health-food", "保健食品", "health-food", ("保健品",)),
        Word("daily-goods", "日用品", "daily-goods", ("生活用品",)),
        Word("wellness", "养生保健", "wellness", ("养生", "保健")),
        Word("fitness", "体育健身", "fitness", ("健身",)),
        Word("public-health", "公共卫生", "public-health"),
    ),
    "class": (
        Word("A", "甲", "A", ("甲类",)),
        Word("B", "乙", "B", ("乙类",)),
        Word("C", "丙", "C", ("丙类", "自费", "全自费", "丙 自费")),
    ),
    "insurance": (
        Word("employee", "职工", "employee", ("职工医保", "城镇职工", "城镇职工医保", "职工基本医疗保险")),
        Word(
            "resident",
            "居民",
            "resident",
            (
                *("居民医保", "城乡居民", "城镇居民", "城乡居民医保", "城镇居民医保", "居民基本医疗保险"),
                *("城乡居民基本医疗保险", "城镇居民基本医疗保险", "学生", "学生儿童", "新农合"),
            ),
        ),
        Word("none", "未参保", "none", ("无", "未参加")),
    ),
    "status": (
        Word("active", "在职", "active", ("working",)),
        Word("retired", "退休", "retired"),
        Word("flexible", "灵活就业", "flexible", ("灵活",)),
    ),
    "relation": (
        Word("spouse", "配偶", "spouse", ("丈夫", "妻子", "夫妻")),
        Word("parent", "父母", "parent", ("父亲", "母亲", "父", "母")),
        Word("child", "子女", "child", ("儿子", "女儿", "子", "女")),
        Word("sibling", "兄弟姐妹", "sibling", ("兄弟", "姐妹")),
        Word("paternal-grandparent", "祖父母", "paternal-grandparent", ("祖父", "祖母", "爷爷", "奶奶")),
        Word("maternal-grandparent", "外祖父母", "maternal-grandparent", ("外祖父", "外祖母", "外公", "外婆")),
        Word("sons-child", "孙子女", "sons-child", ("孙子", "孙女")),
        Word("daughters-child", "外孙子女", "daughters-child", ("外孙", "外孙女")),
        Word("in-law", "姻亲", "in-law", ("公婆", "岳父母", "儿媳", "女婿")),
        Word("other", "其他", "other"),
    ),
}
CHOICES: Mapping[str, tuple[Word, ...]] = {
    **_CHOICES,
    "benefit": _CHOICES["kind"],
    "designated": _YES_NO,
    "contracted": _YES_NO,
    "has_account": _YES_NO,
}
"""The words of every column that has them, by the column's key."""


@cache
def meanings(column: str) -> Mapping[str, Any]:
    """What each word of a column means, by its plain spelling."""
    return MappingProxyType(
        {plain(spelled): word.value for word in CHOICES[column] for spelled in (word.zh, word.en, *word.also)}
    )


def titles(column: str, language: str) -> Iterable[str]:
    """The words of a column as they are offered in a language."""
    return [word.en if language == "en" else word.zh for word in CHOICES[column]]


def title(column: str, value: object, language: str) -> str:
    """What a value is called; "" for a value without a word."""
    for word in CHOICES[column]:
        if word.value == value:
            return word.en if language == "en" else word.zh
    return ""
