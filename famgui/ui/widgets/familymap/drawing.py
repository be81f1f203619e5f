"""A map ready to be painted: what stands in each box and on each edge, and how large a map is for its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QPainterPath

from famgui.ui.widgets.familymap.figures import MapEdge, MapPerson, Pair
from famgui.ui.widgets.familymap.labels import bounds, label_spots
from famgui.ui.widgets.familymap.order import Group, in_groups
from famgui.ui.widgets.familymap.paint import Card, Look, path, thickness
from famgui.ui.widgets.familymap.places import Box, Measures, Places, place
from famgui.ui.widgets.familymap.words import amount_text, note_text

_NARROW, _WIDE = 7.5, 12.5
"""How wide a box is at least and at most, in heights of a name's line."""
_NEAR, _FAR = 7.5, 16.0
"""The same for the way from column to column."""
_CLOSE, _LOOSE, _APART = 0.75, 2.2, 1.6
"""The same for the room between boxes, and between families."""
_LANE = 1.3
_BOX_PART = 0.28
"""The part of the room's width that a box may take where it is more than the least."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Who is on the map and in which order; laid out for a room by `laid_out`."""

    cards: Mapping[str, Card]
    edges: Mapping[Pair, MapEdge]
    texts: Mapping[Pair, str]
    groups: tuple[Group, ...]

    @property
    def most(self) -> int:
        """The greatest amount on the map, in fen."""
        return max((edge.amount for edge in self.edges.values()), default=0)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure laid out: places, the curves as paths with their thickness, the amounts' spots, and all of it in one
    box."""

    places: Places
    paths: Mapping[Pair, QPainterPath]
    thick: Mapping[Pair, float]
    spots: Mapping[Pair, Box]
    whole: Box


def figure_of(persons: Sequence[MapPerson], edges: Sequence[MapEdge]) -> Figure:
    """Persons and edges (as `figures.checked` gives them) put in order."""
    groups = in_groups([(one.key, one.kind == "authorizer") for one in persons], [edge.pair for edge in edges])
    left = {key for group in groups for key in group.left}
    bound_by: dict[str, list[MapEdge]] = {}
    for edge in edges:
        bound_by.setdefault(edge.user, []).append(edge)
    relation = {
        key: mine[0].relation
        for key, mine in bound_by.items()
        if key not in left and len({e.relation for e in mine}) == 1
    }
    cards = {one.key: Card(one, relation.get(one.key, ""), one.key in left) for one in persons}
    texts = {edge.pair: amount_text(edge, with_relation=edge.user not in relation) for edge in edges}
    return Figure(cards, {edge.pair: edge for edge in edges}, texts, groups)


def laid_out(figure: Figure, look: Look, width: float, height: float) -> Drawing:
    """The figure in a room of this size, boxes as loose as fits and as close as is legible; it may end up larger."""
    places = place(figure.groups, measured(figure, look, width, height))
    sizes = {pair: look.amount_size(text) for pair, text in figure.texts.items() if text}
    spots = label_spots(places, sizes)
    paths = {pair: path(curve) for pair, curve in places.curves.items()}
    most = figure.most
    thick = {pair: thickness(edge, most) for pair, edge in figure.edges.items()}
    hulls = (made.boundingRect() for made in paths.values())
    lines = (Box(hull.x(), hull.y(), hull.width(), hull.height()) for hull in hulls)
    return Drawing(places, paths, thick, spots, bounds([*places.boxes.values(), *spots.values(), *lines]))


def measured(figure: Figure, look: Look, width: float, height: float) -> Measures:
    """How large boxes and gaps are in a room of this size."""
    line = look.name_room.height()
    box = _box_width(figure, look, width)
    wide = {pair: look.amount_size(text)[0] for pair, text in figure.texts.items() if text}
    amounts = max(wide.values(), default=0.0)
    beside = [wide.get(pair, 0.0) for group in figure.groups for pair in group.aside]
    first_lane = max(beside, default=0.0) / 2 + line / 2
    aside = 2 * first_lane if beside else 0.0
    across = min(_FAR * line, max(_NEAR * line, 1.4 * amounts, width - 2 * box - aside))
    rows = sum(group.rows for group in figure.groups)
    spare = height - rows * look.box_height - (len(figure.groups) - 1) * (_APART - _CLOSE) * line
    between = min(_LOOSE * line, max(_CLOSE * line, spare / max(1, rows - 1)))
    apart = max(_APART * line, between)
    return Measures(box, look.box_height, across, between, apart, first_lane, _LANE * line)


def _box_width(figure: Figure, look: Look, room: float) -> float:
    line = look.name_room.height()
    widest = 0.0
    for card in figure.cards.values():
        note = look.note_room.horizontalAdvance(note_text(card.person))
        widest = max(widest, look.name_room.horizontalAdvance(card.title()), note)
    most = max(_NARROW * line, min(_WIDE * line, _BOX_PART * room))
    return min(most, max(_NARROW * line, widest + 2 * look.padding))
