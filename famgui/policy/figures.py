"""Figures in a query - amounts, counts, shares, dates, document numbers, ids - and how clauses write them."""

import re
from collections.abc import Iterator

from famgui.policy.terms import Wording

_NUMERAL = "零一二两三四五六七八九十百千万"
_BEFORE, _AFTER = r"[〔\[(【]", r"[〕\])】]"
_YEAR = r"(?:19|20)\d\d"
FIGURE = re.compile(
    rf"""
    (?P<document>[一-鿿]{{1,8}}[发函规字办令]\s*
        (?:{_BEFORE}\s*{_YEAR}\s*{_AFTER}?\s*(?:第\s*)?\d*\s*号?|{_YEAR}(?:\s+|年\s*)(?:第\s*)?\d+\s*号?))
    |(?P<date>{_YEAR}[-/.年]\d{{1,2}}(?:[-/.月]\d{{1,2}}日?|月))
    |(?P<code>[a-z]+\d?-\d+|[a-z0-9]+(?:_[a-z0-9]+)+)
    |(?P<share>\d+(?:\.\d+)?\s*%|百分之(?:\d+|[{_NUMERAL}]+)|(?:\d|[一二两三四五六七八九])成)
    |(?P<count>(?:\d+(?:\.\d+)?\s*[万千百]?|[三四五六七八九十]|[一二两三四五六七八九十][{_NUMERAL}]+)
        (?:个人(?!账)|块钱|周岁|元|块|人(?!民)|名|位|岁|个月|天|倍|种病)
      |\d+(?:\.\d+)?\s*[万千百]?(?:个(?!人账|账)|年|月|日|次|类|种|级|号|档|家|笔)?
      |[一两二三四五六七八九][百千万][{_NUMERAL}]*)
    """,
    re.VERBOSE,
)
"""One figure in a folded query, by its kind."""

_PEOPLE = ("人", "名", "个", "位")
_UNITS = {"个人": "人", "块钱": "元", "块": "元", "周岁": "岁", "种病": "种"}
_COUNT = re.compile(rf"([\d.]+|[{_NUMERAL}]+)\s*([万千百]?)(.*)")
_POWERS = {"": 1, "百": 100, "千": 1000, "万": 10000}
_BARE, _LOOSE_UNIT = 0.45, 0.5
"""How near a figure of several digits is without its unit, and one with "个", which may count anything."""


def year_in(typed: str) -> int | None:
    """The year that a figure names: 2022年, 2022-10-01."""
    found = re.match(rf"({_YEAR})(?:年|-|/|$)", typed)
    return int(found[1]) if found else None


def day_in(kind: str, typed: str) -> tuple[int, ...]:
    """The day that a date names, as year, month and day, or the month as year and month; () where it is no date."""
    return tuple(map(int, re.findall(r"\d+", typed))) if kind == "date" else ()


def wordings(kind: str, typed: str) -> tuple[Wording, ...]:
    """How clauses may write a figure of a kind."""
    return tuple(Wording(text, near, "itself" if text == typed else "number") for text, near in _FORMS[kind](typed))


def _document(typed: str) -> Iterator[tuple[str, float]]:
    plain = re.sub(rf"{_BEFORE}|{_AFTER}|第|年", " ", typed)
    plain = " ".join(plain.split())
    yield plain, 1.0
    office = re.match(rf"(.*?{_YEAR})", plain)
    if office and office[1] != plain:
        yield office[1], 0.4


def _date(typed: str) -> Iterator[tuple[str, float]]:
    year, month, *day = (int(part) for part in re.findall(r"\d+", typed))
    yield typed, 1.0
    if day:
        yield f"{year}年{month}月{day[0]}日", 1.0
        yield f"{year} {month:02} {day[0]:02}", 1.0
    yield f"{year}年{month}月", 0.8
    yield f"{year} {month:02}", 0.8


def _code(typed: str) -> Iterator[tuple[str, float]]:
    yield typed, 1.0


def _share(typed: str) -> Iterator[tuple[str, float]]:
    digits = re.findall(r"[\d.]+", typed)
    value = digits[0] if digits else str(_number(typed.replace("百分之", "").replace("成", "")))
    yield f"{value}0%" if "成" in typed else f"{value}%", 1.0


def _count(typed: str) -> Iterator[tuple[str, float]]:
    found = _COUNT.fullmatch(typed)
    assert found is not None
    figure, power, unit = found.groups()
    unit = _UNITS.get(unit, unit)
    value = figure if figure[0].isdigit() else str(_number(figure))
    if power and "." in value:
        unit = power + unit
    elif power:
        value = str(int(value) * _POWERS[power])
    if value == figure and typed != value + unit:
        yield typed, 1.0
    for other in _PEOPLE if unit in _PEOPLE else (unit,):
        yield value + other, 1.0 if other == unit or "个" not in (other, unit) else _LOOSE_UNIT
    if value.endswith("0000"):
        yield f"{value[:-4]}万{unit}", 1.0
    if unit and unit not in "年月日号级":
        yield from [(value, _BARE)] if len(value) > 1 else []
    elif unit == "年":
        yield value, 0.8


def _number(numerals: str) -> int:
    """Chinese numerals as a number: 两千三 is 2300."""
    total = digit = power = 0
    for character in numerals:
        at = "零一二三四五六七八九".find(character)
        if character in "十百千万":
            power = 10 ** ("十百千万".index(character) + 1)
            total, digit = total + (digit or 1) * power, 0
        elif at != 0:
            digit = 2 if character == "两" else at
    short = power >= 100 and digit and numerals[-2] in "百千万"
    return total + digit * (power // 10 if short else 1)


_FORMS = {"document": _document, "date": _date, "code": _code, "share": _share, "count": _count}
