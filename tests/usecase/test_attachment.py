"""Proof files: told by what they hold, kept with the binding whole, given out unchanged; refused with a clear code."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from famgui.domain.household import Bind
from famgui.store.book import Book
from famgui.usecase.attachment import (
    LARGEST,
    BadProof,
    Proof,
    add,
    add_in,
    may_keep,
    media_type,
    of_binding,
    proof_of,
    read_proof,
    save_copy,
)
from famgui.usecase.doctor import examine
from famgui.usecase.household import RulesOf
from famgui.usecase.record import record_event
from tests.domain.building import DAY, employee, household, resident, row
from tests.store.making import NOW, everything, new_book, put

JPEG, PNG, PDF = b"\xff\xd8\xff\xe0" + bytes(20), b"\x89PNG\r\n\x1a\n" + bytes(20), b"%PDF-1.7\n" + bytes(20)
LATER = NOW.replace(hour=10)


@pytest.fixture
def register(tmp_path: Path, book: RulesOf) -> Iterator[tuple[Book, int, int]]:
    """A book, its row from the opening, and one that was recorded."""
    home = household(employee("li"), employee("wang"), resident("mei"), rows=[row("li", "wang")])
    with new_book(tmp_path) as found:
        number = put(found, book, home)
        done = record_event(found, book, number, Bind("b1", DAY, row("li", "mei", "parent")), now=NOW)
        assert done.recorded
        yield found, 1, next(iter(done.changes.bindings))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (JPEG, "image/jpeg"),
        (PNG, "image/png"),
        (PDF, "application/pdf"),
        (b"\xef\xbb\xbf%PDF-1.4", "application/pdf"),
        (b"GIF89a..", "image/gif"),
        (b"II*\x00....", "image/tiff"),
        (b"MM\x00*....", "image/tiff"),
        (b"RIFF\x10\n\x00\x00WEBPVP8 ", "image/webp"),
        (b"\x00\x00\x00\x18ftypheic....", "image/heic"),
        (b"PK\x03\x04 a workbook", None),
        (b"MZ a program", None),
        (b"<html>%PDF-", None),
        (b"RIFF....WAVE", None),
        (b"", None),
    ],
)
def test_files_are_told_by_how_they_begin(content: bytes, kind: str | None) -> None:
    assert media_type(content) == kind


def test_a_name_says_nothing_about_the_kind() -> None:
    assert proof_of("photo.txt", PNG).media_type == "image/png"
    with pytest.raises(BadProof) as raised:
        proof_of("photo.jpg", b"PK\x03\x04")
    assert (raised.value.code, raised.value.name) == ("proof-kind", "photo.jpg")


def test_names_lose_what_could_mislead_or_lead_elsewhere() -> None:
    assert proof_of("../a/b\\c:\u202egnp.exe\n.png", PNG).name == "..abcgnp.exe.png"
    assert proof_of("///", PNG).name == "proof"
    assert len(proof_of("长" * 500 + ".png", PNG).name) == 120


def test_size_is_counted_in_bytes_and_no_more_is_read(tmp_path: Path) -> None:
    full = PNG + bytes(LARGEST - len(PNG))
    path = tmp_path / "a.png"
    path.write_bytes(full)
    assert read_proof(path).sha256 == hashlib.sha256(full).hexdigest()
    for more in (1, 5_000):
        path.write_bytes(full + bytes(more))
        with pytest.raises(BadProof) as large:
            read_proof(path)
        assert (large.value.code, large.value.size) == ("proof-large", LARGEST + more)
    with pytest.raises(BadProof):
        proof_of("a.png", full + b"x")
    path.write_bytes(b"")
    with pytest.raises(BadProof) as empty:
        read_proof(path)
    assert empty.value.code == "proof-empty"
    with pytest.raises(OSError):
        read_proof(tmp_path)


def test_several_are_kept_with_the_binding_and_come_out_unchanged(
    register: tuple[Book, int, int], tmp_path: Path
) -> None:
    found, _, binding = register
    proofs = [proof_of("户口本.jpg", JPEG), proof_of("结婚证.pdf", PDF)]
    changes = add(found, binding, proofs, now=LATER)
    assert changes.bindings == {binding}
    kept = of_binding(found, binding)
    assert [(one.name, one.media_type, one.size, one.sha256) for one in kept] == [
        ("户口本.jpg", "image/jpeg", len(JPEG), hashlib.sha256(JPEG).hexdigest()),
        ("结婚证.pdf", "application/pdf", len(PDF), hashlib.sha256(PDF).hexdigest()),
    ]
    save_copy(found, kept[1].id, tmp_path / "out.pdf")
    assert (tmp_path / "out.pdf").read_bytes() == PDF
    audit = everything(found.path)["audit"]
    assert audit[-1][2] == "attach" and "户口本" not in str(audit[-1])


def test_the_same_file_is_kept_once(register: tuple[Book, int, int]) -> None:
    found, _, binding = register
    add(found, binding, [proof_of("a.jpg", JPEG), proof_of("b.jpg", JPEG)], now=LATER)
    add(found, binding, [proof_of("c.jpg", JPEG), proof_of("d.png", PNG)], now=LATER)
    assert [one.name for one in of_binding(found, binding)] == ["a.jpg", "d.png"]
    before = everything(found.path)
    with pytest.raises(BadProof) as raised:
        add(found, binding, [proof_of("e.png", PNG)], now=LATER)
    assert raised.value.code == "proof-same"
    assert everything(found.path) == before, "no audit entry either"


def test_a_row_from_the_opening_has_no_event_to_keep_them_with(register: tuple[Book, int, int]) -> None:
    found, opening, binding = register
    assert (may_keep(found, opening), may_keep(found, binding), may_keep(found, 99)) == (False, True, False)
    with pytest.raises(BadProof) as raised:
        add(found, opening, [proof_of("a.jpg", JPEG)], now=LATER)
    assert raised.value.code == "proof-no-event"
    assert everything(found.path)["attachment"] == []


def test_in_a_transaction_that_is_taken_back_nothing_stays(register: tuple[Book, int, int]) -> None:
    found, _, binding = register
    with found.write("bind", LATER) as tx:
        assert len(add_in(tx, (1, 1), [proof_of("a.jpg", JPEG), proof_of("b.png", PNG)], now=LATER)) == 2
        tx.abandon()
    assert of_binding(found, binding) == ()


def test_a_file_that_the_book_has_lost_is_not_given_out(register: tuple[Book, int, int], tmp_path: Path) -> None:
    found, _, binding = register
    add(found, binding, [proof_of("a.jpg", JPEG)], now=LATER)
    with closing(sqlite3.connect(found.path)) as other:
        other.execute("UPDATE attachment SET content = x'00'")
        other.commit()
    (kept,) = of_binding(found, binding)
    with pytest.raises(BadProof) as raised:
        save_copy(found, kept.id, tmp_path / "a.jpg")
    assert raised.value.code == "proof-changed"
    with pytest.raises(LookupError):
        save_copy(found, kept.id + 1, tmp_path / "a.jpg")
    assert not (tmp_path / "a.jpg").exists()


def test_the_doctor_misses_no_file_that_is_not_what_was_kept(
    register: tuple[Book, int, int], book: RulesOf, tmp_path: Path
) -> None:
    ledger, _, asked = register
    add(ledger, asked, [proof_of("0.bin", JPEG), proof_of("1.bin", PDF)], now=LATER)
    assert examine(ledger, book) == ()
    with closing(sqlite3.connect(ledger.path)) as raw, raw:
        raw.execute("UPDATE attachment SET content = ? WHERE name = '1.bin'", (PDF[:-1] + b"!",))
    (found,) = examine(ledger, book)
    assert (found.code, dict(found.values)["name"]) == ("paper-changed", "1.bin")


def test_a_proof_never_shows_what_it_holds() -> None:
    proof = replace(proof_of("a.png", PNG), name="430202198501010013.png")
    assert isinstance(proof, Proof) and "4302" not in repr(proof) and "PNG" not in repr(proof)
