"""`famgui verify` from outside: what it says of a receipt, in which words, and with which status."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from famgui.base.wording import Wording
from famgui.files.receipt.reading import read_receipts
from famgui.files.receipt.template import write_template
from tests.files.program import CASES, famgui
from tests.files.test_receiptfile import AROUND, STATED

YEAR = ("--used-pool", "400.00", "--used-deductible", "250.00")
TOLD = ("--insurance", "employee", "--status", "active", "--kind", "outpatient", "--level", "tertiary")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One home for all runs; receipts that agree, that differ, and that cannot be read."""
    folder = tmp_path_factory.mktemp("home")

    def write(name: str, document: object) -> None:
        (folder / name).write_text(json.dumps(document, ensure_ascii=False), "utf-8")

    write("good.json", {"infcode": 0, "output": {"setlinfo": {**AROUND, **STATED}}})
    write("cash.json", {**AROUND, **STATED, "acct_pay": 319.7, "acct_mulaid_pay": 199.7, "psn_cash_pay": "12.20"})
    write("bare.json", STATED)
    write("bad.json", {**STATED, "psn_cash_pay": "12.345"})
    yield folder
    assert not (folder / "famgui" / "logs").exists(), "a crash was written down"


def answer(home: Path, *arguments: object) -> tuple[int, Any]:
    ran = famgui(home, "verify", *arguments, "--json")
    assert ran.stderr == b""
    return ran.returncode, json.loads(ran.stdout)


def test_a_correct_receipt_agrees(home: Path) -> None:
    status, found = answer(home, "good.json", *YEAR)
    assert (status, found["format"], found["verdict"], found["findings"]) == (0, 1, "agrees", [])
    assert found["receipt"]["medfee_sumamt"] == "680.00" and found["receipt"]["pool_prop_selfpay"] == "0.60"
    assert found["facts"]["place"] == "430299" and found["facts"]["used_pool"] == "400.00"


def test_a_wrong_field_is_found_and_named(home: Path) -> None:
    """Sum and rules agree on everything else; the balance is not known, so cash and accounts share the blame."""
    status, found = answer(home, "cash.json", *YEAR)
    assert (status, found["verdict"]) == (3, "differs")
    (one,) = found["findings"]
    assert set(one) >= {
        *("field", "kind", "severity", "stated", "expected", "difference"),
        *("explanation", "cause", "clause", "message"),
    }
    named = {(one["field"], one["expected"])} | {(way["field"], way["expected"]) for way in one.get("others", ())}
    assert ("psn_cash_pay", "12.30") in named
    assert (one["kind"], one["severity"], one["clause"]) == ("identity", "error", "SYS-06")


def test_the_page_in_both_languages(home: Path) -> None:
    ran = famgui(home, "verify", "good.json", "cash.json", *YEAR)
    assert (ran.returncode, ran.stderr) == (3, b"")
    page = ran.stdout.decode()
    for shown in ("✓ good.json: 核对一致", "✗ cash.json: 不一致", "psn_cash_pay（个人现金支出）应为 12.30", "[SYS-06]"):
        assert shown in page
    ran = famgui(home, "--lang", "en", "verify", "cash.json", *YEAR)
    assert "psn_cash_pay (cash) should be 12.30" in ran.stdout.decode()


def test_what_is_not_told_is_asked_of_the_options(home: Path) -> None:
    status, found = answer(home, "bare.json")
    assert (status, found["verdict"]) == (0, "incomplete")
    assert [note["code"] for note in found["not_checked"]] == ["date"]
    status, found = answer(home, "bare.json", *TOLD, "--date", "2025-05-10", *YEAR)
    assert (status, found["verdict"], found["facts"]["place"]) == (0, "agrees", "430200")
    status, found = answer(home, "bare.json", *TOLD[:-1], "secondary", "--date", "2025-05-10", "--used-deductible", "0")
    assert (status, found["verdict"]) == (0, "agrees"), "50.00 a visit is the secondary level's"
    status, found = answer(home, "bare.json", *TOLD, "--date", "2025-05-10", "--used-deductible", "0")
    causes = {one["field"]: one["cause"] for one in found["findings"]}
    assert status == 3 and causes["hifp_pay"] == causes["act_pay_dedc"] == "deductible-of-level"


def test_our_own_answer_is_a_receipt(home: Path) -> None:
    ran = famgui(home, "settle", CASES / "example.toml", "--json")
    (home / "own.json").write_bytes(ran.stdout)
    status, found = answer(home, "own.json", *TOLD, "--date", "2025-05-10", *YEAR)
    assert (status, [one["verdict"] for one in found]) == (0, ["agrees", "agrees"])
    document = json.loads(ran.stdout)
    document["events"] = document["events"][:1]
    for name in STATED:
        wrong = json.loads(json.dumps(document))
        changed = {"pool_prop_selfpay": "0.55"}.get(name, f"{float(wrong['events'][0][name]) + 0.1:.2f}")
        wrong["events"][0][name] = changed
        (home / "wrong.json").write_text(json.dumps(wrong), "utf-8")
        if name in ("psn_cash_pay", "hifp_pay", "pool_prop_selfpay", "fulamt_ownpay_amt"):
            status, found = answer(home, "wrong.json", *TOLD, "--date", "2025-05-10", *YEAR)
            named = [one["field"] for one in found["findings"] if one["severity"] != "info"]
            assert (status, named) == (3, [name])


