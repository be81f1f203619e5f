"""How a map looks: boxes, edges and amounts painted with a `Look`, the same on screen and on paper."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPainterPathStroker, QPen

from famgui.ui.theme.style import small_font
from famgui.ui.widgets.familymap.figures import EdgeState, MapEdge, MapPerson
from famgui.ui.widgets.familymap.places import Box, Curve
from famgui.ui.widgets.familymap.words import note_text

_THINNEST, _THICKEST = 1.4, 8.0
_THICKEST_QUIET = 2.4
"""Bindings that are over or to come stay quiet, however much was shared by earlier ones."""
_DASHES = {Qt.PenStyle.DashLine: (5.0, 4.0), Qt.PenStyle.DotLine: (1.5, 3.0)}
"""Lengths of strokes and gaps, whatever the thickness."""
_RING, _AIR = 2.0, 3.5
_ROUND = 10.0
_HEAD = 7.0
"""How long the tip of an edge between two authorizers is."""
_SHORTEST = 3
"""A name gives way to the relation beside it, but not below so many letters."""


class Stroke(NamedTuple):
    """How the edges of a state are drawn: role of the line, role of its amount, pattern."""

    role: str
    text: str
    pattern: Qt.PenStyle


STROKES: dict[EdgeState, Stroke] = {
    "in-force": Stroke("shared", "accent_text", Qt.PenStyle.SolidLine),
    "expiring": Stroke("warning", "warning", Qt.PenStyle.SolidLine),
    "upcoming": Stroke("accent", "accent_text", Qt.PenStyle.DotLine),
    "expired": Stroke("dim", "dim", Qt.PenStyle.DashLine),
    "unbound": Stroke("dim", "dim", Qt.PenStyle.DashLine),
}


def tabular(font: QFont) -> QFont:
    """The font with digits of one width."""
    made = QFont(font)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


@dataclass(slots=True)
class Look:
    """Colours by role and the fonts of a map. `focused`: what is chosen wears the ring of the keyboard."""

    colour: Callable[[str], QColor]
    name: QFont
    note: QFont
    amount: QFont
    focused: bool = False
    name_room: QFontMetricsF = field(init=False)
    note_room: QFontMetricsF = field(init=False)
    amount_room: QFontMetricsF = field(init=False)

    def __post_init__(self) -> None:
        self.name_room = QFontMetricsF(self.name)
        self.note_room = QFontMetricsF(self.note)
        self.amount_room = QFontMetricsF(self.amount)

    @property
    def padding(self) -> float:
        """What stays free inside a box at its left and right."""
        return self.name_room.height() * 0.7

    @property
    def box_height(self) -> float:
        """How high a box with a name and a note is."""
        return self.name_room.height() + self.note_room.height() + self.name_room.height() * 0.75

    def amount_size(self, text: str) -> tuple[float, float]:
        """Width and height of an amount with the air around it."""
        return self.amount_room.horizontalAdvance(text) + 8, self.amount_room.height() + 2


def screen_look(colour: Callable[[str], QColor], body: QFont) -> Look:
    """The look beside this body font."""
    name = QFont(body)
    name.setBold(True)
    note = small_font(body)
    amount = tabular(note)
    amount.setBold(True)
    return Look(colour, name, tabular(note), amount)


@dataclass(frozen=True, slots=True)
class Card:
    """A person as the box shows them: `relation` beside the name where it is the same for every authorizer."""

    person: MapPerson
    relation: str
    filled: bool

    def title(self) -> str:
        """Name and relation, whole."""
        return f"{self.person.name} · {self.relation}" if self.relation else self.person.name

    def fitted(self, look: Look, room: float) -> tuple[str, str]:
        """Title and note cut to the room; the relation stays as long as a few letters of the name fit before it."""
        right = Qt.TextElideMode.ElideRight
        tail = f" · {self.relation}" if self.relation else ""
        left = room - look.name_room.horizontalAdvance(tail)
        if tail and left >= look.name_room.height() * _SHORTEST:
            title = look.name_room.elidedText(self.person.name, right, left) + tail
        else:
            title = look.name_room.elidedText(self.title(), right, room)
        return title, look.note_room.elidedText(note_text(self.person), right, room)


def rect(box: Box) -> QRectF:
    """A box for Qt."""
    return QRectF(box.x, box.y, box.width, box.height)


def path(curve: Curve) -> QPainterPath:
    """A curve for Qt."""
    made = QPainterPath(QPointF(*curve.start))
    made.cubicTo(QPointF(*curve.first), QPointF(*curve.second), QPointF(*curve.end))
    return made


def thickness(edge: MapEdge, most: int) -> float:
    """How thick an edge is: in proportion to its amount, `most` being the greatest on the map."""
    thickest = _THICKEST if STROKES[edge.state].pattern == Qt.PenStyle.SolidLine else _THICKEST_QUIET
    return _THINNEST + (thickest - _THINNEST) * max(0, edge.amount) / most if most > 0 else _THINNEST


def paint_card(painter: QPainter, look: Look, card: Card, texts: tuple[str, str], box: QRectF, chosen: bool) -> None:
    """A person's box with its two lines of text."""
    state = card.person.state
    ended = state == "ended"
    border = "warning" if state == "expiring" else "accent" if card.filled and not ended else "dim" if ended else "line"
    pen = QPen(look.colour(border), 1.0 if ended else 1.4 if card.filled or state != "current" else 1.2)
    if ended:
        pen.setStyle(Qt.PenStyle.DashLine)
    if chosen and look.focused:
        _ring(painter, look, box)
    painter.setPen(pen)
    painter.setBrush(look.colour("selection" if chosen else "accent_soft" if card.filled and not ended else "surface"))
    painter.drawRoundedRect(box, _ROUND, _ROUND)
    title, note = texts
    top = box.top() + (box.height() - look.name_room.height() - look.note_room.height()) / 2
    painter.setFont(look.name)
    painter.setPen(look.colour("dim" if ended else "accent_text" if card.filled else "text"))
    painter.drawText(QPointF(_left(card, look.name_room, title, look, box), top + look.name_room.ascent()), title)
    painter.setFont(look.note)
    painter.setPen(look.colour("warning" if state == "expiring" else "dim"))
    below = top + look.name_room.height() + look.note_room.ascent()
    painter.drawText(QPointF(_left(card, look.note_room, note, look, box), below), note)


