"""The signing hook: a signed file takes the place of the unsigned one, and a failing signer leaves it as it was."""

import dataclasses
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from building import signing
from building.plan import Plan
from building.signing import sign
from building.tools import Fault

IN_PLACE = "import sys; f = open(sys.argv[1], 'ab'); f.write(b' signed')"
APART = "import sys; open(sys.argv[2], 'wb').write(open(sys.argv[1], 'rb').read() + b' signed apart')"


def _plan(plan: Plan, *words: str) -> Plan:
    return dataclasses.replace(plan, sign=shlex.join(words))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An unsigned file whose path has a space and Chinese in it."""
    place = tmp_path / "安装 包" / "famgui-setup.exe"
    place.parent.mkdir()
    place.write_bytes(b"program")
    place.chmod(0o755)
    return place


def _alone(file: Path) -> bool:
    return [path.name for path in file.parent.iterdir()] == [file.name]


def test_without_a_command_the_file_is_unsigned_and_that_is_said(plan: Plan, file: Path) -> None:
    assert sign(plan, file) == "not signed: no --sign-cmd was given"
    assert file.read_bytes() == b"program"


def test_a_signer_in_place(plan: Plan, file: Path) -> None:
    assert sign(_plan(plan, sys.executable, "-c", IN_PLACE, "{file}"), file).startswith("signed with python")
    assert file.read_bytes() == b"program signed"
    assert file.stat().st_mode & 0o777 == 0o755 and _alone(file)


def test_a_signer_that_writes_apart(plan: Plan, file: Path) -> None:
    sign(_plan(plan, sys.executable, "-c", APART, "{file}", "{out}"), file)
    assert file.read_bytes() == b"program signed apart"
    assert file.stat().st_mode & 0o777 == 0o755 and _alone(file)


def test_no_shell_reads_the_command(plan: Plan, file: Path) -> None:
    sign(_plan(plan, sys.executable, "-c", IN_PLACE, "{file}", ";", "rm", "{file}", "$HOME"), file)
    assert file.read_bytes() == b"program signed"


@pytest.mark.parametrize(
    ("script", "words", "said"),
    [
        (
            f"{IN_PLACE}; f.flush(); sys.exit('token is locked')",
            ("{file}",),
            r"(?s)did not sign famgui-setup\.exe.*locked",
        ),
        ("pass", ("{file}",), r"famgui-setup\.exe is as it was; it must sign in place or use \{out\}"),
        ("pass", ("{file}", "{out}"), r"left no signed famgui-setup\.exe"),
        (APART.replace("+ b' signed apart'", ""), ("{file}", "{out}"), "is as it was"),
    ],
    ids=["fails", "does nothing", "writes nothing", "copies"],
)
def test_a_signer_that_fails_leaves_the_file(
    plan: Plan, file: Path, script: str, words: tuple[str, ...], said: str
) -> None:
    with pytest.raises(Fault, match=said):
        sign(_plan(plan, sys.executable, "-c", script, *words), file)
    assert file.read_bytes() == b"program" and _alone(file)


def test_a_failure_does_not_tell_the_password(plan: Plan, file: Path) -> None:
    with pytest.raises(Fault) as raised:
        sign(_plan(plan, sys.executable, "-c", "raise SystemExit('no')", "geheim-1", "{file}"), file)
    assert "geheim-1" not in str(raised.value) and raised.value.__cause__ is None
    assert str(raised.value).endswith("    no")


def test_a_signer_that_hangs_is_ended(plan: Plan, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing, "LONGEST", 0.3)
    with pytest.raises(Fault, match="did not end within"):
        sign(_plan(plan, sys.executable, "-c", "import time; time.sleep(60)", "{file}"), file)
    assert file.read_bytes() == b"program" and _alone(file)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("signer --now", r"write \{file\} in its place"),
        ("{file}", r"write \{file\} in its place"),
        ("signer 'open {file}", "look at its quotes"),
        ("of-nobody {file}", "program of-nobody is missing"),
    ],
)
def test_a_command_that_cannot_be_run_is_told(plan: Plan, file: Path, command: str, said: str) -> None:
    with pytest.raises(Fault, match=said):
        sign(dataclasses.replace(plan, sign=command), file)
    assert file.read_bytes() == b"program" and _alone(file)


def test_a_windows_program_signed_by_osslsigncode_verifies(plan: Plan, tmp_path: Path) -> None:
    tools = ("x86_64-w64-mingw32-gcc", "osslsigncode", "openssl")
    if missing := [tool for tool in tools if shutil.which(tool) is None]:
        pytest.skip(f"not on this machine: {', '.join(missing)}")
    compiler, signer, openssl = tools
    source, program = tmp_path / "a.c", tmp_path / "a.exe"
    source.write_text("int main(void) { return 0; }\n", "ascii")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subject = ["-subj", "/CN=famgui test only", "-addext", "extendedKeyUsage=codeSigning", "-days", "2"]
    make = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, *subject]
    subprocess.run([compiler, "-o", program, source], check=True)
    subprocess.run(make, check=True, capture_output=True)
    verify = [signer, "verify", "-CAfile", str(certificate), "-in", str(program)]
    assert subprocess.run(verify, capture_output=True).returncode != 0
    words = [signer, "sign", "-certs", str(certificate), "-key", str(key), "-in", "{file}", "-out", "{out}"]
    assert sign(_plan(plan, *words), program) == "signed with osslsigncode"
    seen = subprocess.run(verify, capture_output=True, text=True)
    assert seen.returncode == 0 and "Signature verification: ok" in seen.stdout, seen.stdout
    changed = bytearray(program.read_bytes())
    changed[0x400] ^= 1
    program.write_bytes(changed)
    assert subprocess.run(verify, capture_output=True).returncode != 0
