"""The refund form: what to take back, when and why; below it what every payer gets back and owes, as one types."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QGridLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from famgui.domain.money import format_amount, grouped
from famgui.ui.records.parts import amount, moves_grid, scrolling
from famgui.ui.records.refunding import Form, RefundVM
from famgui.ui.records.viewmodel import RecordsVM
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import AMOUNT_WIDTH, GAP, GRID, at_most, margins
from famgui.ui.widgets.basic import Card, button, clear, command_button, foot, label, row, rule
from famgui.ui.widgets.day import DayEdit
from famgui.ui.widgets.fields import Field, MoneyEdit, Segments
from famgui.ui.widgets.flow import Flow


class RefundForm(Card):
    """Typed by keyboard alone: Enter goes on, Ctrl+Enter records, Esc drops it."""

    def __init__(self, shell: Shell, records: RecordsVM, vm: RefundVM, confirm: QAction, drop: QAction) -> None:
        super().__init__(tr("Take back"))
        self._shell, self._records, self._vm, self._confirm = shell, records, vm, confirm
        self._button = command_button(confirm, "primary")
        self._edits: list[MoneyEdit] = []
        self._built: tuple[str | None, Form] | None = None
        self._about = label("", "note")
        self.add_to_head(self._about, stretch=True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        margins(column, spacing=GRID)
        self.body.addWidget(scrolling(inside, tr("Take back")), 1)
        forms: list[tuple[object, str]] = [
            ("whole", tr("The whole")),
            ("items", tr("Some items")),
            ("mend", tr("To correct it")),
        ]
        self._form = Segments(forms, tr("What"))
        self._form.picked.connect(lambda form: vm.begin(form))
        column.addWidget(self._form)
        self._note = label("", "note", wrap=True)
        column.addWidget(self._note)
        self._items = QGridLayout()
        margins(self._items, spacing=GRID // 2)
        self._items.setHorizontalSpacing(GAP)
        self._items.setColumnStretch(0, 1)
        column.addLayout(self._items)
        self._day = DayEdit(shell.desk.today)
        self._day.dateChanged.connect(lambda _: vm.edit(day=self._day.day))
        self._day_field = Field(tr("Date"), row(self._day))
        self._day.setAccessibleName(tr("Date"))
        column.addWidget(self._day_field)
        self._reason = QLineEdit()
        self._reason.setPlaceholderText(tr("Why it is taken back"))
        self._reason.textEdited.connect(lambda text: vm.edit(reason=text))
        self._reason.returnPressed.connect(lambda: self._button.setFocus())
        column.addWidget(Field(tr("Reason"), self._reason))
        column.addWidget(self._usual_reasons())
        column.addStretch(1)
        self._preview = QVBoxLayout()
        margins(self._preview, spacing=GRID)
        self.body.addWidget(rule())
        self.body.addLayout(self._preview)
        self.body.addLayout(foot(command_button(drop), self._button))

    def _usual_reasons(self) -> QWidget:
        made = QWidget()
        made.setProperty("kind", "plain")
        flow = Flow(made, spacing=0)
        for reason in (
            tr("charged twice"),
            tr("drugs returned"),
            tr("not carried out"),
            tr("amount mistyped"),
            tr("wrong person"),
        ):
            flow.addWidget(button(reason, "link", partial(self._take_reason, reason)))
        return made

    def _take_reason(self, reason: str) -> None:
        self._reason.setText(reason)
        self._vm.edit(reason=reason)

    def show_draft(self) -> None:
        """Show the refund that is typed; fields that agree with it are left alone."""
        draft = self._vm.draft
        if draft is None:
            self._built = None
            return
        if self._built != (self._records.chosen, draft.form):
            self._built = (self._records.chosen, draft.form)
            self._build()
        if self._reason.text() != draft.reason:
            self._reason.setText(draft.reason)
        if self._day.day != draft.day:
            self._day.blockSignals(True)
            self._day.set_day(draft.day)
            self._day.blockSignals(False)
        self._show_preview()

    def _build(self) -> None:
        draft = self._vm.draft
        assert draft is not None
        record = self._records.record
        if record is not None:
            visit, total = record.visit, grouped(record.shown.split.total)
            name = self._shell.desk.names.get(visit.patient, visit.patient)
            self._about.setText(f"{name} · {visit.date.isoformat()} · {total}")
        self._form.set_value(draft.form)
        self._day_field.setVisible(draft.form != "mend")
        notes = {
            "whole": tr("Everything that is left of the bill is taken back."),
            "items": tr("What is left of the bill is settled anew in its place, under the rules of its own day."),
            "mend": tr("The whole is taken back; then its bill comes up in the calculator, to be mended and recorded."),
        }
        self._note.setText(notes[draft.form])
        verb = tr("Take back and correct") if draft.form == "mend" else tr("Take back")
        self._confirm.setText(verb)
        self._button.setText(f"{verb}  Ctrl+Enter")
        self._button.setAccessibleName(verb)
        clear(self._items)
        self._edits = []
        if draft.form == "items":
            self._build_items()
        if not self._form.isAncestorOf(QApplication.focusWidget() or self):
            first = self._edits[0] if self._edits else self._reason
            first.setFocus()

    def _build_items(self) -> None:
        for column, title in enumerate((tr("Item"), tr("Left"), tr("To take back"))):
            self._items.addWidget(amount(title, "note") if column else label(title, "note"), 0, column)
        for number, (name, left) in enumerate(self._vm.left, 1):
            self._items.addWidget(label(name, wrap=True), number, 0)
            self._items.addWidget(amount(grouped(left)), number, 1)
            edit = MoneyEdit()
            edit.setAlignment(Qt.AlignmentFlag.AlignRight)
            at_most(edit, AMOUNT_WIDTH)
            edit.setAccessibleName(tr("To take back of {name}", name=name))
            edit.changed.connect(self._typed)
            edit.returnPressed.connect(partial(self._go_on, number))
            self._items.addWidget(edit, number, 2)
            self._items.addWidget(self._all_button(edit, name, left), number, 3)
            edit.show()  # what is not yet on screen would not take the focus
            self._edits.append(edit)

    def _all_button(self, edit: MoneyEdit, name: str, left: int) -> QPushButton:
        made = button(tr("all"), "link", partial(self._take_all, edit, left))
        made.setAccessibleName(tr("All of {name}", name=name))
        made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        return made

    def _take_all(self, edit: MoneyEdit, left: int) -> None:
        edit.setText(format_amount(left))
        self._typed()
        edit.setFocus()

    def _typed(self) -> None:
        wrong = any(edit.text().strip() and edit.fen is None for edit in self._edits)
        for edit in self._edits:
            bad = bool(edit.text().strip()) and edit.fen is None
            if bad != (edit.property("bad") == "true"):
                edit.setProperty("bad", "true" if bad else "false")
                edit.style().unpolish(edit)
                edit.style().polish(edit)
        self._vm.edit(amounts=tuple(edit.fen for edit in self._edits), wrong=wrong)

    def _go_on(self, number: int) -> None:
        """Enter leads to the next amount, then to the reason."""
        following = self._edits[number] if number < len(self._edits) else self._reason
        following.setFocus()
        following.selectAll()

    def _show_preview(self) -> None:
        clear(self._preview)
        tried = self._vm.tried
        if tried.why_not:
            self._preview.addWidget(label(f"✗ {tried.why_not}", "problem", wrap=True))
        if tried.missing:
            self._preview.addWidget(label(tried.missing, "dim", wrap=True))
        if tried.moves:
            self._preview.addLayout(moves_grid(tried.moves, self._shell.desk, self._shell.theme))
        for note in self._vm.notes:
            self._preview.addWidget(label(note, "note", wrap=True))