def _left(card: Card, metrics: QFontMetricsF, text: str, look: Look, box: QRectF) -> float:
    """Where a line of a box begins: authorizers' are centred, users' stand on one edge."""
    if card.filled:
        return box.left() + (box.width() - metrics.horizontalAdvance(text)) / 2
    return box.left() + look.padding


def _ring(painter: QPainter, look: Look, box: QRectF) -> None:
    """The ring of the keyboard around a box."""
    painter.setPen(QPen(look.colour("accent"), _RING))
    painter.setBrush(look.colour("surface"))
    painter.drawRoundedRect(box.adjusted(-_AIR, -_AIR, _AIR, _AIR), _ROUND + _AIR, _ROUND + _AIR)


def line_pen(colour: QColor, thick: float, pattern: Qt.PenStyle) -> QPen:
    """The pen of an edge: strokes and gaps as long at every thickness."""
    pen = QPen(colour, thick, pattern, Qt.PenCapStyle.FlatCap)
    if pattern in _DASHES:
        pen.setDashPattern([length / thick for length in _DASHES[pattern]])
    return pen


def paint_edge(
    painter: QPainter, look: Look, way: QPainterPath, edge: MapEdge, thick: float, *, tipped: bool, chosen: bool
) -> None:
    """A binding's curve; `tipped` ones show with a tip to whom the money goes."""
    stroke = STROKES[edge.state]
    if chosen:
        paint_halo(painter, look, way, thick)
    colour = look.colour(stroke.role)
    painter.setPen(line_pen(colour, thick, stroke.pattern))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(way)
    if tipped:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        end, wide = way.pointAtPercent(1.0), max(_HEAD / 2, thick * 0.8)
        painter.drawPolygon([end, QPointF(end.x() - _HEAD, end.y() - wide), QPointF(end.x() - _HEAD, end.y() + wide)])


def paint_halo(painter: QPainter, look: Look, way: QPainterPath, thick: float) -> None:
    """What marks a chosen edge: a soft border, with the keyboard on the map an outline too."""
    stroker = QPainterPathStroker()
    stroker.setWidth(thick + 4 * _AIR)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(QPen(look.colour("accent"), _RING / 1.5) if look.focused else Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("selection"))
    painter.drawPath(stroker.createStroke(way).simplified())


def paint_amount(painter: QPainter, look: Look, text: str, state: EdgeState, spot: QRectF, chosen: bool) -> None:
    """An amount on its edge, on a ground of its own, so that no curve runs through its digits."""
    painter.setPen(QPen(look.colour("accent"), 1.4) if chosen and look.focused else Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(look.colour("selection" if chosen else "surface")))
    painter.drawRoundedRect(spot, spot.height() / 2.6, spot.height() / 2.6)
    painter.setFont(look.amount)
    painter.setPen(look.colour(STROKES[state].text))
    wide = look.amount_room.horizontalAdvance(text)
    first = spot.top() + (spot.height() - look.amount_room.height()) / 2 + look.amount_room.ascent()
    painter.drawText(QPointF(spot.center().x() - wide / 2, first), text)
