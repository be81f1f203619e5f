"""A list tried on a book: who is matched, which bindings may be, and why the others may not; each with its clause."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from famgui.domain.account import Balance
from famgui.domain.household import Deposit, Unbind
from famgui.domain.rule import Row
from famgui.domain.rulebook import RuleBook
from famgui.domain.settlement import Visit
from famgui.files.roster.form import recognise
from famgui.files.roster.source import open_list
from famgui.policy.library import NoRuleBook
from famgui.usecase.household import load
from famgui.usecase.record import record_event
from famgui.usecase.roster.trial import try_file
from tests.domain.building import SHANGHAI, employee, household, resident
from tests.files.rosters import HEADINGS, LI, LONG_AGO, SOON, THEN, WANG, ZHOU, line, number, text
from tests.store.making import NOW, filled, new_book, put
from tests.usecase.roster_of import clauses, states, taken, told, tried, tried_rows
from tests.usecase.workbook_of import TODAY, asked

ONESELF = {"使用人姓名": "甲一", "使用人参保": "职工"}


@pytest.fixture
def ledger(tmp_path):
    with new_book(tmp_path) as book:
        yield book


@pytest.fixture
def tries(ledger, library, tmp_path):
    """Tries rows out on the book."""
    return lambda *rows, headings=HEADINGS: tried_rows(ledger, library.book, tmp_path, rows, headings)


def known(name: str, id_number: str, insurance: object = None) -> dict[str, object]:
    """The authorizer's cells for somebody of the sample family."""
    return {"授权人姓名": name, "授权人身份证号": id_number, "授权人参保": insurance}


def test_connected_people_become_households_of_their_own(tries):
    plan = tries(line(1, 2), line(3, 4), line(5, 2, "姐姐"), line(6, None))
    assert states(plan) == ["new"] * 4 and told(plan) == []
    assert [(one.title, len(one.household.persons)) for one in plan.foundings] == [
        ("甲一家庭", 3),
        ("甲三家庭", 2),
        ("甲六家庭", 1),
    ]
    assert {one.household.place for one in plan.foundings} == {"430200"}
    assert (plan.newcomers, plan.applications, plan.standing) == (6, 3, 0)
    (first, second) = plan.foundings[0].household.events
    assert (first.date, first.binding.starts, first.binding.ends) == (TODAY, SOON, THEN)
    assert second.binding.relation == "sibling" and plan.foundings[0].household.bindings == ()


def test_what_began_before_today_is_entered_as_it_stands(tries):
    plan = tries(line(1, 2, 开始日期=LONG_AGO, 结束日期="长期", 使用人手机号=None))
    assert states(plan) == ["new"] and (plan.applications, plan.standing) == (0, 1)
    (household,) = [one.household for one in plan.foundings]
    (row,) = household.bindings
    assert (row.starts, row.ends, row.bound_at.date(), household.events) == (LONG_AGO, None, LONG_AGO, ())
    assert plan.days[2] == (LONG_AGO, True)


def test_the_place_of_a_household_is_its_authorizers(tries):
    headings = (*HEADINGS, "授权人参保地", "使用人参保地")
    plan = tries([*line(1, 2), "湖南省", "株洲市"], [*line(3, 4), "999999", "999999"], headings=headings)
    assert [one.household.place for one in plan.foundings] == ["430000"]
    assert told(plan) == [(3, "authorizer.insured_place", "place-unruled")]


@pytest.mark.parametrize(
    ("row", "code", "clause"),
    [
        (line(1, 2, "岳父"), (2, "relation", "RELATION_NOT_ALLOWED"), "N-04"),
        (line(1, 2, "朋友"), (2, "relation", "RELATION_NOT_ALLOWED"), "N-04"),
        (line(1, 2, 授权人参保="居民"), (2, "authorizer.insurance", "NO_ACCOUNT"), "N-20"),
        (line(1, 2, 使用人参保="未参保"), (2, "user.insurance", "NOT_INSURED"), "N-20"),
        (line(1, 2, 结束日期=None), (2, "ends", "DATES_NEEDED"), "HN-30"),
        (line(1, 1, 使用人身份证号=number(1), **ONESELF), (2, "user.id_number", "SELF_BINDING"), "N-03"),
    ],
)  # fmt: skip
def test_each_refusal_is_told_with_its_clause(tries, row, code, clause):
    plan = tries(row)
    assert states(plan) == ["held"] and code in told(plan)
    assert clause in clauses(plan, 2)
    assert not plan.foundings and not plan.joinings


