"""A sheet as it will be printed: pages as wide as the window, what may be left out, print, keep as PDF."""

from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewWidget
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QGraphicsView, QHBoxLayout, QVBoxLayout, QWidget

from famgui.ui.paper_layout import Sheet
from famgui.ui.shell.folder import in_folder, keep_folder
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GAP, GRID, margins, open_large
from famgui.ui.widgets.basic import button, command_button, label, restyle
from famgui.ui.widgets.fields import Segments

PaintOn = Callable[[Sheet, Collection[str], QPrinter], None]
WritePdf = Callable[[Sheet, Path, Collection[str]], None]
_ZOOM = 1.2


class Preview(QDialog):
    """The window around the pages. `kept(path)` when the sheet was written as PDF."""

    kept = Signal(object)

    def __init__(
        self, sheet: Sheet, parent: QWidget, printer: QPrinter, paint_on: PaintOn, write_pdf: WritePdf
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(sheet.title)
        self._sheet, self._paint_on, self._write_pdf = sheet, paint_on, write_pdf
        self.options = {name for name, shown in sheet.options.items() if shown}
        self.printer = printer
        self.printer.setDocName(sheet.file_name or sheet.title)
        self.pages = QPrintPreviewWidget(self.printer)
        self._view = cast(QGraphicsView, self.pages.findChild(QGraphicsView))
        for widget in (self.pages, self._view):
            widget.setAccessibleName(tr("Pages"))
        self.pages.paintRequested.connect(lambda printer: paint_on(sheet, self.options, printer))
        self.pages.previewChanged.connect(self._count)
        outer = QVBoxLayout(self)
        margins(outer, horizontal=GAP, vertical=GRID, spacing=GRID)
        outer.addLayout(self._bar())
        outer.addWidget(self.pages, 1)
        self._said = label("", "problem", wrap=True)
        self._said.hide()
        outer.addWidget(self._said)
        open_large(self, parent)

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        margins(bar, spacing=GRID)
        self._zoom = Segments([("width", tr("Fit the width")), ("page", tr("Whole page"))], tr("Size"))
        self._zoom.picked.connect(self._fit)
        bar.addWidget(self._zoom)
        for name, step in (("−", self.pages.zoomOut), ("+", self.pages.zoomIn)):
            made = button(name, "", partial(self._zoom_by, step))
            made.setAccessibleName(tr("Smaller") if name == "−" else tr("Larger"))
            bar.addWidget(made)
        self._count_label = label("", "dim")
        bar.addWidget(self._count_label)
        bar.addStretch(1)
        for name in self._sheet.options:
            box = QCheckBox(name)
            box.setAccessibleName(name)
            box.setChecked(name in self.options)
            box.toggled.connect(partial(self._choose, name))
            bar.addWidget(box)
        bar.addSpacing(GRID)
        save = self._action(tr("Save as PDF"), "Ctrl+S", self._ask_where)
        send = self._action(tr("Print"), "Ctrl+P", self._ask_printer)
        bar.addWidget(command_button(save))
        first = command_button(send, "primary")
        first.setDefault(True)
        bar.addWidget(first)
        return bar

    def _action(self, title: str, keys: str, run: Callable[[], None]) -> QAction:
        action = QAction(title, self)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda: run())
        self.addAction(action)
        return action

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.pages.updatePreview()
        self._fit(self._zoom.value)
        self.pages.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(self._zoom.value)

    def _zoom_by(self, step: Callable[[float], None]) -> None:
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        step(_ZOOM)

    def _fit(self, how: object) -> None:
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if how == "width":
            self.pages.fitToWidth()
        else:
            self.pages.fitInView()

    def _count(self) -> None:
        self._count_label.setText(tr("{count} pages", count=self.pages.pageCount()))

    def _choose(self, name: str, on: bool) -> None:
        (self.options.add if on else self.options.discard)(name)
        self.pages.updatePreview()
        self._fit(self._zoom.value)

    def _ask_where(self) -> None:
        suggested = f"{self._sheet.file_name or self._sheet.title}.pdf"
        name, _ = QFileDialog.getSaveFileName(self, tr("Save as PDF"), in_folder(suggested), tr("PDF files (*.pdf)"))
        keep_folder(name)
        if name:
            self.keep(Path(name))

    def keep(self, path: Path) -> None:
        """Write the sheet as PDF; what fails is told below the pages."""
        path = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
        try:
            self._write_pdf(self._sheet, path, self.options)
        except OSError as error:
            reason = error.strerror or str(error)
            self._say("✗ " + tr("{name} was not written: {reason}", name=path.name, reason=reason), "problem")
            return
        self._say("✓ " + tr("Saved as {name}", name=path.name), "good")
        self.kept.emit(path)

    def _say(self, words: str, kind: str) -> None:
        self._said.setText(words)
        self._said.setProperty("kind", kind)
        restyle(self._said)
        self._said.show()

    def _ask_printer(self) -> None:
        if QPrintDialog(self.printer, self).exec() == QDialog.DialogCode.Accepted:
            self._print()

    def _print(self) -> None:
        self._paint_on(self._sheet, self.options, self.printer)
        self.accept()
