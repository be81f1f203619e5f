"""Does it read and write what passes between offices: case files, the page of a terminal, signatures, calendars."""

import io
from datetime import date

from icalendar import Calendar

from famgui.files.appointment import Appointment
from famgui.files.casefile import FaultyFile, read_case
from famgui.files.ics import calendar_text
from famgui.files.report import Heading, console_for, show_case
from famgui.policy.signature import judge, make_keys, sign, signature_beside, trusted
from famgui.usecase.selftest.ground import Ground
from famgui.usecase.settlement import settle_case

_FAULTY = 'format = 1\nplace = "430200"\n\n[[person]]\nid = "a"\ninsurance = "elsewhere"\n'
_FAULTY_LINE = 6


def faulty_line(ground: Ground) -> None:
    """A fault in a case file is told with its line."""
    path = ground.folder("faulty") / "case.toml"
    path.write_text(_FAULTY, "utf-8")
    try:
        read_case(path)
    except FaultyFile as error:
        lines = [fault.line for fault in error.faults]
        if lines != [_FAULTY_LINE]:
            ground.fail("came-out", found=lines, wanted=[_FAULTY_LINE])
    else:
        ground.fail("fault-unseen")


def page(ground: Ground) -> None:
    """A settled case can be printed in a terminal."""
    household = read_case(ground.shipped / "cases" / "example.toml")
    rules = ground.library().book(household.place)
    case = settle_case(household, rules, today=ground.now.date(), regions=ground.regions())
    page = io.StringIO()
    heading = Heading("example.toml", household.place, ())
    show_case(console_for(page), heading, household, case.timeline, case.persons, ground.wording)
    name = household.persons[0].name
    if name not in page.getvalue():
        ground.fail("text-missing", text=name)


def signature(ground: Ground) -> None:
    """A signed file is known again, and a changed one is not."""
    folder = ground.folder("signed")
    file = folder / "pack.toml"
    file.write_bytes(b"format = 1\n")
    key, _, _ = make_keys(folder / "keys", "selftest")
    sign(file, key)
    keys, written = trusted([folder / "keys"]), signature_beside(file)
    for raw, wanted in ((file.read_bytes(), "known"), (b"format = 2\n", "broken")):
        found = judge(raw, written, keys).state
        if found != wanted:
            ground.fail("came-out", found=found, wanted=wanted)


def calendar(ground: Ground) -> None:
    """An appointment is written for calendars and read again."""
    title, day = "家庭共济账户到期提醒，请尽快到医保经办窗口或线上重新办理绑定手续", date(2025, 12, 31)
    one = Appointment("selftest", day, title, title, 7)
    raw = calendar_text(title, [one], now=ground.now, report=lambda done, total: None)
    events = [(str(event["summary"]), event.decoded("dtstart")) for event in Calendar.from_ical(raw).walk("VEVENT")]
    if events != [(title, day)]:
        ground.fail("came-out", found=events, wanted=[(title, day)])
