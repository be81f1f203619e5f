"""The family map as one uses it: clicked, walked by keys, spoken, zoomed, led by a table, light and dark."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from famgui.ui.theme.roles import DARK, LIGHT
from famgui.ui.theme.style import Theme
from famgui.ui.widgets.familymap.figures import MapEdge, MapPerson, Pick
from famgui.ui.widgets.familymap.items import EdgeItem, PersonItem
from famgui.ui.widgets.familymap.view import FamilyMap
from tests.ui.widgets.familymap.conftest import Shown
from tests.ui.widgets.familymap.families import LONG, couple, four, many


def spot(view: FamilyMap, pick: Pick) -> QPoint:
    """Where to click on a person, or on the amount of an edge."""
    places = view.drawing.places
    if len(pick) == 1:
        box = places.boxes[pick[0]]
        return view.mapFromScene(box.x + box.width / 2, box.middle)
    if pick in view.drawing.spots:
        box = view.drawing.spots[pick]
        return view.mapFromScene(box.x + box.width / 2, box.middle)
    return view.mapFromScene(*places.curves[pick].at(0.5))


def person(view: FamilyMap, key: str) -> PersonItem:
    found = view.item((key,))
    assert isinstance(found, PersonItem)
    return found


def count_of(image: QImage, colour: str) -> int:
    points = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return sum(point.name().upper() == colour for point in points)


def test_a_small_household_is_seen_whole(shown: Shown) -> None:
    view = shown(four())
    assert view.transform().m11() == 1
    for bar in (view.horizontalScrollBar(), view.verticalScrollBar()):
        assert bar.maximum() == bar.minimum()
    seen = view.mapToScene(view.viewport().rect()).boundingRect()
    assert all(seen.contains(item.sceneBoundingRect()) for item in view.scene().items())
    assert len(view.scene().items()) == 5 + 4, "an item for each person and each edge, no more"


def test_a_click_chooses_and_tells(shown: Shown, qtbot: QtBot) -> None:
    view = shown(four())
    with qtbot.waitSignal(view.person_chosen) as told:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot(view, ("zhou",)))
    assert told.args == ["zhou"] and view.chosen == ("zhou",)
    for pair in (("li", "yu"), ("li", "guo")):
        with qtbot.waitSignal(view.edge_chosen) as told:
            qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot(view, pair))
        assert told.args == list(pair) and view.chosen == pair
    amount = view.drawing.spots["li", "wang"]
    corner = view.mapFromScene(amount.x + 2, amount.y + 2)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=corner)
    assert view.chosen == ("li", "wang"), "an amount belongs to its edge, to its corners"
    with qtbot.assertNotEmitted(view.edge_chosen):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert view.chosen is None


def test_a_double_click_activates(shown: Shown, qtbot: QtBot) -> None:
    view = shown(four())
    with qtbot.waitSignal(view.activated) as told:
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot(view, ("li", "wang")))
    assert told.args == ["li", "wang"]


def test_keys_walk_choose_and_speak(shown: Shown, qtbot: QtBot) -> None:
    view = shown(four())
    assert view.accessibleName() == "家庭图" and view.accessibleDescription() == "5 人，4 条绑定"
    view.setFocus()
    said = [
        (Qt.Key.Key_Down, "李强；余 4,788.00；4 个使用人：王芳、周秀英、李小雨、李建国"),
        (Qt.Key.Key_Right, "李强 → 王芳，配偶，生效，本年共济 612.00"),
        (Qt.Key.Key_End, "李强 → 李建国，父亲，已解绑，本年共济 0.00"),
        (Qt.Key.Key_Up, "李强 → 李小雨，女儿，即将到期，本年共济 148.50"),
        (Qt.Key.Key_Right, "李小雨；12 天后到期；即将到期；1 个授权人：李强"),
        (Qt.Key.Key_Home, "王芳；至 2025-12-31；1 个授权人：李强"),
        (Qt.Key.Key_Up, "王芳；至 2025-12-31；1 个授权人：李强"),
        (Qt.Key.Key_Escape, "5 人，4 条绑定"),
    ]
    told: list[Pick] = []
    view.person_chosen.connect(lambda key: told.append((key,)))
    view.edge_chosen.connect(lambda authorizer, user: told.append((authorizer, user)))
    for key, words in said:
        qtbot.keyClick(view, key)
        assert view.accessibleDescription() == words
    assert told == [("li",), ("li", "wang"), ("li", "guo"), ("li", "yu"), ("yu",), ("wang",)]


def test_enter_activates_a_person_or_an_edge(shown: Shown, qtbot: QtBot) -> None:
    view = shown(four())
    with qtbot.assertNotEmitted(view.activated):
        qtbot.keyClick(view, Qt.Key.Key_Return)
    view.choose_person("wang")
    with qtbot.waitSignal(view.activated) as told:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert told.args == ["wang", ""]
    view.choose("li", "zhou")
    with qtbot.waitSignal(view.activated) as told:
        qtbot.keyClick(view, Qt.Key.Key_Enter)
    assert told.args == ["li", "zhou"]


def test_a_table_leads_in_silence(shown: Shown, qtbot: QtBot) -> None:
    view = shown(four())
    with qtbot.assertNotEmitted(view.edge_chosen), qtbot.assertNotEmitted(view.person_chosen):
        view.choose("li", "yu")
        assert view.chosen == ("li", "yu")
        view.choose_person("guo")
        assert view.chosen == ("guo",)
        view.choose("yu", "li")
        assert view.chosen is None, "there is no such edge"


def test_the_map_is_one_stop_of_the_tab_key(shown: Shown, qtbot: QtBot) -> None:
    view = shown(couple())
    window = view.window()
    before, after = QPushButton("a"), QPushButton("b")
    for number, button in enumerate((before, after)):
        window.layout().insertWidget(2 * number, button)  # type: ignore[union-attr]
        button.show()
    window.setTabOrder(before, view)
    window.setTabOrder(view, after)
    before.setFocus()
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    assert view.hasFocus()
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_the_ring_is_seen_with_the_keyboard_only(shown: Shown, theme: Theme) -> None:
    view = shown(four())
    view.choose_person("wang")
    view.clearFocus()
    quiet = view.viewport().grab().toImage()
    view.setFocus()
    loud = view.viewport().grab().toImage()
    assert count_of(loud, LIGHT.accent) > count_of(quiet, LIGHT.accent) + 200
    assert count_of(quiet, LIGHT.selection) > 30, "what is chosen is marked all the same"
    view.choose("li", "guo")
    assert count_of(view.viewport().grab().toImage(), LIGHT.selection) > 500


def test_states_differ_without_colour(shown: Shown) -> None:
    """Ending soon wears a mark in the box and on the edge; what is over has broken lines."""
    view = shown(four())
    assert person(view, "yu").texts == ("李小雨 · 女儿", "! 12 天后到期")
    assert view._figure.texts == {
        ("li", "wang"): "612.00",
        ("li", "zhou"): "400.00",
        ("li", "yu"): "! 148.50",
        ("li", "guo"): "",
    }
    from_colours = {
        colour: count_of(view.viewport().grab().toImage(), colour) for colour in (LIGHT.shared, LIGHT.warning)
    }
    assert from_colours[LIGHT.shared] > 500 and from_colours[LIGHT.warning] > 200


def test_thickness_grows_with_the_amount(shown: Shown) -> None:
    thick = shown(four()).drawing.thick
    assert thick["li", "wang"] > thick["li", "zhou"] > thick["li", "yu"] > thick["li", "guo"]


def test_the_relation_stands_with_the_name_or_on_the_edge(shown: Shown) -> None:
    """With the name where every authorizer says the same, else on each edge."""
    view = shown(couple(), (1000, 620))
    assert person(view, "yu").texts[0] == "李小雨 · 女儿"
    assert person(view, "zhou").texts[0] == "周秀英"
    assert view._figure.texts["wang", "zhou"] == "! 婆婆 1,234.56"
    assert view._figure.texts["wang", "li"] == "配偶 12.00"


def test_a_long_name_is_cut_on_the_map_and_whole_in_words(shown: Shown) -> None:
    view = shown(couple())
    title, _ = person(view, "long").texts
    assert title.endswith("…") or "… · " in title
    assert view.spoken(("long",)).startswith(LONG)
    box = view.drawing.places.boxes["long"]
    assert view._look.name_room.horizontalAdvance(title) <= box.width


def test_the_theme_changes_live(shown: Shown, theme: Theme) -> None:
    view = shown(four())
    view.choose("li", "wang")
    height = view.drawing.places.boxes["li"].height
    theme.apply("dark", "huge")
    image = view.viewport().grab().toImage()
    assert image.pixelColor(2, image.height() // 2).name().upper() == DARK.surface
    assert count_of(image, DARK.shared) > 500 and count_of(image, LIGHT.shared) == 0
    assert view.drawing.places.boxes["li"].height > height, "letters and boxes grow"
    assert view.chosen == ("li", "wang")


def test_keys_and_wheel_zoom(shown: Shown, qtbot: QtBot) -> None:
    view = shown(four())
    for key, scale in ((Qt.Key.Key_Plus, 1.2), (Qt.Key.Key_Minus, 1.0), (Qt.Key.Key_Minus, 1 / 1.2)):
        qtbot.keyClick(view, key)
        assert view.transform().m11() == pytest.approx(scale)
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.transform().m11() == 1
    for turned, scale in ((120, 1.2), (120, 1.44), (-240, 1.0)):
        roll(view, turned, Qt.KeyboardModifier.ControlModifier)
        assert view.transform().m11() == pytest.approx(scale)
    for _ in range(40):
        view.zoom_in()
    assert view.transform().m11() == pytest.approx(3)


def roll(view: FamilyMap, turned: int, keys: Qt.KeyboardModifier) -> None:
    middle = QPointF(view.viewport().rect().center())
    event = QWheelEvent(
        middle,
        view.viewport().mapToGlobal(middle),
        QPoint(),
        QPoint(0, turned),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def test_a_large_map_scrolls_is_dragged_and_brings_the_chosen_into_sight(shown: Shown, qtbot: QtBot) -> None:
    view = shown(many())
    bar = view.verticalScrollBar()
    assert bar.value() == bar.minimum() < bar.maximum(), "it begins at its top"
    assert view.transform().m11() >= 0.75, "never smaller than can be read"
    roll(view, -120, Qt.KeyboardModifier.NoModifier)
    scrolled = bar.value()
    assert scrolled > bar.minimum()
    seen = [key for key in view.drawing.places.boxes if 200 < spot(view, (key,)).y() < 400]
    where, port = spot(view, (seen[0],)), view.viewport()
    with qtbot.assertNotEmitted(view.person_chosen), qtbot.assertNotEmitted(view.edge_chosen):
        qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=where)
        qtbot.mouseMove(port, where - QPoint(0, 120))
        qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=where - QPoint(0, 120))
    assert bar.value() == scrolled + 120
    last = view.drawing.places.column("right")[-1]
    view.choose_person(last)
    assert view.viewport().rect().contains(spot(view, (last,)))
    view.choose_person("")
    held = bar.value()
    assert held > bar.minimum()
    persons, edges = many()
    view.show_map(persons, edges[:-1])
    assert bar.value() == held, "the same household stays where it was scrolled to"
    view.show_map(*many(210))
    assert bar.value() == bar.minimum(), "another one begins at its top"


def test_nobody_one_person_and_people_without_bindings(shown: Shown) -> None:
    view = shown(([], []))
    view.setFocus()
    view.grab()
    assert view.spoken(None) == "这个家庭还没有人。" and not view.legend.isVisible()
    view.show_map([], [], nothing="选一个家庭。")
    assert view.accessibleDescription() == "选一个家庭。"
    view.show_map([MapPerson("li", "李强", "余 1.00", "authorizer")], [])
    middle = view.mapToScene(view.viewport().rect().center())
    assert view.drawing.places.boxes["li"].middle == pytest.approx(middle.y(), abs=2)
    assert view.spoken(("li",)) == "李强；余 1.00；没有绑定"
    view.show_map(four()[0], [])
    assert view.drawing.places.boxes["li"].x < view.drawing.places.boxes["wang"].x
    view.grab()


def test_rows_of_one_pair_are_one_edge(shown: Shown) -> None:
    persons, edges = four()
    edges += [
        MapEdge("li", "wang", "配偶", 88_00, "expired"),
        MapEdge("li", "guo", "父亲", 1_00, "upcoming"),
    ]
    view = shown((persons, edges))
    assert view.spoken(("li", "wang")) == "李强 → 王芳，配偶，生效，本年共济 700.00"
    assert view.spoken(("li", "guo")) == "李强 → 李建国，父亲，即将生效，本年共济 1.00"


def test_what_does_not_fit_together_is_refused(shown: Shown) -> None:
    persons, edges = four()
    view = shown((persons, edges))
    for wrong in ([*persons, persons[0]], persons[1:]):
        with pytest.raises(ValueError, match=r"one key|no edge"):
            view.show_map(wrong, edges)
    with pytest.raises(ValueError, match="li to li"):
        view.show_map(persons, [MapEdge("li", "li", "本人", 0, "in-force")])
    assert len(view.scene().items()) == 9, "the map stays as it was"


def test_what_was_chosen_stays_chosen_while_it_is_there(shown: Shown) -> None:
    persons, edges = four()
    view = shown((persons, edges))
    view.choose("li", "yu")
    kept = view.item(("li", "yu"))
    view.show_map(list(persons), list(edges))
    assert view.item(("li", "yu")) is kept, "the same once more is not drawn anew"
    view.show_map(persons, edges[1:])
    item = view.item(("li", "yu"))
    assert view.chosen == ("li", "yu") and isinstance(item, EdgeItem) and item.chosen
    view.show_map(persons, edges[:1])
    assert view.chosen is None


def test_the_legend_names_what_is_on_the_map(shown: Shown, theme: Theme, qtbot: QtBot) -> None:
    view = shown(four())

    def said() -> list[str]:
        return [text.text() for text in view.legend.findChildren(QLabel) if text.isVisible()]

    assert said() == ["生效", "! 即将到期", "已到期或已解绑", "线越粗，共济越多"]
    view.show_map(four()[0], four()[1][:1])
    assert said() == ["生效", "线越粗，共济越多"]
    view.show_map(four()[0], [])
    assert not view.legend.isVisible()
    late = FamilyMap(theme)
    qtbot.addWidget(late)
    late.show_map(*four())
    assert late.legend.isHidden(), "without a place it is no window of its own"
    view.window().layout().addWidget(late.legend)  # type: ignore[union-attr]
    qtbot.waitUntil(late.legend.isVisible)


@pytest.mark.parametrize("scale", ["small", "huge"])
@pytest.mark.parametrize("size", [(80, 60), (300, 200), (1600, 900)])
def test_any_size(shown: Shown, theme: Theme, scale: str, size: tuple[int, int]) -> None:
    """A Qt warning while painting fails this test."""
    theme.apply("dark", scale)
    for family in (couple(), many(20, 30), ([], [])):
        view = shown(family, size)
        assert not view.grab().toImage().isNull()
        view.window().close()


def test_a_map_follows_its_window_until_it_is_zoomed(shown: Shown) -> None:
    view = shown(four(), (1000, 700))
    wide = view.drawing.places.boxes["wang"].x
    view.window().resize(500, 400)
    assert view.drawing.places.boxes["wang"].x < wide
    view.zoom_in()
    scale = view.transform().m11()
    view.window().resize(900, 700)
    assert view.transform().m11() == scale
    view.fit()
    assert view.transform().m11() == 1


def test_tooltips_say_it_whole(shown: Shown) -> None:
    view = shown(couple())
    assert view._pick_at(spot(view, ("long",))) == ("long",)
    assert view._pick_at(spot(view, ("wang", "zhou"))) == ("wang", "zhou")
    assert view._pick_at(QPoint(1, 1)) is None


def test_a_map_a_little_too_wide_is_fitted(shown: Shown) -> None:
    persons, edges = four()
    persons[1] = MapPerson("wang", "王芳", "余 12,310.55", "authorizer")
    view = shown((persons, edges), (350, 600))
    assert view.transform().m11() < 0.75
    bar = view.horizontalScrollBar()
    assert bar.maximum() == bar.minimum()
    seen = view.mapToScene(view.viewport().rect()).boundingRect()
    assert all(box.x + box.width <= seen.right() for box in view.drawing.places.boxes.values())