@pytest.mark.parametrize("wrong", [{}, {"psn_part_amt": "331.90"}], ids=["correct", "wrong"])
def test_json_csv_and_workbook_give_the_same_answer(home: Path, wrong: dict[str, str]) -> None:
    (home / "a.json").write_text(json.dumps({**AROUND, **STATED, **wrong}), "utf-8")
    (receipt,) = read_receipts(home / "a.json")
    for name in ("a.xlsx", "a.csv"):
        write_template(home / name, Wording("zh"), receipt)
    status, expected = answer(home, "a.json", *YEAR)
    assert (status, expected["verdict"]) == ((3, "differs") if wrong else (0, "agrees"))
    for name in ("a.xlsx", "a.csv"):
        assert answer(home, name, *YEAR) == (status, expected)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_template_is_written_empty(home: Path, ending: str) -> None:
    ran = famgui(home, "verify", "--template", f"t.{ending}")
    assert (ran.returncode, ran.stdout.decode().strip()) == (0, f"t.{ending}")
    ran = famgui(home, "verify", f"t.{ending}")
    assert ran.returncode == 2 and f"t.{ending}: " in ran.stderr.decode()
    ran = famgui(home, "verify", "--template", f"good.json/t.{ending}")
    assert (ran.returncode, ran.stdout) == (2, b"") and ran.stderr


def test_what_cannot_be_read_is_status_2_and_nothing_is_printed(home: Path) -> None:
    ran = famgui(home, "verify", "good.json", "bad.json", "missing.json", "--json")
    assert (ran.returncode, ran.stdout) == (2, b"")
    first, second = ran.stderr.decode().splitlines()
    assert first.startswith("bad.json:1: psn_cash_pay: ") and "12.345" in first
    assert second.startswith("missing.json: ")
    ran = famgui(home, "verify")
    assert ran.returncode == 2 and "--template" in ran.stderr.decode()
    assert famgui(home, "verify", "good.json", "--level", "x").returncode == 2


@pytest.mark.parametrize(
    ("option", "value", "do"),
    [
        ("--date", "2025-02-30", "2025-05-10"),
        ("--date", "20250510", "2025-05-10"),
        ("--used-pool", "-5", "400.00"),
        ("--used-deductible", "1.234", "400.00"),
        ("--disease-limit", "a lot", "400.00"),
        ("--place", "Zhuzhou", "430200"),
    ],
)
def test_an_option_that_cannot_be_taken_is_told_in_a_sentence(home: Path, option: str, value: str, do: str) -> None:
    for language, shown in (("zh", "写"), ("en", "write")):
        ran = famgui(home, "--lang", language, "verify", "good.json", f"{option}={value}")
        (line,) = ran.stderr.decode().splitlines()
        assert (ran.returncode, ran.stdout) == (2, b"")
        assert line.startswith(option) and value in line and do in line and shown in line and "argument" not in line


def test_designated_disease_and_its_limit_are_told_by_options(home: Path) -> None:
    total = {"medfee_sumamt": "500.00", "inscp_scp_amt": "500.00", "psn_part_amt": "500.00", "psn_cash_pay": "500.00"}
    plain = {
        **total,
        "act_pay_dedc": "0.00",
        "pool_prop_selfpay": "0.00",
        "hifp_pay": "0.00",
        "fund_pay_sumamt": "0.00",
    }
    (home / "plain.json").write_text(json.dumps(plain), "utf-8")
    status, found = answer(home, "plain.json", *TOLD, "--date", "2025-05-10", *YEAR, "--not-designated")
    assert (status, found["verdict"], found["facts"]["designated"]) == (0, "agrees", "no")
    told = (*TOLD[:4], "--kind", "two-disease", "--level", "community", "--disease", "both", "--disease-limit", "50.00")
    status, found = answer(home, "plain.json", *told, "--date", "2025-05-10", "--contracted")
    assert {"disease": "both", "disease_limit": "50.00", "contracted": "yes"}.items() <= found["facts"].items()


def test_another_year_than_the_one_told_is_no_cause(home: Path) -> None:
    less = {"hifp_pay": "333.33", "fund_pay_sumamt": "333.33", "psn_part_amt": "346.67", "psn_cash_pay": "14.67"}
    (home / "less.json").write_text(json.dumps({**AROUND, **STATED, **less}), "utf-8")
    ran = famgui(home, "--lang", "en", "verify", "less.json", *YEAR)
    assert "only if the year to date were different" in ran.stdout.decode() and ran.returncode == 3
