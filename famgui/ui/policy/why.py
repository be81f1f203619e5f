"""Why a clause answers a query, in words: what was typed, what it was taken for, and where that stands."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from famgui.ui.shell.i18n import tr

if TYPE_CHECKING:  # the search is loaded when it is first wanted
    from famgui.policy.search import Reason


def why_words(found: Iterable["Reason"]) -> tuple[str, ...]:
    """A line for every reason: “qfx” (initials) → “起付线”: in the statement and the topic."""
    return tuple(dict.fromkeys(_line(one) for one in found))


def _line(one: "Reason") -> str:
    steps = [word for word in (one.through, one.wording) if word]
    chain = [tr("“{word}”", word=word) for word in dict.fromkeys((one.typed, *steps))]
    way = _way(one.way)
    if way:
        chain[0] = tr("“{word}” ({how})", word=one.typed, how=way)
    fields = tr(", ").join(_field(name) for name in one.fields)
    said = " → ".join(chain)
    return tr("{said}: in {fields}", said=said, fields=fields) if fields else said


def _way(way: str) -> str:
    return {
        "synonym": tr("means the same"),
        "lead": tr("leads to"),
        "sound": tr("by its sound"),
        "initials": tr("by initials"),
        "unfinished": tr("typed in part"),
        "typo": tr("a character off"),
        "short": tr("shortened"),
        "number": tr("as a number"),
        "english": tr("in English"),
        "place": tr("as a place"),
    }.get(way, "")


def _field(name: str) -> str:
    return {
        "statement": tr("its words"),
        "topic": tr("its topic"),
        "value": tr("its value"),
        "note": tr("its note"),
        "source": tr("its source or id"),
        "place": tr("its place"),
    }.get(name, name)
