"""The binding wizard without a window: every step, every way back, and what stops Next."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from famgui.domain.account import Balance
from famgui.domain.binding_check import Setting
from famgui.domain.binding_flow import BEGIN, blocking, checks, form_problems, may_waive, step_of
from famgui.domain.binding_wish import Circumstances, Party, Wish, a_year_from, bindings, steps
from famgui.domain.identity import check_digit
from famgui.domain.persondraft import PersonDraft
from tests.domain.building import ARTICLE_C, DAY, FUJIAN, SHANGHAI, ZHUZHOU, employee, resident, row

REGIONS = {"430202"}


def number(first17):
    return first17 + check_digit(first17)


MOTHER = PersonDraft("周秀英", number("43020219550101002"), "13800000001", "resident", insured_place=ZHUZHOU)
FATHER = PersonDraft("李建国", number("43020219530101001"), "13800000002", "resident", insured_place=ZHUZHOU)


def around(book, *persons, rows=(), place=ZHUZHOU, day=DAY):
    known = {person.id: person for person in persons or (employee("li", place),)}
    return Circumstances(Setting(known, tuple(rows), book(place).at(day), day), REGIONS)


def begun(where, *wishes, authorizer=None):
    """A flow at the users' step with these wishes."""
    flow = BEGIN.edit(lambda state: replace(state, authorizer=authorizer or Party("li"))).onward(where)
    assert flow.now.step == "users"
    return flow.edit(lambda state: replace(state, wishes=wishes))


def edited(flow, **values):
    """The flow with every wish changed."""
    return flow.edit(lambda s: replace(s, wishes=tuple(replace(wish, **values) for wish in s.wishes)))


def answered(flow):
    """Whatever the step asks, answered."""
    if flow.now.step == "terms":
        return edited(flow, relation="parent")
    if flow.now.step == "proof":
        return edited(flow, proofs=("户口本.jpg",))
    if flow.now.step == "commitment":
        return flow.edit(lambda state: replace(state, committed=True))
    return flow


def walked(flow, where, to):
    """On to a step, answering what is asked on the way."""
    while flow.now.step != to:
        onward = answered(flow).onward(where)
        assert onward.now.step != flow.now.step, blocking(answered(flow).now, where)
        flow = onward
    return flow


@pytest.mark.parametrize(
    ("place", "between"),
    [
        (ZHUZHOU, ("terms", "commitment")),
        (ARTICLE_C, ("terms", "proof", "commitment")),
        (FUJIAN, ("terms",)),
        (SHANGHAI, ("terms",)),
    ],
)
def test_the_place_makes_the_steps(book, place, between):
    assert steps(book(place).at(DAY)) == ("authorizer", "users", *between, "review", "done")
    where = around(book, employee("li", place), resident("ma", place, id_number=MOTHER.id_number), place=place)
    wish = Wish(Party("ma"))
    flow = begun(where, wish).edit(lambda state: replace(state, waived=frozenset({("PHONE_NEEDED", "ma")})))
    seen = ["authorizer", "users"]
    while flow.now.step != "done":
        flow = answered(flow).onward(where)
        seen.append(flow.now.step)
    assert tuple(seen) == steps(where.rules)
    (bound,) = bindings(flow.now, where)
    assert (bound.authorizer, bound.user, bound.relation, bound.starts) == ("li", "ma", "parent", DAY)
    assert bound.ends == (date(2026, 5, 9) if place == ZHUZHOU else None)
    assert bound.proof == ("户口本.jpg" if place == ARTICLE_C else "")


def test_back_is_exact_and_next_gives_back_what_was_entered(book):
    where = around(book)
    flow = walked(begun(where, Wish(Party("n1", MOTHER)), Wish(Party("n2", FATHER))), where, "review")
    states = [flow.now]
    while flow.past:
        flow = flow.back()
        states.append(flow.now)
    assert [state.step for state in states] == ["review", "commitment", "terms", "users", "authorizer"]
    assert states[1].committed and not states[2].committed
    assert [wish.relation for wish in states[3].wishes] == ["", ""]
    for state in reversed(states[:-1]):
        flow = flow.onward(where)
        assert flow.now == state


def test_a_user_more_keeps_what_was_said_of_the_others(book):
    where = around(book)
    flow = walked(begun(where, Wish(Party("n1", MOTHER))), where, "commitment").back()
    flow = edited(flow, ends=date(2025, 12, 31)).onward(where)
    flow = flow.edit(lambda state: replace(state, committed=True)).back().back()
    assert flow.now.step == "users"
    flow = flow.edit(lambda state: replace(state, wishes=(Wish(Party("n2", FATHER)), *state.wishes))).onward(where)
    new, old = flow.now.wishes
    assert (new.relation, new.starts, new.ends) == ("", DAY, date(2026, 5, 9))
    assert (old.relation, old.ends) == ("parent", date(2025, 12, 31))
    assert walked(flow, where, "commitment").now.committed is False