def test_a_demand_that_rests_on_an_unconfirmed_clause_only_warns(tries):
    plan = tries(line(1, 2, 使用人手机号=None))
    (remark,) = plan.remarks[2]
    assert states(plan) == ["new"] and (remark.code, remark.severity) == ("PHONE_NEEDED", "warning")
    assert (remark.clause, remark.weak) == ("S1-14", True)


def test_an_in_law_gets_a_hint(tries):
    assert (2, "relation", "in-law-hint") in told(tries(line(1, 2, "婆婆")), "info")


def test_somebody_new_must_be_insured_somewhere(ledger, library, tmp_path):
    path = text(tmp_path / "a.csv", [line(1, 2), line(1, 3)])
    plan = tried(ledger, library.book, path, home="")
    assert (2, "authorizer.insured_place", "place-missing") in told(plan)
    assert (3, "authorizer.id_number", "person-doubt") in told(plan) and states(plan) == ["held"] * 2


def test_single_pool_has_no_account(tries):
    plan = tries([*line(1, 2), "是"], headings=(*HEADINGS, "单建统筹"))
    assert told(plan) == [(2, "authorizer.insurance", "NO_ACCOUNT")]


def test_a_user_insured_elsewhere(tries):
    plan = tries([*line(1, 2), "福建省"], headings=(*HEADINGS, "使用人参保地"))
    assert told(plan) == [(2, "user.insured_place", "OTHER_PROVINCE")] and clauses(plan, 2) == {"N-18"}


def test_the_limits_count_row_by_row(tries):
    plan = tries(*(line(1, user) for user in range(2, 14)))
    assert states(plan) == ["new"] * 10 + ["held"] * 2
    assert told(plan) == [(12, "", "BIND_LIMIT"), (13, "", "BIND_LIMIT")] and clauses(plan, 12) == {"HN-21"}
    assert len(plan.foundings[0].household.persons) == 11


def test_what_ended_counts_for_a_lifetime_only(tries):
    past = {"开始日期": date(2024, 1, 1), "结束日期": date(2024, 12, 31)}
    plan = tries(*(line(1, user, **past) for user in range(2, 12)), *(line(1, user) for user in range(12, 23)))
    assert states(plan) == ["new"] * 20 + ["held"]
    assert {code for _, _, code in told(plan)} == {"BIND_LIMIT", "LIFETIME_LIMIT"}
    assert clauses(plan, 22) == {"HN-21", "HN-22"}


def test_the_same_binding_twice_in_a_list(tries):
    plan = tries(line(1, 2), line(1, 2, 开始日期=SOON + timedelta(days=1)))
    assert states(plan) == ["new", "held"] and told(plan) == [(3, "starts", "row-twice")]
    (twice,) = [one for one in plan.remarks[3] if one.code == "row-twice"]
    assert dict(twice.values) == {"subject": "乙二", "row": 2} and twice.severity == "error"


def test_a_row_that_stands_twice_names_the_other_even_where_both_are_held(tries):
    plan = tries(line(1, 2, 结束日期=None), line(3, 4), line(1, 2, 结束日期=None), line(3, 4))
    assert states(plan) == ["held", "new", "held", "held"]
    assert [one for one in told(plan) if one[0] > 3] == [(4, "starts", "row-twice"), (5, "starts", "row-twice")]
    assert [dict(plan.remarks[row][-1].values)["row"] for row in (4, 5)] == [2, 3]


