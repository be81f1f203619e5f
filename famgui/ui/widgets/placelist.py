"""The places that have a rule pack, in the order in which they are looked for: those near the household come first."""

from famgui.domain.person import province
from famgui.ui.shell.desk import Desk

_NATION = "000000"
OWN_HOME = "430200"
"""Where the program is at home: what a book without a household begins with."""


def place_entries(desk: Desk) -> list[tuple[object, str]]:
    """Every place with a pack but the nation: the household's province and its cities, then province by province; a
    city is told behind its province."""
    home = "" if desk.live is None else province(desk.live.household.place)
    places = [pack.place for pack in desk.library.packs if pack.place != _NATION]
    places.sort(key=lambda place: (province(place) != home, place))
    return [(place, place_line(desk, place)) for place in places]


def first_place(desk: Desk) -> str:
    """Where somebody new is insured unless somebody says otherwise: the household's place, else where the program is at
    home; "" where no pack speaks for that."""
    if desk.live is not None:
        return desk.live.household.place
    return OWN_HOME if desk.library.pack(OWN_HOME) is not None else ""


def place_line(desk: Desk, place: str) -> str:
    """A place behind its province: 江苏省 · 苏州市."""
    whole, name = province(place), desk.place_name(place)
    return name if whole == place or desk.place_name(whole) == whole else f"{desk.place_name(whole)} · {name}"
