"""Persons and edges as items of a scene, one each; they paint themselves, text and all."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPainterPathStroker
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from famgui.ui.widgets.familymap.figures import MapEdge, Pick
from famgui.ui.widgets.familymap.paint import Card, Look, paint_amount, paint_card, paint_edge, rect
from famgui.ui.widgets.familymap.places import Box

_AIR = 8.0
"""Room around an item for its ring."""
_REACH = 12.0
"""So near a curve a click still means it."""
_BELOW, _LIFTED, _ABOVE = 0, 1, 2


class MapItem(QGraphicsItem):
    """What can be chosen on a map. `pick` says what it is."""

    def __init__(self, pick: Pick, look: Look) -> None:
        super().__init__()
        self.pick, self.look, self.chosen = pick, look, False

    def choose(self, on: bool) -> None:
        """Wear the mark of the chosen, or no longer."""
        self.chosen = on
        self.update()


class PersonItem(MapItem):
    """A person's box."""

    def __init__(self, card: Card, look: Look) -> None:
        super().__init__((card.person.key,), look)
        self._card = card
        self._box = QRectF()
        self._texts = ("", "")
        self.setZValue(_ABOVE)

    def stand(self, box: Box) -> None:
        """Take this place."""
        self.prepareGeometryChange()
        self._box = rect(box)
        self._texts = self._card.fitted(self.look, box.width - 2 * self.look.padding)

    @property
    def texts(self) -> tuple[str, str]:
        """Title and note as they are shown, cut where there is no room."""
        return self._texts

    def boundingRect(self) -> QRectF:
        return self._box.adjusted(-_AIR, -_AIR, _AIR, _AIR)

    def shape(self) -> QPainterPath:
        made = QPainterPath()
        made.addRect(self._box)
        return made

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        paint_card(painter, self.look, self._card, self._texts, self._box, self.chosen)


class EdgeItem(MapItem):
    """A binding's curve. Its amount is painted by the view above all curves, through `paint_label`."""

    def __init__(self, edge: MapEdge, text: str, look: Look, *, tipped: bool) -> None:
        super().__init__(edge.pair, look)
        self._edge, self._text, self._tipped = edge, text, tipped
        self._way, self._thick = QPainterPath(), 1.0
        self._spot = QRectF()
        self._bounds = QRectF()

    def lie(self, way: QPainterPath, thick: float, spot: Box | None) -> None:
        """Take this place."""
        self.prepareGeometryChange()
        self._way, self._thick = way, thick
        self._spot = rect(spot) if spot is not None else QRectF()
        wide = thick / 2 + _AIR
        self._bounds = way.boundingRect().adjusted(-wide, -wide, wide, wide).united(self._spot)

    @property
    def spot(self) -> QRectF:
        """Where the amount stands; empty without one."""
        return self._spot

    def choose(self, on: bool) -> None:
        self.setZValue(_LIFTED if on else _BELOW)
        super().choose(on)

    def boundingRect(self) -> QRectF:
        return self._bounds

    def shape(self) -> QPainterPath:
        stroker = QPainterPathStroker()
        stroker.setWidth(max(self._thick, _REACH))
        made = stroker.createStroke(self._way)
        made.addRect(self._spot)
        made.setFillRule(made.fillRule().WindingFill)
        return made

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        tipped, chosen = self._tipped, self.chosen
        paint_edge(painter, self.look, self._way, self._edge, self._thick, tipped=tipped, chosen=chosen)

    def paint_label(self, painter: QPainter) -> None:
        """Paint the amount."""
        if self._text:
            paint_amount(painter, self.look, self._text, self._edge.state, self._spot, self.chosen)