def test_who_is_left_by_a_refusal_is_a_household_of_their_own(tries):
    rows = [line(1, user) for user in range(2, 12)]
    plan = tries(*rows, line(1, 50, 授权人参保=None), line(51, 50, "姐姐"))
    assert states(plan) == ["new"] * 10 + ["held", "new"]
    assert [len(one.household.persons) for one in plan.foundings] == [11, 2]


def test_a_name_alone_tells_nobody_apart(tries):
    plan = tries(line(1, 2, 授权人身份证号=None), line(3, 4, 使用人姓名=None))
    assert told(plan) == [(2, "authorizer.id_number", "id-needed"), (3, "user.name", "name-needed")]


def test_an_id_number_with_a_wrong_digit_or_county(tries):
    wrong = number(2)[:17] + ("1" if number(2)[17] != "1" else "2")
    plan = tries(line(1, 2, 使用人身份证号=wrong), line(3, 4, 使用人身份证号=number(4, area="430299")))
    assert told(plan) == [(2, "user.id_number", "ID_CHECKSUM")]
    assert (3, "user.id_number", "ID_REGION_UNKNOWN") in told(plan, "warning") and states(plan) == ["held", "new"]


def test_ages_only_warn(tries):
    plan = tries(line(1, 2, "母亲"))
    assert states(plan) == ["new"] and told(plan, "warning") == [(2, "relation", "AGES")]


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"使用人手机号": "12345"}, "user.phone", "phone-form"),
        ({"使用人姓名": "乙" * 80}, "user.name", "name-long"),
        ({"授权人姓名": "甲😀"}, "authorizer.name", "name-character"),
        ({"授权人姓名": "甲" + "2"}, "authorizer.name", "name-digit"),
    ],
)
def test_what_the_form_of_a_person_refuses_is_refused_here(tries, cells, column, code):
    plan = tries(line(1, 2, **cells))
    assert (2, column, code) in told(plan) and states(plan) == ["held"]


def test_a_wrong_fact_of_a_later_row_holds_the_earlier_too(tries):
    plan = tries(line(1, 2, 使用人手机号=None), line(3, 2, 使用人手机号="12345"))
    assert states(plan) == ["held", "held"] and (2, "user.id_number", "person-doubt") in told(plan)


def test_a_row_of_oneself_is_called_so_whatever_else_it_says(tries):
    plan = tries(line(1, 1, "本人", 使用人姓名="甲一", 使用人身份证号=number(1)))
    assert told(plan) == [(2, "user.id_number", "SELF_BINDING")] and clauses(plan, 2) == {"N-03"}


def test_somebody_twice_in_one_household_is_told_as_that(tries, ledger, library):
    put(ledger, library.book, household(employee("p1", id_number=number(1)), resident("p2", id_number=number(1))))
    assert (2, "authorizer.id_number", "person-twice") in told(tries(line(1, 2)))


def test_rows_that_say_different_things_of_somebody(tries):
    plan = tries(line(1, 2), line(1, 3, 授权人参保="退休"), line(1, 4, 授权人姓名="另名"))
    assert states(plan) == ["new", "held", "held"]
    assert told(plan) == [(3, "authorizer.insurance", "facts-differ"), (4, "authorizer.name", "facts-differ")]


def test_what_is_said_once_holds_in_every_row(tries):
    plan = tries(
        line(1, 2),
        line(1, 3, 授权人参保=None),
        line(2, None, 授权人姓名="乙二", 授权人身份证号=number(2, "19400101"), 授权人参保=None),
    )
    assert states(plan) == ["new"] * 3 and len(plan.foundings) == 1


def test_somebody_new_of_whom_a_row_is_wrong_waits(tries):
    plan = tries(line(1, 2, 使用人参保="什么"), line(3, 2, "姐姐", 使用人参保=None))
    assert told(plan) == [(2, "user.insurance", "choice"), (3, "user.id_number", "person-doubt")]


def test_somebody_new_must_be_insured_somehow(tries):
    plan = tries(line(1, 2, 授权人参保=None))
    assert told(plan) == [(2, "authorizer.insurance", "insurance-needed")]


