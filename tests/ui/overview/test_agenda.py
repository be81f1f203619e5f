"""The card 日程: which dates it shows and where they lead, over a real book."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton

from famgui.domain.household import Household, Premium
from famgui.policy.library import Library
from famgui.ui.overview.agenda_model import AgendaVM
from famgui.ui.overview.agenda_words import MOST, product_words
from famgui.ui.overview.page import OverviewPage
from famgui.ui.overview.rows import AgendaRow
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.page import Shell
from tests.domain.building import deposit, employee, household, money, resident, row
from tests.ui.binding.building import desk_on
from tests.ui.building import nameless
from tests.ui.overview.building import MAY, OCTOBER, Looked, family, on, page_over
from tests.ui.overview.test_page import press, texts


@pytest.fixture
def rows_of(tmp_path: Path, library: Library, zh: None, looked: Looked) -> Callable[..., list[AgendaRow]]:
    """What the card shows of a book with these households on a day."""

    def shown(day: date, *homes: Household) -> list[AgendaRow]:
        with desk_on(day, tmp_path, library, *homes) as desk:
            rows = looked(desk).rows
        assert rows is not None
        return list(rows)

    return shown


def test_the_sample_in_december(desk: Desk, looked: Looked) -> None:
    assert looked(desk).rows == (
        AgendaRow(
            "2025-12-31",
            "绑定到期",
            "李强 → 王芳、李小明；王芳 → 李小明",
            "21 天后",
            "warning",
            "去续期",
            "binding",
            1,
        ),
        AgendaRow(
            "2026-01-31",
            "居民医保 2026 缴费截止",
            "已绑定的 2 人都已代缴",
            "52 天后",
            "accent",
            "代缴保费",
            "ledger/premiums",
            0,
            "HN-43",
        ),
    )


def test_today_soon_and_later(rows_of: Callable[..., list[AgendaRow]]) -> None:
    found = rows_of(MAY, family(on(0), on(30), on(31), None))
    assert [(one.title, one.detail, one.chip) for one in found] == [
        ("绑定到期", "李 → 父0", "今天"),
        ("绑定到期", "李 → 父1", "30 天后"),
    ]


def test_what_begins_and_what_has_ended(rows_of: Callable[..., list[AgendaRow]]) -> None:
    rows = [row("li", "a", "child", on(3)), row("li", "b", "child", ends=on(-1))]
    home = household(employee("li"), resident("a"), resident("b"), rows=rows)
    assert [(one.day, one.title, one.detail, one.chip, one.kind, one.step) for one in rows_of(MAY, home)] == [
        ("2025-05-13", "绑定生效", "li → a", "3 天后", "plain", "查看"),
        ("2025-05-09", "到期没有续期", "li → b", "已到期", "danger", "去续期"),
    ]


def test_much_that_has_ended_is_one_line(rows_of: Callable[..., list[AgendaRow]]) -> None:
    (found,) = rows_of(MAY, family(on(-1), on(-9), on(-300)))
    assert (found.day, found.title, found.detail) == ("", "有 3 个绑定已到期，没有续期", "最近一个在 2025-05-09 到期")
    assert found.household == 1


def test_many_dates_are_cut_and_say_so(rows_of: Callable[..., list[AgendaRow]]) -> None:
    found = rows_of(MAY, family(*(on(days) for days in range(MOST + 3))))
    assert len(found) == MOST
    assert (found[-1].title, found[-1].page) == ("另有 4 个日期", "binding")


def test_a_time_to_pay_is_never_crowded_out(rows_of: Callable[..., list[AgendaRow]]) -> None:
    ends = [OCTOBER + timedelta(days) for days in range(MOST + 3)]
    titles = [one.title for one in rows_of(OCTOBER, family(*ends, place="430200"))]
    assert titles == ["绑定到期"] * (MOST - 2) + ["居民医保 2026 缴费截止", "另有 5 个日期"]


def test_many_pairs_of_a_day_are_cut_and_say_so(rows_of: Callable[..., list[AgendaRow]]) -> None:
    (found,) = rows_of(MAY, family(*[on(5)] * 7))
    assert found.detail == "李 → 父0、父1、父2、父3；另有 3 项"


def test_households_are_named_where_there_are_several(rows_of: Callable[..., list[AgendaRow]]) -> None:
    found = rows_of(MAY, family(on(5)), family(on(5), on(4)))
    told = [(one.day, one.detail, one.household) for one in found]
    assert told == [
        ("2025-05-14", "李 → 父1 · 家", 2),
        ("2025-05-15", "李 → 父0 · 家", 1),
        ("2025-05-15", "李 → 父0 · 家", 2),
    ]


WAITING = "还有 2 人没有代缴：父0、父1"


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2025, 8, 20), ("2025-09-01", "居民医保 2026 开始缴费", "", "12 天后", "plain")),
        (OCTOBER, ("2026-01-31", "居民医保 2026 缴费截止", WAITING, "103 天后", "accent")),
        (
            date(2026, 1, 30),
            ("2026-01-31", "居民医保 2026 缴费截止", WAITING, "1 天后", "warning"),
        ),
    ],
)
def test_the_time_to_pay(rows_of: Callable[..., list[AgendaRow]], day: date, told: tuple[str, ...]) -> None:
    (found,) = rows_of(day, family(None, None, place="430200"))
    assert (found.day, found.title, found.detail, found.chip, found.kind) == told
    assert (found.page, found.clause, found.step) == ("ledger/premiums", "HN-43", "代缴保费")


def test_an_unconfirmed_time_to_pay_is_marked(rows_of: Callable[..., list[AgendaRow]]) -> None:
    (found,) = rows_of(date(2025, 1, 20), family(None, place="430200"))
    assert (found.title, found.clause, found.weak) == ("居民医保 2025 缴费截止", "HN-41", True)


def test_those_who_wait_in_other_households_are_told_with_them(rows_of: Callable[..., list[AgendaRow]]) -> None:
    paid = Premium("p1", OCTOBER, "li", "resident-2026", ("p0",))
    first = family(None, place="430200", events=[paid], accounts={"li": money("500.00")})
    (found,) = rows_of(OCTOBER, first, family(*[None] * 5, place="430200"))
    assert found.detail == "还有 5 人没有代缴：父0（家）、父1（家）、父2（家）、父3（家） …"
    assert found.household == 2


def test_times_to_pay_name_their_places_where_they_differ(rows_of: Callable[..., list[AgendaRow]]) -> None:
    found = rows_of(OCTOBER, family(None), family(None, place="430200"))
    assert [(one.detail, one.weak) for one in found] == [
        ("上海市 · 还有 1 人没有代缴：父0（家）", True),
        ("株洲市 · 还有 1 人没有代缴：父0（家）", False),
    ]


def test_a_product_that_is_no_residents_insurance_keeps_its_name(zh: None) -> None:
    assert (product_words("resident-2027"), product_words("other")) == ("居民医保 2027", "other")


def test_no_household_has_no_dates(tmp_path: Path, library: Library, zh: None, looked: Looked) -> None:
    with desk_on(MAY, tmp_path, library) as desk:
        assert looked(desk).rows is None


def test_looked_up_again_after_a_change_and_on_another_day(desk: Desk, looked: Looked, qtbot: Any) -> None:
    vm = looked(desk)
    vm.reload()
    assert desk.ops.pending == 0
    with qtbot.assertNotEmitted(vm.changed):
        desk.record(deposit("1.00", date(2025, 12, 10)), lambda _: None)
        qtbot.waitUntil(lambda: not desk.ops.pending)
    desk._today = lambda: date(2026, 1, 5)
    with qtbot.waitSignal(vm.changed):
        vm.reload()
    assert vm.rows is not None
    assert [one.title for one in vm.rows] == ["居民医保 2026 缴费截止", "到期没有续期"]


def test_a_change_while_it_looks_is_seen_too(desk: Desk, looked: Looked, qtbot: Any) -> None:
    vm = AgendaVM(desk)
    desk._today = lambda: date(2026, 1, 5)
    desk.reload()
    qtbot.waitUntil(lambda: not desk.ops.pending)
    assert vm.rows is not None
    assert vm.rows[-1].title == "到期没有续期"


def test_the_card_shows_them_and_everything_has_a_name(dated: OverviewPage) -> None:
    seen = texts(dated)
    for text in ("日程", "2025-12-31", "绑定到期", "21 天后", "去续期", "HN-43", "代缴保费", "存为日历文件"):
        assert text in seen, text
    assert nameless(dated) == []
    assert "去续期 · 绑定到期" in [made.accessibleName() for made in dated.findChildren(QPushButton)]


@pytest.mark.parametrize(("text", "wanted"), [("去续期", "binding"), ("代缴保费", "ledger/premiums")])
def test_a_date_leads_to_where_it_is_dealt_with(dated: OverviewPage, qtbot: Any, text: str, wanted: str) -> None:
    with qtbot.waitSignal(dated.page_asked) as asked:
        press(dated, text)
    assert asked.args == [wanted]


def test_its_clause_opens(dated: OverviewPage, desk: Desk, qtbot: Any) -> None:
    with qtbot.waitSignal(desk.clause_asked) as asked:
        press(dated, "HN-43")
    assert asked.args == ["HN-43"]


def test_a_date_of_another_household_brings_it_up(
    tmp_path: Path, library: Library, zh: None, qtbot: Any, shell_over: Callable[[Desk], Shell]
) -> None:
    with desk_on(MAY, tmp_path, library, family(None), family(on(5))) as desk:
        with page_over(shell_over(desk), qtbot) as made, qtbot.waitSignal(made.page_asked):
            assert desk.live is not None and desk.live.id == 1
            press(made, "去续期")
        assert desk.live is not None and desk.live.id == 2
        qtbot.waitUntil(lambda: not desk.ops.pending)


def test_an_unconfirmed_clause_wears_its_mark(
    tmp_path: Path, library: Library, zh: None, qtbot: Any, shell_over: Callable[[Desk], Shell]
) -> None:
    with (
        desk_on(date(2025, 1, 20), tmp_path, library, family(None, place="430200")) as desk,
        page_over(shell_over(desk), qtbot) as made,
    ):
        assert "待核" in texts(made)


def test_the_tooltip_says_whose_names_go_out(dated: OverviewPage) -> None:
    made = next(one for one in dated.findChildren(QPushButton) if one.text() == "存为日历文件")
    assert "姓名" in made.toolTip() and "身份证号码" in made.toolTip()
