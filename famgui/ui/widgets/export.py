"""One button that takes a table out of the program: as xlsx, CSV or PDF, written whole or not at all."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal, TypeAlias

from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from famgui.domain.money import grouped
from famgui.files.statement import Cell, Kind, Listing, as_text, write_csv, write_workbook
from famgui.ui.paper import Block, Sheet, print_sheet, write_pdf
from famgui.ui.shell.folder import in_folder, keep_folder
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.widgets.basic import button

Form: TypeAlias = Literal["xlsx", "csv", "pdf"]
_KEEP_OUT = str.maketrans(dict.fromkeys('\\/:*?"<>|\n\r\t', " "))
"""What file names cannot have."""


def sheet_of(listings: Sequence[Listing], closing: str) -> Sheet:
    """Tables as they stand on paper: the first one's title and facts above, every table a block."""
    first, blocks = listings[0], []
    for number, listing in enumerate(listings):
        kinds = [column.kind for column in listing.columns]
        rows = [[_on_paper(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in listing.all_rows]
        numbers = frozenset(place for place, kind in enumerate(kinds) if kind in ("amount", "count"))
        head = [column.title for column in listing.columns]
        blocks.append(Block(listing.title if number else "", rows, head, numbers))
    return Sheet(first.title, first.facts, blocks, closing)


def _on_paper(cell: Cell, kind: Kind) -> str:
    return grouped(cell) if kind == "amount" and isinstance(cell, int) else as_text(cell, kind)


class Exporter:
    """Writes tables where the user says. `collect` gives them, first of all the one that names the file; it runs on the
    worker thread. `closing` stands at the foot of paper."""

    def __init__(self, shell: Shell, page: QWidget, collect: Callable[[], Sequence[Listing]], closing: str) -> None:
        self._shell, self._page, self._collect, self._closing = shell, page, collect, closing

    def ask(self, form: Form, name: str) -> None:
        """Let the user choose where, and write there; `name` is suggested."""
        kinds = {"xlsx": tr("Excel workbook (*.xlsx)"), "csv": tr("CSV table (*.csv)"), "pdf": tr("PDF (*.pdf)")}
        suggested = f"{name.translate(_KEEP_OUT).strip()}.{form}"
        chosen, _ = QFileDialog.getSaveFileName(self._page, tr("Export"), in_folder(suggested), kinds[form])
        keep_folder(chosen)
        if chosen:
            path = Path(chosen)
            self.write(form, path if path.suffix.lower() == f".{form}" else path.with_name(f"{path.name}.{form}"))

    def write(self, form: Form, path: Path) -> None:
        """Write the tables as a file of this form. What fails is told in a sentence."""
        ops = self._shell.desk.ops
        if form == "pdf":
            ops.run(tr("Exporting"), lambda _: self._collect(), lambda found: self._print_to(found, path), self._failed)
            return
        write = {"xlsx": write_workbook, "csv": write_csv}[form]
        ops.run(tr("Exporting"), lambda _: write(self._collect(), path), lambda _: self._written(path), self._failed)

    def preview(self) -> None:
        """Show the tables as they will be printed."""

        def show(found: Sequence[Listing]) -> None:
            print_sheet(sheet_of(found, self._closing), self._page)

        self._shell.desk.ops.run(tr("Exporting"), lambda _: self._collect(), show, self._failed)

    def _print_to(self, listings: Sequence[Listing], path: Path) -> None:
        try:
            write_pdf(sheet_of(listings, self._closing), path)
        except OSError as error:
            self._failed(error)
        else:
            self._written(path)

    def _written(self, path: Path) -> None:
        self._shell.toasts.show(tr("Exported {name}", name=path.name))

    def _failed(self, error: BaseException) -> None:
        desk = self._shell.desk
        said = desk.services.usecases().explain(error, desk.wording)
        if said is None:
            desk.ops.crashed.emit(error)
        else:
            self._shell.toasts.show(tr("Not exported: {why}", why=said))


def export_button(exporter: Exporter, name: Callable[[], str]) -> QPushButton:
    """The one button of a table, with its three forms; `name` suggests a file name."""
    made = button(tr("Export ▾"), "link")
    made.setAccessibleName(tr("Export"))
    menu = QMenu(made)
    menu.setAccessibleName(tr("Export"))
    forms: tuple[tuple[Form, str], ...] = (("xlsx", tr("Excel (xlsx)")), ("csv", "CSV"), ("pdf", "PDF"))
    for form, title in forms:
        menu.addAction(title).triggered.connect(lambda _=False, form=form: exporter.ask(form, name()))
    made.setMenu(menu)
    return made