def test_half_a_binding(tries):
    plan = tries(line(1, 2, None), line(3, None, 开始日期=SOON), line(5, 6, 开始日期=THEN, 结束日期=SOON))
    assert told(plan) == [
        (2, "relation", "relation-needed"),
        (3, "user.name", "user-needed"),
        (4, "ends", "ends-early"),
    ]


def test_days_of_the_past_that_cannot_be(tries):
    headings = (*HEADINGS, "绑定时间", "解绑日期")
    plan = tries(
        [*line(1, 2), "2027-01-01", None],
        [*line(3, 4, 开始日期=LONG_AGO), None, "2027-01-01"],
        [*line(5, 6, 开始日期=LONG_AGO), None, "2025-01-01"],
        headings=headings,
    )
    assert told(plan) == [
        (2, "bound_at", "bound-later"),
        (3, "unbound_on", "unbound-later"),
        (4, "unbound_on", "unbound-early"),
    ]


def test_money_without_an_account(tries):
    plan = tries([*line(1, 2), "是", "5"], headings=(*HEADINGS, "单建统筹", "本年余额"))
    assert (2, "authorizer.current", "money-no-account") in told(plan)


def test_balances_open_new_accounts(tries):
    plan = tries([*line(1, 2), 12.5, 7], headings=(*HEADINGS, "本年余额", "历年余额"))
    assert [tuple(held) for held in plan.foundings[0].household.balances.values()] == [(1250, 700)]


def test_known_people_are_found_by_id_number_and_newcomers_join_them(tries, ledger, library):
    home = filled(ledger, library.book)
    plan = tries(line(0, 5, **known("李强", LI)), line(7, 0, 使用人姓名="王芳", 使用人身份证号=WANG, 使用人参保=None))
    assert states(plan) == ["new", "new"] and not plan.foundings
    (joining,) = plan.joinings
    assert joining.household == home and [person.id for person, _ in joining.newcomers] == ["p1", "p2"]
    assert [(event.binding.authorizer, event.binding.user) for event in joining.events] == [
        ("li", "p1"),
        ("p2", "wang"),
    ]


def test_a_household_of_the_book_goes_by_the_rules_of_its_own_place(tries, ledger, library):
    giver, user = employee("g", SHANGHAI, id_number=number(1)), resident("u", SHANGHAI, id_number=number(2, "19400101"))
    put(ledger, library.book, household(giver, user, place=SHANGHAI))
    plan = tries(line(1, 2, 授权人参保=None, 使用人手机号=None))
    assert states(plan) == ["new"] and told(plan) == []


def test_what_the_book_says_otherwise_is_told_and_not_changed(tries, ledger, library):
    filled(ledger, library.book)
    row = line(0, 5, **known("李强强", LI, "退休"))
    plan = tries([*row, "430000", 1], headings=(*HEADINGS, "授权人参保地", "本年余额"))
    columns = {column for _, column, code in told(plan, "warning") if code == "book-differs"}
    assert columns == {"authorizer.insurance", "authorizer.insured_place", "authorizer.name"}
    assert told(plan, "info") == [(2, "authorizer.current", "money-known")]
    assert states(plan) == ["new"]


def test_what_is_in_the_register_is_not_taken_twice(tries, ledger, library):
    filled(ledger, library.book)
    sample = load(ledger, library.book, 1).running.register[0]
    cells = {"使用人姓名": "王芳", "使用人身份证号": WANG, "使用人参保": None, "关系": "妻子"}
    cells |= {"使用人手机号": None, "开始日期": sample.starts}
    plan = tries(
        line(0, 0, **known("李强", LI), **{**cells, "结束日期": sample.ends}),
        line(0, 0, **known("李强", LI), **{**cells, "结束日期": THEN}),
        line(0, None, **known("李强", LI)),
    )
    assert states(plan) == ["there"] * 3 and told(plan, "warning") == [(3, "", "register-differs")]
    assert not plan.joinings


