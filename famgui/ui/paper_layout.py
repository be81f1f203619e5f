"""What stands on paper, and how it is broken into pages: strips that are never cut, heads of tables on every page."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication, QPainter, QTextLayout, QTextOption

_GAP = 9.0
"""Points between two columns."""
PADDING = 3.0
"""Points above and below the text of a row."""
_FACTS_A_ROW = 2
_AIR = 14.0
"""Points that every column gets beyond its texts before the wide one takes the rest."""
_MEASURED = 12
"""How many of a column's longest texts are measured to find its width."""


class Drawn(NamedTuple):
    """A picture on a strip of its own: its height in points, and what paints it from the strip's left upper corner."""

    height: float
    paint: Callable[[QPainter], None]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading with a table below it; `numbers` are the columns set flush right; `head` may be empty.

    With `total` the last row stands out; `wide` is the column that takes the room left (-1: the one with the longest
    texts); `new_page` begins a page; a block with an `option` can be left out or asked for by that name, `shown` says
    which; one with `unless` gives way to it; `drawn` gives pictures below the rows for a page's width and height."""

    title: str
    rows: Sequence[Sequence[str]]
    head: Sequence[str] = ()
    numbers: frozenset[int] = frozenset()
    note: str = ""
    total: bool = False
    wide: int = -1
    new_page: bool = False
    option: str = ""
    shown: bool = True
    unless: str = ""
    drawn: Callable[[float, float], Iterable[Drawn]] | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on paper: a title, facts under it, blocks, and a closing line before what begins a page of its own.
    `foot` stands at the left of every page's foot; `file_name` (without its ending) is suggested for a file."""

    title: str
    facts: Sequence[tuple[str, str]]
    blocks: Sequence[Block]
    closing: str
    foot: str = ""
    file_name: str = ""

    @property
    def options(self) -> dict[str, bool]:
        """The parts that can be left out, and whether each stands there by itself."""
        return {block.option: block.shown for block in self.blocks if block.option}

    def chosen(self, options: Collection[str] | None) -> tuple[Block, ...]:
        """The blocks that stand there with these options; None: those that do by themselves."""
        wanted = [name for name, shown in self.options.items() if shown] if options is None else options
        asked = (block for block in self.blocks if not block.option or block.option in wanted)
        return tuple(block for block in asked if not block.unless or block.unless not in wanted)


class Style(NamedTuple):
    """How a text is set: size in points, bold or not, quiet or not."""

    size: int
    bold: bool = False
    quiet: bool = False


TITLE, HEADING, HEAD, BODY = Style(18, True), Style(12, True), Style(10, True), Style(10)
NAME, TOTAL, NOTE = Style(10, quiet=True), Style(10, True), Style(9, quiet=True)


class Cell(NamedTuple):
    """A text in its place: from the left in points, as wide as that, flush right or not; `lines` as it is broken."""

    left: float
    width: float
    style: Style
    lines: tuple[str, ...]
    flush_right: bool = False


@dataclass(frozen=True, slots=True)
class Strip:
    """Cells side by side that stay on one page. `above` is the room before it, not at the top of a page; `rule` below
    it is "", "light" or "dark"; `kept` with the strip that follows; `head` is what is said again on a new page."""

    cells: tuple[Cell, ...]
    above: float = 0
    rule: str = ""
    kept: bool = False
    new_page: bool = False
    head: "Strip | None" = None
    drawn: Drawn | None = None

    @property
    def height(self) -> float:
        """In points, the room above not counted."""
        if self.drawn is not None:
            return self.drawn.height
        return max(len(cell.lines) * line_height(cell.style) for cell in self.cells) + 2 * PADDING


Page = tuple[tuple[float, Strip], ...]
"""Strips with their place from the top, in points."""


