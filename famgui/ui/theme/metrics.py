"""Sizes on the 8 px grid, and the few calls that fix a widget's geometry to them."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLayout, QWidget

GRID = 8
PAGE_MARGIN = 24
CARD_PADDING = 16
GAP = 16
RAIL_WIDTH = 168
HEADER_HEIGHT = 52
ROW_HEIGHT = 33
NUMBER_PADDING, CELL_PADDING = 22, 30
"""What a cell needs beside its text: its margins, and for a choice the arrow of its editor."""
LABEL_WIDTH = 84
BAR_HEIGHT = 22
BILL_WIDTH = 500
ANSWER_WIDTH = 340
ANSWER_HEIGHT = 260
STAGES_WIDTH, CHECKS_WIDTH = 176, 344
"""The columns beside a form of several steps: where one is, and what was checked."""
SIDE_BY_SIDE = 940
"""So wide a page shows the visit and its answer beside one another; a narrower one puts the answer below."""
DOT = 10
METER_HEIGHT = 6
ICON = 18
CONTENT_MAX = 1280
DATE_WIDTH = 150
AMOUNT_WIDTH = 110
START_SIZE = (1366, 768)
SMALLEST = (860, 480)
LIST_WIDTH = 320
DETAIL_HEIGHT = 128
"""What stands below a table: the cell at hand in full."""
PLACE_WIDTH, TOPIC_WIDTH = 170, 150
"""The choices of place and topic above the answers."""
PLACE_SAID_WIDTH = 228
"""The choice of place where it says what a place inherits."""
PICK_WIDTH, PICK_HEIGHT = 260, 340
"""The list of places that a button opens."""
SMALL = 0.86
"""The size of notes and chips as a part of the body font."""
_ANY_WIDTH = (1 << 24) - 1
"""What Qt takes for no limit."""
POINTS = {"small": 9.5, "standard": 10.5, "large": 12.0, "huge": 13.5}
"""Body font size in points for each font scale; 10.5 pt is 14 px at 96 dpi."""


def fix_width(widget: QWidget, width: int) -> None:
    """Give a widget exactly this width."""
    widget.setFixedWidth(width)


def fix_height(widget: QWidget, height: int) -> None:
    """Give a widget exactly this height."""
    widget.setFixedHeight(height)


def at_least(widget: QWidget, width: int = 0, height: int = 0) -> None:
    """Keep a widget from shrinking below a size."""
    widget.setMinimumSize(width, height)


def at_least_digits(widget: QWidget, count: int) -> None:
    """Keep a widget wide enough for so many digits of its font."""
    widget.setMinimumWidth(widget.fontMetrics().horizontalAdvance("0") * count)


def let_grow(widget: QWidget, least: int) -> None:
    """Lift a fixed width: at least this wide, and as wide as its place."""
    widget.setMinimumWidth(least)
    widget.setMaximumWidth(_ANY_WIDTH)


def at_most(widget: QWidget, width: int) -> None:
    """Keep a widget from growing wider."""
    widget.setMaximumWidth(width)


def margins(layout: QLayout, *, horizontal: int = 0, vertical: int = 0, spacing: int = GRID) -> None:
    """Set a layout's margins and spacing."""
    layout.setContentsMargins(horizontal, vertical, horizontal, vertical)
    layout.setSpacing(spacing)


def open_large(window: QWidget, parent: QWidget) -> None:
    """Let a window of its own come up nearly as large as the one it belongs to, and never larger than the screen."""
    room, wanted = parent.screen().availableGeometry(), parent.window().size()
    width, height = max(wanted.width(), SMALLEST[0]), max(wanted.height(), SMALLEST[1])
    window.resize(min(room.width(), width) * 19 // 20, min(room.height(), height) * 19 // 20)


def open_medium(window: QWidget, parent: QWidget) -> None:
    """Let a window of its own come up two thirds as wide as the one it belongs to, never larger than the screen."""
    room, wanted = parent.screen().availableGeometry(), parent.window().size()
    width, height = max(wanted.width() * 2 // 3, SMALLEST[0]), max(wanted.height() * 3 // 4, SMALLEST[1])
    window.resize(min(room.width(), width), min(room.height(), height))


def place_popup(popup: QWidget, below: QPoint, parent: QWidget) -> None:
    """Let a popup come up with its left upper corner at a point of the screen, moved as far as it needs to be seen."""
    room, wanted = parent.screen().availableGeometry(), popup.sizeHint().expandedTo(popup.minimumSize())
    left = max(room.left(), min(below.x(), room.right() - wanted.width()))
    top = max(room.top(), min(below.y(), room.bottom() - wanted.height()))
    popup.setGeometry(left, top, wanted.width(), wanted.height())
