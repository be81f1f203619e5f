"""Proof files chosen for a binding to come, or kept with one in the register. QtCore only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from famgui.domain.changes import Changes
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.usecase.attachment import (
    LARGEST,
    Attachment,
    BadProof,
    Proof,
    add,
    may_keep,
    of_binding,
    read_proof,
    save_copy,
)


@dataclass(frozen=True, slots=True)
class ProofRow:
    """One file: its name, kind and bytes, its SHA-256, the day it was added ("": not kept yet), its id in the book."""

    name: str
    media_type: str
    size: int
    sha256: str
    added: str = ""
    id: int | None = None


class _Read:
    """What became of files that were chosen: those that may be kept, and why others may not."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self.proofs: list[Proof] = []
        self.problems: list[str] = []
        for path in paths:
            try:
                self.proofs.append(read_proof(path))
            except BadProof as bad:
                self.problems.append(proof_problem(bad))
            except OSError as error:
                reason = error.strerror or str(error)
                self.problems.append(tr("{name} could not be read: {reason}", name=path.name, reason=reason))


class ProofVM(QObject):
    """With a `binding` files are kept with it at once; without one they wait in `proofs`. `changed` after every change;
    `problems` are about what was asked for last."""

    changed = Signal()

    def __init__(self, desk: Desk, binding: int | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._binding = binding
        self._kept: tuple[Attachment, ...] = ()
        self.proofs: tuple[Proof, ...] = ()
        self.problems: tuple[str, ...] = ()
        self.told = ""
        self.may_add = True
        self.refresh()

    @property
    def rows(self) -> tuple[ProofRow, ...]:
        """The files, those that are kept first."""
        kept = [
            ProofRow(one.name, one.media_type, one.size, one.sha256, one.added_at[:10], one.id) for one in self._kept
        ]
        waiting = [ProofRow(one.name, one.media_type, len(one.content), one.sha256) for one in self.proofs]
        return (*kept, *waiting)

    def refresh(self) -> None:
        """Read what the book holds."""
        book = self._desk.book
        if self._binding is not None and book is not None:
            self._kept = of_binding(book, self._binding)
            self.may_add = may_keep(book, self._binding)
        self.changed.emit()

    def take(self, paths: Sequence[Path]) -> None:
        """Take files up; those that may not be kept are told, the others go on."""
        self._desk.ops.run(tr("Reading the files"), lambda _: _Read(paths), self._taken)

    def drop(self, sha256: str) -> None:
        """Take a file away that is not kept yet."""
        self.proofs = tuple(one for one in self.proofs if one.sha256 != sha256)
        self._say()

    def save(self, row: ProofRow, path: Path) -> None:
        """Write a copy of a kept file where the user says."""
        book, number = self._desk.book, row.id
        if book is None or number is None:
            return

        def saved(_: object) -> None:
            self._say(told=tr("Saved as {name}", name=path.name))

        self._desk.ops.run(tr("Saving a copy"), lambda _: save_copy(book, number, path), saved, self._failed(path.name))

    def _taken(self, read: _Read) -> None:
        book, binding = self._desk.book, self._binding
        if binding is None:
            known = {one.sha256 for one in self.proofs}
            fresh = {one.sha256: one for one in reversed(read.proofs) if one.sha256 not in known}
            same = [proof_problem(BadProof("proof-same", one.name)) for one in read.proofs if one.sha256 in known]
            self.proofs = (*self.proofs, *reversed(fresh.values()))
            self._say(*read.problems, *same)
            return
        self._say(*read.problems)
        if read.proofs and book is not None:
            now = datetime.now().astimezone()
            self._desk.ops.run(
                tr("Keeping the proof"),
                lambda _: add(book, binding, read.proofs, now=now),
                self._added,
                self._failed(read.proofs[0].name),
            )

    def _added(self, changes: Changes) -> None:
        self.refresh()
        self._desk.ops.changed.emit(changes, self)

    def _failed(self, name: str) -> "_Failed":
        return _Failed(self, name)

    def _say(self, *problems: str, told: str = "") -> None:
        self.problems, self.told = problems, told
        self.changed.emit()

    def tell(self, name: str, error: BaseException) -> None:
        """Say what failed; what is neither the file's nor the surroundings' fault is a bug and told as such."""
        if isinstance(error, BadProof):
            self._say(*self.problems, proof_problem(error))
        elif isinstance(error, OSError):
            reason = error.strerror or str(error)
            self._say(*self.problems, tr("{name} was not written: {reason}", name=name, reason=reason))
        else:
            self._desk.ops.crashed.emit(error)


class _Failed:
    """What is called when an operation about a file failed."""

    def __init__(self, vm: ProofVM, name: str) -> None:
        self._vm, self._name = vm, name

    def __call__(self, error: BaseException) -> None:
        self._vm.tell(self._name, error)


def proof_problem(bad: BadProof) -> str:
    """Why a file is not taken, in one sentence with what to do."""
    most = LARGEST // (1024 * 1024)
    match bad.code:
        case "proof-empty":
            return tr("{name} is empty; choose the file again.", name=bad.name)
        case "proof-large":
            size = -(-bad.size // (1024 * 1024))
            return tr(
                "{name} is too large (about {size} MiB, at most {most} MiB); make the picture smaller.",
                name=bad.name,
                size=size,
                most=most,
            )
        case "proof-kind":
            return tr("{name} is no picture and no PDF by what it holds; scan or photograph the paper.", name=bad.name)
        case "proof-same":
            return tr("{name} is there already.", name=bad.name)
        case "proof-no-event":
            return tr(
                "This binding came with the household's opening, not recorded here; no proof can be kept with it."
            )
        case "proof-changed":
            return tr("The copy was not written: the file in the book is no longer what was kept. Use a backup.")
