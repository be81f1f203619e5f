"""Facts put right as if always so, or changed from a day on; and what a person's story tells of both."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from famgui.domain.account import Balance
from famgui.domain.household import Amend, Bind, Unbind
from famgui.domain.persondraft import PersonDraft, draft_of
from famgui.usecase.doctor import examine
from famgui.usecase.household import load
from famgui.usecase.people import find
from famgui.usecase.people_edit import Fact, amend_on, amendment, as_known, correct, grave_problems, story
from famgui.usecase.people_proof import Said
from famgui.usecase.record import record_event
from tests.domain.building import employee, household, item, purchase, resident, row, visit
from tests.store.making import everything, new_book, put
from tests.usecase.people_making import LATER, TODAY, number, wangs


@pytest.fixture
def ledger(tmp_path):
    with new_book(tmp_path) as book:
        yield book


@pytest.fixture
def home(ledger, library):
    return put(ledger, library.book, wangs())


def person(ledger, name):
    (found,) = (hit for hit in find(ledger, "") if hit.person.name == name)
    return found.id


def changed(ledger, library, called, /, **facts):
    who = person(ledger, called)
    return correct(ledger, library.book, who, replace(as_known(ledger, who).given, **facts), now=LATER)


def test_a_name_is_put_right_and_found_again(ledger, library, home):
    load(ledger, library.book, home)
    who = person(ledger, "周秀英")
    done = changed(ledger, library, "周秀英", name="周绣云", id_number=number(6))
    assert done.changed == ("name", "id_number") and done.changes.persons == {who}
    assert [hit.person.name for hit in find(ledger, "zhouxiuyun")] == ["周绣云"]
    assert load(ledger, library.book, home).persons[1].id_number == number(6)
    assert examine(ledger, library.book) == ()
    told = story(ledger, who, TODAY)
    assert told[0].kind == "correct" and told[0].day == LATER.date()
    assert set(told[0].facts) == {Fact("name", "周秀英", "周绣云"), Fact("id_number", number(4), number(6))}


def test_each_correction_tells_what_it_changed(ledger, library, home):
    who = person(ledger, "王小明")
    changed(ledger, library, "王小明", name="王晓明")
    changed(ledger, library, "王晓明", born=date(2015, 5, 1))
    changed(ledger, library, "王晓明", name="王晓鸣")
    facts = [moment.facts for moment in story(ledger, who, TODAY) if moment.kind == "correct"]
    assert sorted(facts, key=repr) == sorted(
        [
            (Fact("name", "王小明", "王晓明"),),
            (Fact("born", None, "2015-05-01"),),
            (Fact("name", "王晓明", "王晓鸣"),),
        ],
        key=repr,
    )


def test_the_audit_trail_names_fields_and_nobody(ledger, library, home):
    changed(ledger, library, "王小明", name="王晓明", phone="13900000002")
    details = [row[-1] for row in everything(ledger.path)["audit"] if "correct person" in row]
    assert details == ["p3: name, phone"]


def test_nothing_different_writes_nothing(ledger, library, home):
    before = everything(ledger.path)
    assert changed(ledger, library, "王小明").changed == ()
    assert everything(ledger.path) == before


def test_what_would_change_a_recorded_bill_is_refused_and_names_it(ledger, library):
    sick = employee("p1", name="王芳")
    bill = visit("p1", item("5000.00"), day=date(2025, 3, 1))
    home = put(ledger, library.book, household(sick, accounts={"p1": Balance(50_000)}, events=[bill]))
    before = everything(ledger.path)
    done = changed(ledger, library, "王芳", status="retired")
    assert [refusal.code for refusal in done.refusals] == ["RESULT_CHANGES"]
    assert dict(done.refusals[0].values)["records"] == (Said("visit", ("王芳",), date(2025, 3, 1)),)
    assert everything(ledger.path) == before
    recorded = amend_on(
        ledger,
        library.book,
        person(ledger, "王芳"),
        replace(draft_of(as_known(ledger, person(ledger, "王芳")).given), status="retired"),
        date(2025, 9, 1),
        now=LATER,
    )
    assert recorded is not None and recorded.recorded
    assert load(ledger, library.book, home).persons[0].status == "retired"
    assert as_known(ledger, person(ledger, "王芳")).given.status == "active"
    assert examine(ledger, library.book) == ()


def test_facts_without_consequence_are_put_right(ledger, library, home):
    done = changed(ledger, library, "王小明", concession="orphan", tier="一档", insured_place="430100")
    assert set(done.changed) == {"concession", "tier", "insured_place"}
    assert examine(ledger, library.book) == ()


def test_an_account_comes_and_goes_with_the_insurance(ledger, library, home):
    changed(ledger, library, "王小明", insurance="employee", has_account=True)
    assert load(ledger, library.book, home).running.balances["p3"] == Balance()
    assert examine(ledger, library.book) == ()
    changed(ledger, library, "王小明", insurance="resident", has_account=False)
    assert "p3" not in load(ledger, library.book, home).running.balances
    assert examine(ledger, library.book) == ()


def test_an_account_with_money_cannot_have_been_none(ledger, library, home):
    done = changed(ledger, library, "王芳", insurance="resident", has_account=False)
    assert [refusal.code for refusal in done.refusals] == ["HAS_MONEY"]


def test_an_account_from_an_event_may_have_been_there_always(ledger, library, home):
    facts = (("insurance", "employee"), ("has_account", True))
    assert record_event(ledger, library.book, home, Amend("a1", TODAY, "p3", facts), now=LATER).recorded
    changed(ledger, library, "王小明", insurance="employee", has_account=True)
    assert examine(ledger, library.book) == ()
    assert load(ledger, library.book, home).household.balances.keys() == {"p1", "p3"}
    changed(ledger, library, "王小明", insurance="resident", has_account=False)
    assert load(ledger, library.book, home).household.balances.keys() == {"p1"}
    assert examine(ledger, library.book) == ()


def test_what_changed_since_stays_when_the_opening_is_put_right(ledger, library, home):
    assert record_event(ledger, library.book, home, Amend("a1", TODAY, "p3", (("tier", "二档"),)), now=LATER).recorded
    changed(ledger, library, "王小明", tier="一档", concession="orphan")
    known = as_known(ledger, person(ledger, "王小明"))
    assert (known.given.tier, known.stands.tier, known.stands.concession) == ("一档", "二档", "orphan")
    assert examine(ledger, library.book) == ()


def test_what_changed_back_since_stays_too(ledger, library, home):
    for number_, (day, group) in enumerate(((date(2026, 1, 1), "orphan"), (date(2026, 2, 1), "none"))):
        event = Amend(f"a{number_}", day, "p3", (("concession", group),))
        assert record_event(ledger, library.book, home, event, now=LATER).recorded
    assert changed(ledger, library, "王小明", concession="monitored").done
    known = as_known(ledger, person(ledger, "王小明"))
    assert (known.given.concession, known.stands.concession) == ("monitored", "none")
    assert examine(ledger, library.book) == ()


def test_an_amendment_says_only_what_is_different(ledger, library, home):
    live = load(ledger, library.book, home)
    boy, mother = (draft_of(live.running.persons[who]) for who in ("p3", "p1"))
    assert amendment(live, "p3", replace(boy, name="谁", phone="1"), TODAY) is None
    employed = amendment(live, "p3", replace(boy, insurance="employee"), TODAY)
    assert employed == Amend("a1", TODAY, "p3", (("insurance", "employee"),))
    single = amendment(live, "p3", replace(boy, insurance="employee", single_pool=True), TODAY)
    assert single == Amend("a1", TODAY, "p3", (("insurance", "employee"), ("has_account", False)))
    gone = amendment(live, "p1", replace(mother, suspended=TODAY, status="flexible"), TODAY)
    assert gone == Amend("a1", TODAY, "p1", (("status", "flexible"), ("suspended", TODAY)))
    assert record_event(ledger, library.book, home, single, now=LATER).recorded
    assert examine(ledger, library.book) == ()


def test_a_story_tells_amendments_and_bindings_newest_first(ledger, library):
    rows = [row("p1", "p2", "parent", ends=date(2025, 12, 31)), row("p1", "p3", "child")]
    kids = (resident("p2", name="母"), resident("p3", name="子"))
    home = put(ledger, library.book, household(employee("p1", name="本人"), *kids, rows=rows))
    for event in (
        Unbind("u1", date(2026, 2, 1), "p1", "p3"),
        Amend("a1", date(2026, 3, 1), "p1", (("status", "retired"),)),
        Amend("a2", date(2026, 4, 1), "p1", (("status", "flexible"),)),
        Bind("b1", date(2026, 5, 1), row("p1", "p3", "child", starts=date(2026, 5, 1))),
        Amend("a3", date(2026, 6, 1), "p2", (("tier", "一档"),)),
    ):
        assert record_event(ledger, library.book, home, event, now=LATER).recorded
    told = story(ledger, person(ledger, "本人"), TODAY)
    assert [(m.day.isoformat(), m.kind, m.other) for m in told] == [
        ("2026-11-22", "entered", ""),
        ("2026-05-01", "bound", "p3"),
        ("2026-04-01", "amend", ""),
        ("2026-03-01", "amend", ""),
        ("2026-02-01", "unbound", "p3"),
        ("2025-12-31", "ended", "p2"),
        ("2025-01-01", "bound", "p2"),
        ("2025-01-01", "bound", "p3"),
    ]
    assert told[2].facts == (Fact("status", "retired", "flexible"),) and told[1].authorizes
    assert not story(ledger, person(ledger, "子"), TODAY)[1].authorizes


def test_what_was_wrong_before_keeps_no_other_change_from_being_made():
    before = PersonDraft("王芳", "43020219000101", insured_place="430200")
    everywhere = {"430202"}
    kept = replace(before, phone="13800000001")
    assert grave_problems(kept, before, today=TODAY, regions=everywhere) == ()
    assert [p.field for p in grave_problems(kept, None, today=TODAY, regions=everywhere)] == ["id_number"]
    worse = replace(before, id_number="4302021900010")
    assert [p.field for p in grave_problems(worse, before, today=TODAY, regions=everywhere)] == ["id_number"]


def test_purchases_of_others_are_no_matter(ledger, library, home):
    assert record_event(ledger, library.book, home, purchase("p2", "1.00", TODAY, "v9"), now=LATER).recorded
    assert changed(ledger, library, "王小明", insurance="none").done


def test_a_number_that_somebody_else_has_is_refused(ledger, library, home):
    before = everything(ledger.path)
    done = changed(ledger, library, "王小明", id_number=number(2))
    assert [refusal.code for refusal in done.refusals] == ["NUMBER_TAKEN"] and done.twin == person(ledger, "王芳")
    assert dict(done.refusals[0].values)["who"] == "王芳" and everything(ledger.path) == before
    assert changed(ledger, library, "王芳", phone="13800000009").done


def test_a_story_goes_by_when_it_was_written_down_within_a_day(ledger, library, home):
    who, day = person(ledger, "王小明"), LATER.date()
    for minutes, name in ((1, "王晓明"), (5, "王晓鸣")):
        given = as_known(ledger, who).given
        assert correct(
            ledger, library.book, who, replace(given, name=name), now=LATER + timedelta(minutes=minutes)
        ).done
    bound = Bind("b1", day, row("p1", "p3", "child", starts=day))
    assert record_event(ledger, library.book, home, bound, now=LATER + timedelta(minutes=3)).recorded
    told = [moment for moment in story(ledger, who, day) if moment.day == day]
    assert [(one.kind, [fact.now for fact in one.facts]) for one in told] == [
        ("correct", ["王晓鸣"]),
        ("bound", []),
        ("correct", ["王晓明"]),
    ]
