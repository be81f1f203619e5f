"""The map on paper: pages filled, families whole, nothing cut through, greys only, whatever the theme."""

import re
import zlib
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from famgui.ui.paper import Block, Sheet, as_pdf
from famgui.ui.paper_layout import Page, pages
from famgui.ui.theme.style import Theme
from famgui.ui.widgets.familymap.drawing import figure_of, laid_out
from famgui.ui.widgets.familymap.figures import MapPerson, one_a_pair
from famgui.ui.widgets.familymap.onpaper import _HEADING, _LOOSE, _cuts, _look, map_block, paint_map
from tests.files.pdf_text import text_of
from tests.ui.widgets.familymap.families import Family, couple, four, many

WIDTH, HEIGHT = 504.0, 727.0
WHITE = QColor("white")


def sheet(family: Family) -> Sheet:
    table = Block("登记簿", [("李强", "1.00")] * 3, ("授权人", "金额"), frozenset({1}))
    return Sheet("家庭共济", (("年度", "2025"),), (map_block("家庭图", *family), table), "以登记为准")


def families(count: int) -> Family:
    """So many families of the same five people each."""
    persons, edges = [], []
    for number in range(count):
        people, bindings = four()
        for one in people:
            persons.append(MapPerson(f"{one.key}{number}", one.name, one.note, one.kind, one.state))
        for edge in bindings:
            moved = {"authorizer": f"{edge.authorizer}{number}", "user": f"{edge.user}{number}"}
            edges.append(type(edge)(**moved, relation=edge.relation, amount=edge.amount, state=edge.state))
    return persons, edges


def drawn_heights(page: Page) -> list[float]:
    return [strip.height for _, strip in page if strip.drawn is not None]


@pytest.mark.parametrize("family", [four, couple, lambda: many(60, 90), lambda: families(9)])
def test_pages_hold_the_map(qapp: QApplication, zh: None, family) -> None:  # type: ignore[no-untyped-def]
    found = pages(sheet(family()), None, WIDTH, HEIGHT)
    assert all(page[-1][0] + page[-1][1].height <= HEIGHT for page in found)
    for page in found:
        assert all(top + strip.height <= below + 0.01 for (top, strip), (below, _) in pairwise(page))
    assert drawn_heights(found[0]), "it begins where the sheet has room, not on a page of its own"
    assert sum(len(drawn_heights(page)) for page in found) >= 1


def test_a_family_that_fits_on_a_page_is_never_parted(qapp: QApplication, zh: None) -> None:
    found = pages(sheet(families(9)), None, WIDTH, HEIGHT)
    heights = [height for page in found for height in drawn_heights(page)]
    assert len(found) > 1 and len(heights) == 9
    assert max(heights) - min(heights) < 0.01


def test_a_large_family_is_cut_between_its_rows_only(qapp: QApplication) -> None:
    persons, edges = many(60, 90)
    drawing = laid_out(figure_of(persons, one_a_pair(edges)), _look(), WIDTH, HEIGHT * _LOOSE)
    top, bottom = drawing.places.spans[0]
    parts = list(_cuts(drawing, top, bottom, HEIGHT - _HEADING))
    assert len(parts) > 4 and parts[0][0] == top and parts[-1][1] == bottom
    assert all(before[1] == after[0] for before, after in pairwise(parts))
    for _, cut in parts[:-1]:
        assert not any(box.y < cut < box.bottom for box in drawing.places.boxes.values())
    through = sum(spot.y < cut < spot.bottom for _, cut in parts[:-1] for spot in drawing.spots.values())
    assert through <= len(parts) // 2


def test_names_and_amounts_can_be_read(qapp: QApplication, zh: None, tmp_path: Path) -> None:
    (tmp_path / "map.pdf").write_bytes(as_pdf(sheet(four())))
    said = " ".join(text_of(tmp_path / "map.pdf").split())
    for text in ("李强", "余 4,788.00", "612.00", "400.00", "! 148.50"):
        assert text in said, said


def test_only_greys_are_printed(qapp: QApplication, zh: None, theme: Theme) -> None:
    """Dark on screen, black on white on paper."""
    theme.apply("dark", "huge")
    drawn = b"".join(
        zlib.decompress(stream)
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", as_pdf(sheet(couple())), re.DOTALL)
        if stream[:1] == b"\x78"
    )
    colours = set(re.findall(rb"([0-9.]+) ([0-9.]+) ([0-9.]+) (?:rg|RG|scn|SCN)\b", drawn))
    assert len(colours) >= 4, "ink, quiet ink, light lines, white"
    assert all(red == green == blue for red, green, blue in colours)


def test_the_key_says_what_is_there(qapp: QApplication, zh: None) -> None:
    persons, edges = four()
    assert map_block("图", persons, edges[:1]).note == "左边的账户给右边的人用；线越粗，本年共济越多。"
    note = map_block("图", *couple()).note
    assert all(word in note for word in ("!：即将到期", "点线：即将生效", "虚线：已到期或已解绑"))
    assert map_block("图", persons, []).note == ""


def painted(room: QRectF, family: Family) -> QImage:
    image = QImage(600, 400, QImage.Format.Format_RGB32)
    image.fill(WHITE)
    painter = QPainter(image)
    paint_map(painter, room, *family)
    painter.end()
    return image


def inked(image: QImage) -> QRectF:
    """What is not white."""
    points = [
        (x, y) for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y).lightness() < 200
    ]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


@pytest.mark.parametrize("family", [four, couple, lambda: many(30, 40)])
@pytest.mark.parametrize("room", [QRectF(50, 60, 500, 300), QRectF(200, 10, 120, 380)])
def test_a_map_is_painted_into_its_rectangle(qapp: QApplication, zh: None, family, room: QRectF) -> None:  # type: ignore[no-untyped-def]
    assert room.adjusted(-2, -2, 2, 2).contains(inked(painted(room, family())))


def test_lines_are_strong_enough_for_a_copy(qapp: QApplication, zh: None) -> None:
    image = painted(QRectF(50, 60, 500, 300), four())
    dark = [1 for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y).lightness() < 80]
    bare = painted(QRectF(50, 60, 500, 300), (four()[0], []))
    few = [1 for x in range(bare.width()) for y in range(bare.height()) if bare.pixelColor(x, y).lightness() < 80]
    assert len(dark) > len(few) + 1500


def test_nobody_is_painted_without_a_mark(qapp: QApplication, zh: None) -> None:
    blank = painted(QRectF(0, 0, 10, 10), ([], []))
    assert painted(QRectF(0, 0, 500, 300), ([], [])) == blank
    assert painted(QRectF(0, 0, 0, 0), four()) == blank
    (page,) = pages(sheet(([], [])), None, WIDTH, HEIGHT)
    assert drawn_heights(page) == []
