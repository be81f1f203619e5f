"""An appointment as a calendar keeps it, before it has a form."""

from datetime import date
from typing import NamedTuple


class Appointment(NamedTuple):
    """Something on a day, all day long: what it is known by for ever, what it says, and how many days before it the
    calendar reminds of it (0: not at all)."""

    uid: str
    day: date
    summary: str
    description: str
    remind: int
