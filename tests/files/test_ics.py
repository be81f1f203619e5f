"""A calendar file read back by a strict parser: what went in comes out, in the form that RFC 5545 asks for."""

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from famgui.files.appointment import Appointment
from famgui.files.ics import calendar_text

NOW = datetime(2025, 12, 10, 17, 30, 15, 999, tzinfo=UTC)
LONG = "请在这一天以前续期，到期后不能再用共济账户。" * 9
APPOINTMENTS = (
    Appointment("a1@famgui", date(2025, 12, 31), "绑定到期：李强 → 王芳", "关系：配偶\n家庭：李家; a, b\\c", 30),
    Appointment("a2@famgui", date(2026, 1, 31), "居民医保 2026 缴费截止 \N{CJK UNIFIED IDEOGRAPH-20C8E}", LONG, 7),
    Appointment("a3@famgui", date(2028, 2, 29), "绑定生效", "", 0),
)


def written(appointments=APPOINTMENTS) -> bytes:
    return calendar_text("家庭共济日程", appointments, now=NOW, report=lambda done, total: None)


@pytest.fixture
def calendar() -> Calendar:
    """Exactly one calendar, without a line that could not be read."""
    (found,) = Calendar.from_ical(written(), multiple=True)
    assert found.errors == [] and all(event.errors == [] for event in found.events)
    return found


def test_what_went_in_comes_out(calendar):
    said = ("uid", "summary", "description")
    found = [(event.DTSTART, *(str(event[name]) for name in said)) for event in calendar.events]
    assert found == [(one.day, one.uid, one.summary, one.description) for one in APPOINTMENTS]


def test_the_calendar_says_whose_it_is(calendar):
    assert (calendar["version"], calendar["calscale"]) == ("2.0", "GREGORIAN")
    assert calendar["prodid"] == "-//famgui//famgui//ZH"
    assert calendar["name"] == calendar["x-wr-calname"] == "家庭共济日程"


def test_dates_are_whole_days_that_block_nothing(calendar):
    for event in calendar.events:
        assert type(event.DTSTART) is date
        assert (event.DTEND - event.DTSTART).days == 1
        assert (event["transp"], event["class"]) == ("TRANSPARENT", "PRIVATE")
        assert event.decoded("dtstamp") == NOW.replace(microsecond=0)


def test_reminders_speak_at_nine_so_many_days_before(calendar):
    first, second, third = calendar.events
    for event, lead in ((first, 30), (second, 7)):
        (alarm,) = event.walk("valarm")
        assert alarm["action"] == "DISPLAY"
        assert alarm.decoded("trigger") == timedelta(hours=9) - timedelta(days=lead)
        assert alarm["description"] == event["summary"]
    assert third.walk("valarm") == []


def test_lines_are_folded_and_end_as_they_must():
    text = written()
    assert text.endswith(b"END:VCALENDAR\r\n")
    assert text.count(b"\n") == text.count(b"\r\n")
    lines = text.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # no character is torn in two


def test_the_same_dates_give_the_same_file():
    assert written() == written()
    assert b"a2@famgui" not in written(APPOINTMENTS[:1])


def test_whoever_is_told_may_stop_it():
    def stop(done: int, total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        calendar_text("", APPOINTMENTS, now=NOW, report=stop)
