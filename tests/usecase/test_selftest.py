"""What the self-test ships is what the tests go by, and each of its checks says in a sentence what is broken."""

import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from famgui.base.paths import Home, resources
from famgui.base.wording import Wording
from famgui.cli_selftest import CHECKS, Check, ground_in, run_check
from famgui.files.comparison import differences
from famgui.policy.library import Library
from famgui.store.upgrade import HEAD
from famgui.usecase.selftest.ground import Ground

TESTS = Path(__file__).parent.parent
SHIPPED = resources() / "selftest"
BELOW_THE_WINDOW = {check.name: check for check in CHECKS if check.module.startswith("famgui.usecase")}


@pytest.fixture
def ground(tmp_path: Path, library: Library) -> Ground:
    """A home, and a copy of what is shipped that may be broken."""
    shipped = Path(shutil.copytree(SHIPPED, tmp_path / "shipped"))
    made = ground_in(Home(tmp_path / "家 里"), Wording("zh"))
    return replace(made, shipped=shipped, library=lambda: library)


def said(ground: Ground, name: str) -> str:
    """Why a check fails, "" when it holds."""
    found = run_check(ground, BELOW_THE_WINDOW[name]).said
    assert "\n" not in found and "Traceback" not in found
    return found


def test_what_is_shipped_is_what_the_tests_go_by() -> None:
    oldest = min(TESTS.joinpath("museum").glob("book-*.sqlite"))
    assert [path.name for path in SHIPPED.glob("book-*")] == [oldest.name]
    assert (SHIPPED / oldest.name).read_bytes() == oldest.read_bytes()
    cases = sorted(SHIPPED.joinpath("cases").iterdir())
    assert [path.name for path in cases if path.read_bytes() != (TESTS / "cases" / path.name).read_bytes()] == []
    assert {path.name.partition(".")[0] for path in cases if path.suffix == ".toml"} == {
        path.name.partition(".")[0] for path in cases if path.suffix == ".json"
    }
    assert len(cases) >= 12


def test_the_shipped_cases_cover_every_payer_and_a_refund() -> None:
    figures: set[str] = set()
    for path in SHIPPED.joinpath("cases").glob("*.json"):
        for event in json.loads(path.read_text("utf-8"))["events"]:
            figures |= {row["payer"] for row in event.get("payments", ())}
            figures |= {key for key in ("hifp_pay", "psn_cash_pay") if event.get(key, "0.00") != "0.00"}
    assert {"own", "shared", "hifp_pay", "psn_cash_pay"} <= figures
    assert any('type = "refund"' in path.read_text("utf-8") for path in SHIPPED.joinpath("cases").glob("*.toml"))


def lines_changed(path: str, old: str, new: str) -> Callable[[Path], None]:
    def change(shipped: Path) -> None:
        text = (shipped / path).read_text("utf-8")
        assert old in text
        (shipped / path).write_text(text.replace(old, new, 1), "utf-8")

    return change


def gone(path: str) -> Callable[[Path], None]:
    def change(shipped: Path) -> None:
        found = shipped / path
        shutil.rmtree(found) if found.is_dir() else found.unlink()

    return change


def torn(shipped: Path) -> None:
    """The middle of the old book is overwritten."""
    (book,) = shipped.glob("book-*.sqlite")
    raw = bytearray(book.read_bytes())
    raw[8192:65536] = bytes(65536 - 8192)
    book.write_bytes(raw)


def todays(shipped: Path) -> None:
    """The old book is none: it has today's schema."""
    gone("book-0001.sqlite")(shipped)
    shutil.copyfile(TESTS / "museum" / f"book-{HEAD}.sqlite", shipped / "book-0001.sqlite")


def other_balance(shipped: Path) -> None:
    lines_changed("cases/case01.expect.json", '"4788.00"', '"4788.01"')(shipped)


@pytest.mark.parametrize(
    ("name", "broken", "sentence"),
    [
        ("old-book", torn, "损坏"),
        ("old-book", lambda shipped: (shipped / "book-0001.sqlite").write_bytes(b"x" * 5000), "不是"),
        ("old-book", gone("book-0001.sqlite"), "缺少"),
        ("old-book", todays, f"应为 {HEAD}"),
        ("cases", other_balance, "案例 case01 的结果不对：accounts.li.current: '4788.00', expected '4788.01'"),
        ("cases", gone("cases"), "缺少"),
        ("cases", gone("cases/case10.expect.json"), "case10.expect.json"),
        ("cases", lines_changed("cases/case01.toml", '"450.00"', '"450.OO"'), "case01.toml"),
        ("record", other_balance, "li 的余额是 4788.00，应为 4788.01"),
        ("workbook", lines_changed("cases/case01.expect.json", '"348.00"', '"348.01"'), "是 348.00，应为 348.01"),
        ("search", lines_changed("searches.toml", "HN-21", "HN-99"), "没有 HN-99"),
        ("search", gone("searches.toml"), "缺少"),
        ("page", gone("cases/example.toml"), "example.toml"),
    ],
)
def test_what_is_broken_is_told(ground: Ground, name: str, broken: Callable[[Path], None], sentence: str) -> None:
    broken(ground.shipped)
    assert sentence in said(ground, name)


def test_a_faulty_rule_pack_is_told(ground: Ground, tmp_path: Path) -> None:
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "430000-hunan.toml").write_text("format = 1\nplace =\n", "utf-8")
    broken = replace(ground, library=lambda: Library([tmp_path / "packs"], None))
    assert "430000-hunan.toml 第 2 行" in said(broken, "packs")


@pytest.mark.parametrize("missing", ["icalendar", "rapidfuzz.process", "rustpy_xlsxwriter"])
def test_a_missing_library_fails_its_own_check_only(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    users = {"icalendar": "papers", "rapidfuzz.process": "lookup", "rustpy_xlsxwriter": "workbook"}
    for module in [name for name in sys.modules if name.startswith("famgui.") and name != "famgui.base.paths"]:
        if module.endswith((f"selftest.{users[missing]}", "files.ics", "files.workbook.write", "policy.ideas")):
            monkeypatch.delitem(sys.modules, module)
    failed = {name for name, check in BELOW_THE_WINDOW.items() if check.module.endswith(users[missing])}
    for name in failed:
        assert said(ground, name).startswith(f"组件 {missing} 装不上"), name
    assert said(ground, "cases") == ""


def test_a_bug_becomes_a_sentence(ground: Ground, capsys: pytest.CaptureFixture[str]) -> None:
    broken = Check("cases", "famgui.domain.money", "parse_ratio")
    verdict = run_check(ground, broken)
    assert verdict.said.startswith("程序出错（TypeError") and capsys.readouterr() == ("", "")
    run_check(ground, broken, verbose=True)
    assert "Traceback" in capsys.readouterr().err


def test_comparison_sees_a_difference() -> None:
    assert differences({"a": "1.00"}, {"a": "1.00"}) == []
    assert differences({"a": "1.00"}, {"a": "1.01"}) == ["a: '1.00', expected '1.01'"]
