"""What must hold for every household, whatever happens to it."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from famgui.domain.benefit import YearToDate
from famgui.domain.bill import split, take_back
from famgui.domain.binding import ORDERS
from famgui.domain.household import Deposit, Refund, by_date, refund_faults
from famgui.domain.money import WHOLE, format_amount, format_ratio, half_up, parse_amount, parse_ratio
from famgui.domain.timeline import run
from famgui.files.answer import settlement_fields
from tests.domain import strategies as some

always = settings(max_examples=250, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])

MAX_AMOUNT = 999_999_999
"""9999999.99 yuan, the largest amount a case file may state."""


def settlements(timeline):
    """Every settlement of the timeline, those of refunds included."""
    return [outcome.settlement for outcome in timeline.outcomes if outcome.settlement is not None]


def moved(settlement):
    """What a settlement took from accounts."""
    return sum(payment.draw.total for payment in settlement.payments)


def held(balances):
    return sum(balance.total for balance in balances.values())


@always
@given(data=st.data())
def test_every_settlement_conserves_money_to_the_fen(book, data):
    home = data.draw(some.households())
    for done in settlements(run(home, book(home.place))):
        assert done.split.total == done.pool + moved(done) + done.cash
        assert moved(done) == done.own + done.shared
        assert done.split.total == sum(done.split[1:])
        assert done.pool + done.deductible <= done.split.in_scope
        assert (
            min(done.pool, done.deductible, done.cash, *done.split, *(min(pay.draw) for pay in done.payments), 0) == 0
        )


@always
@given(data=st.data())
def test_what_a_household_holds_is_what_came_in_less_what_accounts_paid(book, data):
    home = data.draw(some.households())
    after = run(home, book(home.place))
    money = held(home.balances)
    for outcome in after.outcomes:
        if isinstance(outcome.event, Deposit) and outcome.status == "settled":
            money += outcome.event.amount
        if outcome.settlement is not None:
            money -= moved(outcome.settlement)
        if outcome.reversed is not None:
            money += moved(outcome.reversed)
        money -= sum(line.paid for line in outcome.premiums)
    assert held(after.balances) == money


@always
@given(data=st.data())
def test_no_balance_and_no_year_to_date_is_ever_negative(book, data):
    home = data.draw(some.households())
    order = by_date(home.events)
    for count in range(1, len(order) + 1):
        so_far = replace(home, events=tuple(home.events[place] for place in order[:count]))
        after = run(so_far, book(home.place))
        assert all(min(balance) >= 0 for balance in after.balances.values())
        for used in after.used.values():
            assert min(used.pool, *used.by_level, used.all_levels - sum(used.by_level)) >= 0


@always
@given(data=st.data())
def test_what_comes_later_changes_nothing_before_it(book, data):
    home = data.draw(some.households())
    order = by_date(home.events)
    sorted_home = replace(home, events=tuple(home.events[place] for place in order))
    count = data.draw(st.integers(0, len(order)))
    earlier = replace(sorted_home, events=sorted_home.events[:count])
    assert run(earlier, book(home.place)).outcomes == run(sorted_home, book(home.place)).outcomes[:count]


@always
@given(data=st.data())
def test_the_national_fields_keep_their_identities(book, data):
    home = data.draw(some.households())
    for done in settlements(run(home, book(home.place))):
        fields = settlement_fields(done)
        fen = {name: parse_amount(text) for name, text in fields.items() if isinstance(text, str)}
        assert fen["medfee_sumamt"] == fen["fund_pay_sumamt"] + fen["psn_part_amt"]
        assert fen["psn_part_amt"] == fen["acct_pay"] + fen["psn_cash_pay"]
        assert fen["psn_cash_pay"] == fen["medfee_sumamt"] - fen["fund_pay_sumamt"] - fen["acct_pay"]
        parts = ("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt")
        assert fen["medfee_sumamt"] == sum(fen[name] for name in parts)
        assert fen["acct_mulaid_pay"] <= fen["acct_pay"]
        listed = dict.fromkeys(("pool", "own", "shared", "cash"), 0)
        for payment in fields["payments"]:
            listed[payment["payer"]] += parse_amount(payment["amount"])
        assert listed == {
            "pool": fen["hifp_pay"],
            "own": fen["acct_pay"] - fen["acct_mulaid_pay"],
            "shared": fen["acct_mulaid_pay"],
            "cash": fen["psn_cash_pay"],
        }


def with_visit(data, over_limits=True):
    """A household without refunds, and one more visit on its last day."""
    home = data.draw(some.households())
    events = tuple(event for event in home.events if not isinstance(event, Refund))
    day = max(event.date for event in home.events)
    ids = [person.id for person in home.persons]
    return replace(home, events=events), data.draw(some.visits("extra", ids, home.place, day, over_limits=over_limits))


def figures(timeline):
    return {key: used for key, used in timeline.used.items() if used != YearToDate()}


@always
@given(data=st.data())
def test_a_whole_refund_right_after_a_visit_restores_everything(book, data):
    home, visit = with_visit(data)
    back = Refund("back", visit.date, visit.id)
    # A deposit of nothing turns the year where the visit would.
    without = run(replace(home, events=(*home.events, Deposit("none", visit.date, "p0", 0))), book(home.place))
    returned = run(replace(home, events=(*home.events, visit, back)), book(home.place))
    assert returned.balances == without.balances
    assert figures(returned) == figures(without)


@always
@given(data=st.data())
def test_a_partial_refund_equals_never_having_bought(book, data):
    home, visit = with_visit(data, over_limits=False)
    parts = tuple((item.name, data.draw(st.integers(0, item.amount))) for item in visit.items)
    left = take_back(visit.items, parts)
    smaller = replace(visit, items=left)
    back = Refund("back", visit.date, visit.id, parts)
    never = run(replace(home, events=(*home.events, smaller)), book(home.place))
    returned = run(replace(home, events=(*home.events, visit, back)), book(home.place))
    assert returned.balances == never.balances
    assert figures(returned) == figures(never)
    if any(item.amount for item in left):
        assert returned.outcomes[-1].settlement == never.outcomes[-1].settlement
        assert returned.outcomes[-1].problems == never.outcomes[-1].problems


@always
@given(data=st.data())
def test_two_households_that_share_nothing_do_not_touch_each_other(book, data):
    place, terms = data.draw(some.places()), data.draw(some.terms())
    one, other = (data.draw(some.households(place, prefix, span=some.ONE_YEAR, own_terms=terms)) for prefix in "ab")
    alone = [run(home, book(place)) for home in (one, other)]
    expected = {outcome.event.id: outcome for after in alone for outcome in after.outcomes}
    in_turn = data.draw(st.permutations([0] * len(one.events) + [1] * len(other.events)))
    sources = iter(one.events), iter(other.events)
    mixed = tuple(next(sources[which]) for which in in_turn)
    for events in (one.events + other.events, other.events + one.events, mixed):
        merged = replace(
            one,
            persons=one.persons + other.persons,
            balances={**one.balances, **other.balances},
            bindings=one.bindings + other.bindings,
            used={**one.used, **other.used},
            events=events,
        )
        after = run(merged, book(place))
        assert {outcome.event.id: outcome for outcome in after.outcomes} == expected
        assert after.balances == {**alone[0].balances, **alone[1].balances}
        assert after.used == {**alone[0].used, **alone[1].used}


@always
@given(data=st.data())
def test_who_pays_first_never_changes_the_pool(book, data):
    home = data.draw(some.households())
    found = []
    for order in ORDERS:
        for own_first in (True, False):
            terms = home.terms._replace(order=order, own_first=own_first)
            after = run(replace(home, terms=terms), book(home.place))
            found.append(([(done.pool, done.deductible, done.split) for done in settlements(after)], after.used))
    assert all(one == found[0] for one in found)


@always
@given(data=st.data())
def test_more_money_in_an_account_never_means_more_cash(book, data):
    home = data.draw(some.households())
    ids = [person.id for person in home.persons]
    visit = data.draw(some.visits("only", ids, home.place, some.FIRST))
    poor = replace(home, events=(visit,))
    richer = data.draw(st.sampled_from(ids))
    more = data.draw(some.balances())
    accounts = {who: held.plus(more) if who == richer else held for who, held in home.balances.items()}
    cash = [run(one, book(home.place)).outcomes[0].settlement.cash for one in (replace(poor, balances=accounts), poor)]
    assert cash[0] <= cash[1]


@always
@given(data=st.data())
def test_generated_refunds_are_possible(data):
    """Guards the other properties: they hold for refunds that can be."""
    assert list(refund_faults(data.draw(some.households()).events)) == []


@always
@given(items=st.lists(some.bill_items("one"), min_size=1, max_size=5))
def test_a_bills_parts_add_up_and_none_is_negative(items):
    parts = split(items)
    assert parts.total == sum(item.amount for item in items) == sum(parts[1:])
    assert min(parts) >= 0


@always
@given(items=st.lists(some.bill_items("one"), min_size=1, max_size=4), data=st.data())
def test_what_is_taken_back_and_what_is_left_add_up(items, data):
    total = sum(item.amount for item in items)
    amount = data.draw(st.integers(0, total))
    left = take_back(items, [("one", amount)])
    assert sum(item.amount for item in left) == total - amount
    assert all(0 <= item.over_limit <= item.amount for item in left)


@always
@given(fen=st.integers(0, MAX_AMOUNT))
def test_an_amount_written_is_read_again(fen):
    assert parse_amount(format_amount(fen)) == fen


@always
@given(ratio=st.integers(0, WHOLE))
def test_a_ratio_written_is_read_again(ratio):
    assert parse_ratio(format_ratio(ratio)) == ratio


@always
@given(text=st.from_regex(r"\A(0|[1-9][0-9]{0,6})(\.[0-9]{1,2})?\Z"))
def test_an_amount_read_is_written_as_the_same_number(text):
    assert Decimal(format_amount(parse_amount(text))) == Decimal(text)


@always
@given(numerator=st.integers(0, 10**12), denominator=st.integers(1, 10**6))
def test_rounding_is_off_by_at_most_half_and_up_at_the_half(numerator, denominator):
    off = 2 * (half_up(numerator, denominator) * denominator - numerator)
    assert -denominator < off <= denominator


@always
@given(text=st.text(max_size=12))
def test_any_text_is_an_amount_or_a_value_error(text):
    try:
        fen = parse_amount(text)
    except ValueError:
        return
    assert 0 <= fen <= MAX_AMOUNT
    assert text.isascii()
