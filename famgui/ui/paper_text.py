"""The text behind a PDF's shapes: Qt names a shape by any character that has it, be it the radical ⽤ for 用."""

import re
from collections.abc import Iterable, Mapping
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, EncodedStreamObject, NameObject, StreamObject, TextStringObject
from PySide6.QtGui import QFont, QFontDatabase, QRawFont

_COMMON = " " + "".join(map(chr, range(0x4E00, 0xA000)))
"""The characters that people write with."""
_DOUBLES = "\t" + "".join(map(chr, (*range(0x2E80, 0x2FD6), *range(0xF900, 0xFAFF), *range(0x2F800, 0x2FA20))))
"""Radicals and compatibility characters, and the tab that looks like a blank: the same shapes once more."""
_NAMED = re.compile(r"<([0-9A-F]{4,8})>")


def readable(data: bytes, fonts: Iterable[QFont], language: str) -> bytes:
    """A PDF of Qt's whose text can be searched for and copied as it was written, and which says its language (zh, en).

    `fonts` are those it is set in."""
    written = _written(fonts)
    writer = PdfWriter(clone_from=BytesIO(data))
    for page in writer.pages:
        resources = page["/Resources"]
        assert isinstance(resources, DictionaryObject)
        for font in resources.get("/Font", DictionaryObject()).values():
            names = font.get_object().get("/ToUnicode")
            if names is not None:
                _rename(names.get_object(), written)
    writer.root_object[NameObject("/Lang")] = TextStringObject(language)
    with BytesIO() as out:
        writer.write(out)
        return out.getvalue()


def _rename(names: StreamObject | EncodedStreamObject, written: Mapping[str, str]) -> None:
    """Name the shapes of one font by the characters they were written with."""
    before = names.get_data().decode("ascii")
    after = "\n".join(_NAMED.sub(lambda found: _renamed(found, written), line) for line in before.split("\n"))
    if after != before:
        names.set_data(after.encode("ascii"))


def _renamed(found: re.Match[str], written: Mapping[str, str]) -> str:
    name = bytes.fromhex(found[1]).decode("utf-16-be", "replace")
    return f"<{written[name].encode('utf-16-be').hex().upper()}>" if name in written else found[0]


def _written(fonts: Iterable[QFont]) -> dict[str, str]:
    """By a radical or compatibility character: the common one that has the same shape in one of these fonts."""
    found: dict[str, str] = {}
    for font in fonts:
        shapes = QRawFont.fromFont(font, QFontDatabase.WritingSystem.SimplifiedChinese)
        signs = zip(shapes.glyphIndexesForString(_COMMON), _COMMON, strict=True)
        common = {shape: sign for shape, sign in signs if shape}
        for shape, double in zip(shapes.glyphIndexesForString(_DOUBLES), _DOUBLES, strict=True):
            if shape in common:
                found.setdefault(double, common[shape])
    return found
