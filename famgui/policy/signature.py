"""Who vouches for a pack: a detached ed25519 signature beside the file, and the keys that are trusted.

The signature file `<pack>.toml.sig` names the public key and carries the signature, both base64. Whether it fits can be
told from it alone; whether its key is trusted is told by the `*.pub` files (PEM) of the key folders, named by their
file names."""

import os
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal, TypeAlias

from famgui.base.paths import Home, resources, write_whole

ENDING = ".sig"
PUBLIC, PRIVATE = ".pub", ".key"
State: TypeAlias = Literal["shipped", "known", "unknown", "unsigned", "broken"]
_FORM = "famgui pack signature 1"
_LARGEST = 4096
"""Bytes of a key or signature file; what is larger is none."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who stands behind a pack. `key` is the fingerprint of the signing key, `name` what it is called if trusted.

    shipped: part of the program; known: signed by a trusted key; unknown: whole, but nobody knows the key; unsigned;
    broken: the signature does not belong to this file, which was changed after it was signed."""

    state: State
    key: str = ""
    name: str = ""


SHIPPED, UNSIGNED, BROKEN = Signature("shipped"), Signature("unsigned"), Signature("broken")


class KeyTrouble(Exception):
    """A key file that cannot be used; `args[0]` is the wording key, `args[1]` the file."""


def key_folders(home: Home) -> tuple[Path, ...]:
    """Where trusted public keys are: those of the program, then those of this home."""
    return resources() / "keys", home.root / "keys"


def fingerprint(public: bytes) -> str:
    """A public key in short, to be compared by eye and over the telephone: 16 hex digits in fours."""
    digits = sha256(public).hexdigest()[:16]
    return "-".join(digits[at : at + 4] for at in range(0, 16, 4))


def trusted(folders: Iterable[Path]) -> dict[bytes, str]:
    """The trusted public keys with their names; what cannot be read as one is left out."""
    found: dict[bytes, str] = {}
    for path in (path for folder in folders if folder.is_dir() for path in sorted(folder.glob(f"*{PUBLIC}"))):
        try:
            found.setdefault(public_key(path), path.stem)
        except KeyTrouble:
            continue
    return found


def signature_beside(pack: Path) -> bytes | None:
    """What stands in the signature file of a pack: None without one, b"" where it is none."""
    path = pack.with_name(pack.name + ENDING)
    if not path.exists():
        return None
    try:
        return _small(path)
    except (OSError, ValueError):
        return b""


def judge(raw: bytes, written: bytes | None, keys: Mapping[bytes, str]) -> Signature:
    """What the text of a signature file says of a pack's bytes."""
    if written is None:
        return UNSIGNED
    parts = _parts(written)
    if parts is None or not _fits(raw, *parts):
        return BROKEN
    public = parts[0]
    name = keys.get(public)
    return Signature("unknown" if name is None else "known", fingerprint(public), name or "")


def _parts(written: bytes) -> tuple[bytes, bytes] | None:
    """Public key and signature of a signature file; None where it is none."""
    try:
        head, key, signature = written.decode("ascii").splitlines()
        public, signed = (_base64(line, name) for line, name in ((key, "key: "), (signature, "signature: ")))
    except ValueError:
        return None
    return (public, signed) if (head, len(public), len(signed)) == (_FORM, 32, 64) else None


def _base64(line: str, name: str) -> bytes:
    if not line.startswith(name):
        raise ValueError(line)
    return a2b_base64(line.removeprefix(name), strict_mode=True)


def _fits(raw: bytes, public: bytes, signed: bytes) -> bool:
    # Start-up seam: the cryptography library, wanted where there is a signature only.
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signed, _message(raw))
    except (InvalidSignature, ValueError):
        return False
    return True


def _message(raw: bytes) -> bytes:
    """What is signed: the file's bytes under a headline, so that a signature for anything else never fits."""
    return _FORM.encode() + b"\n" + raw


def public_key(path: Path) -> bytes:
    """The 32 bytes of the public key in a file. Raises `KeyTrouble`."""
    from cryptography.exceptions import UnsupportedAlgorithm  # start-up seam: see `_fits`
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        found = load_pem_public_key(_key_file(path))
    except (ValueError, UnsupportedAlgorithm):
        raise KeyTrouble("no-public-key", str(path)) from None
    if not isinstance(found, Ed25519PublicKey):
        raise KeyTrouble("no-public-key", str(path))
    return found.public_bytes_raw()


def make_keys(folder: Path, name: str) -> tuple[Path, Path, str]:
    """Make a pair of keys `<name>.key` and `<name>.pub`; their paths and the fingerprint. Nothing is overwritten.

    Raises OSError (FileExistsError where one of them is there already)."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # start-up seam: see `_fits`
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

    made = Ed25519PrivateKey.generate()
    secret = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = made.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    folder.mkdir(parents=True, exist_ok=True)
    paths = folder / f"{name}{PRIVATE}", folder / f"{name}{PUBLIC}"
    if paths[1].exists():
        raise FileExistsError(17, "exists already", str(paths[1]))
    with os.fdopen(os.open(paths[0], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(secret)
    write_whole(paths[1], public)
    return *paths, fingerprint(made.public_key().public_bytes_raw())


def sign(pack: Path, key: Path) -> tuple[Path, str]:
    """Write the signature file of a pack; its path and the key's fingerprint. Raises `KeyTrouble`, OSError."""
    from cryptography.exceptions import UnsupportedAlgorithm  # start-up seam: see `_fits`
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        found = load_pem_private_key(_key_file(key), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise KeyTrouble("no-private-key", str(key)) from None
    if not isinstance(found, Ed25519PrivateKey):
        raise KeyTrouble("no-private-key", str(key))
    public = found.public_key().public_bytes_raw()
    path = pack.with_name(pack.name + ENDING)
    write_whole(path, _text(public, found.sign(_message(pack.read_bytes()))))
    return path, fingerprint(public)


def _text(public: bytes, signed: bytes) -> bytes:
    lines = _FORM.encode(), b"key: " + b2a_base64(public, newline=False)
    return b"\n".join((*lines, b"signature: " + b2a_base64(signed, newline=False), b""))


def _key_file(path: Path) -> bytes:
    """The bytes of a key file. Raises `KeyTrouble` where there is none or it may not be read, else ValueError."""
    try:
        if path.is_dir():
            raise KeyTrouble("is-folder", str(path))
        if not path.exists():
            raise KeyTrouble("no-such-file", str(path))
        return _small(path)
    except PermissionError:
        raise KeyTrouble("may-not-use", str(path)) from None
    except OSError as error:
        raise ValueError(path) from error


def _small(path: Path) -> bytes:
    """The bytes of a key or signature file; OSError, or ValueError for what is too large or no file at all."""
    if not path.is_file():
        raise ValueError(path)
    with path.open("rb") as stream:
        found = stream.read(_LARGEST + 1)
    if len(found) > _LARGEST:
        raise ValueError(path)
    return found