def test_a_commitment_holds_for_what_stood_when_it_was_made(book):
    where = around(book)
    flow = walked(begun(where, Wish(Party("n1", MOTHER))), where, "review")
    assert flow.now.committed
    assert not edited(flow, ends=date(2025, 12, 31)).now.committed
    assert not flow.edit(lambda state: replace(state, authorizer=Party("n9"))).now.committed
    assert flow.edit(lambda state: replace(state, waived=frozenset({("PHONE_NEEDED", "n1")}))).now.committed


def test_nobody_is_bound_without_people(book):
    where = around(book)
    assert blocking(BEGIN.now, where) == ("NOBODY",)
    assert BEGIN.onward(where) is BEGIN
    flow = begun(where)
    assert blocking(flow.now, where) == ("NOBODY",)
    assert flow.onward(where) is flow
    assert checks(BEGIN.now, where) == ()


def test_a_finished_flow_stays(book):
    where = around(book)
    done = walked(begun(where, Wish(Party("n1", MOTHER))), where, "review").onward(where)
    assert done.now.step == "done"
    assert done.back() is done
    assert done.onward(where) is done
    assert BEGIN.back() is BEGIN


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (replace(MOTHER, name=""), "name-missing"),
        (replace(MOTHER, name="周1"), "name-digit"),
        (replace(MOTHER, id_number=MOTHER.id_number[:-1] + "9"), "id-checksum"),
        (replace(MOTHER, id_number="12345"), "id-form"),
        (replace(MOTHER, id_number=number("43020220991301002")), "id-date"),
        (replace(MOTHER, phone="12"), "phone-form"),
        (replace(MOTHER, id_number=""), "id_number-missing"),
        (replace(MOTHER, insured_place=""), "insured_place-missing"),
    ],
)
def test_a_faulty_form_stops_next(book, draft, said):
    where = around(book)
    flow = begun(where, Wish(Party("n1", draft)))
    assert said in blocking(flow.now, where)
    assert flow.onward(where) is flow
    (problem,) = [one for one in form_problems(Party("n1", draft), where, user=True) if one.code == said]
    assert problem.severity == "error"


def test_a_missing_number_is_asked_of_users_only_where_the_place_asks(book):
    bare = PersonDraft("李强", insured_place=ZHUZHOU)
    assert form_problems(Party("n1", bare), around(book), user=False) == ()
    assert [p.code for p in form_problems(Party("n1", bare), around(book), user=True)] == ["id_number-missing"]
    elsewhere = around(book, place=FUJIAN)
    assert form_problems(Party("n1", replace(bare, insured_place=FUJIAN)), elsewhere, user=True) == ()


def test_an_unknown_county_only_warns(book):
    odd = replace(MOTHER, id_number=number("99999919550101002"))
    where = around(book)
    assert [p.code for p in form_problems(Party("n1", odd), where, user=True)] == ["id-region"]
    assert blocking(begun(where, Wish(Party("n1", odd))).now, where) == ()


def test_a_demand_on_an_unconfirmed_clause_may_be_passed_over(book):
    where = around(book)
    flow = begun(where, Wish(Party("n1", replace(MOTHER, phone=""))))
    assert blocking(flow.now, where) == ("PHONE_NEEDED",)
    (phone,) = [check for check in checks(flow.now, where) if check.code == "PHONE_NEEDED"]
    assert may_waive(phone)
    waived = flow.edit(lambda state: replace(state, waived=frozenset({("PHONE_NEEDED", "n1")})))
    assert waived.onward(where).now.step == "terms"
    (phone,) = [check for check in checks(waived.now, where) if check.code == "PHONE_NEEDED"]
    assert phone.state == "warning"
    other = flow.edit(lambda state: replace(state, waived=frozenset({("PHONE_NEEDED", "n2")})))
    assert other.onward(where) is other


def test_a_demand_on_a_confirmed_clause_may_not(book):
    where = around(book)
    flow = walked(begun(where, Wish(Party("n1", MOTHER))), where, "terms")
    flow = edited(flow, relation="parent", ends=None)
    flow = flow.edit(lambda state: replace(state, waived=frozenset({("DATES_NEEDED", "n1")})))
    assert blocking(flow.now, where) == ("DATES_NEEDED",)
    relation = [check for check in checks(flow.now, where) if check.code == "RELATION_NOT_ALLOWED"]
    assert not any(map(may_waive, relation))


