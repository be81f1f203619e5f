"""The verify page: the receipt and its circumstances at the left, what came of checking it at the right."""

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QPlainTextEdit, QStackedWidget

from famgui.domain.receipt.stated import Reading
from famgui.ui.shell.commands import Command
from famgui.ui.shell.folder import in_folder, keep_folder
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Page, Shell
from famgui.ui.shell.settings import Option
from famgui.ui.theme.metrics import ANSWER_HEIGHT, ANSWER_WIDTH, GAP, ROW_HEIGHT, SIDE_BY_SIDE, at_least, margins
from famgui.ui.verify.answer import Answer
from famgui.ui.verify.circumstances import Circumstances
from famgui.ui.verify.fields import FieldsModel, FieldsTable
from famgui.ui.verify.viewmodel import VerifyVM
from famgui.ui.widgets.basic import Card, button, command_button, label
from famgui.ui.widgets.elided import Elided
from famgui.ui.widgets.fields import Choice
from famgui.usecase.verify import report, write_template

READING = Option("verify/reading", "contains", ("contains", "apart", "contains-gd", "apart-gd"))
"""How account and fund fields are read where both readings fit; Guangdong's funds include the accounts."""
_PASTE, _RECEIPT = range(2)


def _as_reading(value: str) -> Reading:
    return Reading(value.startswith("contains"), value.endswith("-gd"))


def _as_setting(reading: Reading) -> str:
    return ("contains" if reading.contains else "apart") + ("-gd" if reading.includes else "")


def _readings() -> dict[str, str]:
    return {
        "contains": tr("Hunan, accounts with shared"),
        "apart": tr("Hunan, shared apart"),
        "contains-gd": tr("Guangdong, accounts with shared"),
        "apart-gd": tr("Guangdong, shared apart"),
    }


