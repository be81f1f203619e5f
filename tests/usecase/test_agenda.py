"""The agenda of a day over a real book: windows and who is waiting, and the calendar file."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from famgui.domain.household import Premium
from famgui.files.appointment import Appointment
from famgui.policy.library import NoRuleBook
from famgui.usecase.agenda import Waiting, agenda, appointment_id, save_calendar
from famgui.usecase.household import load
from famgui.usecase.premium import dues
from tests.domain.building import SHANGHAI, employee, household, money, resident, row
from tests.store.making import NOW, SAMPLE, filled, new_book, put, tamper

IN_TIME, LATE, EARLY = date(2025, 10, 20), date(2026, 2, 1), date(2025, 8, 31)
LI = employee("li", name="李")
PARENTS = (resident("mei", name="梅"), resident("bao", name="宝"))
BOUND = [row("li", "mei", "parent"), row("li", "bao", "parent")]


@pytest.fixture
def book(tmp_path):
    with new_book(tmp_path) as made:
        yield made


def home(*events, accounts="5000.00", **more):
    """Li with two parents who are residents, bound both."""
    return household(LI, *PARENTS, **{"rows": BOUND, "accounts": {"li": money(accounts)}, "events": events, **more})


def pay(*persons: str, handle: str = "p1") -> Premium:
    return Premium(handle, IN_TIME, "li", "resident-2026", persons)


def test_the_sample_in_december(book, library):
    filled(book, library.book, SAMPLE)
    found = agenda(book, library.book, date(2025, 12, 10))
    assert [(one.authorizer, one.user, one.day) for one in found.endings] == [
        ("li", "wang", date(2025, 12, 31)),
        ("li", "ming", date(2025, 12, 31)),
        ("wang", "ming", date(2025, 12, 31)),
    ]
    (window,) = found.windows
    assert (window.product, window.state, window.waiting, window.paid) == ("resident-2026", "open", (), 2)
    assert (window.rule.clause, window.rule.weak) == ("HN-43", False)


@pytest.mark.parametrize(
    ("day", "ahead", "states"),
    [
        (EARLY, 1, [("resident-2026", "opening")]),
        (EARLY, 0, []),
        (date(2025, 9, 1), 30, [("resident-2026", "open")]),
        (date(2026, 1, 1), 30, [("resident-2026", "closing")]),
        (date(2026, 1, 31), 30, [("resident-2026", "closing")]),
        (LATE, 366, []),
    ],
)
def test_a_window_opens_is_open_closes_and_is_gone(book, library, day, ahead, states):
    put(book, library.book, home())
    found = agenda(book, library.book, day, ahead=ahead)
    assert [(window.product, window.state) for window in found.windows] == states
    assert all(bool(window.waiting) == (window.state != "opening") for window in found.windows)


def test_places_under_one_rule_share_its_window(book, library):
    put(book, library.book, home())
    put(book, library.book, home(place="430000"))
    put(book, library.book, household(resident("x", SHANGHAI), place=SHANGHAI))
    elsewhere, here = agenda(book, library.book, IN_TIME).windows
    assert here.places == ("430000", "430200")
    assert [(who.household, who.name) for who in here.waiting] == [(1, "梅"), (1, "宝"), (2, "梅"), (2, "宝")]
    assert (elsewhere.places, elsewhere.rule.clause, elsewhere.rule.weak) == ((SHANGHAI,), "HN-43", True)
    assert elsewhere.waiting == ()


@pytest.mark.parametrize(
    ("made", "waiting", "paid"),
    [
        (home(), ["梅", "宝"], 0),
        (home(pay("mei")), ["宝"], 1),
        (home(pay("mei"), pay("bao", handle="p2")), [], 2),
        (home(pay("mei", "bao"), accounts="400.00"), ["宝"], 1),
        (home(pay("mei"), accounts="10.00"), ["梅", "宝"], 0),
        (home(rows=[row("li", "mei", "parent", ends=date(2025, 10, 19)), BOUND[1]]), ["宝"], 0),
        (home(rows=[row("li", "mei", "parent-in-law"), BOUND[1]]), ["宝"], 0),
        (home(place="430000"), ["梅", "宝"], 0),
        (household(LI, resident("mei", SHANGHAI), rows=BOUND[:1]), [], 0),
        (household(replace(LI, has_account=False), PARENTS[0], rows=BOUND[:1]), [], 0),
        (household(LI, employee("mei"), rows=BOUND[:1]), [], 0),
    ],
)
def test_who_is_waiting_is_who_could_be_paid_for(book, library, made, waiting, paid):
    """The same people as the premium page offers, over the whole book."""
    live = load(book, library.book, put(book, library.book, made))
    (window,) = agenda(book, library.book, IN_TIME).windows
    assert [who.name for who in window.waiting] == waiting
    assert window.paid == paid
    due = [one for one in dues(live, "resident-2026", IN_TIME) if one.payers]
    assert [one.person.name for one in due if one.paid is None] == waiting
    assert sum(one.paid is not None for one in due) == paid


def test_a_resident_who_became_an_employee_no_longer_waits(tmp_path, library):
    with new_book(tmp_path) as book:
        put(book, library.book, home())
    tamper(tmp_path / "book.sqlite", """UPDATE person SET amended = '{"insurance": "employee"}' WHERE handle = 'mei'""")
    with new_book(tmp_path) as book:
        (window,) = agenda(book, library.book, IN_TIME).windows
    assert window.waiting == (Waiting(1, "", "宝"),)


def test_a_place_without_rules_has_its_bindings_still(book, library):
    put(book, library.book, home(rows=[row("li", "mei", "parent", ends=IN_TIME)]))

    def gone(place):
        raise NoRuleBook(place)

    found = agenda(book, gone, IN_TIME)
    assert found.windows == ()
    assert [one.user for one in found.endings] == ["mei"]


def test_ids_stay_and_tell_nothing():
    made = appointment_id("ends", "book", 1, "430202190001010029", "mei", date(2025, 12, 31))
    assert made == appointment_id("ends", "book", 1, "430202190001010029", "mei", date(2025, 12, 31))
    assert made != appointment_id("ends", "book", 1, "430202190001010029", "mei", date(2026, 1, 1))
    assert made.endswith("@famgui")
    assert "430202" not in made and len(made) == 32 + len("@famgui")


def nothing(done: int, total: int) -> None:
    """Nobody listens."""


def test_a_calendar_is_written_whole(tmp_path):
    path = tmp_path / "dates.ics"
    told: list[tuple[int, int]] = []
    made = [Appointment(f"{n}@famgui", IN_TIME + timedelta(n), "绑定到期", "", 0) for n in range(150)]
    count = save_calendar(path, "日程", made, now=NOW, report=lambda done, total: told.append((done, total)))
    assert count == 150
    assert len(Calendar.from_ical(path.read_bytes()).events) == 150
    assert told == [(0, 150), (100, 150)]


def test_a_calendar_that_was_stopped_leaves_the_old_one(tmp_path: Path):
    path = tmp_path / "dates.ics"
    path.write_bytes(b"old")

    def stop(done: int, total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        save_calendar(path, "日程", [Appointment("1@famgui", IN_TIME, "", "", 0)], now=NOW, report=stop)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("dates.ics", b"old")]


def test_a_calendar_that_cannot_be_written_says_so(tmp_path: Path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError):
        save_calendar(tmp_path / "file" / "dates.ics", "日程", [], now=NOW, report=nothing)
