"""Reads of Windows' executable files what a build must know: which libraries they ask for, and for which machine."""

import struct
from pathlib import Path

from building.tools import Fault

X64 = 0x8664
"""The machine number of x86-64 in the file's header."""

SUFFIXES = (".exe", ".dll", ".pyd")

_IMPORTS, _DELAYED = 1, 13
_DELAY_ROW, _IMPORT_ROW = 32, 20


class Image:
    """One executable file, read whole. Raises Fault for what is no 64-bit Windows executable."""

    def __init__(self, path: Path) -> None:
        self._path, self._data = path, path.read_bytes()
        try:
            self._read_header()
        except (struct.error, ValueError):
            raise Fault(f"{path} is no executable file of Windows.") from None
        if self.machine != X64:
            raise Fault(f"{path} is not built for 64-bit Windows (machine {self.machine:#x}).")

    def _read_header(self) -> None:
        (start,) = struct.unpack_from("<I", self._data, 0x3C)
        if self._data[:2] != b"MZ" or self._data[start : start + 4] != b"PE\0\0":
            raise ValueError
        self.machine, count, _, _, _, optional, _ = struct.unpack_from("<HHIIIHH", self._data, start + 4)
        header = start + 24
        self._directories = header + 112
        table = header + optional
        rows = (struct.unpack_from("<8sIIII", self._data, table + 40 * index) for index in range(count))
        self._sections: list[tuple[int, int, int]] = [
            (address, max(size, raw), offset) for _, size, address, raw, offset in rows
        ]

    def imports(self) -> list[str]:
        """The libraries it asks for, at its start and later on, in lower case and each once."""
        names = {*self._names(_IMPORTS, _IMPORT_ROW, 12), *self._names(_DELAYED, _DELAY_ROW, 4)}
        return sorted(name.lower() for name in names)

    def exports(self) -> list[str]:
        """The names it offers to others."""
        (address,) = struct.unpack_from("<I", self._data, self._directories)
        if not address:
            return []
        count, _, names = struct.unpack_from("<III", self._data, self._offset(address) + 24)
        table = self._offset(names)
        return [self._text(place) for (place,) in struct.iter_unpack("<I", self._data[table : table + 4 * count])]

    def _names(self, directory: int, row: int, place: int) -> list[str]:
        (address,) = struct.unpack_from("<I", self._data, self._directories + 8 * directory)
        names: list[str] = []
        if not address:
            return names
        offset = self._offset(address)
        while True:
            (name,) = struct.unpack_from("<I", self._data, offset + place)
            if not name:
                return names
            names.append(self._text(name))
            offset += row

    def _text(self, address: int) -> str:
        begin = self._offset(address)
        return self._data[begin : self._data.index(b"\0", begin)].decode("ascii")

    def _offset(self, address: int) -> int:
        for begin, size, offset in self._sections:
            if begin <= address < begin + size:
                return offset + address - begin
        raise Fault(f"{self._path} points outside itself; it is damaged.")


def executables(tree: Path) -> list[Path]:
    """The executable files of a tree, by path."""
    return sorted(path for path in tree.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
