"""What was typed as text to compare, and how characters sound."""

import pytest

from famgui.policy.spelling import Sounds, folded, grams, phrase, runs, syllables
from tests.policy.searching import bare


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("醫保卡", "医保卡"),
        ("門診統籌", "门诊统筹"),
        ("ＨＮ－２１", "hn-21"),
        ("2,000元", "2000元"),
        ("１０名", "10名"),
        ("甲，乙", "甲,乙"),
        ("App", "app"),
        ("\ud800绑", "绑"),
        ("", ""),
    ],
)
def test_folded(typed: str, plain: str) -> None:
    assert folded(typed) == plain


def test_runs_keep_shares_and_decimals_whole() -> None:
    assert runs("共济10.5%,app_2医") == ["共济", "10.5%", "app", "2", "医"]


@pytest.mark.parametrize(
    ("text", "tokens", "asked"),
    [
        ("共济", "共济 济", '"共济"'),
        ("共", "共", '"共" *'),
        ("共济人", "共济 济人 人", '"共济 济人"'),
        ("共济10人", "共济 济 10 人", '"共济 济 10 人" *'),
        ("70%", "70%", '"70%"'),
        ("acct_pay", "acct pay", '"acct pay"'),
        ("“”", "", ""),
        ('"*', "", ""),
    ],
)
def test_grams_and_the_phrases_that_find_them(text: str, tokens: str, asked: str) -> None:
    assert (grams(text), phrase(text)) == (tokens, asked)


def test_a_reading_follows_its_surroundings() -> None:
    assert syllables("重庆") == ("chong", "qing")
    assert syllables("女儿") == ("nv", "er")


@pytest.fixture(scope="module")
def sounds() -> Sounds:
    return bare()[0].sounds


def test_usual_readings(sounds: Sounds) -> None:
    assert sounds.of("医保卡女") == ("yi", "bao", "ka", "nv")
    assert sounds.of("x") == ("x",)
    assert sounds.is_syllable("zhuang") and not sounds.is_syllable("zhua" + "n" + "x")
    assert sounds.opens("zhu") and not sounds.opens("zhuang")


@pytest.mark.parametrize(
    ("letters", "unfinished", "spelled"),
    [
        ("yibaoka", False, ("yi", "bao", "ka")),
        ("xian", False, ("xian",)),
        ("gongjizh", True, ("gong", "ji", "zh")),
        ("gongjizh", False, ()),
        ("ybk", True, ()),
    ],
)
def test_spelled(sounds: Sounds, letters: str, unfinished: bool, spelled: tuple[str, ...]) -> None:
    assert sounds.spelled(letters, unfinished=unfinished) == spelled


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (("gong", "ji"), ["共济", "公计"]),
        (("g", "j"), ["共济", "公计"]),
        (("gong", "j"), ["共济", "公计"]),
        (("jia", "ting", "gong"), ["家庭共"]),
        (("xue",), []),
    ],
)
def test_stretches(sounds: Sounds, wanted: tuple[str, ...], found: list[str]) -> None:
    text = "家庭共济公计"
    assert [text[first:last] for first, last in sounds.stretches(text, wanted)] == found
