"""The notices: every component with its licence and the text of it, and how to replace Qt, in two languages."""

import dataclasses
import json
import tomllib
from pathlib import Path

import pytest
from building.natives import Native, natives_in
from building.notices import FOLDER, STANDARD, write_notices
from building.pieces import pieces_in
from building.plan import Plan
from building.tools import Fault

from tests.install.sites import add_file, install

QT = Native(
    "Qt", "6.8.3", "LGPL-3.0-only", "https://www.qt.io/", ("LGPL-3.0", "GPL-3.0"), "pkg:generic/qt@6.8.3",
    "pyside6-essentials", "_internal/PySide6/Qt/lib",
)  # fmt: skip


def _written(plan: Plan, site: Path, out: Path, natives: tuple[Native, ...] = (QT,)) -> str:
    write_notices(plan, site, natives, out)
    return out.read_text("utf-8")


def test_the_notices_of_the_packages_of_this_machine(plan: Plan, site: Path, tmp_path: Path) -> None:
    natives = natives_in(site / "PySide6")
    out = tmp_path / "THIRD-PARTY-NOTICES.txt"
    said = write_notices(plan, site, natives, out)
    text = out.read_text("utf-8")
    pieces = pieces_in(site)
    assert said == f"{len(pieces) + len(natives)} components"
    assert all(f"\n{piece.name} {piece.version}\n许可证 / Licence: {piece.licence}\n" in text for piece in pieces)
    flat = " ".join(text.split())
    for piece in pieces:
        for _, licence in piece.texts:
            assert " ".join(licence.split()) in flat, piece.name
    assert "rust_xlsxwriter " in text and "Contains: " in text
    first = out.read_bytes()
    write_notices(plan, pieces, natives, out)
    assert out.read_bytes() == first and b"\r" not in first and b"/site-packages/" not in first


def test_the_head_says_in_two_languages_how_to_replace_qt(plan: Plan, tmp_path: Path) -> None:
    install(tmp_path / "site", "PySide6_Essentials", "6.8.3", "License: LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only")
    text = _written(plan, tmp_path / "site", tmp_path / "out.txt")
    assert text.startswith("第三方软件声明\n\nfamgui 1.2.3 随附")
    assert "famgui（家庭共济助手）自身采用 MIT 许可证" in text and "famgui itself is under the MIT License" in text
    for line in ("本产品中位于：_internal/PySide6/Qt/lib/", "In this product they lie in: _internal/PySide6/Qt/lib/"):
        assert line in " ".join(text.split())
    assert (
        "Qt 6.8.3 的完整源代码" in text
        and "complete source of Qt 6.8.3" in text
        and "（official releases，目录 6.8" in text
    )
    assert "{" not in text.partition("=" * 100)[0]


def test_the_whole_lgpl_and_the_gpl_it_refers_to_are_printed_once(plan: Plan, tmp_path: Path) -> None:
    for name in ("PySide6_Essentials", "shiboken6"):
        install(tmp_path / "site", name, "6.8.3", "License: LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only")
    text = _written(plan, tmp_path / "site", tmp_path / "out.txt")
    for name in ("LGPL-3.0", "GPL-3.0"):
        kept = (FOLDER / "licences" / f"{name}.txt").read_text("utf-8")
        assert " ".join(text.split()).count(" ".join(kept.split())) == 1
        assert text.count(f"[{name}] 全文见上 / printed above: PySide6_Essentials 6.8.3 [{name}]") == 2
    assert "4. Combined Works." in text and "TERMS AND CONDITIONS" in text


def test_a_package_shows_its_own_text_and_never_a_standard_one(plan: Plan, tmp_path: Path) -> None:
    install(
        tmp_path / "site",
        "one",
        head="License-Expression: MIT",
        LICENSE__txt="Copyright 2020 Somebody\n\nDo as you like.",
    )
    text = _written(plan, tmp_path / "site", tmp_path / "out.txt")
    assert "[licenses/LICENSE.txt]\n\nCopyright 2020 Somebody\n\nDo as you like.\n" in text
    assert "WITHOUT WARRANTY OF ANY KIND" not in text


