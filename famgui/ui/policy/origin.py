"""Where a clause comes from, in words: the place it speaks of, and the user's own pack when one says it."""

from collections.abc import Callable
from typing import NamedTuple, Protocol, TypeAlias

from famgui.base.wording import Wording
from famgui.ui.shell.i18n import tr
from famgui.ui.widgets.policy_words import GradeKind
from famgui.usecase.packtext import signature_words
from famgui.usecase.policy_origin import Origin

Name: TypeAlias = Callable[[str], str]
"""What a place is called."""
_SENTENCES = {"known": "signed", "unknown": "unknown-key", "unsigned": "unsigned"}


class Placed(Protocol):
    """What speaks of a place."""

    @property
    def place(self) -> str: ...
    @property
    def place_name(self) -> str: ...


class OriginChip(NamedTuple):
    """A chip beside a clause of the user's own pack."""

    words: str
    kind: GradeKind


def where(speaks: Placed, name: Name) -> str:
    """Of which place something speaks; what the pack calls it where it is narrower than the code."""
    known = name(speaks.place)
    return known if known != speaks.place else speaks.place_name or known


def origin_chip(origin: Origin | None) -> OriginChip | None:
    """That a clause is the user's own, and whether somebody vouches for it; None for a shipped one."""
    if origin is None:
        return None
    state = origin.signature.state
    words = {
        "known": tr("own · signed"),
        "unknown": tr("own · unknown signer"),
        "broken": tr("own · bad signature"),
    }.get(state, tr("own · unsigned"))
    return OriginChip(words, "accent" if state == "known" else "warning")


def origin_sentence(origin: Origin, wording: Wording) -> str:
    """Which pack of the user's own says it, in which version, and what its signature is worth."""
    signature = origin.signature
    told = _SENTENCES.get(signature.state)
    if told is None:
        said = signature_words(signature, wording)
    else:
        said = wording.say("pack-mark", told, name=signature.name, key=signature.key)
    parts = [tr("your own pack {file}, version {version}", file=origin.file, version=origin.version)]
    parts += [tr("the file is faulty now, its last good version is in use")] if origin.kept else []
    return tr("; ").join((*parts, said))


def origin_cited(origin: Origin, wording: Wording) -> str:
    """The same, short, for a citation."""
    signed = signature_words(origin.signature, wording)
    return tr("own pack {file} version {version}, {signed}", file=origin.file, version=origin.version, signed=signed)


def marked_place(name: str, origin: Origin | None, wording: Wording) -> str:
    """A place whose values come from the user's own pack says so: Xiangtan (own pack, unsigned)."""
    if origin is None:
        return name
    return tr("{place} (own pack, {signed})", place=name, signed=signature_words(origin.signature, wording))
