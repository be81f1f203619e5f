"""What the comparison shows of the sample family: dimensions, what was typed, what the calculator can take."""

from datetime import date

from famgui.domain.settlement import Visit
from famgui.ui.compare.viewmodel import CompareVM
from famgui.ui.compare.words import difference_line, more_or_less, visit_line
from famgui.ui.shell.desk import Desk
from famgui.usecase.compare import Change, Difference
from tests.domain.building import item, visit

DAY = date(2025, 11, 10)


def bill(patient: str = "wang") -> Visit:
    """680.00 at a tertiary hospital; Wang has met her deductible of the year."""
    return visit(
        patient, item("450.00", category="service"), item("200.00", "B", upfront="0.10"), item("30.00", "C"), day=DAY
    )


def shown(desk: Desk, patient: str = "wang") -> CompareVM:
    desk.visit = bill(patient)
    vm = CompareVM(desk)
    vm.refresh()
    return vm


def test_without_a_bill_there_is_nothing_to_compare(desk: Desk) -> None:
    vm = CompareVM(desk)
    vm.refresh()
    assert (vm.rows, vm.base, vm.chosen) == ((), None, None)
    vm.take()
    desk.visit = bill("somebody else")
    vm.refresh()
    assert vm.rows == ()


def test_each_dimension_has_its_variants(desk: Desk) -> None:
    vm = shown(desk)
    assert [row.title for row in vm.rows] == ["现在这样", "基层", "一级", "二级", "非定点机构"]
    vm.show("order")
    assert [row.title for row in vm.rows[1:]] == ["最近绑定者先付", "余额多者先付", "只用第一位授权人", "后付本人账户"]
    vm.show("date")
    assert [row.title for row in vm.rows[1:]] == ["2026-01-01 · 新的一年、绑定已到期"]
    vm.show("place")
    titles = [row.title for row in vm.rows[1:]]
    assert titles[:3] == ["在长沙市就医", "在北京市就医", "在北京市就医 · 两省互通"]
    assert {"在福建省参保", "在上海市参保"} <= set(titles) and "在全国参保" not in titles
    vm.show("custom")
    assert vm.rows == (vm.base,) and vm.chosen is None


def test_days_and_variants_are_added_and_taken_out(desk: Desk) -> None:
    vm = shown(desk)
    vm.show("date")
    vm.add_day(date(2025, 12, 24))
    vm.add_day(date(2025, 12, 24))
    vm.add_day(DAY)
    assert [row.title for row in vm.rows[1:]] == ["2025-12-24", "2026-01-01 · 新的一年、绑定已到期"]
    assert vm.days == (date(2025, 12, 24),)
    assert vm.chosen is not None and vm.chosen.title == "2025-12-24" and vm.chosen.removable
    assert not vm.rows[2].removable
    vm.remove(vm.rows[2])
    vm.remove(vm.chosen)
    assert len(vm.rows) == 2
    vm.show("custom")
    both = (Change("level", "community"), Change("own-first", False))
    vm.add_variant(())
    vm.add_variant(both)
    vm.add_variant(both)
    assert [row.title for row in vm.rows[1:]] == ["基层 · 后付本人账户"]
    vm.remove(vm.rows[1])
    assert vm.rows == (vm.base,)


def test_least_cash_first_keeps_the_visit_at_hand_on_top(desk: Desk) -> None:
    vm = shown(desk)
    vm.show("place")
    vm.sort(least_cash_first=True)
    cash = [row.way.cash or 0 for row in vm.rows[1:]]
    assert vm.rows[0].base and cash == sorted(cash) and cash[-1] > cash[0]


def test_what_is_to_be_known_stands_beside_a_variant(desk: Desk) -> None:
    vm = shown(desk)
    notes = {row.title: [text for text, _ in row.notes] for row in vm.rows}
    assert notes["基层"] == ["待核"] and notes["非定点机构"] == ["统筹不付"]
    desk.visit = visit("wang", item("50.00"), kind="pharmacy", type="pharmacy", level="")
    vm.show("custom")
    vm.add_variant((Change("level", "primary"),))
    row = vm.rows[1]
    assert (row.change, row.change_text, row.notes) == (None, "—", (("药店没有级别", "plain"),))


def test_the_first_that_differs_is_looked_at_until_another_is_chosen(desk: Desk) -> None:
    vm = shown(desk)
    told: list[bool] = []
    vm.chosen_changed.connect(lambda: told.append(True))
    vm.show("place")
    assert vm.chosen is not None and vm.chosen.title == "在北京市就医"
    vm.choose(vm.rows[1])
    vm.choose(vm.rows[1])
    vm.choose(vm.rows[0])
    assert vm.chosen == vm.rows[1] and told == [True]


def test_the_calculator_takes_what_a_visit_can_be(desk: Desk) -> None:
    taken: list[Visit] = []
    asked: list[str] = []
    desk.visit_taken.connect(taken.append)
    desk.page_asked.connect(asked.append)
    vm = shown(desk)
    vm.choose(vm.rows[1])
    vm.take()
    assert asked == ["settlement"] and taken[0].facility.level == "community" and taken[0].items == bill().items
    vm.show("place")
    vm.choose(next(row for row in vm.rows if row.title == "在福建省参保"))
    vm.take()
    assert len(taken) == 1


def test_another_household_begins_anew(desk: Desk) -> None:
    vm = shown(desk)
    vm.add_day(date(2025, 12, 24))
    assert desk.live is not None
    vm._household = desk.live.id + 1
    vm.refresh()
    assert vm.days == ()


def test_words(desk: Desk) -> None:
    assert visit_line(bill(), desk) == "王芳 · 普通门诊 · 三级医院 · 2025-11-10"
    assert [more_or_less(fen) for fen in (-5_600, 0, 123_456)] == ["− 56.00 少付", "不变", "+ 1,234.56 多付"]
    assert difference_line(Difference(9_300, 0, -9_300, 0)) == "统筹基金 +93.00 · 共济账户 −93.00"
    assert difference_line(Difference(0, 0, 0, 0)) == "各方付的都一样。"
