"""Proof files of a binding: what is there, one more, a copy of one."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QVBoxLayout, QWidget

from famgui.ui.shell.folder import in_folder, keep_folder
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import GAP, GRID, margins
from famgui.ui.widgets.basic import button, clear, label, row
from famgui.ui.widgets.elided import Elided
from famgui.ui.widgets.proofs_model import ProofRow, ProofVM
from famgui.usecase.attachment import LARGEST, Proof

_KIND_WORDS = {"application/pdf": "PDF"}


class ProofFiles(QWidget):
    """The files of a row of the register (`binding`, its id), or without one those chosen for a binding to come, in
    `proofs`. `changed` when there are more or fewer."""

    changed = Signal()

    def __init__(self, shell: Shell, binding: int | None = None) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self.setAcceptDrops(True)
        self.vm = ProofVM(shell.desk, binding)
        column = QVBoxLayout(self)
        margins(column, spacing=GRID)
        most = LARGEST // (1024 * 1024)
        text = tr(
            "Pictures or PDF, at most {most} MiB each; several are possible. Files can be dropped here.", most=most
        )
        column.addWidget(label(text, "note", wrap=True))
        self._grid = QGridLayout()
        margins(self._grid, spacing=GRID)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(2, 1)
        column.addLayout(self._grid)
        self._said = QVBoxLayout()
        margins(self._said, spacing=2)
        column.addLayout(self._said)
        self.add_button = button(tr("Add files ..."), "", self._ask)
        column.addWidget(row(self.add_button))
        self._shown: Sequence[ProofRow] | None = None
        self.vm.changed.connect(self._show)
        self._show()

    @property
    def proofs(self) -> tuple[Proof, ...]:
        """The files that wait to be kept."""
        return self.vm.proofs

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.vm.may_add and _local(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.vm.take(_local(event))
        event.acceptProposedAction()

    def _ask(self) -> None:
        kinds = tr("Pictures and PDF (*.jpg *.jpeg *.png *.pdf *.gif *.tif *.tiff *.webp *.heic)")
        names, _ = QFileDialog.getOpenFileNames(self, tr("Add files ..."), in_folder(), kinds)
        keep_folder(*names)
        if names:
            self.vm.take([Path(name) for name in names])

    def _ask_where(self, one: ProofRow) -> None:
        name, _ = QFileDialog.getSaveFileName(self, tr("Save a copy"), in_folder(one.name), "")
        keep_folder(name)
        if name:
            self.vm.save(one, Path(name))

    def _show(self) -> None:
        rows = self.vm.rows
        self.add_button.setEnabled(self.vm.may_add)
        clear(self._said)
        for problem in self.vm.problems:
            self._said.addWidget(label(f"✗ {problem}", "problem", wrap=True))
        if self.vm.told:
            self._said.addWidget(label(f"✓ {self.vm.told}", "good", wrap=True))
        if not self.vm.may_add:
            why = tr("This binding came with the household's opening, not recorded here; no proof can be kept with it.")
            self._said.addWidget(label(f"· {why}", "note", wrap=True))
        if rows != self._shown:
            before, self._shown = self._shown, rows
            self._build(rows)
            if before is not None:
                self.changed.emit()

    def _build(self, rows: Sequence[ProofRow]) -> None:
        clear(self._grid)
        if not rows:
            self._grid.addWidget(label(tr("No file yet."), "dim"), 0, 0)
        for number, one in enumerate(rows):
            self._grid.addWidget(Elided(one.name), number, 0)
            self._grid.addWidget(label(_about(one), "dim"), number, 1)
            self._grid.addWidget(Elided(f"SHA-256 {one.sha256}", "note"), number, 2)
            if one.id is None:
                made = button(tr("Remove"), "", partial(self.vm.drop, one.sha256))
                made.setAccessibleName(tr("Remove {name}", name=one.name))
            elif not one.size:  # taken out when somebody was forgotten
                continue
            else:
                made = button(tr("Save a copy"), "", partial(self._ask_where, one))
                made.setAccessibleName(tr("Save a copy of {name}", name=one.name))
            self._grid.addWidget(made, number, 3, Qt.AlignmentFlag.AlignRight)


def _about(one: ProofRow) -> str:
    kind = _KIND_WORDS.get(one.media_type, one.media_type.removeprefix("image/").upper())
    return " · ".join(part for part in (kind, tr("{size} KB", size=-(-one.size // 1024)), one.added) if part)


def _local(event: QDropEvent) -> list[Path]:
    """The files of this machine that are dropped."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