def test_licences_of_contained_libraries_are_printed_too(plan: Plan, tmp_path: Path) -> None:
    site = tmp_path / "site"
    folder = install(site, "fast", LICENSE="Do as you like.")
    stated = {"components": [{"name": "zip", "version": "2.0.0", "licenses": [{"expression": "MIT OR Apache-2.0"}]}]}
    add_file(site, folder, f"{folder.name}/sboms/fast.cyclonedx.json", json.dumps(stated).encode())
    text = _written(plan, site, tmp_path / "out.txt")
    assert "内含 / Contains: zip 2.0.0 (MIT OR Apache-2.0)\n" in text
    last = text.rpartition("Licences of the libraries named after")[2]
    assert "Licence: Apache-2.0 / MIT\n" in last and "[MIT]\n\nMIT License" in last and "[Apache-2.0]\n\n" in last


@pytest.mark.parametrize("licence", sorted(STANDARD))
def test_a_package_without_a_text_gets_the_standard_one(plan: Plan, tmp_path: Path, licence: str) -> None:
    install(tmp_path / "site", "one", head=f"License-Expression: {licence}")
    text = _written(plan, tmp_path / "site", tmp_path / "out.txt", (dataclasses.replace(QT, texts=("zlib",)),))
    for name in STANDARD[licence]:
        assert (FOLDER / "licences" / f"{name}.txt").read_text("utf-8").strip().splitlines()[-1] in text


def test_licences_that_add_up_are_all_printed(plan: Plan, tmp_path: Path) -> None:
    install(tmp_path / "site", "one", head="License-Expression: (MIT AND PSF-2.0) OR Apache-2.0")
    text = _written(plan, tmp_path / "site", tmp_path / "out.txt")
    assert "[MIT]\n" in text and "[PSF-2.0]\n" in text and "[Apache-2.0]" not in text


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("Summary: none", r"one 1\.0 names no licence"),
        ("License-Expression: EUPL-1.2", r"ships no licence text, and none is kept for EUPL-1\.2; add it to resources"),
        ("License-Expression: MIT AND EUPL-1.2", "none is kept for MIT AND EUPL"),
        ("License-Expression: Apache-2.0 WITH LLVM-exception", "none is kept for Apache-2.0 WITH"),
    ],
)
def test_a_component_without_licence_or_text_is_a_fault(plan: Plan, tmp_path: Path, head: str, said: str) -> None:
    install(tmp_path / "site", "one", head=head)
    with pytest.raises(Fault, match=said):
        write_notices(plan, tmp_path / "site", [QT], tmp_path / "out.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_library_without_a_text_and_a_product_without_qt_are_faults(plan: Plan, tmp_path: Path) -> None:
    install(tmp_path / "site", "one")
    with pytest.raises(Fault, match="gives Qt no licence or no text"):
        write_notices(plan, tmp_path / "site", [dataclasses.replace(QT, texts=())], tmp_path / "out.txt")
    with pytest.raises(Fault, match=r"licences/of-nobody\.txt is missing"):
        write_notices(plan, tmp_path / "site", [dataclasses.replace(QT, texts=("of-nobody",))], tmp_path / "out.txt")
    with pytest.raises(Fault, match="holds no Qt library"):
        write_notices(plan, tmp_path / "site", [], tmp_path / "out.txt")
    assert not (tmp_path / "out.txt").exists()


def test_every_kept_text_is_asked_for_and_there() -> None:
    rows = tomllib.loads((FOLDER / "natives.toml").read_text("utf-8"))["native"]
    asked = {text for row in rows for text in row["texts"]} | {text for texts in STANDARD.values() for text in texts}
    assert asked == {file.stem for file in (FOLDER / "licences").iterdir()}
