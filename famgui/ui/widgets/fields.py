"""The field kit: label, input and problem line, for money, dates, ID numbers, texts and choices."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from famgui.domain.identity import normal_id_number
from famgui.domain.money import Fen, format_amount, parse_amount
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GRID, LABEL_WIDTH, fix_width, margins
from famgui.ui.widgets.basic import button, label, restyle
from famgui.ui.widgets.choice import Choice as Choice  # apart: the frame shows one before all else is loaded


class Field(QWidget):
    """A label, its input, and below it the line that says what is wrong (icon, text and border, never colour alone)."""

    def __init__(self, title: str, editor: QWidget, *, beside: bool = True, top: bool = False) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self.editor = editor
        name = label(title, "dim", wrap=True)
        name.setBuddy(editor)
        if not editor.accessibleName():
            editor.setAccessibleName(title)
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        below = QVBoxLayout()
        margins(below, spacing=2)
        below.addWidget(editor)
        below.addWidget(self._problem)
        outer: QHBoxLayout | QVBoxLayout = QHBoxLayout(self) if beside else QVBoxLayout(self)
        margins(outer, spacing=GRID if beside else 2)
        if beside:
            fix_width(name, LABEL_WIDTH)
        if top:  # an editor of several lines: the label stands by the first
            name.setContentsMargins(0, GRID, 0, 0)
            outer.addWidget(name, alignment=Qt.AlignmentFlag.AlignTop)
        else:
            outer.addWidget(name)
        outer.addLayout(below, 1)

    def say(self, problem: str, *wrong: QWidget, mild: bool = False) -> None:
        """Show what is wrong, "" when nothing is, and a border around the inputs that are; without any the editor's.
        What is only odd (`mild`) gets no border."""
        self._problem.setText(f"{'!' if mild else '✗'} {problem}" if problem else "")
        self._problem.setProperty("kind", "warning" if mild else "problem")
        restyle(self._problem)
        self._problem.setVisible(bool(problem))
        self.editor.setAccessibleDescription(problem)
        inner: list[QLineEdit] = list(self.editor.findChildren(QLineEdit))
        marked = (wrong or (self.editor, *inner)) if problem and not mild else ()
        for one in (self.editor, *inner):
            one.setProperty("bad", "true" if one in marked else "false")
            restyle(one)

    @property
    def problem(self) -> str:
        """What the line says now."""
        return self._problem.text()


class MoneyEdit(QLineEdit):
    """An amount in yuan. Thousands commas and full-width digits are taken; `fen` is None while it is no amount."""

    changed = Signal()

    def __init__(self, fen: Fen | None = None) -> None:
        super().__init__()
        self.setPlaceholderText("0.00")
        if fen is not None:
            self.setText(format_amount(fen))
        self.textEdited.connect(lambda _: self.changed.emit())

    @property
    def fen(self) -> Fen | None:
        """The amount typed."""
        return amount_typed(self.text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        fen = self.fen
        if fen is not None:
            self.setText(format_amount(fen))
        super().focusOutEvent(event)


def amount_typed(text: str) -> Fen | None:
    """Fen of what a person types: commas, spaces, ¥ and full-width digits are forgiven; None when it is no amount."""
    cleaned = re.sub(r"^0+(?=[0-9])", "", text.translate(_FORGIVEN))
    try:
        return parse_amount(cleaned)
    except ValueError:
        return None


_FORGIVEN = str.maketrans("０１２３４５６７８９．", "0123456789.", ",， ¥￥元")


_TYPING = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.KeypadModifier,
)
_OVERWRITE = (QKeySequence.StandardKey.Paste, QKeySequence.StandardKey.Cut)
_ERASE = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
"""Keys that change a text without typing any."""

_WHOLE = 18
"""Characters of an ID number."""


class IdEdit(QWidget):
    """An ID number, masked (first 3, last 4) until revealed, typed in, or taken up while it is marked as wrong, and
    again once it is left; `number` is "" while empty, None while it has no form."""

    changed = Signal()

    def __init__(self, number: str = "") -> None:
        super().__init__()
        self._number = number
        self._line = QLineEdit()
        self._line.setMaxLength(24)
        self._reveal: QPushButton = button(tr("Show"), "link", self._toggle)
        self._reveal.setCheckable(True)
        self.setFocusProxy(self._line)
        self._line.textEdited.connect(self._typed)
        self._line.setAccessibleName(tr("ID number"))
        layout = QHBoxLayout(self)
        margins(layout)
        layout.addWidget(self._line, 1)
        layout.addWidget(self._reveal)
        for part in (self._line, self._reveal):
            part.installEventFilter(self)
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            inside = QApplication.focusWidget() in (self._line, self._reveal)
            if not inside and event.reason() != Qt.FocusReason.PopupFocusReason and self.number:
                self.set_number(self._number)
        elif watched is self._line and self._line.isReadOnly() and self._to_be_mended(event):
            self._uncover()
        return super().eventFilter(watched, event)

    def _to_be_mended(self, event: QEvent) -> bool:
        """Whether somebody is at a number that is marked as wrong, or types over a masked one."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _ERASE or any(event.matches(key) for key in _OVERWRITE):
                return True
            return event.modifiers() in _TYPING and bool(event.text()) and event.text().isprintable()
        looked_at = event.type() in (QEvent.Type.FocusIn, QEvent.Type.DynamicPropertyChange)
        return looked_at and self._line.hasFocus() and self._line.property("bad") == "true"

    def _uncover(self) -> None:
        """Show the number where it was masked; cursor and selection stay."""
        start, length, at = self._line.selectionStart(), self._line.selectionLength(), self._line.cursorPosition()
        self._reveal.setChecked(True)
        self._name_link()
        self._show()
        self._line.setCursorPosition(at)
        if start >= 0:
            self._line.setSelection(start, length)

    @property
    def number(self) -> str | None:
        """The number typed, upper-case X."""
        return normal_id_number(self._number) if self._number else ""

    @property
    def typed(self) -> str:
        """What stands in the field, whatever it is."""
        return self._number

    def set_number(self, number: str) -> None:
        """Show another number, masked again."""
        self._number = number
        self._reveal.setChecked(False)
        self._name_link()
        self._show()

    def _typed(self, text: str) -> None:
        self._number = text
        self._reveal.setChecked(len(text) >= _WHOLE)
        self._name_link()
        self.changed.emit()

    def _name_link(self) -> None:
        """The link says what it does."""
        self._reveal.setText(tr("Hide") if self._reveal.isChecked() else tr("Show"))

    def _toggle(self) -> None:
        self._name_link()
        self._show()

    def _show(self) -> None:
        revealed = self._reveal.isChecked() or len(self._number) < _WHOLE
        self._line.setText(self._number if revealed else masked(self._number))
        self._line.setReadOnly(not revealed)


