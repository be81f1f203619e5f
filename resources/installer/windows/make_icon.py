"""Draws famgui.ico and welcome.bmp; run by hand when the program's picture changes, with its environment.

QT_QPA_PLATFORM=offscreen python resources/installer/windows/make_icon.py
"""

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QLinearGradient, QPainter
from PySide6.QtSvg import QSvgRenderer

HERE = Path(__file__).resolve().parent
PICTURE = HERE.parents[1] / "icons" / "famgui.svg"
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)


def draw(size: int) -> QImage:
    """The picture, `size` pixels wide and high."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(PICTURE)).render(painter)
    painter.end()
    return image


def as_bitmap(image: QImage) -> bytes:
    """A picture as older programs read it: rows from below, blue first, and a mask."""
    size = image.width()
    mask = (size + 31) // 32 * 4 * size
    head = struct.pack("<IiiHHIIiiII", 40, size, 2 * size, 1, 32, 0, 4 * size * size + mask, 0, 0, 0, 0)
    rows = (bytes(image.constScanLine(row))[: 4 * size] for row in reversed(range(size)))
    return head + b"".join(rows) + bytes(mask)


def as_png(image: QImage) -> bytes:
    """A picture as PNG, for the largest size."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def icon() -> bytes:
    """All sizes in one file."""
    pictures = [(size, as_png(draw(size)) if size == 256 else as_bitmap(draw(size))) for size in SIZES]
    head, body, place = struct.pack("<HHH", 0, 1, len(pictures)), b"", 6 + 16 * len(pictures)
    for size, data in pictures:
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), place + len(body))
        body += data
    return head + body


def welcome() -> QImage:
    """The picture beside the first and the last page of setup, in the size that NSIS wants."""
    image = QImage(164, 314, QImage.Format.Format_RGB888)
    painter = QPainter(image)
    shade = QLinearGradient(0, 0, 0, 314)
    shade.setColorAt(0, "#0F766E")
    shade.setColorAt(1, "#134E4A")
    painter.fillRect(image.rect(), shade)
    QSvgRenderer(str(PICTURE)).render(painter, QRectF(42, 60, 80, 80))
    painter.end()
    return image


if __name__ == "__main__":
    application = QGuiApplication(sys.argv)
    welcome().save(str(HERE / "welcome.bmp"), "BMP")
    (HERE / "famgui.ico").write_bytes(icon())
