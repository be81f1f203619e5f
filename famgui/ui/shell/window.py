"""The main window: rail, header, pages, status line. It owns no behaviour; commands and pages do."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from famgui.ui.shell.chooser import HouseholdChoice
from famgui.ui.shell.drops import DropWindow
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.settings import GEOMETRY, Settings
from famgui.ui.shell.status import StatusLine
from famgui.ui.theme.icons import tinted
from famgui.ui.theme.metrics import (
    GRID,
    HEADER_HEIGHT,
    ICON,
    PAGE_MARGIN,
    RAIL_WIDTH,
    SMALLEST,
    START_SIZE,
    at_least,
    fix_height,
    fix_width,
    margins,
)
from famgui.ui.theme.style import Theme
from famgui.ui.widgets.basic import button, chip, command_button, label

PAGES: tuple[str, ...] = ("overview", "binding", "settlement", "ledger", "policy")
"""The pages on the rail; the settings stand apart at its foot."""
GROUPS: Mapping[str, tuple[str, ...]] = {
    "binding": ("binding", "wizard", "people", "roster"),
    "settlement": ("settlement", "compare", "plan", "verify", "batch", "records"),
    "policy": ("policy", "matrix", "packs"),
}
"""Pages of the rail that are several, shown as tabs above them."""
GROUP_OF = {page: group for group, members in GROUPS.items() for page in members}
_TYPED_AHEAD = 100
ALL_PAGES: tuple[str, ...] = (*PAGES, *(page for page in GROUP_OF if page not in PAGES), "settings")
"""Every page that can be brought up."""


def page_title(page: str) -> str:
    """A page's name on the rail."""
    return {
        "overview": tr("Overview"),
        "binding": tr("Binding"),
        "settlement": tr("Settlement"),
        "ledger": tr("Ledger"),
        "policy": tr("Policy"),
        "settings": tr("Settings"),
    }[page]


def tab_title(page: str) -> str:
    """A page's name on its group's tabs."""
    return {
        "binding": tr("Register"),
        "wizard": tr("New binding"),
        "people": tr("People"),
        "roster": tr("Company list"),
        "settlement": tr("Calculate"),
        "compare": tr("Compare"),
        "plan": tr("Plan"),
        "verify": tr("Verify a receipt"),
        "batch": tr("Batch"),
        "records": tr("Recorded"),
        "policy": tr("Look up"),
        "matrix": tr("Compare places"),
        "packs": tr("Rule packs"),
    }[page]