def masked(number: str) -> str:
    """An ID number with its first 3 and last 4 characters only."""
    return f"{number[:3]}{'•' * (len(number) - 7)}{number[-4:]}" if len(number) > 7 else number


class Segments(QWidget):
    """A few choices side by side, exactly one of them on: one stop for Tab, at the one that is on; arrows go on."""

    picked = Signal(object)

    def __init__(self, entries: Sequence[tuple[object, str]], title: str) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self.setAccessibleName(title)
        self._group = QButtonGroup(self)
        self._buttons: dict[object, QPushButton] = {}
        layout = QHBoxLayout(self)
        margins(layout, spacing=0)
        for value, text in entries:
            made = button(text, "segment")
            made.setCheckable(True)
            made.setProperty("edge", "" if self._buttons else "first")
            made.setAccessibleName(f"{title} {text}")
            made.clicked.connect(lambda _=False, value=value: self.picked.emit(value))
            made.toggled.connect(self._let_tab_stop)
            self._group.addButton(made)
            self._buttons[value] = made
            layout.addWidget(made)
        layout.addStretch(1)
        next(iter(self._buttons.values())).setChecked(True)

    def _let_tab_stop(self) -> None:
        """Only the button that is on takes part in the tab order."""
        for made in self._buttons.values():
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus if made.isChecked() else Qt.FocusPolicy.ClickFocus)
            if made.isChecked():
                self.setFocusProxy(made)

    @property
    def value(self) -> object:
        """The value that is on."""
        return next(value for value, made in self._buttons.items() if made.isChecked())

    def set_value(self, value: object) -> None:
        """Switch a value on, without telling."""
        if value in self._buttons:
            self._buttons[value].setChecked(True)