def font_of(style: Style) -> QFont:
    """The font of a style. Sizes are points, which are the units here; unhinted, as it is scaled to the device; without
    the finery of Latin script, whose glyphs would leave no text in a PDF to search for or copy."""
    font = QFont(QGuiApplication.font())
    font.setStyleStrategy(QFont.StyleStrategy.PreferNoShaping)
    font.setPixelSize(style.size)
    font.setBold(style.bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def line_height(style: Style) -> float:
    """From one line to the next, in points: the same for every text, whatever its script."""
    return style.size * 1.4


def pages(sheet: Sheet, options: Collection[str] | None, width: float, height: float) -> list[Page]:
    """The sheet on pages of this size in points. No strip is cut; a table that goes on says its head again."""
    _METRICS.clear()
    found: list[list[tuple[float, Strip]]] = [[]]
    below = 0.0
    strips = [part for strip in _strips(sheet, options, width, height) for part in _fitting(strip, height)]
    for number, strip in enumerate(strips):
        above = strip.above if found[-1] else 0.0
        if found[-1] and (strip.new_page or below + above + _kept_together(strips, number) > height):
            found.append([])
            below = above = 0.0
            if strip.head is not None:
                found[-1].append((0.0, strip.head))
                below = strip.head.height
        found[-1].append((below + above, strip))
        below += above + strip.height
    return [tuple(page) for page in found]


def _kept_together(strips: Sequence[Strip], number: int) -> float:
    """The height of a strip and of those that must not be parted from it."""
    height = strips[number].height
    while strips[number].kept and number + 1 < len(strips):
        number += 1
        height += strips[number].above + strips[number].height
    return height


def _fitting(strip: Strip, height: float) -> Iterator[Strip]:
    """The strip; where it is higher than a page its parts by lines, each half a page, so that a heading fits too."""
    room = height - (strip.head.height if strip.head is not None else 0)
    if strip.height <= room or strip.drawn is not None:
        yield strip
        return
    most = max(1, int((room / 2 - 2 * PADDING) // max(line_height(cell.style) for cell in strip.cells)))
    for first in range(0, max(len(cell.lines) for cell in strip.cells), most):
        cells = tuple(cell._replace(lines=cell.lines[first : first + most]) for cell in strip.cells)
        yield replace(strip, cells=cells, above=0 if first else strip.above)


def _strips(sheet: Sheet, options: Collection[str] | None, width: float, height: float) -> Iterator[Strip]:
    yield _paragraph(sheet.title, TITLE, width, kept=True)
    yield from _facts(sheet.facts, width)
    closed = False
    for block in sheet.chosen(options):
        if block.new_page and not closed:
            yield from _closing(sheet, width)
            closed = True
        yield from _block(block, width, height)
    if not closed:
        yield from _closing(sheet, width)


def _closing(sheet: Sheet, width: float) -> Iterator[Strip]:
    if sheet.closing:
        yield _paragraph(sheet.closing, NOTE, width, above=_GAP)


def _paragraph(text: str, style: Style, width: float, **more: float | bool) -> Strip:
    return Strip((_cell(text, style, 0, width),), **more)  # type: ignore[arg-type]


def _facts(facts: Sequence[tuple[str, str]], width: float) -> Iterator[Strip]:
    """Names and values, two pairs a row; the names as wide as the widest needs."""
    half = width / _FACTS_A_ROW
    names = max((_advance(name, NAME) for name, _ in facts), default=0) + _GAP
    for start in range(0, len(facts), _FACTS_A_ROW):
        cells: list[Cell] = []
        for number, (name, value) in enumerate(facts[start : start + _FACTS_A_ROW]):
            left = number * half
            cells += [_cell(name, NAME, left, names), _cell(value, BODY, left + names, half - names - _GAP)]
        yield Strip(tuple(cells), above=0 if start else PADDING)


def _block(block: Block, width: float, height: float) -> Iterator[Strip]:
    if block.title:
        yield _paragraph(block.title, HEADING, width, above=_GAP, kept=True, new_page=block.new_page)
    columns = _columns(block, width)
    head: Strip | None = None
    if block.head:
        head = replace(_row(block, block.head, HEAD, columns), rule="dark")
        yield replace(head, kept=True, new_page=block.new_page and not block.title)
    last = len(block.rows) - 1
    for number, row in enumerate(block.rows):
        style = TOTAL if block.total and number == last else BODY
        kept = (block.total and number == last - 1) or (block.drawn is not None and number == last)
        yield replace(_row(block, row, style, columns), head=head, kept=kept, rule="" if style is TOTAL else "light")
    yield from (Strip((), drawn=drawn) for drawn in (block.drawn(width, height) if block.drawn is not None else ()))
    if block.note:
        yield _paragraph(block.note, NOTE, width)


def _row(block: Block, texts: Sequence[str], style: Style, columns: Sequence[tuple[float, float]]) -> Strip:
    return Strip(
        tuple(
            _cell(text, style, *columns[number], flush_right=number in block.numbers)
            for number, text in enumerate(texts)
        )
    )


def _columns(block: Block, width: float) -> list[tuple[float, float]]:
    """Left and width of every column: as wide as its texts where they have room; else the long texts share what the
    short ones and the numbers leave."""
    count = max((len(row) for row in (block.head, *block.rows)), default=0)
    wanted: list[float] = []
    for column in range(count):
        texts = sorted({row[column] for row in block.rows if column < len(row)}, key=len)[-_MEASURED:]
        title = _advance(block.head[column], HEAD) if column < len(block.head) else 0.0
        wanted.append(max([title, *(_advance(text, TOTAL if block.total else BODY) for text in texts)]))
    given = _shared_out(wanted, block, width - _GAP * max(0, count - 1))
    lefts = [sum(given[:column]) + _GAP * column for column in range(count)]
    return list(zip(lefts, given, strict=True))


def _shared_out(wanted: Sequence[float], block: Block, room: float) -> list[float]:
    texts = [column for column in range(len(wanted)) if column not in block.numbers] or list(range(len(wanted)))
    spare = room - sum(wanted)
    if spare >= 0 and wanted:
        wide = block.wide if block.wide >= 0 else max(texts, key=lambda column: wanted[column])
        air = min(_AIR, spare / len(wanted))
        return [width + air + (spare - air * len(wanted)) * (column == wide) for column, width in enumerate(wanted)]
    given = list(wanted)
    left = room - sum(width for column, width in enumerate(wanted) if column not in texts)
    long = sorted(texts, key=lambda column: wanted[column])
    while long and wanted[long[0]] <= left / len(long):
        left -= wanted[long.pop(0)]
    weight = sum(wanted[column] ** 0.5 for column in long)
    for column in long:
        given[column] = max(_GAP, left * wanted[column] ** 0.5 / weight)
    return given


def _cell(text: str, style: Style, left: float, width: float, flush_right: bool = False) -> Cell:
    lines = (text,) if _advance(text, style) <= width + 0.01 else _broken(text, style, width)
    return Cell(left, width, style, lines, flush_right)


_METRICS: dict[Style, QFontMetricsF] = {}
"""The measures of the sheet that is being laid out: the application's font may be another one next time."""


def _advance(text: str, style: Style) -> float:
    """How wide a text is in one line, in points."""
    if style not in _METRICS:
        _METRICS[style] = QFontMetricsF(font_of(style))
    return _METRICS[style].horizontalAdvance(text)


def _broken(text: str, style: Style, width: float) -> tuple[str, ...]:
    """The text in lines of this width, broken between words or signs, anywhere where a word is longer than a line."""
    layout = QTextLayout(text, font_of(style))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
    layout.endLayout()
    # Qt counts UTF-16 units; texts are cut as such, so that rare characters stay whole.
    units = text.encode("utf-16-le")
    cuts = [layout.lineAt(number).textStart() for number in range(layout.lineCount())]
    ends = [*cuts[1:], len(units) // 2]
    return tuple(units[2 * start : 2 * end].decode("utf-16-le").rstrip() for start, end in zip(cuts, ends, strict=True))
