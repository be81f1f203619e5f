"""Every check of a new binding can be said, in both languages, and no sentence of the table is without a check."""

import tomllib
from itertools import product
from typing import get_args

import pytest

from famgui.base.wording import Language, Wording
from famgui.domain.binding_check import AUTHORIZER_CODES, PAIR_CODES, Check, CheckCode, Demand, Other, State
from famgui.domain.plausibility import Odd
from famgui.files.checktext import Told, check_sentence
from tests.files.program import REPOSITORY

CODES = (*AUTHORIZER_CODES, *PAIR_CODES, *get_args(Demand), *get_args(Other), *get_args(Odd))
WARNED_ONLY = {"APPROVAL", "LONG_AGO", "SPOUSE_SEX", "SECOND_SPOUSE", "THIRD_PARENT", "SAME_GRANDPARENT", "SPOUSE_AGE"}
FAILED_ONLY = {"TWICE", "IN_BOOK", "NO_FIRST_DAY", "NO_LAST_DAY", "RELATION_NEEDED"}
NEVER_FAILED = {"AGES"}
NAMES = {"li": "李强", "zhou": "周秀英", "wang": "王芳"}


def told(language: Language, relation: str = "parent") -> Told:
    days = {"zhou": "2025-07-01 至 2026-06-30"}
    return Told(Wording(language), NAMES, "li", "湖南省", {"zhou": relation}, days)


def possible(code: CheckCode) -> tuple[State, ...]:
    """The states in which a code comes up."""
    if code in WARNED_ONLY:
        return ("warning",)
    if code in FAILED_ONLY:
        return ("failed", "unasked") if code == "RELATION_NEEDED" else ("failed",)
    if code in NEVER_FAILED:
        return ("passed", "warning")
    return ("passed", "failed", "warning", "unasked")


class Listening(Wording):
    """Notes which sentences were asked for."""

    def __init__(self, language: Language, asked: set[str]) -> None:
        super().__init__(language)
        self.asked = asked

    def say(self, section: str, key: str, /, **values: object) -> str:
        if section == "check":
            self.asked.add(key)
        return super().say(section, key, **values)


def test_every_check_has_a_sentence_and_every_sentence_a_check() -> None:
    asked: set[str] = set()
    for code in CODES:
        for state, about, limit, relation in product(
            possible(code), ("", "wang"), (None, 10), ("parent", "in-law", "child")
        ):
            why = ("resident", "single-pool", "none") if code == "NO_ACCOUNT" and state == "failed" else (about,)
            for reason, taken in product(why, (-1, 3)):
                check = Check(code, state, "zhou", "zhou", taken=taken, limit=limit, about=reason)
                said = told("zh", relation)
                listening = Told(Listening("zh", asked), said.names, "li", said.province, said.relations, said.days)
                assert check_sentence(check, listening)
    table = tomllib.loads((REPOSITORY / "resources" / "i18n" / "zh.toml").read_text("utf-8"))["check"]
    assert asked == set(table)


YOUNG = Check("AGES", "warning", "zhou", "zhou", taken=15)
PLACES = Check("BIND_LIMIT", "passed", "zhou", "zhou", taken=3, limit=10, takes=True)
SAME = PLACES._replace(takes=False)
FULL = Check("BIND_LIMIT", "failed", "zhou", "zhou", taken=10, limit=10)
IN_LAW = Check("RELATION_NOT_ALLOWED", "failed", "zhou", "zhou", about="wang")
EARLY = Check("STARTS_TOO_EARLY", "failed", "zhou", "zhou", about="2025-08-01")


@pytest.mark.parametrize(
    ("check", "relation", "zh", "en"),
    [
        (PLACES, "parent", "同时绑定 4 / 10 人", "At once 4 / 10"),
        (SAME, "parent", "同时绑定 3 / 10 人", "At once 3 / 10"),
        (FULL, "parent", "同时绑定已满 10 人", "All 10 places"),
        (IN_LAW, "in-law", "可由配偶王芳授权给其父母", "The spouse, 王芳, can authorize"),
        (YOUNG, "parent", "周秀英只比李强大 15 岁", "周秀英 is only 15 years older"),
        (YOUNG, "child", "李强只比周秀英大 15 岁", "李强 is only 15 years older"),
        (Check("NO_ACCOUNT", "failed", "li", about="single-pool"), "parent", "单建统筹", "single pool"),
        (EARLY, "parent", "2025-08-01", "2025-08-01"),
    ],
)
def test_sentences_name_people_and_figures(check: Check, relation: str, zh: str, en: str) -> None:
    assert zh in check_sentence(check, told("zh", relation))
    assert en in check_sentence(check, told("en", relation))


def test_what_is_said_of_several_names_all() -> None:
    check = Check("OTHER_PROVINCE", "passed", "li")
    assert check_sentence(check, told("zh"), ("li", "zhou")) == "李强、周秀英在湖南省参保"
