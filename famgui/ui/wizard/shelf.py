"""The papers brought for a binding while it is half-done: read when chosen, kept by the user whom they are for."""

from collections.abc import Iterable
from pathlib import Path

from famgui.domain.binding_wish import State
from famgui.ui.shell.i18n import tr
from famgui.ui.widgets.proofs_model import proof_problem
from famgui.ui.wizard import edits
from famgui.usecase.attachment import BadProof, Proof, read_proof


class Shelf:
    """Files by the handle of a user, each with where it lies."""

    def __init__(self) -> None:
        self._files: dict[str, dict[Path, Proof]] = {}

    @property
    def paths(self) -> dict[str, tuple[str, ...]]:
        """Where the files lie, by user."""
        return {handle: tuple(map(str, files)) for handle, files in self._files.items() if files}

    @property
    def proofs(self) -> dict[str, tuple[Proof, ...]]:
        """The files themselves, by user."""
        return {handle: tuple(files.values()) for handle, files in self._files.items() if files}

    def files(self, handle: str) -> tuple[tuple[Path, Proof], ...]:
        """A user's files."""
        return tuple(self._files.get(handle, {}).items())

    def put(self, handle: str, paths: Iterable[Path]) -> list[tuple[Path, BadProof | OSError]]:
        """Take files in; those that are not taken come back with the reason. The same file twice is one."""
        mine = self._files.setdefault(handle, {})
        faults: list[tuple[Path, BadProof | OSError]] = []
        for path in paths:
            try:
                proof = read_proof(path)
            except (BadProof, OSError) as fault:
                faults.append((path, fault))
                continue
            if all(other.sha256 != proof.sha256 for other in mine.values()):
                mine[path] = proof
        return faults

    def drop(self, handle: str, path: Path) -> None:
        """Take a file out."""
        self._files.get(handle, {}).pop(path, None)

    def clear(self) -> None:
        """Take everything out."""
        self._files.clear()

    def named(self, state: State) -> State:
        """The state with the names of the files that are here, and no others."""
        for wish in state.wishes:
            names = tuple(proof.name for _, proof in self.files(wish.party.handle))
            if names != wish.proofs:
                state = edits.set_terms(state, wish.party.handle, proofs=names)
        return state


def why_not_taken(path: Path, fault: BadProof | OSError) -> str:
    """Why a file was not taken in."""
    if isinstance(fault, BadProof):
        return proof_problem(fault)
    return tr("{name} could not be read: {reason}", name=path.name, reason=fault.strerror or str(fault))
