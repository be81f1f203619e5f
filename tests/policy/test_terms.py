"""The synonyms file is sound, and a wordbook can be asked in every way."""

from pathlib import Path

import pytest

from famgui.policy.terms import EXACT, SAME, Terms
from famgui.policy.wordbook import Wordbook, wordbook
from tests.policy.searching import SYNONYMS, bare

SMALL = Wordbook(
    groups=(("配偶", "老婆", "老公"), ("起付线", "门槛费")),
    leads=((("孩子",), ("居民医保",)),),
    sounds={"配偶": "pei ou", "老婆": "lao po", "起付线": "qi fu xian", "绿": "lv"},
)


def test_the_file_is_folded_and_has_no_word_twice_in_a_group() -> None:
    book = wordbook(SYNONYMS)
    assert len(book.groups) > 150 and len(book.english or {}) > 150
    for group in (*book.groups, *(part for lead in book.leads for part in lead)):
        assert len(group) == len(set(group)) > 0
        assert all(word.strip() == word != "" for word in group)
    known = book.words()
    assert [word for words in (book.english or {}).values() for word in words if word not in known] == []


def test_what_says_nothing_is_no_thesaurus_word() -> None:
    book = wordbook(SYNONYMS)
    assert set(book.empty) & set(book.words()) <= {"买"}
    assert set(book.empty_english) & set(book.english or {}) == set()


def test_around() -> None:
    terms = Terms(SMALL)
    assert [(word.text, word.near, word.way) for word in terms.around("老婆")] == [
        ("老婆", 1.0, "itself"),
        ("配偶", SAME, "synonym"),
        ("老公", SAME, "synonym"),
    ]
    assert [(word.text, word.way) for word in terms.around("孩子")] == [("孩子", "itself"), ("居民医保", "lead")]
    assert [word.text for word in terms.around("居民医保")] == ["居民医保"]
    assert [(word.text, word.through) for word in Terms(SMALL, ["配偶"]).around("老婆", 0.5, "sound")] == [
        ("老婆", ""),
        ("配偶", "老婆"),
    ]


def test_names_of_the_very_same_thing_are_nearer_than_other_wordings() -> None:
    exact = Terms(Wordbook(groups=SMALL.groups, exact=("起付线", "门槛费")))
    assert [word.near for word in exact.around("起付线")] == [1.0, EXACT]
    assert [word.near for word in exact.around("老婆")] == [1.0, SAME, SAME]
    assert "起付标准" in wordbook(SYNONYMS).exact


def test_found_by_sound_and_in_part() -> None:
    terms = Terms(SMALL)
    assert terms.by_sound["laopo"] == ["老婆"] and terms.by_initials["qfx"] == ["起付线"]
    assert terms.sounding_on("qifu") == terms.initials_on("q") == ["起付线"]
    assert terms.sounding_on("qifuxianx") == []
    assert (
        terms.beginning("起") == ["起付线"] and terms.shortened("起线") == ["起付线"] and terms.shortened("付线") == []
    )
    assert terms.long_words == ["起付线", "门槛费", "居民医保"]


def test_without() -> None:
    book = SMALL.without({"老婆", "孩子"})
    assert book.groups[0] == ("配偶", "老公") and book.leads == (((), ("居民医保",)),)
    assert "老婆" not in Terms(book)


@pytest.mark.parametrize("word", ["绑定", "起付标准", "近亲属"])
def test_sounds_are_kept_with_the_index(word: str) -> None:
    assert (bare()[0].book.sounds or {})[word]


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        wordbook(tmp_path / "none.toml")