class VerifyPage(Page):
    """A receipt held against the sums and the rules; a file may be dropped anywhere on it."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, tr("Verify a receipt"), tr("Does it add up, and is it what the rules give"))
        self.vm = VerifyVM(shell.desk, _as_reading(shell.settings.get(READING)))
        self.add_command(Command("verify.template", tr("Save the template"), "", self._ask_template))
        self.add_command(Command("verify.copy", tr("Copy the result"), "Ctrl+Shift+C", self._copy))
        self.add_command(Command("verify.paste", tr("Paste a receipt"), "Ctrl+Shift+V", self._paste))
        self.add_command(Command("verify.open", tr("Open a receipt"), "Ctrl+Shift+O", self._ask_file), primary=True)
        self.setAcceptDrops(True)
        self._scrolled: object = None
        self._circumstances = Circumstances(shell, self.vm)
        self._model = FieldsModel(shell.theme, self.vm.set_value)
        opening = shell.commands.action("verify.open")
        self._answer = Answer(shell, self.vm, lambda: command_button(opening))
        at_least(self._answer, ANSWER_WIDTH)
        self._left = QStackedWidget()
        self._left.addWidget(self._paste_card())
        self._left.addWidget(self._receipt_card())
        self._columns = QHBoxLayout()
        margins(self._columns, spacing=GAP)
        self._columns.addWidget(self._left, 6)
        self._columns.addWidget(self._answer, 5)
        self.body.addLayout(self._columns, 1)
        self.setFocusProxy(self._text)
        shell.theme.changed.connect(self._show)
        self.vm.changed.connect(self._show)
        self._show()

    def refresh(self) -> None:
        """Take up the household at hand."""
        self._show()

    def _paste_card(self) -> Card:
        card = Card(tr("Settlement result"))
        self._text = QPlainTextEdit()
        self._text.setAccessibleName(tr("Settlement result"))
        self._text.setTabChangesFocus(True)
        self._text.setPlaceholderText(
            tr(
                "Paste here: JSON of the national interface, or rows copied from a table.\n"
                "Or drop a file on this page: .json, .xlsx, .csv, also the filled template."
            )
        )
        self._take = button(tr("Verify"), "", lambda: self.vm.take_text(self._text.toPlainText()))
        self._take.setEnabled(False)
        self._text.textChanged.connect(lambda: self._take.setEnabled(bool(self._text.toPlainText().strip())))
        card.body.addWidget(self._text, 1)
        line = QHBoxLayout()
        margins(line)
        line.addStretch(1)
        line.addWidget(self._take)
        card.body.addLayout(line)
        return card

    def _receipt_card(self) -> Card:
        card = Card()
        self._title = Elided("", "heading")
        self._several = Choice()
        self._several.setAccessibleName(tr("Receipts of the file"))
        self._several.picked.connect(self.vm.choose)
        card.head.addWidget(self._title, 1)
        card.head.addWidget(self._several)
        card.head.addWidget(button(tr("Another receipt"), "link", self.vm.clear))
        card.body.addWidget(self._circumstances)
        self._table = FieldsTable(self._model)
        at_least(self._table, ANSWER_WIDTH, 5 * ROW_HEIGHT)
        card.body.addWidget(self._table, 1)
        self._reading = Choice([(name, title) for name, title in _readings().items()])
        self._reading.setAccessibleName(tr("Read as"))
        self._reading.setToolTip(tr("How account and fund fields are read where both readings fit"))
        self._reading.set_value(_as_setting(self.vm.reading))
        self._reading.picked.connect(self._pick_reading)
        hint = Elided(tr("Enter mends a figure; the answer follows."), "note")
        line = QHBoxLayout()
        margins(line)
        line.addWidget(label(tr("Read as"), "dim"))
        line.addWidget(self._reading)
        line.addWidget(hint, 1)
        card.body.addLayout(line)
        return card

    def _show(self) -> None:
        vm = self.vm
        self._left.setCurrentIndex(_PASTE if vm.receipt is None else _RECEIPT)
        self._answer.show_answer()
        self.shell.commands.enable("verify.copy", vm.checked is not None)
        if vm.receipt is None:
            return
        self._title.setText(vm.title)
        entries = [(at, f"{at + 1} · {one.number or one.patient}".rstrip(" ·")) for at, one in enumerate(vm.receipts)]
        self._several.set_entries(list(entries))
        self._several.set_value(vm.at)
        self._several.setVisible(len(vm.receipts) > 1)
        self._circumstances.show_facts()
        self._model.set_rows(vm.rows)
        if vm.checked is not None and self._scrolled is not vm.receipts:
            self._scrolled = vm.receipts
            self._table.show_first_wrong()

    def _ask_file(self) -> None:
        kinds = tr("Receipts (*.json *.xlsx *.xls *.csv *.txt)")
        name, _ = QFileDialog.getOpenFileName(self, tr("Open a receipt"), in_folder(), kinds)
        keep_folder(name)
        if name:
            self.vm.open_file(Path(name))

    def _paste(self) -> None:
        text = QGuiApplication.clipboard().text()
        self.vm.clear()
        self._text.setPlainText(text)
        if text.strip():
            self.vm.take_text(text)
        else:
            self._text.setFocus()

    def _copy(self) -> None:
        vm, desk = self.vm, self.shell.desk
        if vm.checked is not None:
            QGuiApplication.clipboard().setText(report(vm.checked, vm.title, desk.wording, desk.names))
            self.shell.toasts.show(tr("The result is on the clipboard."))

    def _ask_template(self) -> None:
        kinds = tr("Excel workbook (*.xlsx)")
        suggested = in_folder(tr("Receipt template.xlsx"))
        name, _ = QFileDialog.getSaveFileName(self, tr("Save the template"), suggested, kinds)
        keep_folder(name)
        if name:
            self.save_template(Path(name))

    def save_template(self, path: Path) -> None:
        """Write the template to fill in, on the worker thread."""
        desk = self.shell.desk

        def done(_: object) -> None:
            self.shell.toasts.show(tr("Saved {name}", name=path.name))

        def failed(error: BaseException) -> None:
            said = desk.services.usecases().explain(error, desk.wording)
            if said is None:
                desk.ops.crashed.emit(error)
            else:
                self.shell.toasts.show(said)

        desk.ops.run(tr("Writing the template"), lambda _: write_template(path, desk.wording), done, failed)

    def _pick_reading(self, value: object) -> None:
        self.shell.settings.set(READING, str(value))
        self.vm.set_reading(_as_reading(str(value)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = event.size().width() >= SIDE_BY_SIDE
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(direction)
        at_least(self._answer, ANSWER_WIDTH, 0 if wide else ANSWER_HEIGHT)
        super().resizeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = self._dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.vm.open_file(path)

    @staticmethod
    def _dropped(event: QDropEvent) -> Path | None:
        """The one local file that is dragged, None for anything else."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        return files[0] if len(files) == 1 else None
