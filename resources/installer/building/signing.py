"""The hook for a code signature: a command of the one who releases, run on a copy that takes the file's place."""

import os
import shlex
import shutil
from pathlib import Path

from building.plan import Plan
from building.publish import digest
from building.tools import Fault, need, run

FILE, OUT = "{file}", "{out}"
LONGEST = 600.0
"""Seconds that a signer may take; a time stamp server may be slow."""


def sign(plan: Plan, file: Path) -> str:
    """Sign a file with the command of `--sign-cmd`; what was done, for people.

    `{file}` in the command stands for the file to sign, `{out}`, if there, for where the signer writes the signed one;
    without `{out}` it must sign in place. Raises Fault, leaving the file alone, when the signer fails or does nothing.
    """
    if not plan.sign.strip():
        return "not signed: no --sign-cmd was given"
    program, words = _command(plan.sign)
    before, after = (file.with_name(f".{file.stem}.{state}{file.suffix}") for state in ("unsigned", "signed"))
    apart = any(OUT in word for word in words)
    shutil.copy2(file, before)
    try:
        _run(program, [word.replace(FILE, str(before)).replace(OUT, str(after)) for word in words], file)
        signed = after if apart else before
        if not signed.is_file() or signed.stat().st_size == 0:
            raise Fault(f"The sign command ended well but left no signed {file.name}; look at its {OUT}.")
        if digest(signed) == digest(file):
            raise Fault(
                f"The sign command ended well but {file.name} is as it was; it must sign in place or use {OUT}."
            )
        shutil.copymode(file, signed)
        signed.replace(file)
    finally:
        before.unlink(missing_ok=True)
        after.unlink(missing_ok=True)
    return f"signed with {Path(program).name}"


def _command(line: str) -> tuple[str, list[str]]:
    """The program of a command line, found, and its further words; no shell reads them."""
    try:
        words = shlex.split(line, posix=os.name != "nt")
    except ValueError as error:
        raise Fault(f"--sign-cmd cannot be read as a command: {error}; look at its quotes.") from None
    if os.name == "nt":
        words = [word.strip('"') for word in words]
    if not any(FILE in word for word in words[1:]):
        raise Fault(f"--sign-cmd does not say where the file goes; write {FILE} in its place.")
    return need(words[0]), words[1:]


def _run(program: str, words: list[str], file: Path) -> None:
    """Run the signer. The words may hold a password: a failure tells what it printed and never how it was called."""
    try:
        run([program, *words], timeout=LONGEST)
    except Fault as fault:
        said = str(fault).partition("\n")[2] or f"    it did not end within {LONGEST:.0f} s"
    else:
        return
    raise Fault(f"{Path(program).name} did not sign {file.name}; the file is as it was:\n{said}")
