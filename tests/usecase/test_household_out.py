"""A household out of the book again, and a case file held against the book before it comes in."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from famgui.base.wording import Wording
from famgui.domain.account import Balance
from famgui.domain.household import Deposit
from famgui.files.casefile import read_case, read_titled
from famgui.policy.library import Library
from famgui.store.book import Book
from famgui.usecase import desk as uses
from famgui.usecase.doctor import examine
from famgui.usecase.household import import_household, load, summaries, titles
from famgui.usecase.household_known import already, elsewhere, labels, twice
from famgui.usecase.household_out import bring_back, leaving_of, take_out
from famgui.usecase.record import record_event
from tests.domain.building import employee, household, resident
from tests.store.making import NOW, SAMPLE, filled, new_book
from tests.usecase.people_making import lis, number, wangs

LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Book]:
    with new_book(tmp_path) as book:
        yield book


def rows(book: Book) -> dict[str, int]:
    """How many rows every table has, but for the audit trail."""
    with book.read() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        return {
            name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()
            for name in names
            if name != "audit"
        }


def trail(book: Book) -> list[tuple[str, int | None, str]]:
    with book.read() as connection:
        found = connection.exec_driver_sql("SELECT action, household_id, detail FROM audit ORDER BY id").all()
        return [tuple(row) for row in found]


def test_a_household_goes_whole_and_the_book_is_as_it_was(ledger: Book, library: Library) -> None:
    import_household(ledger, library.book, lis(), "李家", now=NOW)
    before = rows(ledger)
    home = filled(ledger, library.book)
    found = leaving_of(ledger, home)
    assert found.names == ("王芳", "李强", "周秀英", "王建国", "李小明") and not found.since and not found.touched
    assert found.contents.events and found.contents.postings and found.contents.bindings
    done = take_out(ledger, [home], now=LATER, untouched=True)
    assert done.done and home in done.changes.households and done.changes.postings
    assert rows(ledger) == before and titles(ledger) == {1: "李家"}
    assert examine(ledger, library.book) == ()
    assert trail(ledger)[-1] == ("delete household", None, f"{home}: 5 persons, {found.contents.events} events")
    assert not any("家" in detail or "family" in detail for action, home, detail in trail(ledger) if home is None)


def test_what_went_comes_back_as_it_came(ledger: Book, library: Library) -> None:
    home = filled(ledger, library.book)
    done = take_out(ledger, [home], now=LATER)
    back, changes = bring_back(ledger, library.book, done.gone, now=LATER)
    assert load(ledger, library.book, back).household == read_case(SAMPLE)
    assert titles(ledger) == {back: SAMPLE.stem} and back in changes.households
    assert examine(ledger, library.book) == ()


def test_a_household_with_a_record_of_its_own_stays(ledger: Book, library: Library) -> None:
    other, home = (import_household(ledger, library.book, made, "家", now=NOW)[0] for made in (lis(), wangs()))
    record_event(ledger, library.book, home, Deposit("d1", date(2025, 8, 1), "p1", 1_000), now=LATER)
    before, told = rows(ledger), trail(ledger)
    done = take_out(ledger, [other, home], now=LATER)
    assert [(one.id, [(later.type, later.day) for later in one.since]) for one in done.held] == [
        (home, [("deposit", "2025-08-01")])
    ]
    assert not done.done and not done.changes
    assert (rows(ledger), trail(ledger)) == (before, told), "all of them or none"


def test_an_import_that_something_followed_is_not_taken_back_yet_may_be_deleted(ledger: Book, library: Library) -> None:
    home = import_household(ledger, library.book, wangs(), "王家", now=NOW)[0]
    with ledger.write("correct person", LATER) as tx:
        tx.household = home
    assert [one.id for one in take_out(ledger, [home], now=LATER, untouched=True).held] == [home]
    assert take_out(ledger, [home], now=LATER).done


def test_the_household_kept_in_memory_goes_too(ledger: Book, library: Library) -> None:
    home = import_household(ledger, library.book, household(employee("p1", name="甲")), "甲家", now=NOW)[0]
    load(ledger, library.book, home)
    take_out(ledger, [home], now=LATER)
    again = import_household(ledger, library.book, household(employee("p1", name="乙")), "乙家", now=LATER)[0]
    assert again == home and [one.name for one in load(ledger, library.book, again).persons] == ["乙"]


def test_the_people_of_a_file_are_known_by_their_numbers(ledger: Book, library: Library) -> None:
    import_household(ledger, library.book, wangs(), "王家", now=NOW)
    assert already(ledger, household(employee("p1", name="陈新", id_number=number(9)))) is None
    found = already(ledger, lis())
    assert found is not None and found.same is None
    assert [(one.title, one.name, one.id_number) for one in found.persons] == [("王家", "周秀英", number(4))]
    same = already(ledger, wangs())
    assert same is not None and same.same == (1, "王家") and len(same.persons) == 2


def test_without_numbers_the_same_names_and_nobody_else_are_the_same_people(ledger: Book, library: Library) -> None:
    pair = household(employee("a", name="陈新"), resident("b", name="陈晨"), accounts={"a": Balance(100)})
    home = import_household(ledger, library.book, pair, "陈家", now=NOW)[0]
    found = already(ledger, replace(pair, balances={"a": Balance(200)}))
    assert found is not None and found.alike == ((home, "陈家"),) and found.same is None
    assert already(ledger, replace(pair, persons=pair.persons[:1])) is None
    more = (*pair.persons, resident("c", name="陈三"))
    assert already(ledger, replace(pair, persons=more)) is None
    three = household(employee("a", name="赵大"), resident("b", name="赵二"), resident("c", name="赵三"))
    import_household(ledger, library.book, three, "赵家", now=NOW)
    assert already(ledger, household(*three.persons[:2])) is None
    numbered = (replace(pair.persons[0], id_number=number(7)), pair.persons[1])
    assert already(ledger, replace(pair, persons=numbered)) is not None
    nameless = household(employee("a"), resident("b"))
    import_household(ledger, library.book, nameless, "无名", now=NOW)
    assert already(ledger, nameless) is None


def test_files_whose_people_are_known_are_left_out_and_those_of_one_go_too(
    ledger: Book, library: Library, tmp_path: Path
) -> None:
    home = import_household(ledger, library.book, lis(), "李家", now=NOW)[0]
    same, other, copy = (tmp_path / f"{name}.famgui.toml" for name in ("李", "示例", "示例2"))
    uses.export_file(ledger, home, same)
    for path in (other, copy):
        path.write_bytes(SAMPLE.read_bytes())
    done = uses.import_files(ledger, library.book, [same, other, copy], now=LATER, report=lambda count: True)
    assert done.imported.households == 1 and [path.name for path, _ in done.known] == [same.name, copy.name]
    assert done.known[0][1].same == (home, "李家")
    assert {one.title for one in done.known[1][1].persons} == {"示例"}
    anyway = [path for path, _ in done.known]
    again = uses.import_files(ledger, library.book, anyway, now=LATER, report=lambda count: True, anyway=True)
    assert again.imported.households == 2 and not again.known
    assert len(summaries(ledger)) == 4


def test_who_stands_in_several_households_is_remarked(ledger: Book, library: Library, tmp_path: Path) -> None:
    first = import_household(ledger, library.book, wangs(), "一家", now=NOW)[0]
    assert twice(ledger) == () and elsewhere(ledger, first, [number(4)]) == ()
    import_household(ledger, library.book, lis(), "一家", now=NOW)
    (found,) = twice(ledger)
    assert (found.name, found.id_number) == ("周秀英", number(4))
    assert found.titles == (f"一家 · {number(2)[-4:]}", f"一家 · {number(1)[-4:]}")
    assert [one.household for one in elsewhere(ledger, first, [number(4)])] == [2]


def test_namesakes_are_told_apart(ledger: Book, library: Library) -> None:
    numbered = household(employee("p1", name="王伟", id_number=number(5)))
    named = household(employee("p1", name="王伟"), resident("p2", name="王小红"))
    bare = household(employee("p1", name="王伟"))
    for made, title in (
        (numbered, "王伟家庭"),
        (named, "王伟家庭"),
        (bare, "王伟家庭"),
        (numbered, "王伟家庭"),
        (bare, "别家"),
    ):
        import_household(ledger, library.book, made, title, now=NOW)
    end = number(5)[-4:]
    assert labels(ledger, titles(ledger)) == {
        1: f"王伟家庭 · #1 · {end}",
        2: "王伟家庭 · 王小红",
        3: "王伟家庭 · #3",
        4: f"王伟家庭 · #4 · {end}",
        5: "别家",
    }


@pytest.mark.parametrize("typed", ["王芳", "wangfang", "wf", "0029", "wj", "王家", "wangjia"])
def test_a_household_is_found_by_title_by_people_and_by_numbers(ledger: Book, library: Library, typed: str) -> None:
    import_household(ledger, library.book, household(employee("p1", name="陈新", id_number=number(9))), "陈", now=NOW)
    mother = replace(wangs().persons[0], id_number="430202190001010029")
    home = import_household(ledger, library.book, household(mother), "王家", now=NOW)[0]
    assert uses.among(ledger, titles(ledger), typed) == [home]
    assert uses.among(ledger, titles(ledger), "") == [1, home]
    assert uses.among(ledger, titles(ledger), "赵") == []


def test_the_title_goes_out_with_the_file_and_comes_in_with_it(ledger: Book, library: Library, tmp_path: Path) -> None:
    home = import_household(ledger, library.book, wangs(), "王伟家庭", now=NOW)[0]
    plain, other = tmp_path / "王伟家庭.famgui.toml", tmp_path / "exp_ww.famgui.toml"
    for path in (plain, other):
        uses.export_file(ledger, home, path)
        assert read_titled(path) == (wangs(), "王伟家庭")
    assert "title" not in plain.read_text("utf-8") and 'title = "王伟家庭"' in other.read_text("utf-8")


def test_the_doctor_remarks_on_people_in_several_households(ledger: Book, library: Library) -> None:
    for made in (wangs(), lis()):
        import_household(ledger, library.book, made, "一家", now=NOW)
    wording = Wording("zh")
    assert uses.examine_file(ledger.path, library.book, wording) == []
    (said,) = uses.remarks_on(ledger.path, wording)
    assert "周秀英" in said and number(4)[-4:] in said and number(4) not in said and "删除多余的家庭" in said
