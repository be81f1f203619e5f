"""The real program from outside: what it prints, what it returns, what it writes and where."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import famgui as package
from famgui.files.comparison import differences
from tests.files.program import CASES, environment, famgui
from tests.patience import PATIENCE

NAMES = sorted(path.stem for path in CASES.glob("*.toml"))
EXAMPLE = CASES / "example.toml"
HOUSE = 'format = 1\nplace = "430200"\n[[person]]\nid = "kid"\nname = "小明"\ninsurance = "resident"\n'
DEPOSIT = '[[event]]\nid = "d"\ntype = "deposit"\ndate = 2025-01-01\naccount = "kid"\namount = "1.00"\n'


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One home for all runs of this file, so that packs are compiled once; three small cases lie in it."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "good.toml").write_text(HOUSE, "utf-8")
    (folder / "refused.toml").write_text(HOUSE + DEPOSIT, "utf-8")
    (folder / "faulty.toml").write_text(HOUSE + DEPOSIT.replace('"1.00"', "1.00"), "utf-8")
    yield folder
    assert not (folder / "famgui" / "logs").exists(), "a crash was written down"


@pytest.fixture(scope="module")
def answers(home: Path) -> dict[str, Any]:
    """The answers to all worked cases, settled in one run."""
    ran = famgui(home, "settle", *(CASES / f"{name}.toml" for name in NAMES), "--json")
    assert (ran.returncode, ran.stderr) == (0, b"")
    found = json.loads(ran.stdout)
    assert isinstance(found, list) and len(found) == len(NAMES)
    return dict(zip(NAMES, found, strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_worked_case(answers: dict[str, Any], name: str) -> None:
    expected = json.loads((CASES / f"{name}.expect.json").read_text("utf-8"))
    assert differences(answers[name], expected) == []
    assert set(answers[name]) == {"format", "events", "accounts", "used", "problems"}


def test_one_file_is_one_answer(home: Path, answers: dict[str, Any]) -> None:
    ran = famgui(home, "settle", EXAMPLE, "--json")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert json.loads(ran.stdout) == answers["example"]


def test_a_refused_event_is_status_3(home: Path) -> None:
    ran = famgui(home, "settle", "--json", "good.toml", "refused.toml")
    assert (ran.returncode, ran.stderr) == (3, b"")
    good, refused = json.loads(ran.stdout)
    assert good["events"] == []
    (event,) = refused["events"]
    assert (event["status"], event["problems"][0]["code"]) == ("refused", "NO_ACCOUNT")
    assert "小明" in event["problems"][0]["message"]


def test_a_faulty_file_is_status_2_and_nothing_is_printed(home: Path) -> None:
    ran = famgui(home, "settle", "good.toml", "refused.toml", "faulty.toml", "--json")
    assert (ran.returncode, ran.stdout) == (2, b"")
    (line,) = ran.stderr.decode().splitlines()
    assert line.startswith("faulty.toml:12: event[0].amount: ")
    assert "120.00" in line and "数字" in line


FIGURES = (
    "680.00",
    "348.00",
    "120.00",
    "212.00",
    "-348.00",
    "228.00",
    "132.00",
    "4543.00",
    "628.00",
    "300.00",
    "400.00",
)
CLAUSES = ("[SYS-02]", "[HN-03]", "[N-25]", "[HN-34]", "[HN-23, S1-38]", "[SYS-06]")


def test_table_in_chinese_is_utf8_whatever_the_terminal_says(home: Path) -> None:
    env = environment(home, PYTHONIOENCODING="gbk")
    ran = famgui(home, "settle", EXAMPLE, CASES / "case20.toml", env=env)
    assert (ran.returncode, ran.stderr) == (0, b"")
    page = ran.stdout.decode("utf-8")
    for shown in (
        *FIGURES,
        *CLAUSES,
        "王芳",
        "李强",
        "周秀英",
        "株洲市",
        "湖南省",
        "2026-11-22",
        "统筹基金",
        "共济账户",
        "已结算",
    ):
        assert shown in page, shown
    assert "600.00" in page and "[FJ-01" in page and "部分" in page
    assert "\x1b" not in page


def test_table_in_english(home: Path) -> None:
    ran = famgui(home, "--lang", "en", "settle", EXAMPLE, "refused.toml")
    assert (ran.returncode, ran.stderr) == (3, b"")
    page = ran.stdout.decode("utf-8")
    for shown in (*FIGURES, *CLAUSES, "Zhuzhou", "Hunan", "Pooled fund", "Shared account · 李强", "settled", "refused"):
        assert shown in page, shown
    assert "小明 has no employee's personal account" in page


def test_names_are_shown_as_they_stand(home: Path) -> None:
    names = ("[/b]张", "[red]李[/red]", ":smile:", "{x}", "100%")
    people = "".join(
        f'[[person]]\nid = "p{number}"\nname = "{name}"\ninsurance = "employee"\naccount = {{ current = "1.00" }}\n'
        for number, name in enumerate(names)
    )
    (home / "names.toml").write_text(f'format = 1\nplace = "430200"\n{people}', "utf-8")
    ran = famgui(home, "settle", "names.toml", env=environment(home, FAMGUI_HOME=str(home / "elsewhere")))
    assert ran.returncode == 0, ran.stderr.decode()
    for name in names:
        assert name in ran.stdout.decode("utf-8")


def test_search(home: Path) -> None:
    ran = famgui(home, "search", "湖南", "同时", "绑定", "10名", "--json", "--limit", "3")
    assert (ran.returncode, ran.stderr) == (0, b"")
    found = json.loads(ran.stdout)
    assert set(found) == {"results"} and len(found["results"]) == 3
    for hit in found["results"]:
        assert list(hit) == ["id", "score", "place", "statement", "grade", "matched"]
        assert isinstance(hit["score"], float) and isinstance(hit["matched"], list)
    assert "HN-21" in [hit["id"] for hit in found["results"]]
    text = famgui(home, "search", "HN-21", "--lang", "en").stdout.decode("utf-8")
    assert text.startswith("HN-21  Hunan  official word passed on  from 2024-09-01\n  ")
    assert "https://" in text
    assert famgui(home, "search", "N-01", "--lang", "zh").stdout.decode("utf-8").startswith("N-01  全国  ")


def test_search_for_a_place_and_a_day(home: Path) -> None:
    def first(*words: str) -> str:
        ran = famgui(home, "search", *words, "--json", "--limit", "1")
        assert (ran.returncode, ran.stderr) == (0, b"")
        found: str = json.loads(ran.stdout)["results"][0]["id"]
        return found

    assert first("同时最多绑几个人", "--place", "430200") == "HN-21"
    assert first("门槛", "--place", "350000").startswith("FJ-")
    assert first("职工三级门诊起付", "--place", "430200", "--date", "2026-11-22") == "HN-03"
    assert first("jiebang", "--place", "430200") in {"HN-31", "HN-21", "HN-22"}
    for wrong in (("--place", "株洲"), ("--date", "2025-13-01"), ("--date", "20250101")):
        assert famgui(home, "search", "门槛", *wrong).returncode == 2


def test_search_that_finds_nothing(home: Path) -> None:
    ran = famgui(home, "search", "火星", "--json")
    assert (ran.returncode, ran.stderr, json.loads(ran.stdout)) == (0, b"", {"results": []})
    said = famgui(home, "--lang=en", "search", "火星")
    assert (said.returncode, said.stdout.decode()) == (0, 'No clause found for "火星"; try other words.\n')


def test_version(home: Path) -> None:
    ran = famgui(home, "--version")
    assert (ran.returncode, ran.stdout.decode().strip()) == (0, f"famgui {package.__version__}")


def tree(folder: Path) -> set[str]:
    """Everything below a folder."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_home_moves_everything_that_is_written(tmp_path: Path) -> None:
    env = environment(tmp_path, XDG_CACHE_HOME=str(tmp_path / "xdg"), TMPDIR=str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    before = tree(tmp_path)
    ran = famgui(tmp_path, "settle", EXAMPLE, "--home", tmp_path / "moved", "--json", env=env)
    assert (ran.returncode, ran.stderr) == (0, b"")
    new = tree(tmp_path) - before
    kept = {f"moved/cache/{name}" for name in ("packs.json", "values.jsonl", "texts.jsonl")}
    assert new == {"moved", "moved/cache", *kept}
    del env["FAMGUI_HOME"]
    assert famgui(tmp_path, "--home", tmp_path / "moved", "search", "HN-21", env=env).returncode == 0
    assert tree(tmp_path) - before == new | {"moved/cache/search.index"}


def test_a_home_that_cannot_be_written_still_settles(tmp_path: Path, answers: dict[str, Any]) -> None:
    (tmp_path / "famgui").write_bytes(b"a file")
    ran = famgui(tmp_path, "settle", EXAMPLE, "--json")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert json.loads(ran.stdout) == answers["example"]
    assert (tmp_path / "famgui").read_bytes() == b"a file"


@pytest.mark.parametrize("form", ["--json", "--lang=zh"])
def test_a_reader_that_has_gone_is_no_error(home: Path, form: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "famgui", "settle", form, *map(str, CASES.glob("*.toml"))],
        cwd=home,
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as program:
        assert program.stdout is not None and program.stderr is not None
        program.stdout.close()
        assert program.stderr.read() == b""
        assert program.wait(PATIENCE) == 0
