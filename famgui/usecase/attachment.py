"""Proof files of a binding: told by what they hold, kept whole with the binding, given out again unchanged."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeAlias

from famgui.base.paths import write_whole
from famgui.domain.changes import Changes
from famgui.store import attachment as kept
from famgui.store.attachment import Attachment as Attachment
from famgui.store.book import Book, Writing

LARGEST = 5 * 1024 * 1024
"""Bytes of the largest file taken."""
_LONGEST_NAME = 120
_KINDS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"(\xef\xbb\xbf)?%PDF-"), "application/pdf"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb"II\*\x00|MM\x00\*"), "image/tiff"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "image/webp"),
    (re.compile(rb"....ftyp(heic|heix|mif1)", re.DOTALL), "image/heic"),
)
"""How files of each kind begin."""
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]')

Fault: TypeAlias = Literal["proof-empty", "proof-large", "proof-kind", "proof-same", "proof-no-event", "proof-changed"]


class BadProof(Exception):
    """A file that is not taken, or not given out; `code` is the key of the sentence, `name` the file's name."""

    def __init__(self, code: Fault, name: str = "", size: int = 0) -> None:
        super().__init__(code, size)
        self.code = code
        self.name = name
        self.size = size


@dataclass(frozen=True, slots=True)
class Proof:
    """A file that may be kept: its name, its kind by what it holds, its SHA-256, and the bytes themselves."""

    name: str
    media_type: str
    sha256: str
    content: bytes

    def __repr__(self) -> str:
        return f"Proof({self.media_type}, {self.sha256[:12]}, {len(self.content)} bytes)"


def media_type(content: bytes) -> str | None:
    """What kind of picture or document these bytes are, by how they begin; None for any other."""
    return next((kind for sign, kind in _KINDS if sign.match(content)), None)


def proof_of(name: str, content: bytes) -> Proof:
    """A proof from its bytes. Raises `BadProof` for an empty or too large file and for one of another kind."""
    name = _NOT_IN_NAMES.sub("", name).strip()[-_LONGEST_NAME:] or "proof"
    if not content:
        raise BadProof("proof-empty", name)
    if len(content) > LARGEST:
        raise BadProof("proof-large", name, len(content))
    found = media_type(content)
    if found is None:
        raise BadProof("proof-kind", name)
    return Proof(name, found, hashlib.sha256(content).hexdigest(), content)


def read_proof(path: Path) -> Proof:
    """A proof from a file; never more is read than may be kept. Raises `BadProof`, OSError."""
    with path.open("rb") as stream:
        content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise BadProof("proof-large", path.name, path.stat().st_size)
    return proof_of(path.name, content)


def add_in(tx: Writing, origin: tuple[int, int], proofs: Sequence[Proof], *, now: datetime) -> tuple[int, ...]:
    """Keep proofs with an event (`origin`: household, event) in a transaction that has been begun; their ids. One that
    the event has already is passed over."""
    known = {one.sha256 for one in kept.of_event(tx.connection, origin[1])}
    fresh = {one.sha256: one for one in reversed(proofs) if one.sha256 not in known}
    return tuple(
        kept.put(tx.connection, origin, one.name, one.media_type, one.sha256, one.content, now)
        for one in reversed(fresh.values())
    )


def add(book: Book, binding_id: int, proofs: Sequence[Proof], *, now: datetime) -> Changes:
    """Keep more proofs with a row of the register, all or none. Raises `BadProof` where the row has no event of its
    own or every file is kept already, `BookTrouble`."""
    with book.write("attach", now) as tx:
        origin = kept.origin_of(tx.connection, binding_id)
        if origin is None or origin.event is None:
            raise BadProof("proof-no-event")
        added = add_in(tx, (origin.household, origin.event), proofs, now=now)
        if not added:
            raise BadProof("proof-same", proofs[0].name if proofs else "")
        tx.household, tx.event = origin
        tx.detail = " ".join(one.sha256[:12] for one in proofs)
    return Changes(bindings=frozenset({binding_id}), events=frozenset({origin.event}))


def of_binding(book: Book, binding_id: int) -> tuple[Attachment, ...]:
    """What is kept with a row of the register."""
    with book.read() as connection:
        return kept.of_binding(connection, binding_id)


def may_keep(book: Book, binding_id: int) -> bool:
    """Whether a row of the register can have proofs: it was recorded here, not brought in with the opening."""
    with book.read() as connection:
        origin = kept.origin_of(connection, binding_id)
    return origin is not None and origin.event is not None


def save_copy(book: Book, attachment_id: int, path: Path) -> None:
    """Write a kept file where the user says, whole or not at all. Raises `BadProof` when what the book holds is no
    longer what was kept, OSError, LookupError."""
    with book.read() as connection:
        found = kept.content_of(connection, attachment_id)
    if found is None:
        raise LookupError(attachment_id)
    sha256, content = found
    if hashlib.sha256(content).hexdigest() != sha256:
        raise BadProof("proof-changed", path.name)
    write_whole(path, content)
