"""What is checked before a build, and what a release tells of itself."""

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from building.changelog import read_changelog
from building.checks import summary, version_findings
from building.plan import ROOT, TEMPLATES, Plan
from building.publish import digest
from building.tools import Fault
from building.versionfile import FILE, write_version_file

from famgui.usecase.update import FILE as ASKED_FOR
from famgui.usecase.update import understood


def _changelog(root: Path, text: str) -> Path:
    root.mkdir(exist_ok=True)
    (root / "CHANGELOG.md").write_text(f"# Changelog\n\n{text}", "utf-8")
    return root


def _git(root: Path, *words: str) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a@example.invalid", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(root), *who, *words], check=True, capture_output=True)


def test_this_clone_names_one_version() -> None:
    assert version_findings() == []


@pytest.mark.parametrize("name", ["requirements-build.lock", "requirements-freeze.lock"])
def test_the_locks_of_the_build_carry_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    pins = re.findall(r"^[a-z0-9.-]+==\S+(?: ;.*)? \\\n    --hash=sha256:", text, re.MULTILINE)
    assert len(pins) == len(re.findall(r"^[a-z]", text, re.MULTILINE)) > 10
    assert "://" not in text and "--index" not in text and "/opt" not in text


@pytest.mark.parametrize("module", ["sbom", "notices", "natives", "signing", "checks", "versionfile", "publish"])
def test_the_steps_need_no_package(module: str) -> None:
    words = [
        sys.executable,
        "-I",
        "-S",
        "-c",
        f"import sys; sys.path[:0] = [{str(TEMPLATES)!r}]; import building.{module}",
    ]
    assert subprocess.run(words, capture_output=True, text=True, check=False).stderr == ""


@pytest.mark.parametrize(
    "text",
    [
        "## 1.2.3 - unreleased\n\n- New.\n\n## 1.2.2 - 2026-01-01\n",
        "## 1.2.3 - 2026-09-21\n",
        "## [1.2.3]\n",
        "## Unreleased\n\n- Coming.\n\n## 1.2.3 - 2026-09-21\n",
    ],
)
def test_a_change_log_that_begins_with_the_version_is_right(tmp_path: Path, text: str) -> None:
    assert version_findings(_changelog(tmp_path, text), "1.2.3") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "## 1.2.2 - unreleased\n",
            "famgui/__init__.py says 1.2.3 and CHANGELOG.md begins with 1.2.2; make them agree.",
        ),
        ("## 1.3.0 - unreleased\n\n## 1.2.3 - 2026-01-01\n", "CHANGELOG.md begins with 1.3.0"),
        ("## Unreleased\n", "has no heading of a version"),
        ("## Version one\n", "has no heading of a version"),
    ],
)
def test_a_change_log_of_another_version_is_told(tmp_path: Path, text: str, said: str) -> None:
    (finding,) = version_findings(_changelog(tmp_path, text), "1.2.3")
    assert said in finding


def test_the_tag_of_the_commit_must_be_the_version_s(tmp_path: Path) -> None:
    root = _changelog(tmp_path, "## 1.2.3 - 2026-09-21\n")
    _git(root, "init", "-q")
    _git(root, "add", ".")
    _git(root, "commit", "-q", "-m", "One")
    _git(root, "tag", "museum")
    assert version_findings(root, "1.2.3") == []
    _git(root, "tag", "v1.2.2")
    (finding,) = version_findings(root, "1.2.3")
    assert finding.startswith("This commit has the tag v1.2.2 and famgui/__init__.py says 1.2.3")
    _git(root, "tag", "v1.2.3")
    assert version_findings(root, "1.2.3") == []
    _changelog(tmp_path, "## 1.2.3 - unreleased\n")
    (finding,) = version_findings(root, "1.2.3")
    assert "tag v1.2.3 without a day" in finding


def test_the_desktop_s_release_list_begins_with_the_version_or_a_placeholder(tmp_path: Path) -> None:
    root = _changelog(tmp_path, "## 1.2.3 - unreleased\n")
    file = root / "resources" / "installer" / "linux" / "famgui.metainfo.xml.in"
    file.parent.mkdir(parents=True)
    for said, count in (("1.2.3", 0), ("@VERSION@", 0), ("1.2.2", 1)):
        file.write_text(f'<component><releases><release version="{said}"/></releases></component>', "utf-8")
        assert len(version_findings(root, "1.2.3")) == count, said
    file.write_text("<component>", "utf-8")
    assert version_findings(root, "1.2.3")[0].startswith("famgui.metainfo.xml.in is no XML")


def test_the_summary_of_a_test_run_is_its_last_count() -> None:
    assert summary("....\n== 2 passed in 0.1s ==\nmore\n=== 5210 passed, 2 skipped in 400.12s (0:06:40) ===\n") == (
        "5210 passed, 2 skipped in 400.12s (0:06:40)"
    )
    assert summary("5 passed in 1.00s") == "5 passed in 1.00s"
    with pytest.raises(Fault, match="no line says that any passed"):
        summary("no tests ran in 0.01s\n")


def test_points_of_a_change_log_are_joined_to_lines(tmp_path: Path) -> None:
    _changelog(
        tmp_path, "## 1.2.3 - 2026-09-21\n\n- One that\n  goes on.\n- Two.\n\nAfterwards.\n\n## Strange\n\n- Three.\n"
    )
    (section,) = read_changelog(tmp_path)
    assert section == ("1.2.3", "2026-09-21", ("One that goes on.", "Two."))


def test_the_program_understands_the_notice_of_a_release(plan: Plan, tmp_path: Path) -> None:
    text = "## 1.2.3 - 2026-09-20\n\n- Settles. And more of it.\n- 结算更快。其余从略。\n- Searches; and finds.\n"
    product = tmp_path / "famgui_1.2.3_amd64.deb"
    product.write_bytes(b"deb")
    page = "https://example.org/famgui"
    out = write_version_file(plan, [product], tmp_path / "dist" / FILE, page, _changelog(tmp_path / "root", text))
    notice = understood(out.read_bytes())
    assert (FILE, notice.version, notice.day, notice.page) == (ASKED_FOR, "1.2.3", date(2026, 9, 20), page)
    assert notice.note("en") == "Settles.\nSearches" and notice.note("zh") == "结算更快。"
    assert json.loads(out.read_text("utf-8"))["sha256"] == {product.name: digest(product)}
    assert [path.name for path in out.parent.iterdir()] == [FILE]


def test_a_notice_without_a_day_or_notes_takes_the_commit_s(plan: Plan, tmp_path: Path) -> None:
    out = write_version_file(plan, [], tmp_path / FILE, root=_changelog(tmp_path, "## 1.2.3 - unreleased\n"))
    notice = understood(out.read_bytes())
    assert (notice.day, notice.notes, notice.page) == (date(2026, 9, 21), (), "")
    with pytest.raises(Fault, match=r"of-nobody\.exe is missing"):
        write_version_file(plan, [tmp_path / "of-nobody.exe"], tmp_path / "other.json")
    assert not (tmp_path / "other.json").exists()


def test_notes_stay_short(plan: Plan, tmp_path: Path) -> None:
    points = "".join(f"- Point {n} {'x' * 80}.\n" for n in range(30))
    out = write_version_file(plan, [], tmp_path / FILE, root=_changelog(tmp_path, f"## 1.2.3 - unreleased\n\n{points}"))
    lines = json.loads(out.read_text("utf-8"))["notes"]["en"].splitlines()
    assert len(lines) == 6 and all(line.endswith("x.") for line in lines)