def test_two_households_of_the_book_are_not_joined_silently(tries, ledger, library):
    filled(ledger, library.book)
    put(ledger, library.book, household(employee("x", name="别家", id_number=number(9)), resident("y", id_number=ZHOU)))
    plan = tries(
        line(0, 0, **known("李强", LI), 使用人姓名="别家", 使用人身份证号=number(9), 使用人参保=None),
        line(9, 5, 授权人姓名="别家"),
        line(0, 0, **known("李强", LI), 使用人姓名="周秀英", 使用人身份证号=ZHOU, 使用人参保=None),
        line(20, 21),
    )
    assert told(plan)[:2] == [(2, "", "join-needed"), (3, "", "join-needed")]
    assert (4, "user.id_number", "person-in-several") in told(plan)
    assert states(plan) == ["held"] * 3 + ["new"] and len(plan.foundings) == 1


def test_an_in_law_across_households_is_refused_not_joined(tries, ledger, library):
    filled(ledger, library.book)
    put(ledger, library.book, household(resident("x", name="别家", id_number=number(9))))
    cells = {"使用人姓名": "别家", "使用人身份证号": number(9), "使用人参保": None, "关系": "岳父"}
    plan = tries(line(0, 0, **known("李强", LI), **cells))
    assert [code for _, _, code in told(plan)] == ["RELATION_NOT_ALLOWED"]


def test_a_binding_that_stands_is_recorded_under_its_own_day_if_that_changes_nothing(tries, ledger, library):
    filled(ledger, library.book)
    last = max(event.date for event in load(ledger, library.book, 1).household.events)
    plan = tries(line(0, 5, **known("李强", LI), 开始日期=last, 结束日期="长期"))
    (bind,) = plan.joinings[0].events
    assert bind.date == last and bind.binding.bound_at.date() == last
    before = date(min(e.date for e in load(ledger, library.book, 1).household.events).year - 1, 5, 1)
    plan = tries(line(0, 6, **known("李强", LI), 开始日期=before, 结束日期="长期"))
    (bind,) = plan.joinings[0].events
    assert (bind.date, bind.binding.starts) == (TODAY, before), "no year of the household's money is turned back"


def test_a_binding_that_stands_is_recorded_under_today_where_its_own_day_would_change_what_was_paid(
    tries, ledger, library
):
    home = filled(ledger, library.book)
    events = load(ledger, library.book, home).household.events
    visit = next(event for event in events if isinstance(event, Visit) and event.patient == "zhou")
    cells = {"使用人姓名": "周秀英", "使用人身份证号": ZHOU, "使用人参保": None, "使用人手机号": None}
    day = {"开始日期": min(event.date for event in events), "结束日期": "长期"}
    plan = tries([*line(5, 0, **cells, **day), 5000, 1], headings=(*HEADINGS, "本年余额", "次序"))
    (bind,) = plan.joinings[0].events
    assert day["开始日期"] < visit.date and (bind.date, bind.binding.starts) == (TODAY, day["开始日期"])


def test_no_year_of_a_households_money_is_turned_back(tries, ledger, library):
    li = employee("l", name="李强", id_number=LI)
    money = {"l": Balance(100_00)}
    put(ledger, library.book, household(li, accounts=money, events=[Deposit("d1", date(2026, 2, 1), "l", 1)]))
    plan = tries(line(0, 5, **known("李强", LI), 开始日期=LONG_AGO, 结束日期="长期"))
    assert [event.date for event in plan.joinings[0].events] == [TODAY]
    taken(ledger, library.book, plan)
    assert load(ledger, library.book, 1).running.balances["l"] == Balance(100_01)


def test_what_stands_is_checked_in_the_order_in_which_it_came_about(tries):
    later = [line(1, user, 开始日期="2026-01-01", 结束日期="长期") for user in range(2, 12)]
    plan = tries(*later, line(1, 12, 开始日期="2025-01-01", 结束日期="2025-12-31"))
    assert states(plan) == ["new"] * 11


def test_what_was_bound_today_for_days_gone_by_stands(tries):
    row = [*line(1, 2, 开始日期=LONG_AGO), TODAY.isoformat()]
    plan = tries(row, headings=(*HEADINGS, "绑定时间"))
    assert plan.days[2] == (LONG_AGO, True) and plan.standing == 1


