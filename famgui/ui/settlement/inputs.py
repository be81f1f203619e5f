"""Small inputs of the calculator: a share in per cent, a labelled pair, and the sentence for what cannot be read."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from famgui.domain.money import Fen, Ratio, format_amount
from famgui.ui.settlement.draft import percent_typed
from famgui.ui.settlement.viewmodel import SettlementVM
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import at_least_digits, at_most
from famgui.ui.widgets.basic import label, row
from famgui.ui.widgets.fields import Field, MoneyEdit
from famgui.ui.widgets.visit_words import percent as percent_shown

_AMOUNT_DIGITS, _SHARE_DIGITS = 12, 9
"""Room for an amount and for a share, with the input's own margins."""


class PercentEdit(QLineEdit):
    """A share typed as "60" or "60 %"; `ratio` in ten-thousandths, None while it is none from 0 to 100 %."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("0 %")
        self.textEdited.connect(lambda _: self.changed.emit())

    @property
    def ratio(self) -> Ratio | None:
        """The share typed."""
        return percent_typed(self.text())

    def show_ratio(self, ratio: Ratio | None, *, unread: bool = False) -> None:
        """Show a share, unless what is typed says the same, or what is typed is still `unread`."""
        if not unread and (ratio != self.ratio or not _reads(self)):
            self.setText("" if ratio is None else percent_shown(ratio))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self.ratio is not None:
            self.setText(percent_shown(self.ratio))
        super().focusOutEvent(event)


def show_amount(edit: MoneyEdit, fen: Fen | None, *, unread: bool = False) -> None:
    """Show an amount, unless what is typed says the same, or what is typed is still `unread`."""
    if not unread and (edit.fen != fen or not _reads(edit)):
        edit.setText("" if fen is None else format_amount(fen))


def money(vm: SettlementVM, name: str, title: str, *, empty: Fen | None = None) -> MoneyEdit:
    """A narrow input for an amount, which is a field of the draft; `empty` is what it takes for none."""
    made = MoneyEdit()
    made.setAccessibleName(title)
    _narrow(made, _AMOUNT_DIGITS)
    said = tr("“{field}” is not an amount: type digits, at most two decimals.", field=title)

    def typed() -> None:
        vm.edit({} if _reads(made) else {name: said}, **{name: empty if made.fen is None else made.fen})

    made.changed.connect(typed)
    return made


def percent(vm: SettlementVM, name: str, title: str) -> PercentEdit:
    """A narrow input for a share, which is a field of the draft."""
    made = PercentEdit()
    made.setAccessibleName(title)
    _narrow(made, _SHARE_DIGITS)
    said = tr("“{field}” is not a share from 0 to 100 %.", field=title)
    made.changed.connect(lambda: vm.edit({} if _reads(made) else {name: said}, **{name: made.ratio}))
    return made


def _narrow(edit: QLineEdit, digits: int) -> None:
    edit.ensurePolished()
    at_least_digits(edit, digits)
    at_most(edit, edit.minimumWidth())


def named(title: str, editor: QWidget) -> QWidget:
    """A short label before its input."""
    words = label(title, "dim")
    words.setBuddy(editor)
    return row(words, editor, stretch_last=False)


def check(title: str, toggled: Callable[[bool], object]) -> QCheckBox:
    """A named switch."""
    made = QCheckBox(title)
    made.setAccessibleName(title)
    made.toggled.connect(toggled)
    return made


def show_check(made: QCheckBox, on: bool) -> None:
    """Set a switch without telling."""
    made.blockSignals(True)
    made.setChecked(on)
    made.blockSignals(False)


def watch(field: Field, *edits: MoneyEdit | PercentEdit) -> None:
    """Say below the field what cannot be read, once an input is left; take it back as soon as it can be read."""

    def say() -> None:
        wrong = [edit for edit in edits if not _reads(edit)]
        if not wrong:
            field.say("")
            return
        amount = isinstance(wrong[0], MoneyEdit)
        said = tr("Not an amount: digits, at most two decimals") if amount else tr("Not a share from 0 to 100 %")
        field.say(said, *wrong)

    for edit in edits:
        edit.editingFinished.connect(say)
        edit.textChanged.connect(lambda: say() if field.problem else None)


def _reads(edit: MoneyEdit | PercentEdit) -> bool:
    """Whether an input is empty or holds what it asks for."""
    value = edit.fen if isinstance(edit, MoneyEdit) else edit.ratio
    return value is not None or not edit.text().strip()
