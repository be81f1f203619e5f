"""The family map as a widget: who shares with whom, chosen by mouse and keys, spoken, followed by a table beside it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFocusEvent, QHelpEvent, QKeyEvent
from PySide6.QtWidgets import QToolTip

from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GRID
from famgui.ui.theme.style import Theme
from famgui.ui.widgets.familymap.canvas import MapCanvas
from famgui.ui.widgets.familymap.figures import MapEdge, MapPerson, Pick, checked
from famgui.ui.widgets.familymap.legend import MapLegend
from famgui.ui.widgets.familymap.walk import Step, Walk
from famgui.ui.widgets.familymap.words import edge_words, map_words, person_words

_STEPS: dict[Qt.Key, Step] = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Home: "first",
    Qt.Key.Key_End: "last",
}
_IN = frozenset({Qt.Key.Key_Plus, Qt.Key.Key_Equal})
_OUT = frozenset({Qt.Key.Key_Minus, Qt.Key.Key_Underscore})
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class FamilyMap(MapCanvas):
    """A household's persons and bindings as a graph.

    Feed it with `show_map`. A person or an edge is chosen by click or by keys, which is told by `person_chosen(key)`
    and `edge_chosen(authorizer, user)`; `choose` and `choose_person` do the same in silence, for a table to lead.
    Enter or a double click is told by `activated(authorizer, user)`, for a person `activated(key, "")`.

    Keys: arrows (Right follows the money from authorizer over edge to user, Left goes back; Up and Down within a side
    or among the edges), Home, End, Enter, Escape to choose nothing, + and - to zoom, 0 to fit again; Ctrl and the wheel
    zoom, dragging moves a large map. `legend` is a widget to place near it: it names the states that are on the map."""

    person_chosen = Signal(str)
    edge_chosen = Signal(str, str)
    activated = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.legend = MapLegend(theme)
        self._chosen: Pick | None = None
        self._walk = Walk(self.drawing.places)
        self._people: dict[str, MapPerson] = {}
        theme.changed.connect(self._restyle)
        self.show_map((), ())

    @property
    def chosen(self) -> Pick | None:
        """What is chosen: `(key,)` of a person, `(authorizer, user)` of an edge, None for nothing."""
        return self._chosen

    def show_map(
        self, persons: Sequence[MapPerson], edges: Sequence[MapEdge], *, name: str = "", nothing: str = ""
    ) -> None:
        """Draw these persons and edges; several rows of one pair become one edge with their amounts together. What was
        chosen stays so if it is still there.

        `name` is said by screen readers; `nothing` stands there when there is nobody. Raises ValueError for an edge of
        somebody who is not among the persons, and for two persons with one key."""
        people, joined = checked(persons, edges)
        self._people = {person.key: person for person in people}
        self._nothing = nothing or tr("Nobody in this household yet.")
        self.setAccessibleName(name or tr("Family map"))
        if people and (people, joined) == (self._persons, self._edges):
            return
        self._draw_anew(people, joined)
        self._walk = Walk(self.drawing.places)
        self.legend.show_states({edge.state for edge in joined})
        self._mark(self._chosen)

    @Slot(str, str)
    def choose(self, authorizer: str, user: str) -> None:
        """Choose the edge of these two and bring it into sight, without a signal; nothing, if there is none."""
        self._mark((authorizer, user))

    @Slot(str)
    def choose_person(self, key: str) -> None:
        """Choose a person and bring them into sight, without a signal; nothing, if nobody has this key."""
        self._mark((key,))

    def spoken(self, pick: Pick | None) -> str:
        """A person or an edge in one sentence, None: the whole map."""
        if pick is None:
            return map_words(self._persons, self._edges) if self._persons else self._nothing
        if len(pick) == 1:
            return person_words(self._people[pick[0]], self._edges, self._people)
        return next(edge_words(edge, self._people) for edge in self._edges if edge.pair == pick)

    def _mark(self, pick: Pick | None) -> None:
        """Let something be the chosen; what is not on the map chooses nothing."""
        before = self.item(self._chosen) if self._chosen is not None else None
        item = self.item(pick) if pick is not None else None
        if before is not None and before is not item:
            before.choose(False)
        self._chosen = None if item is None else pick
        if item is not None:
            item.choose(True)
            self._bring_into_sight(self._chosen)
        self.setAccessibleDescription(self.spoken(self._chosen))

    def _bring_into_sight(self, pick: Pick | None) -> None:
        """Scroll as little as shows the chosen; of an edge its amount, else its middle."""
        places = self.drawing.places
        if pick is None:
            return
        if len(pick) == 1:
            x, y, width, height = places.boxes[pick[0]]
        else:
            (x, y), width, height = places.curves[pick].at(0.5), 0.0, 0.0
            x, y, width, height = self.drawing.spots.get(pick, (x, y, width, height))
        self.ensureVisible(QRectF(x, y, width, height), 3 * GRID, 3 * GRID)

    def _go(self, pick: Pick | None) -> None:
        """Choose something by hand: marked, spoken and told."""
        self._mark(pick)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.spoken(self._chosen)))
        if self._chosen is None:
            return
        if len(self._chosen) == 1:
            self.person_chosen.emit(self._chosen[0])
        else:
            self.edge_chosen.emit(*self._chosen)

    def _clicked(self, pick: Pick | None, *, twice: bool) -> None:
        self._go(pick)
        if twice:
            self._activate()

    def _activate(self) -> None:
        if self._chosen is not None:
            self.activated.emit(*self._chosen, *("",) * (2 - len(self._chosen)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            to = self._walk.step(self._chosen, _STEPS[key])
            if to is not None:
                self._go(to)
        elif key in _ENTER and self._chosen is not None:
            self._activate()
        elif key == Qt.Key.Key_Escape and self._chosen is not None:
            self._go(None)
        elif key in _IN:
            self.zoom_in()
        elif key in _OUT:
            self.zoom_out()
        elif key == Qt.Key.Key_0:
            self.fit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring(False)

    def _ring(self, on: bool) -> None:
        self._look.focused = on
        item = self.item(self._chosen) if self._chosen is not None else None
        if item is not None:
            item.update()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            pick = self._pick_at(event.pos())
            QToolTip.showText(event.globalPos(), self.spoken(pick) if pick is not None else "", self)
            return True
        return super().viewportEvent(event)

    def _restyle(self) -> None:
        """Other colours, or another size of letters."""
        self._draw_anew(self._persons, self._edges)
        self._walk = Walk(self.drawing.places)
        self._mark(self._chosen)
