"""The only painter of print and PDF: a sheet of headed tables on A4, page x / y at the foot, fonts embedded."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QWidget

from famgui.ui.shell.i18n import tr

_DPI = 300
_MARGIN_MM = 16
_FOOT_POINTS = 24
_BODY_POINTS = 10


@dataclass(frozen=True, slots=True)
class Block:
    """A heading with a table below it; `numbers` are the columns set flush right; `head` may be empty."""

    title: str
    rows: Sequence[Sequence[str]]
    head: Sequence[str] = ()
    numbers: frozenset[int] = frozenset()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on paper: a title, facts under it, blocks, and a closing line."""

    title: str
    facts: Sequence[tuple[str, str]]
    blocks: Sequence[Block]
    closing: str


def write_pdf(sheet: Sheet, path: Path) -> None:
    """Write a sheet as PDF. Raises OSError when the file cannot be written."""
    writer = QPdfWriter(str(path))
    writer.setResolution(_DPI)
    writer.setPageLayout(_layout())
    writer.setTitle(sheet.title)
    painter = QPainter()
    if not painter.begin(writer):
        raise OSError(f"cannot write {path}")
    _paint(sheet, painter, QRectF(0, 0, writer.width(), writer.height()), writer.newPage, writer.resolution())
    painter.end()


def print_sheet(sheet: Sheet, parent: QWidget) -> None:
    """Show a sheet as it will be printed, and print it when the user says so."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(_layout())
    preview = QPrintPreviewDialog(printer, parent)
    preview.setWindowTitle(sheet.title)
    preview.paintRequested.connect(lambda target: _paint_on(sheet, target))
    preview.exec()


def _paint_on(sheet: Sheet, printer: QPrinter) -> None:
    painter = QPainter(printer)
    area = QRectF(0, 0, printer.width(), printer.height())
    _paint(sheet, painter, area, printer.newPage, printer.resolution())
    painter.end()


def _layout() -> QPageLayout:
    edges = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    page = QPageSize(QPageSize.PageSizeId.A4)
    return QPageLayout(page, QPageLayout.Orientation.Portrait, edges, QPageLayout.Unit.Millimeter)


def _paint(sheet: Sheet, painter: QPainter, area: QRectF, new_page: object, resolution: int) -> None:
    """Lay the sheet out in points, then draw page after page scaled to the device."""
    scale = resolution / 72
    width, height = area.width() / scale, area.height() / scale - _FOOT_POINTS
    document = QTextDocument()
    font = QFont(document.defaultFont())
    font.setPixelSize(_BODY_POINTS)
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    document.setDefaultStyleSheet(_STYLE)
    document.setHtml(as_html(sheet))
    document.setPageSize(QSizeF(width, height))
    pages = document.pageCount()
    for page in range(pages):
        if page:
            new_page()  # type: ignore[operator]
        painter.save()
        painter.scale(scale, scale)
        painter.translate(0, -page * height)
        document.drawContents(painter, QRectF(0, page * height, width, height))
        painter.restore()
        painter.save()
        painter.scale(scale, scale)
        foot = QFont(font)
        foot.setPixelSize(_BODY_POINTS - 2)
        painter.setFont(foot)
        text = tr("Page {page} / {pages}", page=page + 1, pages=pages)
        painter.drawText(QRectF(0, height, width, _FOOT_POINTS), Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()


_STYLE = """
h1 { font-size: 18px; margin-bottom: 4px; }
h2 { font-size: 12px; margin-top: 12px; margin-bottom: 3px; }
td, th { padding: 2px 6px 2px 0; }
th { text-align: left; font-weight: bold; }
p.note { font-size: 9px; }
"""


def as_html(sheet: Sheet) -> str:
    """The sheet as rich text for layout; every text is escaped."""
    facts = "".join(f"<tr><td>{escape(name)}</td><td>{escape(value)}</td></tr>" for name, value in sheet.facts)
    blocks = "".join(_block(block) for block in sheet.blocks)
    closing = f'<p class="note">{escape(sheet.closing)}</p>'
    return f"<h1>{escape(sheet.title)}</h1><table>{facts}</table>{blocks}{closing}"


def _block(block: Block) -> str:
    head = "".join(f'<th align="{_side(block, n)}">{escape(text)}</th>' for n, text in enumerate(block.head))
    rows = "".join(
        "<tr>" + "".join(f'<td align="{_side(block, n)}">{escape(text)}</td>' for n, text in enumerate(row)) + "</tr>"
        for row in block.rows
    )
    note = f'<p class="note">{escape(block.note)}</p>' if block.note else ""
    table = (
        f'<table width="100%"><thead><tr>{head}</tr></thead>{rows}</table>'
        if head
        else f'<table width="100%">{rows}</table>'
    )
    return f"<h2>{escape(block.title)}</h2>{table}{note}"


def _side(block: Block, column: int) -> str:
    return "right" if column in block.numbers else "left"
