"""Who of a case file is in the book already, in the words of the window."""

from collections.abc import Mapping
from typing import Any

from famgui.ui.shell.i18n import tr
from famgui.ui.shell.takeout import listed

_ENDING = 4


def known_words(name: str, found: Any, labels: Mapping[int, str]) -> str:
    """What the book knows of the people of a file (`usecase.household_known.Already`)."""
    if found.same is not None:
        title = labels.get(*found.same)
        return tr("{name} is already in the book: {title} holds just the same.", name=name, title=title)
    where: dict[str, list[str]] = {}
    for one in found.persons:
        who = tr("{name} (ID …{ending})", name=one.name or "—", ending=one.id_number[-_ENDING:])
        where.setdefault(labels.get(one.household, one.title), []).append(who)
    for household, title in found.alike:
        where.setdefault(labels.get(household, title), []).append(tr("people of the same names"))
    said = tr("; ").join(tr("{title}: {people}", title=title, people=listed(who)) for title, who in where.items())
    return tr("{name}: its people are in the book already. {people}", name=name, people=said)