class MainWindow(DropWindow):
    """The frame. `page_asked(id)` and `household_picked(id)` when wanted; `painted` once, after the first paint."""

    page_asked = Signal(str)
    household_picked = Signal(object)
    painted = Signal()
    closing = Signal()

    def __init__(self, theme: Theme, settings: Settings) -> None:
        super().__init__()
        self._theme, self._settings = theme, settings
        self._was_painted, self.typed = False, ""
        self.setWindowTitle(tr("famgui"))
        self.setWindowIcon(tinted("famgui", self._theme.roles.text))
        self.resize(*START_SIZE)
        at_least(self, *SMALLEST)
        self._buttons: dict[str, QToolButton] = {}
        self._tabs: dict[str, QPushButton] = {}
        self._tab_bars: dict[str, QWidget] = {}
        self.stack = QStackedWidget()
        self.stack.addWidget(self._skeleton())
        self.status = StatusLine()
        self.households = HouseholdChoice()
        self.place = chip("")
        self._more = button(tr("Book and files"))
        self._banner, self._banner_row = self._sample_banner()
        self._assemble()
        theme.changed.connect(self._tint)
        self._tint()
        saved = settings.get(GEOMETRY)
        if saved:
            self.restoreGeometry(QByteArray.fromBase64(saved.encode()))

    def show_on_screen(self) -> None:
        """Come up where and as large as last time; at first as large as the screen lets it."""
        room = self.screen().availableGeometry()
        fits = room.width() > START_SIZE[0] and room.height() > START_SIZE[1] + HEADER_HEIGHT
        if self._settings.get(GEOMETRY) or fits:
            self.show()
        else:
            self.showMaximized()

    def show_page(self, page: str, widget: QWidget) -> None:
        """Bring a page up."""
        if self.stack.indexOf(widget) < 0:
            self.stack.addWidget(widget)
        self.stack.setCurrentWidget(widget)
        group = GROUP_OF.get(page, page)
        if group in self._buttons:
            self._buttons[group].setChecked(True)
        for name, bar in self._tab_bars.items():
            bar.setVisible(name == group)
        if page in self._tabs:
            self._tabs[page].setChecked(True)
        if self.focusWidget() in self._buttons.values() and self.focusWidget() is not self._buttons.get(group):
            self.stack.setFocus()

    def _assemble(self) -> None:
        centre = QWidget()
        outer = QVBoxLayout(centre)
        margins(outer, spacing=0)
        middle = QHBoxLayout()
        margins(middle, spacing=0)
        middle.addWidget(self._rail())
        right = QVBoxLayout()
        margins(right, spacing=0)
        right.addWidget(self._header())
        right.addWidget(self._banner)
        for group in GROUPS:
            right.addWidget(self._tab_bar(group))
        right.addWidget(self.stack, 1)
        middle.addLayout(right, 1)
        outer.addLayout(middle, 1)
        outer.addWidget(self.status)
        self.setCentralWidget(centre)

    def _rail(self) -> QWidget:
        rail = QWidget()
        rail.setProperty("kind", "rail")
        rail.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        fix_width(rail, RAIL_WIDTH)
        layout = QVBoxLayout(rail)
        margins(layout, horizontal=GRID, vertical=GRID, spacing=4)
        brand = QHBoxLayout()
        margins(brand, horizontal=GRID, vertical=GRID)
        mark = label(tr("S"), "brandmark")
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        fix_width(mark, 22)
        fix_height(mark, 22)
        brand.addWidget(mark)
        brand.addWidget(label(tr("famgui"), "brand"), 1)
        layout.addLayout(brand)
        layout.addSpacing(GRID)
        group = QButtonGroup(self)
        for page in (*PAGES, "settings"):
            if page == "settings":
                layout.addStretch(1)
            layout.addWidget(self._rail_button(page, group))
        return rail

    def _rail_button(self, page: str, group: QButtonGroup) -> QToolButton:
        made = QToolButton()
        made.setProperty("kind", "rail")
        made.setText(f" {page_title(page)}")
        made.setAccessibleName(page_title(page))
        made.setCheckable(True)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setIconSize(QSize(ICON, ICON))
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.clicked.connect(lambda: self.page_asked.emit(page))
        group.addButton(made)
        self._buttons[page] = made
        return made

    def _tab_bar(self, group: str) -> QWidget:
        bar = QWidget()
        bar.setProperty("kind", "tabs")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QHBoxLayout(bar)
        margins(layout, horizontal=PAGE_MARGIN, spacing=GRID)
        together = QButtonGroup(self)
        for page in GROUPS[group]:
            made = button(tab_title(page), "tab")
            made.setCheckable(True)
            made.clicked.connect(lambda _=False, page=page: self.page_asked.emit(page))
            together.addButton(made)
            layout.addWidget(made)
            self._tabs[page] = made
        layout.addStretch(1)
        bar.hide()
        self._tab_bars[group] = bar
        return bar

    def _header(self) -> QWidget:
        header = QWidget()
        header.setProperty("kind", "header")
        header.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        fix_height(header, HEADER_HEIGHT)
        layout = QHBoxLayout(header)
        margins(layout, horizontal=PAGE_MARGIN)
        layout.addWidget(label(tr("Household"), "dim"))
        self.households.setAccessibleName(tr("Household"))
        at_least(self.households, 220)
        self.households.picked.connect(self.household_picked.emit)
        layout.addWidget(self.households)
        layout.addWidget(self._more)
        layout.addStretch(1)
        layout.addWidget(self.place)
        return header

    def show_place(self, place: str) -> None:
        """Name the household's insured place."""
        self.place.setText(place)
        self.place.setVisible(bool(place))

    def offer_commands(self, actions: Sequence[QAction]) -> None:
        """Put commands behind the button beside the household."""
        menu = QMenu(self._more)
        menu.addActions(list(actions))
        self._more.setMenu(menu)

    def offer_own_book(self, action: QAction) -> None:
        """Hang the way out of the sample on the banner."""
        self._banner_row.addWidget(command_button(action, "link"))

    def show_banner(self, shown: bool) -> None:
        """Say that this is the sample book."""
        self._banner.setVisible(shown)

    @staticmethod
    def _sample_banner() -> tuple[QWidget, QHBoxLayout]:
        banner = QWidget()
        banner.setProperty("kind", "banner")
        banner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QHBoxLayout(banner)
        margins(layout, horizontal=PAGE_MARGIN, vertical=4)
        layout.addWidget(label(tr("This is the sample household; nothing here is real. Try anything."), "warning"))
        layout.addStretch(1)
        banner.hide()
        return banner, layout

    def _skeleton(self) -> QWidget:
        page = QWidget()
        page.setProperty("kind", "page")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(page)
        words = label(tr("Opening the book ..."), "dim")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(words)
        return page

    def _tint(self) -> None:
        for page, made in self._buttons.items():
            made.setIcon(tinted(page, self._theme.roles.dim))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep what is typed before the first page is up, for the page that wants it."""
        if self.stack.currentIndex() == 0 and event.text().isprintable():
            self.typed = (self.typed + event.text())[:_TYPED_AHEAD]
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._settings.set(GEOMETRY, bytes(self.saveGeometry().toBase64().data()).decode())
        self.closing.emit()
        super().closeEvent(event)
