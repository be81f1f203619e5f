"""The scene of a map in its view: laid out for the room there is, fitted or zoomed, scrolled, dragged."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsView

from famgui.ui.theme.metrics import GRID
from famgui.ui.theme.style import Theme
from famgui.ui.widgets.familymap.drawing import Drawing, Figure, figure_of, laid_out, measured
from famgui.ui.widgets.familymap.figures import MapEdge, MapPerson, Pair, Pick
from famgui.ui.widgets.familymap.items import EdgeItem, MapItem, PersonItem
from famgui.ui.widgets.familymap.paint import Look, screen_look
from famgui.ui.widgets.familymap.places import Measures

_MARGIN = 1.5 * GRID
_LEGIBLE = 0.75
"""A map is never fitted smaller than this part of its size; a larger one scrolls."""
_NARROW = 0.8
"""Where only the width is wanting it may be fitted to this part of that."""
_SMALLEST, _LARGEST = 0.3, 3.0
_ZOOM = 1.2
_NOTCH = 120
"""What a wheel turns at one notch, as Qt counts."""


class MapCanvas(QGraphicsView):
    """Draws persons and edges; what a click means is said by `_clicked` of the class above."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "map")
        self.setScene(QGraphicsScene(self))
        self.setInteractive(False)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.viewport().setMouseTracking(True)
        self._theme = theme
        self._persons: tuple[MapPerson, ...] = ()
        self._edges: tuple[MapEdge, ...] = ()
        self._nothing = ""
        self._look: Look = screen_look(theme.colour, self.font())
        self._figure: Figure = figure_of((), ())
        self._drawing: Drawing = laid_out(self._figure, self._look, 0, 0)
        self._measures: Measures | None = None
        self._items: dict[Pick, MapItem] = {}
        self._labelled: list[EdgeItem] = []
        self._by_hand = False
        self._pressed: QPoint | None = None

    @property
    def drawing(self) -> Drawing:
        """Where everything stands now, in the scene's units."""
        return self._drawing

    def item(self, pick: Pick) -> MapItem | None:
        """The item of a person or an edge, None where it is not on the map."""
        return self._items.get(pick)

    def fit(self) -> None:
        """Show the whole map where it stays legible so, else as large as is legible; follow the view's size again."""
        self._by_hand = False
        self._arrange()
        self.verticalScrollBar().setValue(self.verticalScrollBar().minimum())

    def zoom(self, by: float) -> None:
        """Make the map larger (by more than 1) or smaller."""
        now = self.transform().m11()
        scale = min(_LARGEST, max(_SMALLEST, now * by))
        self._by_hand = True
        self._rescale(scale)

    def zoom_in(self) -> None:
        """One step larger."""
        self.zoom(_ZOOM)

    def zoom_out(self) -> None:
        """One step smaller."""
        self.zoom(1 / _ZOOM)

    def _draw_anew(self, persons: Sequence[MapPerson], edges: Sequence[MapEdge]) -> None:
        """Put persons and edges on the scene. The same household stays where it was scrolled and zoomed to."""
        same = {one.key for one in persons} == {one.key for one in self._persons}
        bars = self.horizontalScrollBar(), self.verticalScrollBar()
        held = [bar.value() for bar in bars]
        self._persons, self._edges = tuple(persons), tuple(edges)
        focused = self._look.focused
        self._look = screen_look(self._theme.colour, self.font())
        self._look.focused = focused
        self._figure = figure_of(self._persons, self._edges)
        self._items, self._labelled = {}, []
        scene = self.scene()
        scene.clear()
        left = {key for group in self._figure.groups for key in group.left}
        for pair, edge in self._figure.edges.items():
            text = self._figure.texts[pair]
            made = EdgeItem(edge, text, self._look, tipped=edge.user in left)
            self._items[pair] = made
            if text:
                self._labelled.append(made)
            scene.addItem(made)
        for key, card in self._figure.cards.items():
            self._items[key,] = PersonItem(card, self._look)
            scene.addItem(self._items[key,])
        self._measures = None
        if same:
            self._arrange()
            for bar, value in zip(bars, held, strict=True):
                bar.setValue(value)
        else:
            self.fit()
        self.viewport().update()

    def _arrange(self) -> None:
        """Lay the map out for the room there is, and show as much of it as is legible."""
        room = self.maximumViewportSize()
        width, height = room.width() - 2 * _MARGIN, room.height() - 2 * _MARGIN
        measures = measured(self._figure, self._look, width, height)
        if measures != self._measures:
            self._measures = measures
            self._take_places(laid_out(self._figure, self._look, width, height))
        whole = self.sceneRect()
        if not self._by_hand and not whole.isEmpty():
            scale = min(1.0, room.width() / whole.width(), room.height() / whole.height())
            if scale < _LEGIBLE * (_NARROW if scale < room.height() / whole.height() else 1):
                beside = room.width() - self.verticalScrollBar().sizeHint().width()
                scale = min(1.0, max(_LEGIBLE, beside / whole.width()))
            self._rescale(scale)
        self._say_grip()

    def _take_places(self, drawing: Drawing) -> None:
        self._drawing = drawing
        for pick, item in self._items.items():
            if isinstance(item, PersonItem):
                item.stand(drawing.places.boxes[pick[0]])
            elif isinstance(item, EdgeItem):
                pair: Pair = pick  # type: ignore[assignment]
                item.lie(drawing.paths[pair], drawing.thick[pair], drawing.spots.get(pair))
        whole = drawing.whole
        around = QRectF(whole.x, whole.y, whole.width, whole.height)
        self.setSceneRect(around.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN) if self._items else QRectF())

    def _rescale(self, scale: float) -> None:
        by = scale / self.transform().m11()
        if by != 1.0:
            self.scale(by, by)
        self._say_grip()

    def _say_grip(self) -> None:
        """A hand to drag with where there is more than is seen."""
        bars = self.horizontalScrollBar(), self.verticalScrollBar()
        more = any(bar.maximum() > bar.minimum() for bar in bars)
        mode = self.DragMode.ScrollHandDrag if more else self.DragMode.NoDrag
        if self.dragMode() != mode:
            self.setDragMode(mode)

    def _clicked(self, pick: Pick | None, *, twice: bool) -> None:
        raise NotImplementedError

    def _pick_at(self, point: QPoint) -> Pick | None:
        found = self.itemAt(point)
        return found.pick if isinstance(found, MapItem) else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint() if event.button() == Qt.MouseButton.LeftButton else None
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at, pressed = event.position().toPoint(), self._pressed
        self._pressed = None
        if pressed is not None and (at - pressed).manhattanLength() < QApplication.startDragDistance():
            self._clicked(self._pick_at(at), twice=False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._clicked(self._pick_at(event.position().toPoint()), twice=True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if not event.buttons():
            on = self._pick_at(event.position().toPoint()) is not None
            grip = self.dragMode() == self.DragMode.ScrollHandDrag
            idle = Qt.CursorShape.OpenHandCursor if grip else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if on else idle)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.setTransformationAnchor(self.ViewportAnchor.AnchorUnderMouse)
            self.zoom(_ZOOM ** (event.angleDelta().y() / _NOTCH))
            self.setTransformationAnchor(self.ViewportAnchor.AnchorViewCenter)
            event.accept()
            return
        super().wheelEvent(event)

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """The amounts, above all curves; on an empty map the sentence that says so."""
        area = QRectF(rect)
        for item in self._labelled:
            if item.spot.intersects(area):
                item.paint_label(painter)
        if not self._items and self._nothing:
            painter.resetTransform()
            painter.setFont(self.font())
            painter.setPen(self._theme.colour("dim"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(QRectF(self.viewport().rect()).adjusted(GRID, GRID, -GRID, -GRID), flags, self._nothing)

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(26 * line, 20 * line)

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(14 * line, 9 * line)
