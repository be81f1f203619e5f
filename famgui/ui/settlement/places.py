"""Where a visit may have been, seen from the insured place: other cities of the province, other provinces."""

from collections.abc import Callable

from famgui.domain.person import province

Name = Callable[[str], str]
"""What a code is called; the code itself where nobody knows."""


def cities(home: str, name: Name, unnamed: str) -> list[tuple[object, str]]:
    """The other cities of the home's province, after the province itself (`unnamed`: no city told); none where the home
    is the whole province and it has no cities."""
    whole = province(home)
    codes = (f"{whole[:2]}{number:02d}00" for number in range(1, 100))
    found: list[tuple[object, str]] = [(code, name(code)) for code in codes if code != home and name(code) != code]
    return found if whole == home else [(whole, unnamed), *found]


def provinces(home: str, name: Name) -> list[tuple[object, str]]:
    """Every other province."""
    codes = (f"{number}0000" for number in range(11, 66))
    return [(code, name(code)) for code in codes if code != province(home) and name(code) != code]
