"""Signatures: whose is it, is it whole; a changed file, a foreign signature and a bad key are told."""

import os
import stat
from base64 import b64encode
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from famgui.base.paths import Home, resources
from famgui.policy.incoming import receive
from famgui.policy.library import Library
from famgui.policy.pack import BrokenPack
from famgui.policy.signature import (
    KeyTrouble,
    judge,
    key_folders,
    make_keys,
    public_key,
    sign,
    signature_beside,
    trusted,
)
from tests.policy.packs import GOOD, user


def signed(folder: Path, name: str = "株洲市医保局") -> tuple[Path, Path, str]:
    """The good pack, signed by a new key: its path, the public key's, the fingerprint."""
    private, public, key = make_keys(folder / "mine", name)
    pack = user(folder)
    written, told = sign(pack, private)
    assert (written, told) == (pack.with_name(pack.name + ".sig"), key)
    return pack, public, key


def test_a_known_key_and_an_unknown_one(tmp_path: Path) -> None:
    pack, public, key = signed(tmp_path)
    found = receive(pack, {}).signature
    assert (found.state, found.key, found.name) == ("unknown", key, "")
    assert len(key) == 19 and set(key) <= set("0123456789abcdef-")
    keys = trusted([tmp_path / "nowhere", public.parent])
    found = receive(pack, keys).signature
    assert (found.state, found.key, found.name) == ("known", key, "株洲市医保局")


def test_a_private_key_is_for_nobody_else(tmp_path: Path) -> None:
    private, public, _ = make_keys(tmp_path, "a")
    if os.name == "posix":
        assert stat.S_IMODE(private.stat().st_mode) == 0o600
    before = private.read_bytes(), public.read_bytes()
    with pytest.raises(FileExistsError):
        make_keys(tmp_path, "a")
    assert (private.read_bytes(), public.read_bytes()) == before
    private.unlink()
    with pytest.raises(FileExistsError):
        make_keys(tmp_path, "a")
    assert not private.exists()


def test_a_changed_file_is_refused_wherever_it_is_read(tmp_path: Path) -> None:
    pack, public, _ = signed(tmp_path)
    pack.write_bytes(pack.read_bytes() + b"#")
    for keys in ({}, trusted([public.parent])):
        with pytest.raises(BrokenPack) as raised:
            receive(pack, keys)
        assert [fault.code for fault in raised.value.faults] == ["signature-broken"]
    library = Library([tmp_path], None)
    assert [(found.file, found.fault.code) for found in library.faults] == [(str(pack), "signature-broken")]
    assert library.packs == ()


def test_a_file_signed_anew_by_a_stranger_is_not_the_known_one(tmp_path: Path) -> None:
    pack, public, _ = signed(tmp_path)
    keys = trusted([public.parent])
    pack.write_bytes(pack.read_bytes() + b"#")
    sign(pack, make_keys(tmp_path / "theirs", "株洲市医保局")[0])
    assert receive(pack, keys).signature.state == "unknown"


PARTS = (b"famgui pack signature 1", b"key: ", b"signature: ")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: b"",
        lambda text: b"\xff" * 50,
        lambda text: text * 2,
        lambda text: text.replace(b"signature 1", b"signature 2"),
        lambda text: text.replace(b"key: ", b"key: !"),
        lambda text: text.replace(b"key: ", b"kay: "),
        lambda text: text[:-10] + b"\n",
        lambda text: text.replace(text.splitlines()[1], b"key: " + b64encode(b"\x00" * 31)),
        lambda text: text.replace(text.splitlines()[1], b"key: " + b64encode(b"\xff" * 32)),
        lambda text: text.replace(text.splitlines()[2], b"signature: " + b64encode(b"\x00" * 64)),
        lambda text: b"x" * 1_000_000,
    ],
    ids=["empty", "bytes", "twice", "form", "base64", "name", "cut", "short key", "no point", "zeros", "huge"],
)
def test_a_signature_that_is_none(tmp_path: Path, spoil: object) -> None:
    pack, _, _ = signed(tmp_path)
    path = pack.with_name(pack.name + ".sig")
    path.write_bytes(spoil(path.read_bytes()))  # type: ignore[operator]
    assert judge(pack.read_bytes(), signature_beside(pack), {}).state == "broken"
    path.unlink()
    path.mkdir()
    assert judge(pack.read_bytes(), signature_beside(pack), {}).state == "broken"
    path.rmdir()
    assert judge(pack.read_bytes(), signature_beside(pack), {}).state == "unsigned"


def test_a_signature_for_the_bare_bytes_does_not_count(tmp_path: Path) -> None:
    key = Ed25519PrivateKey.generate()
    public = b64encode(key.public_key().public_bytes_raw())
    text = b"famgui pack signature 1\nkey: %s\nsignature: %s\n" % (public, b64encode(key.sign(GOOD.encode())))
    assert judge(GOOD.encode(), text, {}).state == "broken"


def test_keys_that_are_none(tmp_path: Path) -> None:
    other = generate_private_key(SECP256R1())
    (tmp_path / "other.pub").write_bytes(
        other.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    (tmp_path / "other.key").write_bytes(other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (tmp_path / "text.pub").write_text("not a key", "utf-8")
    (tmp_path / "huge.pub").write_bytes(b"x" * 10_000)
    (tmp_path / "folder.pub").mkdir()
    assert trusted([tmp_path]) == {}
    absent = {"folder.pub": "is-folder", "none.pub": "no-such-file", "none.key": "no-such-file"}
    for name in ("other.pub", "text.pub", "huge.pub", "folder.pub", "none.pub"):
        with pytest.raises(KeyTrouble) as raised:
            public_key(tmp_path / name)
        assert raised.value.args == (absent.get(name, "no-public-key"), str(tmp_path / name))
    pack = user(tmp_path)
    for name in ("other.key", "text.pub", "none.key", "folder.pub"):
        with pytest.raises(KeyTrouble) as raised:
            sign(pack, tmp_path / name)
        assert raised.value.args == (absent.get(name, "no-private-key"), str(tmp_path / name))
    assert not pack.with_name(pack.name + ".sig").exists()


def test_keys_are_those_of_the_program_and_of_the_home(tmp_path: Path) -> None:
    assert key_folders(Home(tmp_path)) == (resources() / "keys", tmp_path / "keys")
    assert list(trusted([resources() / "keys"])) == []
