"""Taking a person out: whole where nobody needs the row, else only who it was; nothing of it is left in the file."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import insert, text

from famgui.domain.account import Balance
from famgui.domain.household import Bind, Refund, Unbind
from famgui.domain.rule import Row
from famgui.domain.rulebook import RuleBook
from famgui.store import tables
from famgui.usecase.doctor import examine
from famgui.usecase.draft import load as drafts
from famgui.usecase.draft import save
from famgui.usecase.household import import_household, load, titles
from famgui.usecase.people import find
from famgui.usecase.people_edit import as_known, correct, story
from famgui.usecase.people_forget import forget
from famgui.usecase.record import record_event
from tests.domain.building import employee, household, item, purchase, resident, row, visit
from tests.store.making import NOW, everything, new_book
from tests.usecase.people_making import LATER, TODAY, number, wangs

MOTHER = "周秀英"


@pytest.fixture
def ledger(tmp_path):
    with new_book(tmp_path) as book:
        yield book


@pytest.fixture
def home(ledger, library):
    return import_household(ledger, library.book, wangs(), f"{MOTHER}家", now=NOW)[0]


def person(ledger, name):
    (found,) = (hit for hit in find(ledger, "") if hit.person.name == name)
    return found.id


def left_in(path: Path, *words: str) -> list[str]:
    """Which of these words stand anywhere in the book's files."""
    raw = b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))
    return [word for word in words if word.encode() in raw]


def test_somebody_without_records_goes_whole(ledger, library, home):
    load(ledger, library.book, home)
    boy = person(ledger, "王小明")
    assert left_in(ledger.path, "王小明")
    dry = forget(ledger, library.book, boy, now=LATER, dry=True)
    assert dry.whole and not dry.household_gone and left_in(ledger.path, "王小明")
    done = forget(ledger, library.book, boy, now=LATER)
    assert done.whole and done.swept and left_in(ledger.path, "王小明") == []
    assert [one.id for one in load(ledger, library.book, home).persons] == ["p1", "p2"]
    assert examine(ledger, library.book) == ()


def test_the_last_of_a_household_takes_it_along(ledger, library, home):
    alone = import_household(ledger, library.book, household(resident("p1", name="独居")), "独居", now=NOW)[0]
    save(ledger, f"plan-{alone}", {"a": 1}, now=NOW)
    done = forget(ledger, library.book, person(ledger, "独居"), now=LATER)
    assert done.whole and done.household_gone and list(titles(ledger)) == [home]
    assert not drafts(ledger, f"plan-{alone}")
    assert left_in(ledger.path, "独居") == []
    assert examine(ledger, library.book) == ()


def test_records_stay_and_who_it_was_goes(ledger, library, home):
    mother = person(ledger, MOTHER)
    before = load(ledger, library.book, home)
    dry = forget(ledger, library.book, mother, now=LATER, dry=True)
    assert (dry.whole, dry.ties.bindings, dry.ties.events, dry.title) == (False, 1, 1, True)
    assert left_in(ledger.path, MOTHER, number(4)) == [MOTHER, number(4)]
    done = forget(ledger, library.book, mother, now=LATER, title="家庭 1")
    assert done.swept and done.ties == dry.ties
    assert left_in(ledger.path, MOTHER, number(4), "0731-22334455", "zhouxiuying") == []
    live = load(ledger, library.book, home)
    assert live.outcomes == before.outcomes and live.running.balances == before.running.balances
    gone = live.persons[1]
    assert (gone.name, gone.id_number, gone.phone, gone.born) == ("已匿名 2", "", "", None)
    assert titles(ledger) == {home: "家庭 1"}
    assert next(moment.kind for moment in story(ledger, mother, TODAY)) == "forget"
    assert examine(ledger, library.book) == ()
    assert left_in(ledger.path, "王芳")


def test_what_it_was_before_goes_too(ledger, library, home):
    mother = person(ledger, MOTHER)
    from_before = as_known(ledger, mother).given
    fixed = type(from_before)(
        "p2", "resident", "430200", "周绣英", number(6), phone="0731-22334466", born=date(1950, 1, 1)
    )
    assert correct(ledger, library.book, mother, fixed, now=LATER).done
    assert left_in(ledger.path, MOTHER, "周绣英") == [MOTHER, "周绣英"]
    forget(ledger, library.book, mother, now=LATER)
    assert left_in(ledger.path, MOTHER, "周绣英", number(4), number(6), "0731-22334455", "0731-22334466") == []
    assert examine(ledger, library.book) == ()


