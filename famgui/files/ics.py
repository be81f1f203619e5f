"""Appointments as an iCalendar file (RFC 5545), which calendars of phones and mail programs take up."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from famgui.files.appointment import Appointment

_REMIND_AT = timedelta(hours=9)
"""When on its day a reminder speaks: at the counter's opening, not at midnight."""
_STEP = 100
"""Appointments between two reports."""


def calendar_text(
    title: str, appointments: Sequence[Appointment], *, now: datetime, report: Callable[[int, int], None]
) -> bytes:
    """A calendar of this title as a file's bytes. `report` is told how many of how many are made, and may raise."""
    made = Calendar()
    made.add("prodid", "-//famgui//famgui//ZH")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("name", title)
    made.add("x-wr-calname", title)
    stamp = now.astimezone(UTC).replace(microsecond=0)
    for event in _events(appointments, stamp, report):
        made.add_component(event)
    text: bytes = made.to_ical()
    return text


def _events(
    appointments: Sequence[Appointment], stamp: datetime, report: Callable[[int, int], None]
) -> Iterable[Event]:
    for number, one in enumerate(appointments):
        if number % _STEP == 0:
            report(number, len(appointments))
        event = Event()
        event.add("uid", one.uid)
        event.add("dtstamp", stamp)
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
        event.add("summary", one.summary)
        event.add("description", one.description)
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        if one.remind:
            event.add_component(_alarm(one))
        yield event


def _alarm(one: Appointment) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", _REMIND_AT - timedelta(days=one.remind))
    alarm.add("description", one.summary)
    return alarm
