#!/usr/bin/env python3
"""Turns a clean clone into installers that were started before anyone gets them; docs/packaging.md tells how."""

import argparse
import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "resources" / "installer"))

from building import linux, windows  # noqa: E402 - the steps lie beside what they pack
from building.checks import run_tests, version_findings  # noqa: E402
from building.plan import Plan, Target, check_python, is_dirty, read_commit, read_version  # noqa: E402
from building.publish import publish  # noqa: E402
from building.tools import Fault, Progress  # noqa: E402
from building.versionfile import FILE, write_version_file  # noqa: E402

TARGETS = {"linux": linux.target, "windows": windows.target}


def main(arguments: list[str]) -> int:
    """Build what is asked for; 0 when all of it lies in dist/, 1 with a sentence when nothing does, 2: wrong option."""
    asked = _parser().parse_args(arguments)
    try:
        if asked.version_check:
            return _check_version()
        if asked.target != "linux" or asked.linux_python == "this":
            check_python()
        plan = _plan(asked)
        if is_dirty():
            print("Note: files differ from the commit; the product's commit is marked -dirty, new files are left out.")
            plan = replace(plan, commit=f"{plan.commit}-dirty")
        if not plan.skip_tests:
            Progress("tests", 1).step("the project's own tests", lambda: run_tests(plan))
        names = list(TARGETS) if asked.target == "all" else [asked.target]
        products = [path for name in names for path in _build(TARGETS[name](plan), plan)]
        fresh = {path.name for path in products}
        kept = [path for path in plan.dist.glob(f"famgui*{plan.version}*") if path.name not in fresh]
        products.append(write_version_file(plan, products + kept, plan.work / FILE))
        for path in publish(products, plan.dist):
            print(f"{path.stat().st_size / 1_000_000:8.1f} MB  {path}")
    except Fault as fault:
        print(f"build_installer: {fault}", file=sys.stderr)
        return 1
    except OSError as error:
        print(
            f"build_installer: {error.strerror or error}: {error.filename or ''}; nothing was published.",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print("build_installer: stopped; nothing was published.", file=sys.stderr)
        return 130
    return 0


def _build(target: Target, plan: Plan) -> list[Path]:
    """Do a target's steps in an empty folder; the finished files, not yet in dist/."""
    work = plan.work / target.name
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    progress = Progress(target.name, len(target.steps))
    for title, step in target.steps:
        progress.step(title, step)
    return target.products()


def _check_version() -> int:
    findings = version_findings()
    for finding in findings:
        print(f"build_installer: {finding}", file=sys.stderr)
    if not findings:
        print(read_version())
    return 1 if findings else 0


def _plan(asked: argparse.Namespace) -> Plan:
    commit, epoch = read_commit()
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Plan(
        version=read_version(),
        commit=commit,
        epoch=epoch,
        work=Path(asked.work or ROOT / "build" / "installer").resolve(),
        dist=Path(asked.dist or ROOT / "dist").resolve(),
        cache=Path(asked.cache or Path(cache) / "famgui-build").resolve(),
        sign=asked.sign_cmd,
        runtime=Path(asked.python_runtime).resolve() if asked.python_runtime else None,
        python=asked.linux_python,
        skip_tests=asked.skip_tests,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("build_installer.py", description=__doc__, allow_abbrev=False)
    parser.add_argument(
        "--target", choices=(*TARGETS, "all"), default="windows" if sys.platform == "win32" else "linux"
    )
    parser.add_argument("--python-runtime", metavar="ZIP", help="embeddable CPython for Windows, not the pinned one")
    parser.add_argument("--linux-python", metavar="old|this|PATH", default="old", help="which CPython the .deb carries")
    parser.add_argument("--sign-cmd", metavar="COMMAND", default="", help="signs the file put in place of {file}")
    parser.add_argument("--version-check", action="store_true", help="only say whether all places name one version")
    parser.add_argument("--skip-tests", action="store_true", help="do not run the project's tests first")
    parser.add_argument("--work", metavar="DIR", help="where products grow; build/installer")
    parser.add_argument("--dist", metavar="DIR", help="where they end; dist")
    parser.add_argument("--cache", metavar="DIR", help="downloads and the old CPython; ~/.cache/famgui-build")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