def test_a_binding_that_was_unbound_is_recorded_with_its_end(tries, ledger, library):
    filled(ledger, library.book)
    headings = (*HEADINGS, "绑定时间", "解绑日期")
    plan = tries([*line(0, 5, **known("李强", LI), 开始日期="2026-10-01"), None, "2026-11-01"], headings=headings)
    bind, unbind = plan.joinings[0].events
    assert isinstance(unbind, Unbind) and unbind.date == date(2026, 11, 1) and bind.binding.unbound_on is None


def test_rules_of_the_book_that_have_changed_keep_a_household_closed(tries, ledger, library, tmp_path):
    home = filled(ledger, library.book)
    changed: dict[str, RuleBook] = {}

    def rules_of(place):
        if place not in changed:
            rows: list[Row] = [row for layer in library.book(place)._layers for row in layer if row.key != "pool.ratio"]
            changed[place] = RuleBook(place, [rows])
        return changed[place]

    grid = open_list(text(tmp_path / "a.csv", [line(0, 5, **known("李强", LI))]))
    plan = try_file(ledger, grid, recognise(grid.titles), asked(rules_of))
    assert told(plan) == [(2, "", "refused")] and states(plan) == ["held"]
    assert load(ledger, rules_of, home).drift and not plan.joinings


def test_a_household_whose_place_has_no_rules(tries, ledger, library, tmp_path):
    filled(ledger, library.book)

    def rules_of(place):
        raise NoRuleBook(place)

    grid = open_list(text(tmp_path / "a.csv", [line(0, 5, **known("李强", LI)), line(1, 2)]))
    plan = try_file(ledger, grid, recognise(grid.titles), asked(rules_of))
    assert {code for _, _, code in told(plan)} == {"place-unruled"} and states(plan) == ["held"] * 2


def test_where_a_binding_works_from_the_next_day_it_was_asked_for_the_day_before(tries, ledger, library, tmp_path):
    def rules_of(place):
        rows = [row for layer in library.book(place)._layers for row in layer if row.key != "binding.effective"]
        late = replace(rows[0], key="binding.effective", value="next-day", when=(), first=None, last=None)
        return RuleBook(place, [[*rows, late]])

    books = {"430200": rules_of("430200")}
    rows = [line(1, 2, 开始日期=LONG_AGO + timedelta(days=9)), line(3, 4, 开始日期=TODAY), line(5, 6, 开始日期=None)]
    grid = open_list(text(tmp_path / "a.csv", rows))
    plan = try_file(ledger, grid, recognise(grid.titles), asked(books.__getitem__))
    assert states(plan) == ["new", "held", "new"] and told(plan) == [(3, "starts", "STARTS_TOO_EARLY")]
    assert plan.foundings[0].household.bindings[0].bound_at.date() == LONG_AGO + timedelta(days=8)
    assert plan.days[4] == (TODAY + timedelta(days=1), False)


def test_progress_is_told_and_work_stopped(ledger, library, tmp_path):
    class Stop(Exception):
        pass

    seen = []

    def report(done, total):
        seen.append((done, total))
        if done * 3 > total * 2:
            raise Stop

    rows = [line(giver, 500 + giver) for giver in range(1, 400)]
    grid = open_list(text(tmp_path / "a.csv", rows))
    with pytest.raises(Stop):
        try_file(ledger, grid, recognise(grid.titles), asked(library.book), report)
    assert seen == sorted(seen) and all(done <= total for done, total in seen)


def test_somebody_taken_over_is_known_the_next_time(tries, ledger, library):
    rows = (line(1, 2), line(1, 3), line(4, None))
    taken(ledger, library.book, tries(*rows))
    assert states(tries(*rows)) == ["there"] * 3
    grown = tries(*rows, line(1, 5))
    assert states(grown) == ["there"] * 3 + ["new"] and len(grown.joinings) == 1
    record_event(ledger, library.book, 1, Unbind("u1", TODAY, "p1", "p2"), now=NOW)
    assert states(tries(*rows)) == ["there"] * 3, "an unbound binding is not bound again by an old list"
