"""Roles turned into a Qt palette and style sheet, and applied to the application."""

import sys

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from famgui.base.paths import resources
from famgui.ui.theme.metrics import POINTS, SMALL
from famgui.ui.theme.roles import DARK, Mode, Roles, ThemeChoice, roles_for

_FONTS = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
)


def new_application() -> QApplication:
    """The application, in the style that all widgets are drawn in. To name the style as an argument is what spares the
    first paint all that `setStyle` brings into Python."""
    return QApplication([*sys.argv[:1], "-style", "fusion"])


class Theme(QObject):
    """The look in use. Widgets that paint themselves ask `roles` and repaint on `changed`."""

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self._application = application
        self._choice: ThemeChoice = "system"
        self._scale = "standard"
        self.mode: Mode = "light"
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)

    @property
    def roles(self) -> Roles:
        """The colours in use."""
        return roles_for(self.mode)

    def colour(self, role: str) -> QColor:
        """One role as a colour to paint with."""
        return QColor(getattr(self.roles, role))

    def apply(self, choice: ThemeChoice, scale: str) -> None:
        """Use a theme and a font scale (small, standard, large, huge)."""
        self._choice, self._scale = choice, scale
        self.mode = self._resolved()
        self._application.setFont(_font(scale))
        self._application.setPalette(palette(self.roles))
        self._application.setStyleSheet(style_sheet(self.roles, POINTS[scale]))
        self.changed.emit()

    def _resolved(self) -> Mode:
        if self._choice == "system":
            dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
            return "dark" if dark else "light"
        return self._choice

    def _system_changed(self) -> None:
        if self._choice == "system":
            self.apply("system", self._scale)


def _font(scale: str) -> QFont:
    font = QGuiApplication.font()
    font.setFamilies([*_FONTS, font.family()])
    font.setPointSizeF(POINTS[scale])
    return font


def small_font(font: QFont) -> QFont:
    """The font of notes and chips beside this body font, for what paints its own text."""
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * SMALL)
    return small


def palette(roles: Roles) -> QPalette:
    """The Qt palette of these roles, for what the style sheet does not reach."""
    found = QPalette()
    pairs = {
        QPalette.ColorRole.Window: roles.window,
        QPalette.ColorRole.WindowText: roles.text,
        QPalette.ColorRole.Base: roles.field,
        QPalette.ColorRole.AlternateBase: roles.surface,
        QPalette.ColorRole.Text: roles.text,
        QPalette.ColorRole.Button: roles.surface,
        QPalette.ColorRole.ButtonText: roles.text,
        QPalette.ColorRole.ToolTipBase: roles.surface,
        QPalette.ColorRole.ToolTipText: roles.text,
        QPalette.ColorRole.PlaceholderText: roles.dim,
        QPalette.ColorRole.Highlight: roles.accent,
        QPalette.ColorRole.HighlightedText: roles.on_accent,
        QPalette.ColorRole.Link: roles.accent_text,
        QPalette.ColorRole.Mid: roles.line,
    }
    for role, colour in pairs.items():
        found.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        found.setColor(QPalette.ColorGroup.Disabled, role, QColor(roles.dim))
    return found


