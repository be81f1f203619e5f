"""Folders of packages as installers leave them, for tests."""

from pathlib import Path

ASKED = (
    "alembic", "cryptography", "icalendar", "jsonschema", "opencc", "pypdf", "pypinyin", "PySide6_Essentials",
    "python-calamine", "RapidFuzz", "rich", "rustpy-xlsxwriter", "SQLAlchemy", "tree-sitter", "tree-sitter-toml",
)  # fmt: skip
"""What pyproject.toml asks for."""


def install(site: Path, name: str, version: str = "1.0", head: str = "License-Expression: MIT", **files: str) -> Path:
    """A package's dist-info with metadata, more header lines, and files (`__` in a name is a dot); the folder."""
    folder = site / f"{name.replace('-', '_')}-{version}.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text(
        f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\n{head}\n\nWords.\n", "utf-8"
    )
    record = [f"{folder.name}/METADATA,,"]
    for label, text in files.items():
        place = folder / "licenses" / label.replace("__", ".")
        place.parent.mkdir(exist_ok=True)
        place.write_text(text, "utf-8")
        record.append(f"{place.relative_to(site).as_posix()},,")
    (folder / "RECORD").write_text("\n".join([*record, f"{folder.name}/RECORD,,"]) + "\n", "utf-8")
    return folder


def add_file(site: Path, folder: Path, name: str, holds: bytes) -> Path:
    """A further file of a package, listed in its RECORD; its path."""
    file = site / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(holds)
    with (folder / "RECORD").open("a", encoding="utf-8") as record:
        record.write(f"{name},,\n")
    return file
