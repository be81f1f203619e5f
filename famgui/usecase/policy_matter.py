"""Which matters a clause speaks of, finer than its topic, and in which of its words: deductible, share, limit ..."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from re import Pattern
from typing import Literal, NamedTuple, TypeAlias

from famgui.policy.pack import Clause

Matter: TypeAlias = Literal[
    "relations",
    "limit",
    "lifetime",
    "authorizers",
    "threshold",
    "order",
    "deductible",
    "working",
    "retired",
    "cap",
    "channel",
    "unbind",
    "changes",
    "months",
    "effective",
    "rebinding",
    "payment",
]
_Pool: TypeAlias = Literal["deductible", "share", "cap"]
POOL: frozenset[Matter] = frozenset(("deductible", "working", "retired", "cap"))
"""The matters of what the pooled fund pays, told apart by the words of a clause."""
_EMPLOYEES = "opd_employee"
_MANY = r"(?:[0-9]+|多|[一二两三四五六七八九十]+个或多)"
_KIN = r"(?:名|个)?(?:人(?!的个人账户)|近亲属|直系亲属|亲属|成员|家庭成员|家人|使用人|配偶)"


@dataclass(frozen=True, slots=True)
class _Sign:
    """A clause of one of the topics is of the matter; with `words` only where one of its phrases holds them."""

    topics: frozenset[str]
    words: Pattern[str] | None = None


def _sign(topics: str, words: str = "") -> _Sign:
    return _Sign(frozenset(topics.split()), re.compile(words) if words else None)


_ANYWHERE = "binding_limit limit binding_path threshold order unbind"
_SIGNS: Mapping[Matter, _Sign] = {
    "relations": _sign("relation"),
    "limit": _sign(
        _ANYWHERE,
        rf"^(?!.*(?:累计|一生|解除))(?!.*可以由)(?:.*(?:绑定|授权|关联|添加|共济|可以|最多)[^被由]*{_MANY}{_KIN}"
        r"|.*可以绑定的人数|.*不限人数|.*只限一对一|.*同一家庭账户.*人)",
    ),
    "lifetime": _sign(_ANYWHERE, r"(?:累计|一生).*[0-9]+(?:名|人)"),
    "authorizers": _sign(
        _ANYWHERE,
        r"^(?!.*时$)(?!.*、.*、).*(?:只能(?:由|被|接受|属于|加入|参加|在)|可以由多人|被多(?:名|人)|接受多名|被绑定的人数|由一名)",
    ),
    "threshold": _sign("threshold"),
    "order": _sign("order"),
    "channel": _sign("binding_path"),
    "unbind": _sign("unbind"),
    "changes": _sign(_ANYWHERE, r"每年[^，]*(?:更改|变更|调整)"),
    "months": _sign(_ANYWHERE, r"(?:个月|满[0-9]+天).*解(?:绑|除)"),
    "rebinding": _sign(_ANYWHERE, r"^(?!.*(?:改变|随时)).*(?:反复|再次绑定|重新绑定)"),
    "payment": _sign(_ANYWHERE, r"单[笔次][^，]*(?:不超过|最[高多][0-9]|支付到)"),
    "effective": _sign(_ANYWHERE + " binding", r"^(?!.*解除).*生效"),
}
MATTERS: tuple[Matter, ...] = (*_SIGNS, *sorted(POOL))
GRADES = "ABCDSK"
"""The grades of clauses, the most trusted first."""

_POOL_WORDS: Mapping[_Pool, Pattern[str]] = {
    "deductible": re.compile(r"(?:起付|自负段)(?!(?:标准|线)?(?:以上|以下|至|的部分))|年度累计[0-9]+元"),
    "share": re.compile(r"(?<!附加基金)(?:支付|报销)[^，]*%|支付比例|百分点"),
    "cap": re.compile(r"限额|封顶|上限|最[高多]支?付|单次限|累计到[0-9]+元以后"),
}
_EARLIER = re.compile(r"^(?:此前|原来|原为|原先)")
_PARTS = re.compile(r"(?:(?<!的)(?<!部分)(?<!费用)(?<!年度内)(?<!人数)(?<!再绑定)，|[；。])(?![^（]*）)")
_OPENING = re.compile(r"^(?P<place>[^：，。]{2,40})：")
_PLACE_END = re.compile(r"(?:省|市|区|州|县|盟|兵团|说|站称|城市）)$")
_LEVELS = re.compile(r"(?:在)?(?:基层|社区|一级|二级|三级).*$")
_DAY = re.compile(r"^(?:从|自)?[0-9]{4}年[^，]*$|^.{0,6}以前$")
_NO_NEWS = re.compile(
    r"^(?:(?:从|自)[0-9]{4}年[^，]{0,12}起，|职工医保的?(?=普通门诊|门诊|门急诊)"
    r"|(?:普通门诊|门急诊|门诊)的?(?=每|各|起|年|支|不|限|规|最))"
    r"|^有内容站(?:的一页)?称[^，：]{2,8}?(?:省|市)(?=最多|每人|一名)"
)
_BOTH = re.compile(r"(?<!比)在职")
_ELSE = re.compile(r"划入")
_WITH_AUTHORIZER = re.compile(r"(?:连同|含|包括|包含|算上)授权人|授权人也?(?:计算在内|算在内|计入)")


class _Phrase(NamedTuple):
    """A part of a statement: its words, the pooled fund's matters it is about, and whether only the retired are."""

    words: str
    about: frozenset[_Pool]
    retired: bool
    named: bool
    earlier: bool