def style_sheet(roles: Roles, points: float) -> str:
    """The style sheet: widgets are picked by type and by the dynamic property `kind`."""
    r = roles
    check = (resources() / "icons" / ("check-dark.svg" if r is DARK else "check-light.svg")).as_posix()
    small, large, title, figure = points * SMALL, points * 1.15, points * 1.57, points * 1.21
    reading = points * 1.3
    return f"""
QWidget {{ color: {r.text}; }}
QMainWindow, QWidget[kind="page"], QDialog {{ background: {r.window}; }}
QWidget[kind="rail"], QWidget[kind="header"], QWidget[kind="status"] {{ background: {r.surface}; }}
QWidget[kind="rail"] {{ border-right: 1px solid {r.line}; }}
QWidget[kind="header"] {{ border-bottom: 1px solid {r.line}; }}
QWidget[kind="status"] {{ border-top: 1px solid {r.line}; }}
QFrame[kind="card"] {{ background: {r.surface}; border: 1px solid {r.line}; border-radius: 10px; }}
QFrame[kind="person"] {{ background: {r.window}; border: 1px solid {r.line}; border-radius: 8px; }}
QFrame[kind="rule"] {{ background: {r.line}; border: none; max-height: 1px; min-height: 1px; }}
QScrollArea {{ background: transparent; border: none; }}
QWidget[kind="plain"] {{ background: transparent; }}
QLabel {{ background: transparent; }}
QLabel[kind="title"] {{ font-size: {title}pt; font-weight: 700; }}
QLabel[kind="subtitle"], QLabel[kind="dim"] {{ color: {r.dim}; }}
QLabel[kind="note"] {{ color: {r.dim}; font-size: {small}pt; }}
QLabel[kind="heading"] {{ font-weight: 700; }}
QLabel[kind="statement"] {{ font-size: {large}pt; font-weight: 600; }}
QLabel[kind="reading"] {{ font-size: {reading}pt; font-weight: 600; }}
QFrame[kind="amber"] {{ background: {r.warning_soft}; border: none; border-radius: 8px; }}
QFrame[kind="amber"] QLabel[kind="heading"] {{ color: {r.warning}; }}
QLabel[kind="verdict"] {{ font-size: {reading}pt; font-weight: 700; }}
QLabel[kind="finding"] {{ font-weight: 600; }}
QLabel[tone="good"] {{ color: {r.accent_text}; }}
QLabel[tone="bad"] {{ color: {r.danger}; }}
QLabel[tone="open"] {{ color: {r.warning}; }}
QLabel[tone="quiet"] {{ color: {r.dim}; }}
QLabel[kind="figure"] {{ font-size: {figure}pt; font-weight: 700; }}
QLabel[kind="brand"] {{ font-size: {large}pt; font-weight: 700; }}
QLabel[kind="brandmark"] {{ background: {r.accent}; color: {r.on_accent}; border-radius: 6px; font-weight: 700; }}
QLabel[kind="problem"] {{ color: {r.danger}; font-size: {small}pt; }}
QLabel[kind="good"] {{ color: {r.accent_text}; font-size: {small}pt; font-weight: 700; }}
QLabel[kind="warning"] {{ color: {r.warning}; font-size: {small}pt; }}
QWidget[kind="banner"] {{ background: {r.warning_soft}; }}
QLabel[chip="plain"] {{ background: {r.chip}; color: {r.dim}; }}
QLabel[chip="accent"] {{ background: {r.accent_soft}; color: {r.accent_text}; }}
QLabel[chip="warning"] {{ background: {r.warning_soft}; color: {r.warning}; }}
QLabel[chip="danger"] {{ background: {r.danger_soft}; color: {r.danger}; }}
QLabel[chip="plain"], QLabel[chip="accent"], QLabel[chip="warning"], QLabel[chip="danger"] {{
  border-radius: 9px; padding: 1px 8px; font-size: {small}pt; font-weight: 600; }}
QPushButton {{ background: {r.surface}; border: 1px solid {r.line}; border-radius: 8px; padding: 6px 14px; }}
QPushButton:hover {{ border-color: {r.accent}; }}
QPushButton:pressed {{ background: {r.chip}; }}
QPushButton:focus {{ border: 2px solid {r.accent}; padding: 5px 13px; }}
QPushButton:disabled {{ color: {r.dim}; background: {r.chip}; border-color: {r.line}; }}
QPushButton[kind="primary"] {{
  background: {r.accent}; color: {r.on_accent}; border: 1px solid {r.accent}; font-weight: 600; }}
QPushButton[kind="primary"]:hover {{ background: {r.accent_text}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {r.text}; padding: 5px 13px; }}
QPushButton[kind="primary"]:disabled {{ background: {r.chip}; color: {r.dim}; border-color: {r.line}; }}
QPushButton::menu-indicator {{ image: none; width: 0; }}
QPushButton[kind="danger"]:enabled {{ color: {r.danger}; }}
QPushButton[kind="chip"] {{ background: {r.accent_soft}; color: {r.accent_text}; border: 1px solid {r.accent_soft};
  border-radius: 9px; padding: 1px 8px; font-size: {small}pt; font-weight: 600; }}
QPushButton[kind="chip"]:hover, QPushButton[kind="chip"]:focus {{ border: 1px solid {r.accent}; padding: 1px 8px; }}
QPushButton[kind="link"] {{ background: transparent; border: none; color: {r.accent_text}; padding: 4px 6px; }}
QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
QPushButton[kind="warning"] {{ background: transparent; border: 1px solid transparent; border-radius: 4px;
  padding: 0 4px; color: {r.warning}; font-size: {small}pt; }}
QPushButton[kind="warning"]:hover {{ text-decoration: underline; }}
QPushButton[kind="warning"]:focus {{ border-color: {r.accent}; }}
QPushButton[kind="link"]:focus {{ border: 1px solid {r.accent}; padding: 3px 5px; }}
QPushButton[kind="link"]::menu-indicator {{ image: none; width: 0; }}
QPushButton[kind="figure"] {{
  background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 0 2px;
  text-align: right; font-size: {figure}pt; font-weight: 700; }}
QPushButton[kind="figure"]:hover {{ color: {r.accent_text}; }}
QPushButton[kind="figure"]:focus {{ border-color: {r.accent}; padding: 0 2px; }}
QPushButton[kind="figure"]:disabled {{ background: transparent; border-color: transparent; color: {r.text}; }}
QWidget[kind="step"] {{ background: transparent; border-bottom: 1px solid {r.line}; }}
QWidget[kind="lit"] {{ background: {r.accent_soft}; border-bottom: 1px solid {r.accent}; }}
QPushButton[kind="more"] {{ background: transparent; border: 1px solid transparent; padding: 0;
  color: {r.accent_text}; }}
QPushButton[kind="more"]:hover {{ text-decoration: underline; }}
QPushButton[kind="more"]:focus {{ border-color: {r.accent}; }}
QWidget[kind="tabs"] {{ background: {r.surface}; border-bottom: 1px solid {r.line}; }}
QPushButton[kind="tab"] {{
  background: transparent; border: none; border-bottom: 2px solid transparent; border-radius: 0; padding: 8px 10px 6px;
  color: {r.dim};
}}
QPushButton[kind="tab"]:hover {{ color: {r.text}; }}
QPushButton[kind="tab"]:checked {{ color: {r.accent}; border-bottom: 2px solid {r.accent}; }}
QPushButton[kind="tab"]:focus {{ background: {r.accent_soft}; }}
QPushButton[kind="stage"] {{ background: transparent; border: 1px solid transparent; border-radius: 8px;
  padding: 7px 10px; text-align: left; color: {r.dim}; }}
QPushButton[kind="stage"]:disabled {{ background: transparent; border-color: transparent; color: {r.dim}; }}
QPushButton[kind="stage"][now="true"] {{ background: {r.accent_soft}; color: {r.accent_text}; font-weight: 600; }}
QPushButton[kind="stage"]:focus {{ border: 1px solid {r.accent}; padding: 7px 10px; }}
QPushButton[kind="segment"] {{ border-radius: 0; border-left: none; padding: 6px 13px; }}
QPushButton[kind="segment"][edge="first"] {{ border-left: 1px solid {r.line}; }}
QPushButton[kind="segment"]:checked {{
  background: {r.accent_soft}; color: {r.accent_text}; }}
QPushButton[kind="segment"]:focus {{ border: 2px solid {r.accent}; padding: 5px 11px; }}
QToolButton[kind="rail"] {{ border: 1px solid transparent; border-radius: 8px; padding: 7px 10px; text-align: left;
  color: {r.dim}; background: transparent; }}
QToolButton[kind="rail"]:hover {{ background: {r.chip}; }}
QToolButton[kind="rail"]:focus {{ border-color: {r.accent}; }}
QToolButton[kind="rail"]:checked {{ background: {r.accent_soft}; color: {r.accent_text}; font-weight: 600; }}
QLineEdit, QComboBox, QDateEdit, QPlainTextEdit {{
  background: {r.field}; border: 1px solid {r.line}; border-radius: 6px; padding: 5px 9px;
  selection-background-color: {r.accent}; selection-color: {r.on_accent}; }}
QLineEdit:focus, QComboBox:focus, QDateEdit:focus, QPlainTextEdit:focus {{
  border: 2px solid {r.accent}; padding: 4px 8px; }}
QLineEdit[bad="true"], QComboBox[bad="true"], QDateEdit[bad="true"] {{
  border: 2px solid {r.danger}; padding: 4px 8px; }}
QLineEdit:disabled, QComboBox:disabled, QDateEdit:disabled {{ color: {r.dim}; background: {r.chip}; }}
QCalendarWidget QWidget#qt_calendar_navigationbar {{ background: {r.surface}; border-bottom: 1px solid {r.line}; }}
QCalendarWidget QToolButton {{ background: transparent; color: {r.text}; border: none; padding: 4px 8px; }}
QCalendarWidget QToolButton:hover {{ background: {r.accent_soft}; }}
QCalendarWidget QAbstractItemView {{ padding: 0; }}
QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: 22px; }}
QComboBox {{ combobox-popup: 0; }}
QComboBox QAbstractItemView, QComboBox QAbstractItemView:focus {{
  background: {r.surface}; border: 1px solid {r.line}; border-radius: 0; outline: none;
  selection-background-color: {r.accent_soft}; selection-color: {r.accent_text}; }}
QComboBox::down-arrow, QDateEdit::down-arrow {{ width: 0; height: 0; margin-right: 6px;
  border: 4px solid {r.field}; border-top: 5px solid {r.dim}; border-bottom: none; }}
QComboBox::down-arrow:disabled, QDateEdit::down-arrow:disabled {{
  border: 4px solid {r.chip}; border-top: 5px solid {r.dim}; border-bottom: none; }}
QCheckBox {{ spacing: 6px; background: transparent; }}
QCheckBox::indicator {{ width: 14px; height: 14px; border: 1px solid {r.dim}; border-radius: 4px;
  background: {r.field}; }}
QCheckBox::indicator:checked {{ border: 1px solid {r.accent}; background: {r.accent}; image: url("{check}"); }}
QCheckBox:focus {{ color: {r.accent_text}; }}
QTableView, QListView {{ background: {r.surface}; border: 1px solid transparent; border-radius: 4px;
  gridline-color: transparent; outline: none;
  selection-background-color: {r.selection}; selection-color: {r.text}; alternate-background-color: {r.surface}; }}
QTableView::item {{ border-bottom: 1px solid {r.line}; padding: 0 6px; }}
QTableView::item:selected, QListView::item:selected {{ background: {r.selection}; color: {r.text}; }}
QTableView:focus, QListView:focus {{ border-color: {r.accent}; }}
QListView::item {{ border-radius: 8px; padding: 8px 10px; }}
QGraphicsView[kind="map"] {{ background: {r.surface}; border: 1px solid transparent; border-radius: 6px; }}
QGraphicsView[kind="map"]:focus {{ border-color: {r.accent}; }}
QGraphicsView[kind="map"]::corner {{ background: {r.surface}; border: none; }}
QHeaderView {{ background: transparent; }}
QHeaderView::section {{ background: {r.surface}; color: {r.dim}; border: none; border-bottom: 1px solid {r.line};
  padding: 5px 9px; font-size: {small}pt; }}
QHeaderView::section:vertical {{ color: {r.text}; font-size: {points}pt; padding: 0 9px; }}
QTableView::corner, QTableView QAbstractScrollArea::corner {{ background: {r.surface}; border: none; }}
QTableCornerButton::section {{ background: {r.surface}; border: none; }}
QFrame[kind="popup"] {{ background: {r.surface}; border: 1px solid {r.line}; border-radius: 8px; }}
QListView[kind="dense"]::item {{ border-radius: 4px; padding: 4px 8px; }}
QPushButton[kind="pick"] {{ text-align: left; border-radius: 6px; padding: 5px 9px; background: {r.field}; }}
QPushButton[kind="pick"]:focus {{ border: 2px solid {r.accent}; padding: 4px 8px; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {r.line}; border-radius: 4px; min-height: 28px; min-width: 28px; margin: 1px; }}
QScrollBar::handle:hover {{ background: {r.dim}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {r.chip}; border: none; border-radius: 3px; max-height: 6px; }}
QProgressBar::chunk {{ background: {r.accent}; border-radius: 3px; }}
QProgressBar[payer="pool"]::chunk {{ background: {r.pool}; }}
QMenu {{ background: {r.surface}; border: 1px solid {r.line}; padding: 4px; }}
QMenu::item {{ padding: 6px 18px; border-radius: 4px; }}
QMenu::item:selected {{ background: {r.accent_soft}; color: {r.accent_text}; }}
QToolTip {{ background: {r.surface}; color: {r.text}; border: 1px solid {r.line}; padding: 4px 6px; }}
QFrame[kind="toast"] {{ background: {r.text}; border-radius: 8px; }}
QFrame[kind="toast"] QLabel {{ color: {r.surface}; }}
QFrame[kind="toast"] QPushButton {{ background: transparent; border: none; color: {r.surface}; font-weight: 700; }}
QFrame[kind="toast"] QPushButton:focus {{ border: 1px solid {r.surface}; }}
QSplitter::handle {{ background: transparent; }}
"""
