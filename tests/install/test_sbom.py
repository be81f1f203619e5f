"""The bill of materials: what is in a product and what needs what, from the files of the product itself."""

import dataclasses
import json
import shutil
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path

import pytest
from building.natives import Native, added, bundled_versions, natives_in, read_versions
from building.pieces import Inner, pieces_in, required
from building.plan import Plan
from building.sbom import Bill, describe, write_sbom
from building.tools import Fault
from building.toolsvenv import tools_python
from cryptography.hazmat.backends.openssl import backend

from tests.install.sites import ASKED, add_file, install

REGISTRY = b"/src/index." + b"crates" + b".io-"
"""What Rust writes before the name of a crate."""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder with every package that the program asks for, as small as can be."""
    place = tmp_path / "site"
    for name in ASKED:
        install(place, name)
    return place


def _refs(bill: Bill) -> dict[str, list[str]]:
    return {each["ref"]: each["needs"] for each in bill["components"]}


def _native(name: str = "SQLite", **changes: str) -> Native:
    plain = Native(name, "3.40.1", "blessing", "https://www.sqlite.org/", ("sqlite",), "pkg:generic/sqlite@3.40.1")
    return dataclasses.replace(plain, **changes)


def test_every_package_of_the_folder_is_a_component(plan: Plan, site: Path) -> None:
    bill = describe(plan, "famgui-linux", site, [])
    named = {each["ref"].partition("@")[0] for each in bill["components"]}
    there = {
        each.metadata["Name"].lower().replace("_", "-").replace(".", "-") for each in distributions(path=[str(site)])
    }
    assert {f"pkg:pypi/{name}" for name in there - {"famgui"}} <= named
    assert [each["name"] for each in bill["components"]].count("famgui") == 1
    refs = _refs(bill)
    assert len(refs) == len(bill["components"])
    assert {need for needs in refs.values() for need in needs} <= refs.keys()


def test_the_program_needs_what_it_asks_for_and_packages_what_they_ask_for(plan: Plan, site: Path) -> None:
    bill = describe(plan, "famgui-linux", site, [])
    own, needs = bill["components"][0], _refs(bill)
    assert (own["name"], own["version"], own["licence"]) == ("famgui", "1.2.3", "MIT")
    keys = {ref.partition("@")[0].removeprefix("pkg:pypi/") for ref in own["needs"]}
    assert keys == {name.lower().replace("_", "-") for name in ASKED}
    alembic = next(ref for ref in needs if ref.startswith("pkg:pypi/alembic@"))
    assert {ref.partition("@")[0] for ref in needs[alembic]} >= {"pkg:pypi/sqlalchemy", "pkg:pypi/mako"}


def test_nothing_in_a_bill_depends_on_the_hour_or_the_order(plan: Plan, small: Path) -> None:
    one, two = _native(), _native("zlib", purl="pkg:generic/zlib@1.3")
    assert describe(plan, "famgui-linux", small, [one, two]) == describe(plan, "famgui-linux", small, [two, one])
    bill = describe(plan, "famgui-linux", small, [])
    assert bill["timestamp"] == "2026-09-21T14:13:20+00:00"
    other = dataclasses.replace(plan, commit="f" * 40)
    serials = {
        describe(at, name, small, [])["serial"] for at in (plan, other) for name in ("famgui-linux", "famgui-setup")
    }
    assert len(serials) == 4


def test_a_library_hangs_on_what_brings_it(plan: Plan, small: Path) -> None:
    qt = _native("Qt", purl="pkg:generic/qt@6.8.3", carrier="pyside6-essentials")
    needs = _refs(describe(plan, "famgui-linux", small, [qt, _native()]))
    assert needs["pkg:pypi/pyside6-essentials@1.0"] == [qt.purl]
    assert _native().purl in needs["pkg:generic/famgui@1.2.3"] and qt.purl not in needs["pkg:generic/famgui@1.2.3"]


def test_a_package_that_is_asked_for_and_missing_is_a_fault(plan: Plan, tmp_path: Path) -> None:
    for name in ASKED[2:]:
        install(tmp_path / "site", name)
    with pytest.raises(Fault, match=r"lacks alembic, cryptography, which pyproject\.toml asks for"):
        describe(plan, "famgui-linux", tmp_path / "site", [])


@pytest.mark.parametrize(
    ("head", "licence"),
    [
        ("License-Expression: Apache-2.0 OR BSD-2-Clause", "Apache-2.0 OR BSD-2-Clause"),
        ("License-Expression: MIT\nLicense: something else", "MIT"),
        ("License: Apache License 2.0", "Apache-2.0"),
        ("License: LGPL-3.0-only OR GPL-2.0-only", "LGPL-3.0-only OR GPL-2.0-only"),
        ("Classifier: License :: OSI Approved :: MIT License", "MIT"),
        ("License: See the file\nClassifier: License :: OSI Approved :: Apache Software License", "Apache-2.0"),
        ("License: Words of the author", "Words of the author"),
        ("Summary: of nobody", ""),
    ],
)
def test_a_licence_is_read_where_the_author_wrote_it(tmp_path: Path, head: str, licence: str) -> None:
    install(tmp_path, "one", head=head)
    assert [piece.licence for piece in pieces_in(tmp_path)] == [licence]


def test_parts_of_a_package_are_read_from_its_own_bill(tmp_path: Path) -> None:
    folder = install(tmp_path, "fast")
    stated = {
        "components": [
            {"name": "zip", "version": "2.0.0", "purl": "pkg:cargo/zip@2.0.0?x=1", "licenses": [{"expression": "MIT"}]},
            {"name": "openssl", "version": "4.0.3", "licenses": [{"license": {"id": "Apache-2.0"}}]},
            {"name": "bare"},
        ]
    }
    add_file(tmp_path, folder, f"{folder.name}/sboms/fast.cyclonedx.json", json.dumps(stated).encode())
    add_file(tmp_path, folder, "fast/_core.abi3.so", REGISTRY + b"0a1b/other-1.0.0/src/lib.rs")
    assert pieces_in(tmp_path)[0].inner == (
        Inner("bare", "", "pkg:generic/bare@", ""),
        Inner("openssl", "4.0.3", "pkg:generic/openssl@4.0.3", "Apache-2.0"),
        Inner("zip", "2.0.0", "pkg:cargo/zip@2.0.0", "MIT"),
    )


def test_parts_of_a_package_without_a_bill_are_read_from_its_modules(tmp_path: Path) -> None:
    folder = install(tmp_path, "fast")
    holds = b"\0" + REGISTRY + b"1949cf8c6b5b557f/fast-float2-0.2.3/src/lib.rs\0" * 2
    add_file(tmp_path, folder, "fast/_core.cp311-win_amd64.pyd", holds)
    assert pieces_in(tmp_path)[0].inner == (Inner("fast-float2", "0.2.3", "pkg:cargo/fast-float2@0.2.3"),)


def test_wheels_tell_what_an_installed_package_tells(tmp_path: Path) -> None:
    site = tmp_path / "site"
    folder = install(site, "fast", LICENSE="Do as you like.")
    add_file(site, folder, "fast/_core.abi3.so", REGISTRY + b"0a1b/other-1.0.0/src/lib.rs")
    wheel = shutil.make_archive(str(tmp_path / "fast-1.0-py3-none-any"), "zip", site)
    wheel = str(Path(wheel).rename(tmp_path / "fast-1.0-py3-none-any.whl"))
    (piece,) = pieces_in(Path(wheel))
    assert [piece] == pieces_in(site)
    assert piece.texts == (("licenses/LICENSE", "Do as you like."),) and [each.name for each in piece.inner] == [
        "other"
    ]


def test_a_broken_bill_of_a_package_is_passed_over(tmp_path: Path) -> None:
    folder = install(tmp_path, "fast")
    add_file(tmp_path, folder, f"{folder.name}/sboms/fast.cyclonedx.json", b'{"components": [3]}')
    assert pieces_in(tmp_path)[0].inner == ()


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("SQLAlchemy[asyncio]>=2", "sqlalchemy"),
        ("typing_extensions (>=4); python_version < '3.13'", "typing-extensions"),
        ("pytz; extra == 'tz'", None),
    ],
)
def test_names_in_requirements(words: str, name: str | None) -> None:
    assert required(words) == name


def test_the_libraries_of_qt_tell_their_versions(site: Path) -> None:
    found = {native.name: native for native in natives_in(site / "PySide6")}
    assert found["Qt"].version == "6.8.3" and found["Qt"].folder == "Qt/lib"
    assert found["ICU"].version.startswith("73.")
    assert {"PCRE2", "libpng", "HarfBuzz", "libjpeg-turbo"} <= found.keys()
    assert {native.carrier for native in found.values()} == {"pyside6-essentials"}


def test_the_openssl_of_the_cryptography_package_tells_its_version(site: Path) -> None:
    (found,) = natives_in(site / "cryptography")
    assert found.carrier == "cryptography"
    assert backend.openssl_version_text().startswith(f"OpenSSL {found.version} ")


def _tree(folder: Path) -> Iterator[Path]:
    for name, holds in (
        ("_internal/libpython3.11.so.1.0", b"\0Python \0" + b"3.11.2\0"),
        ("_internal/libcrypto.so.3", b"OpenSSL 3.0.19 27 Jan 2026\0"),
        ("_internal/libssl.so.3", b""),
        ("_internal/libsqlite3.so.0", b"\x003.40.1\0"),
        ("_internal/libffi.so.7", b""),
        ("_internal/libuuid.so.1", b""),
        ("_internal/libz.so.1", b" deflate 1.2.11 Copyright 1995-2017 "),
        ("_internal/libbz2.so.1.0", b"1.0.8, 13-Jul-2019\0"),
        ("_internal/liblzma.so.5", b"\x005.2.5\0"),
        ("_internal/python3.11/lib-dynload/pyexpat.cpython-311-x86_64-linux-gnu.so", b"expat_2.5.0\0"),
        ("_internal/libxcb-cursor.so.0", b""),
        ("_internal/PySide6/Qt/lib/libQt6Gui.so.6", b"nothing about pictures"),
    ):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(holds)
        yield file


LISTED = {
    "openssl": "3.0.19-1~deb12u2",
    "sqlite3": "3.40.1-2+deb12u2",
    "python3.11": "3.11.2-6+deb12u6",
    "libffi7": "3.3-6",
    "zlib1g": "1:1.2.11.dfsg-2+deb11u2",
    "libuuid1": "2.36.1-8+deb11u2",
}


def test_versions_come_from_files_and_from_the_packages_they_came_from(tmp_path: Path) -> None:
    assert len(list(_tree(tmp_path))) == 12
    found = {native.name: (native.version, native.purl) for native in natives_in(tmp_path, LISTED)}
    assert found == {
        "CPython": ("3.11.2-6+deb12u6", "pkg:deb/debian/python3.11@3.11.2-6%2Bdeb12u6"),
        "Expat": ("2.5.0", "pkg:generic/expat@2.5.0"),
        "OpenSSL": ("3.0.19-1~deb12u2", "pkg:deb/debian/openssl@3.0.19-1~deb12u2"),
        "SQLite": ("3.40.1-2+deb12u2", "pkg:deb/debian/sqlite3@3.40.1-2%2Bdeb12u2"),
        "XZ Utils": ("5.2.5", "pkg:generic/xz-utils@5.2.5"),
        "bzip2": ("1.0.8", "pkg:generic/bzip2@1.0.8"),
        "libffi": ("3.3-6", "pkg:deb/debian/libffi7@3.3-6"),
        "libuuid": ("2.36.1-8+deb11u2", "pkg:deb/debian/libuuid1@2.36.1-8%2Bdeb11u2"),
        "xcb-util-cursor": ("", "pkg:generic/xcb-util-cursor"),
        "zlib": ("1:1.2.11.dfsg-2+deb11u2", "pkg:deb/debian/zlib1g@1%3A1.2.11.dfsg-2%2Bdeb11u2"),
    }


def test_a_file_of_another_version_than_its_package_is_a_fault(tmp_path: Path) -> None:
    assert list(_tree(tmp_path))
    with pytest.raises(Fault, match=r"libcrypto\.so\.3 holds OpenSSL 3\.0\.19, but openssl is said to be 3\.0\.1-1"):
        natives_in(tmp_path, LISTED | {"openssl": "3.0.1-1"})
    with pytest.raises(Fault, match=r"XZ Utils 5\.2\.5, but liblzma5 is said to be 5\.2\.50"):
        natives_in(tmp_path, LISTED | {"liblzma5": "5.2.50"})


def test_windows_libraries_tell_their_version_in_their_resources(tmp_path: Path) -> None:
    def resource(version: str) -> bytes:
        return b"MZ" + "ProductVersion\0\0".encode("utf-16-le") + version.encode("utf-16-le") + b"\0\0"

    (tmp_path / "vcruntime140.dll").write_bytes(resource("14.38.33135.0"))
    (tmp_path / "python311.dll").write_bytes(resource("3.11.9") + b" deflate 1.3.1 Copyright ")
    (tmp_path / "_bz2.pyd").write_bytes(resource("3.11.9"))
    (tmp_path / "libffi-8.dll").write_bytes(b"MZ" + "(libffi-3.4.4)".encode("utf-16-le"))
    (tmp_path / "Qt6Gui.dll").write_bytes(b"MZ\x001.6.47\0")
    assert {native.name: native.version for native in natives_in(tmp_path)} == {
        "CPython": "3.11.9",
        "FreeType": "",
        "HarfBuzz": "",
        "Microsoft Visual C++ runtime": "14.38.33135.0",
        "bzip2": "",
        "libffi": "3.4.4",
        "libpng": "1.6.47",
        "zlib": "1.3.1",
    }


def test_what_builders_leave_is_named_with_the_version_given() -> None:
    loader = added("PyInstaller", "6.22.3")
    assert (loader.purl, loader.licence) == (
        "pkg:generic/pyinstaller@6.22.3",
        "GPL-2.0-or-later WITH Bootloader-exception",
    )
    assert added("NSIS", "3.08").texts == ("nsis",) and added("mingw-w64", "10.0.0").licence == "ZPL-2.1"


def test_a_list_of_versions_is_read(tmp_path: Path) -> None:
    (tmp_path / "versions.txt").write_text("openssl 3.0.19-1~deb12u2\nlibffi7 3.3-6\n\n", "utf-8")
    assert read_versions(tmp_path / "versions.txt") == {"openssl": "3.0.19-1~deb12u2", "libffi7": "3.3-6"}


def test_packages_of_window_libraries_are_asked_of_this_machine(tmp_path: Path) -> None:
    if not Path("/usr/share/doc/libxcb-cursor0").exists():
        pytest.skip("this machine has no libxcb-cursor0 from a Debian package")
    assert bundled_versions(tmp_path) == {}
    (tmp_path / "libxcb-cursor.so.0").touch()
    versions = bundled_versions(tmp_path)
    assert versions.keys() == {"libxcb-cursor0"}
    assert natives_in(tmp_path, versions)[0].purl.startswith("pkg:deb/debian/libxcb-cursor0@0.")


@pytest.mark.product
def test_a_written_bill_meets_the_schema_and_is_the_same_twice(plan: Plan, site: Path, tmp_path: Path) -> None:
    natives = natives_in(site / "PySide6")
    out, again = tmp_path / "famgui.cdx.json", tmp_path / "again.cdx.json"
    assert write_sbom(plan, "famgui-linux", site, natives, out).endswith(" components")
    write_sbom(plan, "famgui-linux", pieces_in(site), natives[::-1], again)
    assert out.read_bytes() == again.read_bytes()
    said = json.loads(out.read_text("utf-8"))
    assert (said["bomFormat"], said["specVersion"]) == ("CycloneDX", "1.6")
    assert said["metadata"]["component"]["name"] == "famgui"
    assert {"Qt", "ICU", "alembic", "OpenCC"} <= {each["name"] for each in said["components"]}
    assert tools_python(plan) == tools_python(plan)
    broken = [dataclasses.replace(natives[0], page="no address\n at all")]
    with pytest.raises(Fault):
        write_sbom(plan, "famgui-linux", site, broken, tmp_path / "broken.cdx.json")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again.cdx.json", "cache", "famgui.cdx.json"]
