"""The directory: who is found by what is typed, in which order; which rows look like one person."""

import pytest

from famgui.domain.person import Person
from famgui.store.person_find import Term
from famgui.usecase.people import alike, count, find, term_of, told, with_number
from tests.domain.building import household, row
from tests.store.making import new_book, put
from tests.usecase.people_making import TODAY, lis, number, wangs


@pytest.fixture(scope="module")
def ledger(tmp_path_factory, library):
    with new_book(tmp_path_factory.mktemp("people")) as book:
        put(book, library.book, wangs())
        put(book, library.book, lis())
        others = [
            Person("a", "resident", "350000", "王芳菲"),
            Person("b", "resident", "350000", "黄王芳"),
            Person("c", "resident", "350000", "重·买买提", phone="13900000002"),
            Person("d", "resident", "350000", "100% O'Neil_"),
        ]
        put(book, library.book, household(*others, place="350000", rows=[row("a", "b"), row("a", "c")]))
        yield book


def names(ledger, typed, **more):
    return [hit.person.name for hit in find(ledger, typed, **more)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("王芳", ["王芳", "王芳菲", "黄王芳"]),
        ("芳", ["黄王芳", "王芳", "王芳菲"]),
        ("wangfang", ["王芳", "王芳菲", "黄王芳"]),
        ("Wang Fang", ["王芳", "王芳菲", "黄王芳"]),
        ("wf", ["王芳", "王芳菲", "黄王芳"]),
        ("zxy", ["周秀英", "周秀英"]),
        ("zhouxiu", ["周秀英", "周秀英"]),
        ("chongmai", ["重·买买提"]),
        ("zhongmaimaiti", ["重·买买提"]),
        ("买买提", ["重·买买提"]),
        (number(2)[-4:], ["王芳"]),
        (number(4), ["周秀英", "周秀英"]),
        ("0002", ["重·买买提"]),
        ("22334455", ["周秀英"]),
        (f"周 {number(4)[-3:]}", ["周秀英", "周秀英"]),
        (f"王芳{number(4)[-3:]}", []),
        ("100%", ["100% O'Neil_"]),
        ("%", ["100% O'Neil_"]),
        ("没有", []),
    ],
)
def test_people_are_found_best_first(ledger, typed, first):
    assert names(ledger, typed) == first
    assert count(ledger, typed) == len(first)


def test_initials_come_before_what_only_contains_them(ledger):
    assert names(ledger, "wf")[0] == "王芳"
    assert term_of("w f") == Term(sound="wf")


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("", Term()),
        ("  ", Term()),
        ("王 芳", Term(text="王芳")),
        ("zhou xiu'ying", Term(sound="zhouxiuying")),
        ("002x", Term(number="002X")),
        ("周 4302", Term(text="周", number="4302")),
        ("zxy 12", Term(sound="zxy", number="12")),
        ("138 0000 0001", Term(number="13800000001")),
        ("买买提•", Term(text="买买提·")),
    ],
)
def test_what_is_typed_is_taken_apart(typed, term):
    assert term_of(typed) == term


def test_everybody_page_by_page(ledger):
    everybody = names(ledger, "")
    assert len(everybody) == count(ledger, "") == 9
    pages = [names(ledger, "", limit=4, offset=offset) for offset in (0, 4, 8, 12)]
    assert [name for page in pages for name in page] == everybody and pages[3] == []


def test_a_place_keeps_to_its_households(ledger):
    assert names(ledger, "王芳", place="430200") == ["王芳"]
    assert count(ledger, "王芳", place="350000") == 2


def test_a_hit_tells_household_money_and_bindings(ledger):
    mother = find(ledger, "zxy")[0]
    daughter = find(ledger, "王芳")[0]
    assert (mother.gives, mother.takes, mother.money) == (0, 1, None)
    assert (daughter.gives, daughter.takes, daughter.money) == (1, 0, 55_000)
    assert daughter.place == "430200"
    assert told(ledger, [daughter.id, 999, mother.id]) == [daughter, mother]


def test_bindings_that_have_ended_do_not_count_on_a_day(ledger, tmp_path, library):
    with new_book(tmp_path) as book:
        ended = wangs()
        rows = tuple(row("p1", "p2", "parent", ends=ended.events[-1].date) for _ in range(1))
        put(book, library.book, household(*ended.persons, accounts=ended.balances, rows=rows))
        assert find(book, "王芳")[0].gives == 1
        assert find(book, "王芳", day=TODAY)[0].gives == 0


def test_who_has_a_number_already(ledger):
    assert len(with_number(ledger, number(4).lower())) == 2
    assert with_number(ledger, number(9)) == with_number(ledger, "12") == []


def test_rows_that_look_like_one_person(tmp_path, library):
    with new_book(tmp_path) as book:
        put(book, library.book, wangs())
        put(book, library.book, lis())
        twins = [
            Person("a", "resident", "430200", "陈晨", born=TODAY),
            Person("b", "resident", "430200", "陈晨", born=TODAY),
            Person("c", "resident", "430200", "王芳", phone="13800000001"),
            Person("d", "resident", "430200", "王芳", number(6)),
        ]
        put(book, library.book, household(*twins))
        pairs = alike(book)
        assert [(pair.first.person.name, pair.why) for pair in pairs] == [
            ("周秀英", "number"),
            ("王芳", "phone"),
            ("陈晨", "born"),
        ]
        assert all(pair.first.id < pair.second.id for pair in pairs)
        assert len(alike(book, limit=2)) == 2