def matters_of(clause: Clause) -> frozenset[Matter]:
    """The matters that a clause speaks of; none for one whose topic is not divided any further."""
    found = {matter for matter, sign in _SIGNS.items() if _shows(clause, sign)}
    return frozenset(found | (pool_matters(clause) if clause.topic == _EMPLOYEES else set()))


def by_trust(clause: Clause) -> tuple[int, int, int, str]:
    """Clauses on one matter in order: the best grade, what speaks of that matter alone, the latest."""
    spoken = len(matters_of(clause) & POOL)
    return GRADES.index(clause.grade), spoken, -(clause.first or date.min).toordinal(), clause.id


def pool_matters(clause: Clause) -> set[Matter]:
    """What of the pooled fund a clause of any topic speaks of, by its words alone."""
    found: set[Matter] = set()
    for phrase in _pool_phrases(clause):
        if phrase.earlier:
            continue
        found |= {matter for matter in ("deductible", "cap") if matter in phrase.about}
        if "share" in phrase.about:
            found |= {"retired"} if phrase.retired else {"working", "retired"} if phrase.named else {"working"}
    return found


def counts_authorizer(clause: Clause) -> bool:
    """Whether the people that a limit counts are those bound and the authorizer, too."""
    return bool(_WITH_AUTHORIZER.search(clause.statement))


def said_on(clause: Clause, matter: Matter | None) -> str:
    """The words of a clause on a matter, without its place and the day it begins; the whole statement where they
    cannot be told apart."""
    found = _on_pool(clause, matter) if matter in POOL else _on_sign(clause, matter)
    body = _bare(_opening(clause.statement)[1])
    return found or body


def _shows(clause: Clause, sign: _Sign) -> bool:
    if clause.topic not in sign.topics:
        return False
    return sign.words is None or any(sign.words.search(part) for part in _split(clause.statement))


def _on_sign(clause: Clause, matter: Matter | None) -> str:
    words = _SIGNS[matter].words if matter is not None else None
    if words is None:
        return ""
    return _bare("，".join(part for part in _split(_opening(clause.statement)[1]) if words.search(part)))


def _on_pool(clause: Clause, matter: Matter | None) -> str:
    phrases = [phrase for phrase in _pool_phrases(clause) if not phrase.earlier]
    shares = [phrase for phrase in phrases if "share" in phrase.about]
    if matter == "working":
        kept = [phrase for phrase in shares if not phrase.retired] or shares
    elif matter == "retired":
        kept = [phrase for phrase in shares if phrase.retired or phrase.named] or shares
        kept = kept if any("%" in phrase.words for phrase in kept) else shares
    else:
        kept = [phrase for phrase in phrases if matter in phrase.about]
    said = _bare("，".join(phrase.words for phrase in kept))
    level = _LEVELS.search(_opening(clause.statement)[0])
    return f"{level[0]}：{said}" if level is not None and said else said


def _pool_phrases(clause: Clause) -> Iterator[_Phrase]:
    """The phrases of a statement. One that names no matter is on the matter before it, one that names nobody is about
    whom the phrase before it was, as long as the matter stays the same; what only says where belongs to the next."""
    opening, body = _opening(clause.statement.replace("％", "%"))
    last, retired, scope = _named_in(opening), "退休" in opening and "在职" not in opening, ""
    for part in _split(body):
        named = _named_in(part)
        about = named or _carried(part, last)
        names, both = "退休" in part, bool(_BOTH.search(part))
        if names or both:
            retired = names and not both
        elif named and last and named != last:
            retired = False
        if not about:
            scope = "" if _DAY.search(part) or _ELSE.search(part) else f"{part}，"
            continue
        yield _Phrase(scope + part, about, retired, names, bool(_EARLIER.search(part)))
        last, scope = about, ""


def _named_in(words: str) -> frozenset[_Pool]:
    return frozenset(pool for pool, sign in _POOL_WORDS.items() if sign.search(words))


def _carried(words: str, last: frozenset[_Pool]) -> frozenset[_Pool]:
    """The matter of a phrase with a figure that names none: the one before it, else a share."""
    if not re.search(r"[0-9].*[元%]", words) or _ELSE.search(words):
        return frozenset()
    return last or (frozenset({"share"}) if "%" in words else frozenset())


def _split(statement: str) -> list[str]:
    return [part for part in (part.strip() for part in _PARTS.split(statement)) if part]


def _opening(statement: str) -> tuple[str, str]:
    """What stands before the colon, "" where that is no more than the place, and what comes after it."""
    found = _OPENING.match(statement)
    if found is None:
        return "", statement
    place, body = found["place"], statement[found.end() :]
    return ("" if _PLACE_END.search(place) else place), body


def _bare(words: str) -> str:
    """Words without the day and the general terms that every such clause begins with, and without the last stop."""
    while True:
        shorter = _NO_NEWS.sub("", words, count=1)
        if shorter == words or not shorter:
            return words.rstrip("。；，")
        words = shorter