def test_reasons_trails_papers_and_drafts(ledger, library, home):
    for event in (
        Bind("b1", date(2025, 8, 1), row("p1", "p3", "child", starts=date(2025, 8, 1), proof="王小明户口簿.pdf")),
        Unbind("u1", date(2025, 9, 1), "p1", "p3", "王小明已工作"),
        Refund("r1", date(2025, 10, 1), "v2", None, "给王小明的退错了"),
    ):
        assert record_event(ledger, library.book, home, event, now=LATER).recorded
    with ledger.write("attach", NOW) as tx:
        asked = tx.connection.scalar(text("SELECT id FROM event WHERE handle = 'b1'"))
        paper = {
            "household_id": home,
            "event_id": asked,
            "name": "王小明户口簿.pdf",
            "media_type": "application/pdf",
            "sha256": "0" * 64,
            "content": "王小明的户口簿".encode(),
            "added_at": NOW.isoformat(),
        }
        tx.connection.execute(insert(tables.attachment), paper)
    save(ledger, f"wizard-{home}", {"name": "王小明"}, now=NOW)
    save(ledger, "wizard-99", {"name": "另一个王小明"}, now=NOW)
    done = forget(ledger, library.book, person(ledger, "王小明"), now=LATER)
    assert (done.papers, done.drafts, done.reasons, done.trail) == (1, 1, 3, 2)
    assert drafts(ledger, "wizard-99") and not drafts(ledger, f"wizard-{home}")
    paper = everything(ledger.path)["attachment"][0]
    assert paper[3] == "—" and sha256(b"").hexdigest() in paper and b"" in paper
    live = load(ledger, library.book, home)
    assert live.household.events[3].reason == "—已工作" and live.household.events[2].binding.proof == "—"
    assert examine(ledger, library.book) == ()
    assert left_in(ledger.path, "王小明户口簿", "王小明已工作", "给王小明") == []


def test_a_handle_that_is_a_name_goes_too(ledger, library):
    family = household(
        employee("wangfang", name="王芳"),
        resident("p1", name=""),
        accounts={"wangfang": Balance(90_000)},
        rows=[row("wangfang", "p1")],
        events=[purchase("p1", "3.00")],
    )
    home = import_household(ledger, library.book, family, "x", now=NOW)[0]
    assert forget(ledger, library.book, person(ledger, "王芳"), now=LATER).done
    live = load(ledger, library.book, home)
    assert [one.id for one in live.persons] == ["p2", "p1"] and live.running.register[0].authorizer == "p2"
    assert left_in(ledger.path, "wangfang", "王芳") == []
    assert examine(ledger, library.book) == ()


def by_age(place):
    """Rules under which the pool pays more from 70 on, and the most from 75."""
    bands = ((0, 70, 5000), (70, 75, 6000), (75, 200, 7000))
    rows = [Row("pool.ratio", ratio, "T-1", ages=(first, last)) for first, last, ratio in bands]
    return RuleBook(place, [rows])


@pytest.mark.parametrize("by_number", [False, True])
@pytest.mark.parametrize(
    ("born", "kept"), [(date(1950, 4, 1), date(1950, 1, 1)), (date(1950, 6, 1), date(1950, 12, 31))]
)
def test_the_year_of_birth_stays_where_a_rule_goes_by_age(ledger, born, kept, by_number):
    books = {"430200": by_age("430200")}
    told = {"id_number": number(8, f"{born:%Y%m%d}")} if by_number else {"born": born}
    bill = visit("p1", item("5000.00"), day=date(2025, 5, 1))
    family = household(employee("p1", name="老人", **told), events=[bill])
    home = import_household(ledger, books.__getitem__, family, "x", now=NOW)[0]
    done = forget(ledger, books.__getitem__, person(ledger, "老人"), now=LATER)
    assert done.done and done.born == kept
    assert load(ledger, books.__getitem__, home).persons[0].born == kept
    assert left_in(ledger.path, number(8, f"{born:%Y%m%d}"), born.isoformat()) == []
    assert examine(ledger, books.__getitem__) == ()


def test_a_day_of_birth_that_cannot_be_left_out_keeps_the_person(ledger):
    books = {"430200": by_age("430200")}
    bills = [visit("p1", item("50.00"), day=date(2025, month, 1), handle=f"v{month}") for month in (3, 9)]
    family = household(employee("p1", name="老人", born=date(1950, 6, 1)), events=bills)
    import_household(ledger, books.__getitem__, family, "x", now=NOW)
    before = everything(ledger.path)
    done = forget(ledger, books.__getitem__, person(ledger, "老人"), now=LATER)
    assert [refusal.code for refusal in done.refusals] == ["RESULT_CHANGES"]
    assert everything(ledger.path) == before


def test_others_can_go_on(ledger, library, home):
    forget(ledger, library.book, person(ledger, MOTHER), now=LATER)
    assert record_event(ledger, library.book, home, purchase("p2", "1.00", TODAY, "v9"), now=LATER).recorded
    assert forget(ledger, library.book, find(ledger, "")[0].id, now=LATER).done
    assert examine(ledger, library.book) == ()
