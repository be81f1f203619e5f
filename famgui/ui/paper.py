"""The only painter of print and PDF: a sheet of headed tables on A4, page x / y at the foot, fonts embedded."""

from collections.abc import Callable, Collection
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QLineF, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from famgui.base.paths import write_whole
from famgui.ui.paper_layout import BODY, HEADING, NOTE, PADDING, Cell, Page, Style, font_of, line_height, pages
from famgui.ui.paper_layout import Block as Block
from famgui.ui.paper_layout import Sheet as Sheet
from famgui.ui.paper_preview import Preview
from famgui.ui.shell.i18n import language, tr
from famgui.ui.theme.roles import PAPER_DIM, PAPER_LINE, PAPER_TEXT

_DPI = 300
_POINTS_AN_INCH = 72
_MARGIN_MM = 16
_FOOT = 24.0
_RULES = {"light": (PAPER_LINE, 0.5), "dark": (PAPER_TEXT, 0.8)}


def write_pdf(sheet: Sheet, path: Path, options: Collection[str] | None = None) -> None:
    """Write a sheet as PDF, whole or not at all. Raises OSError when the file cannot be written."""
    write_whole(path, as_pdf(sheet, options))


def as_pdf(sheet: Sheet, options: Collection[str] | None = None) -> bytes:
    """A sheet as the bytes of a PDF file. `options` None: the parts that stand there by themselves."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setPageLayout(_a4())
    writer.setTitle(sheet.title)
    writer.setCreator(tr("famgui"))
    painter = QPainter(writer)
    size = QSizeF(writer.width(), writer.height())
    _paint(sheet, options, painter, size, writer.resolution(), writer.newPage)
    painter.end()
    buffer.close()
    from famgui.ui.paper_text import readable  # 60 ms that only a PDF is worth

    return readable(bytes(buffer.data().data()), map(font_of, (BODY, HEADING)), language())


def print_sheet(sheet: Sheet, parent: QWidget) -> Preview:
    """Show a sheet as it will be printed; the user prints it from there, or keeps it as PDF."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(_a4())
    preview = Preview(sheet, parent, printer, _paint_on, write_pdf)
    preview.open()
    return preview


def _paint_on(sheet: Sheet, options: Collection[str], printer: QPrinter) -> None:
    painter = QPainter(printer)
    size = QSizeF(printer.width(), printer.height())
    _paint(sheet, options, painter, size, printer.resolution(), printer.newPage)
    painter.end()


def _a4() -> QPageLayout:
    edges = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    page = QPageSize(QPageSize.PageSizeId.A4)
    return QPageLayout(page, QPageLayout.Orientation.Portrait, edges, QPageLayout.Unit.Millimeter)


def _paint(
    sheet: Sheet,
    options: Collection[str] | None,
    painter: QPainter,
    size: QSizeF,
    resolution: int,
    new_page: Callable[[], object],
) -> None:
    """Draw the sheet on a device of this size and resolution (dots an inch), page after page."""
    scale = resolution / _POINTS_AN_INCH
    width, height = size.width() / scale, size.height() / scale
    found = pages(sheet, options, width, height - _FOOT)
    for number, page in enumerate(found, 1):
        if number > 1:
            new_page()
        painter.save()
        painter.scale(scale, scale)
        _paint_page(painter, page, width)
        painter.setFont(font_of(NOTE))
        painter.setPen(QColor(PAPER_DIM))
        room = QRectF(0, height - _FOOT, width, _FOOT)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, sheet.foot)
        counted = tr("Page {page} / {pages}", page=number, pages=len(found))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, counted)
        painter.restore()


def _paint_page(painter: QPainter, page: Page, width: float) -> None:
    fonts: dict[Style, tuple[QFont, QFontMetricsF]] = {}
    painter.setPen(QColor(PAPER_LINE))  # said first: a pen like the painter's own would not reach the preview
    for top, strip in page:
        for cell in strip.cells:
            _paint_cell(painter, cell, top + PADDING, fonts)
        if strip.drawn is not None:
            painter.save()
            painter.translate(0, top)
            strip.drawn.paint(painter)
            painter.restore()
        if strip.rule:
            colour, weight = _RULES[strip.rule]
            pen = painter.pen()
            pen.setColor(QColor(colour))
            pen.setWidthF(weight)
            painter.setPen(pen)
            painter.drawLine(QLineF(0, top + strip.height, width, top + strip.height))


def _paint_cell(painter: QPainter, cell: Cell, top: float, fonts: dict[Style, tuple[QFont, QFontMetricsF]]) -> None:
    if cell.style not in fonts:
        made = font_of(cell.style)
        fonts[cell.style] = made, QFontMetricsF(made)
    font, metrics = fonts[cell.style]
    step = line_height(cell.style)
    painter.setFont(font)
    painter.setPen(QColor(PAPER_DIM if cell.style.quiet else PAPER_TEXT))
    first = top + (step - metrics.height()) / 2 + metrics.ascent()
    for number, line in enumerate(cell.lines):
        indent = cell.width - metrics.horizontalAdvance(line) if cell.flush_right else 0
        painter.drawText(QPointF(cell.left + indent, first + number * step), line)
