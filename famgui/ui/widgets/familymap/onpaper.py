"""The family map on paper: painted into a rectangle, or as a block of a sheet that is cut between two rows only."""

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from famgui.ui.paper_layout import Block, Drawn, Style, font_of
from famgui.ui.theme.roles import PAPER_DIM, PAPER_LINE, PAPER_TEXT
from famgui.ui.widgets.familymap.drawing import Drawing, Figure, figure_of, laid_out
from famgui.ui.widgets.familymap.figures import MapEdge, MapPerson, checked
from famgui.ui.widgets.familymap.paint import Look, paint_amount, paint_card, paint_edge, rect
from famgui.ui.widgets.familymap.places import Box
from famgui.ui.widgets.familymap.words import paper_key

_INK = {
    "shared": PAPER_DIM,
    "accent": PAPER_TEXT,
    "warning": PAPER_TEXT,
    "accent_text": PAPER_TEXT,
    "text": PAPER_TEXT,
    "dim": PAPER_DIM,
    "line": PAPER_LINE,
}
"""Greys for the roles of the screen; what has no ink stays white."""
_NAME, _NOTE, _AMOUNT = Style(10, True), Style(9), Style(9, True)
_HEADING = 48.0
"""Points kept free on a page for the block's heading."""
_LOOSE = 0.5
"""A map takes about so much of a page's height before its boxes move together."""
_AIR = 8.0
_PIECES = 3
"""A family larger than a page goes on paper in pieces of such a part of one, so that it fills what a page has left."""
_SEAM = 0.6
"""So far a piece is painted beyond its edges: two on one page meet without a gap."""


def map_block(title: str, persons: Sequence[MapPerson], edges: Sequence[MapEdge]) -> Block:
    """A block for a `Sheet` that holds the map, its key below it. A family that fits on a page is never parted; a
    larger one is cut between rows of boxes and goes on on the next page. Raises ValueError as `show_map` does."""
    people, joined = checked(persons, edges)
    return Block(title, (), note=paper_key(joined), drawn=partial(_pictures, figure_of(people, joined)))


def paint_map(painter: QPainter, room: QRectF, persons: Sequence[MapPerson], edges: Sequence[MapEdge]) -> None:
    """Paint the whole map into a rectangle, in points or any other unit, in greys; made smaller where it must be."""
    people, joined = checked(persons, edges)
    figure, look = figure_of(people, joined), _look()
    drawing = laid_out(figure, look, room.width(), room.height())
    whole = drawing.whole
    if not people or room.isEmpty():
        return
    scale = min(1.0, room.width() / whole.width, room.height() / whole.height)
    painter.save()
    painter.translate(room.left() + (room.width() - whole.width * scale) / 2, room.top())
    painter.scale(scale, scale)
    painter.translate(-whole.x, -whole.y)
    _paint(painter, figure, look, drawing, whole)
    painter.restore()


def _look() -> Look:
    return Look(_ink, font_of(_NAME), font_of(_NOTE), font_of(_AMOUNT))


def _ink(role: str) -> QColor:
    return QColor(_INK[role]) if role in _INK else QColor(Qt.GlobalColor.white)


def _pictures(figure: Figure, width: float, height: float) -> tuple[Drawn, ...]:
    """The map as pictures one below the other, each at most as high as a page with a heading."""
    if not figure.cards:
        return ()
    look = _look()
    drawing = laid_out(figure, look, width, height * _LOOSE)
    scale = min(1.0, width / drawing.whole.width)
    found: list[Drawn] = []
    for top, bottom in drawing.places.spans:
        for first, last in _cuts(drawing, top - _AIR, bottom + _AIR, (height - _HEADING) / scale):
            part = Box(drawing.whole.x, first, drawing.whole.width, last - first)
            found.append(Drawn(part.height * scale, partial(_paint_part, figure, look, drawing, part, width)))
    return tuple(found)


def _cuts(drawing: Drawing, top: float, bottom: float, room: float) -> Iterator[tuple[float, float]]:
    """A span whole if it has room, else in pieces cut where nothing stands: as low as may be, between amounts too if
    there is such a place within a few rows."""
    boxes, spots = tuple(drawing.places.boxes.values()), tuple(drawing.spots.values())
    if bottom - top > room:
        room = room / _PIECES
    while bottom - top > room:
        edges = sorted({box.bottom + _AIR / 2 for box in boxes if top < box.bottom + _AIR / 2 <= top + room})[::-1]
        free = [y for y in edges if not any(box.y < y < box.bottom for box in boxes)]
        clear = [y for y in free[:4] if not any(spot.y < y < spot.bottom for spot in spots)]
        cut = (clear or free or [top + room])[0]
        yield top, cut
        top = cut
    yield top, bottom


def _paint_part(figure: Figure, look: Look, drawing: Drawing, part: Box, width: float, painter: QPainter) -> None:
    """Paint what lies in a part of the map, from the painter's own left upper corner, in the middle of a width."""
    scale = min(1.0, width / part.width)
    painter.save()
    painter.translate((width - part.width * scale) / 2, 0)
    painter.scale(scale, scale)
    painter.translate(-part.x, -part.y)
    painter.setClipRect(rect(part).adjusted(-_AIR, -_SEAM, _AIR, _SEAM))
    _paint(painter, figure, look, drawing, part)
    painter.restore()


def _paint(painter: QPainter, figure: Figure, look: Look, drawing: Drawing, part: Box) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    area, left = rect(part), {key for group in figure.groups for key in group.left}
    for pair, way in drawing.paths.items():
        edge = figure.edges[pair]
        if way.controlPointRect().adjusted(-_AIR, -_AIR, _AIR, _AIR).intersects(area):
            paint_edge(painter, look, way, edge, drawing.thick[pair], tipped=edge.user in left, chosen=False)
    for pair, spot in drawing.spots.items():
        if spot.meets(part):
            paint_amount(painter, look, figure.texts[pair], figure.edges[pair].state, rect(spot), False)
    for key, box in drawing.places.boxes.items():
        if box.meets(part):
            card = figure.cards[key]
            paint_card(painter, look, card, card.fitted(look, box.width - 2 * look.padding), rect(box), False)