def test_users_meet_those_before_them(book):
    known = [resident(f"u{n}", id_number=number(f"4302021955010{n:04}")) for n in range(9)]
    rows = [row("li", person.id, "sibling", DAY) for person in known]
    where = around(book, employee("li"), *known, rows=rows)
    flow = walked(begun(where, Wish(Party("n1", MOTHER))), where, "terms")
    assert blocking(edited(flow, relation="parent").now, where) == ()
    two = begun(where, Wish(Party("n1", MOTHER)), Wish(Party("n2", FATHER)))
    assert blocking(two.now, where) == (), "nobody is counted before it is said what they are"
    two = edited(two.onward(where), relation="parent")
    assert blocking(two.now, where) == ("BIND_LIMIT",)
    (full,) = [check for check in checks(two.now, where) if check.state == "failed"]
    assert (full.user, full.taken, full.limit, full.clause, step_of(full)) == ("n2", 10, 10, "HN-21", "users")


def test_the_same_person_twice(book):
    ma = resident("ma", id_number=MOTHER.id_number, phone="13800000001")
    where = around(book, employee("li"), ma)

    def twice(*wishes):
        found = checks(begun(where, *wishes).now, where)
        return [(check.user, check.about) for check in found if check.code == "TWICE"]

    assert twice(Wish(Party("n1", MOTHER))) == [("n1", "ma")]
    assert twice(Wish(Party("ma")), Wish(Party("n1", FATHER))) == []
    assert twice(Wish(Party("ma")), Wish(Party("ma"))) == [("ma", "ma")]
    assert twice(Wish(Party("n1", FATHER)), Wish(Party("n2", FATHER))) == [("n2", "n1")]
    assert twice(Wish(Party("n1", PersonDraft("甲"))), Wish(Party("n2", PersonDraft("乙")))) == []


def test_a_new_authorizer_brings_an_account(book):
    where = around(book, resident("ma"))
    poor = Party("n1", PersonDraft("李强", insurance="resident", insured_place=ZHUZHOU))
    flow = BEGIN.edit(lambda state: replace(state, authorizer=poor))
    assert "NO_ACCOUNT" in blocking(flow.now, where)
    rich = Party("n1", PersonDraft("李强", insured_place=ZHUZHOU), Balance(5))
    assert BEGIN.edit(lambda state: replace(state, authorizer=rich)).onward(where).now.step == "users"


def test_what_a_later_step_asks_waits(book):
    where = around(book)
    found = {check.code: check.state for check in checks(begun(where, Wish(Party("n1", MOTHER))).now, where)}
    assert found["COMMITMENT"] == "unasked"
    assert found["RELATION_NEEDED"] == "unasked"
    assert "RELATION_NOT_ALLOWED" not in found
    flow = walked(begun(where, Wish(Party("n1", MOTHER))), where, "commitment")
    assert blocking(flow.now, where) == ("COMMITMENT",)
    assert flow.onward(where) is flow


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2025, 7, 1), date(2026, 6, 30)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2023, 3, 1), date(2024, 2, 29)),
    ],
)
def test_a_year_from_a_day(day, last):
    assert a_year_from(day) == last


@pytest.mark.parametrize("seed", range(40))
def test_any_way_through_is_exact(book, seed):
    """Random walks: Back always shows the state that Next left, and nothing is ever bound that a rule refuses."""
    dice = random.Random(seed)
    place = dice.choice((ZHUZHOU, ARTICLE_C, FUJIAN))
    where = around(
        book, employee("li", place), resident("ma", place, phone="1", id_number=MOTHER.id_number), place=place
    )
    flow = BEGIN
    for _ in range(60):
        match dice.randrange(6):
            case 0:
                flow = flow.edit(lambda state: replace(state, authorizer=Party("li")))
            case 1:
                people = (Wish(Party("ma")), Wish(Party("n1", replace(FATHER, insured_place=place))))
                wishes = tuple(dice.sample(people, dice.randrange(3)))
                if flow.now.step == "users":
                    flow = flow.edit(lambda state, wishes=wishes: replace(state, wishes=wishes))
            case 2:
                if flow.now.step == "terms":
                    flow = edited(flow, relation=dice.choice(("parent", "in-law", "spouse")))
            case 3:
                before = flow
                flow = flow.back()
                assert flow is before or flow.now == before.past[-1]
                if flow is not before and not blocking(flow.now, where):
                    assert flow.onward(where).now == before.now
            case 4:
                flow = answered(flow)
            case _:
                before = flow
                flow = flow.onward(where)
                assert flow is before or flow.now.step == "done" or flow.back().now == before.now
    if flow.now.step in ("review", "done"):
        assert not [check for check in checks(flow.now, where) if check.state == "failed"]
        assert all(bound.starts >= DAY - timedelta(0) for bound in bindings(flow.now, where))
