"""Receipts as they come: wrapped JSON, spellings of other interfaces, tables in both directions; faults with places."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rustpy_xlsxwriter import write_worksheets

from famgui.base.wording import Wording
from famgui.domain.receipt.stated import Receipt
from famgui.files.receipt import values
from famgui.files.receipt.names import names
from famgui.files.receipt.raw import FaultyReceipt
from famgui.files.receipt.reading import parse_receipts, parse_text, read_receipts
from famgui.files.receipt.sentence import Teller
from famgui.files.receipt.template import write_template

STATED: Mapping[str, Any] = {
    "medfee_sumamt": 680.00,
    "fulamt_ownpay_amt": "30.00",
    "overlmt_selfpay": 0,
    "preselfpay_amt": "20",
    "inscp_scp_amt": 630,
    "act_pay_dedc": 50,
    "hifp_pay": 348,
    "pool_prop_selfpay": 0.6,
    "fund_pay_sumamt": "348.0",
    "psn_part_amt": 332,
    "acct_pay": 332,
    "acct_mulaid_pay": 212,
    "psn_cash_pay": "0.00",
}
AROUND: Mapping[str, Any] = {
    "setl_id": "430200G0001",
    "psn_name": "王芳",
    "certno": "430202190001010029",
    "insutype": "310",
    "psn_type": 1101,
    "med_type": "11",
    "hosp_lv": "02",
    "setl_time": "2025-05-10 10:22:31",
    "insuplc_admdvs": "430299",
}
FEN = {
    "medfee_sumamt": 68_000,
    "fulamt_ownpay_amt": 3_000,
    "overlmt_selfpay": 0,
    "preselfpay_amt": 2_000,
    "inscp_scp_amt": 63_000,
    "act_pay_dedc": 5_000,
    "hifp_pay": 34_800,
    "fund_pay_sumamt": 34_800,
    "psn_part_amt": 33_200,
    "acct_pay": 33_200,
    "acct_mulaid_pay": 21_200,
    "psn_cash_pay": 0,
}


def one(text: str) -> Receipt:
    """The only receipt of a text."""
    (found,) = parse_text(text, "r.json")
    return found


def of(document: object) -> Receipt:
    """The only receipt of a JSON document."""
    return one(json.dumps(document, ensure_ascii=False))


def table(rows: Sequence[Sequence[Any]], *, delimiter: str = ",", encoding: str = "utf-8-sig") -> Receipt:
    """The only receipt of a table as CSV."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    (found,) = parse_receipts(text.getvalue().encode(encoding), "r.csv")
    return found


def workbook(*sheets: Sequence[Sequence[Any]]) -> bytes:
    """A real xlsx with these sheets; the first row of each is its header."""
    written = io.BytesIO()
    pages = [
        (f"s{at}", [dict(zip(map(str, rows[0]), row, strict=False)) for row in rows[1:]])
        for at, rows in enumerate(sheets)
    ]
    write_worksheets(pages, written)
    return written.getvalue()


@pytest.mark.parametrize(
    "document",
    [
        STATED,
        {**AROUND, **STATED},
        {"output": {"setlinfo": STATED}},
        {"infcode": 0, "output": {"data": [{"result": STATED}]}},
        {"output": json.dumps({"setlinfo": STATED})},
        [STATED],
        {"OUTPUT": {"setlinfo": {name.upper(): value for name, value in STATED.items()}}},
        {name: str(value) for name, value in STATED.items()},
        {**STATED, "cvlserv_pay": None, "maf_pay": "", "hifob_pay": "-"},
    ],
    ids=["bare", "with circumstances", "wrapped", "deeper", "text in text", "list", "capitals", "texts", "empty funds"],
)
def test_json_in_every_wrapping_is_the_same(document: object) -> None:
    found = of(document)
    assert (dict(found.amounts), found.ratio) == (FEN, 6_000)


def test_circumstances_are_read_from_around() -> None:
    inside = {"output": {"setlinfo": STATED, "baseinfo": dict(AROUND)}}
    for document in ({**AROUND, **STATED}, {**AROUND, "output": {"setlinfo": STATED}}, inside):
        found = of(document)
        facts = found.facts
        assert (facts.place, facts.insurance, facts.status, facts.kind) == (
            "430299",
            "employee",
            "active",
            "outpatient",
        )
        assert (facts.level, facts.grade, facts.day) == ("tertiary", "A", date(2025, 5, 10))
        assert (found.number, found.patient, found.id_masked) == ("430200G0001", "王芳", "430***********0029")
        assert (found.unread, found.unsure) == ((), ())


def test_other_interfaces_spell_otherwise() -> None:
    renamed = {
        "psn_cash_pay": "cash_payamt",
        "psn_part_amt": "psn_pay",
        "inscp_scp_amt": "inscp_amt",
        "overlmt_selfpay": "overlmt_amt",
    }
    found = of({renamed.get(name, name): value for name, value in STATED.items()} | {"othfund_pay": 0})
    assert dict(found.amounts) == {**FEN, "oth_pay": 0}
    assert of({**STATED, "psn_cash_pay": None, "pdn_cash_pay": "0.00"}).amounts["psn_cash_pay"] == 0
    mobile = {
        "feeSumamt": "685.00",
        "ownPayAmt": "0.00",
        "psnAcctPay": "332.00",
        "selfAcctPay": "120.00",
        "acctMulaidPay": "212.00",
        "fundPay": "348.00",
        "othFeeAmt": "5.00",
        "hospPartAmt": "0.00",
    }
    found = of(mobile)
    assert found.mobile
    assert found.amounts["selfAcctPay"] == 12_000 and found.amounts["acct_mulaid_pay"] == 21_200
    assert found.amounts["medfee_sumamt"] == 68_500


def test_every_spelling_of_the_table_is_read() -> None:
    for name, named in names().fields.items():
        for written in (name, named.zh, *named.spellings):
            assert names().field(f" {written}（元）：") == name


def test_two_spellings_that_differ_are_kept_apart() -> None:
    found = of({**STATED, "psn_pay": "333.00"})
    assert found.amounts["psn_part_amt"] == 33_200
    assert found.doubled == (("psn_part_amt", "psn_pay", 33_300),)
    assert of({**STATED, "psn_pay": 332}).doubled == ()


def test_fund_rows_and_our_own_answer_say_it_a_second_time() -> None:
    rows = [
        {"fund_pay_type": "310100", "fund_payamt": 348, "inscp_scp_amt": 630},
        {"fund_pay_type": "310200", "fund_payamt": "332.00"},
        {"fund_pay_type": "999999", "fund_payamt": 1},
    ]
    found = of({"output": {"setlinfo": STATED, "setldetail": rows}})
    assert found.details == (("hifp_pay", 34_800), ("acct_pay", 33_200))
    payments = [
        {"payer": "pool", "amount": "348.00"},
        {"payer": "own", "account": "wang", "amount": "120.00"},
        {"payer": "shared", "account": "li", "amount": "212.00"},
        {"payer": "cash", "amount": "0.00"},
    ]
    split = {"name": "split", "value": "630.00", "inputs": {"total": "680.00", "self_paid": "30.00"}}
    found = of({"id": "v1", "status": "settled", **STATED, "payments": payments, "steps": [split], "problems": []})
    assert found.amounts["selfAcctPay"] == 12_000 and found.number == "v1"
    assert set(found.details) >= {("hifp_pay", 34_800), ("acct_mulaid_pay", 21_200), ("fulamt_ownpay_amt", 3_000)}
    assert found.unread == ()


def test_several_receipts_in_one_file() -> None:
    second = {**STATED, "setl_id": "2", "medfee_sumamt": 700}
    found = parse_text(json.dumps({"events": [{**STATED, "setl_id": "1"}, second, {"id": "x"}]}), "r.json")
    assert [(each.number, each.amounts["medfee_sumamt"]) for each in found] == [("1", 68_000), ("2", 70_000)]
    head = ["setl_id", *STATED]
    text = "\n".join(",".join(map(str, row)) for row in (head, ["1", *STATED.values()], [], ["2", *STATED.values()]))
    found = parse_text(text, "r.csv")
    assert [each.number for each in found] == ["1", "2"] and dict(found[1].amounts) == FEN


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(",", "utf-8-sig"), (",", "gb18030"), ("\t", "utf-8"), (";", "utf-8"), ("\t", "utf-16")]
)
def test_csv_of_every_kind_is_the_same(delimiter: str, encoding: str) -> None:
    rows = [["字段", "中文", "值"], *[[name, names().label(name, "zh"), value] for name, value in STATED.items()]]
    found = table(rows, delimiter=delimiter, encoding=encoding)
    assert (dict(found.amounts), found.ratio) == (FEN, 6_000)


def test_tables_by_chinese_names_and_without_a_header() -> None:
    around = {"参保地": "430200", "险种": "职工", "人员类别": "在职", "就诊类型": "普通门诊", "医院等级": "三级甲等"}
    rows = [*around.items(), ("结算时间", "2025年5月10日"), *((names().label(n, "zh"), v) for n, v in STATED.items())]
    found = table([["结算单"], *map(list, rows), ["备注", ""]])
    assert (dict(found.amounts), found.ratio) == (FEN, 6_000)
    facts = found.facts
    assert (facts.insurance, facts.status, facts.kind, facts.level) == ("employee", "active", "outpatient", "tertiary")
    assert facts.day == date(2025, 5, 10)


def test_workbooks_in_both_directions() -> None:
    rows = [["字段", "中文", "金额"], *[[name, "", value] for name, value in STATED.items()]]
    (found,) = parse_receipts(workbook([["说明"], ["见下一页"]], rows), "r.xlsx")
    assert (dict(found.amounts), found.ratio) == (FEN, 6_000)
    day = [*STATED.values(), date(2025, 5, 10)]
    (found,) = parse_receipts(workbook([[*STATED, "setl_time"], day]), "r.xlsx")
    assert (dict(found.amounts), found.facts.day) == (FEN, date(2025, 5, 10))


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_template_filled_is_the_receipt(tmp_path: Path, ending: str, language: Any) -> None:
    good = of({**AROUND, **STATED, "used-pool": "400.00", "used-deductible": 250})
    path = tmp_path / f"t.{ending}"
    write_template(path, Wording(language), good)
    (found,) = read_receipts(path)
    assert (found.amounts, found.ratio, found.number) == (good.amounts, good.ratio, good.number)
    assert found.facts.beside(good.facts) == good.facts
    assert (found.facts.used_pool, found.facts.used_deductible) == (40_000, 25_000)
    write_template(path, Wording(language))
    with pytest.raises(FaultyReceipt) as raised:
        read_receipts(path)
    assert [fault.code for fault in raised.value.faults] == ["no-receipt"]


def test_what_is_not_known_is_told_and_not_taken() -> None:
    found = of({**STATED, "hosp_lv": "05", "med_type": "51", "insutype": "340"})
    assert found.facts.level == "secondary" and found.unsure == (("hosp_lv", "05"),)
    assert found.facts.kind is None and found.facts.insurance is None
    assert ("med_type", "51") in found.unread and ("insutype", "340") in found.unread
    rows = [["字段", "值"], *STATED.items(), ["挂号费", "5.00"]]
    assert table([list(row) for row in rows]).unread == (("挂号费", "5.00"),)
    assert of({**STATED, "psn_type": "1501"}).facts.insurance == "resident"
    assert of({**STATED, "hosp_lv": "11"}).unread == ()


@pytest.mark.parametrize(
    ("value", "fen"),
    [
        ("1,234.50", 123_450),
        (" ¥ 12.30 元", 1_230),
        ("１２．３０", 1_230),
        ("-5.00", -500),
        ("680.000", 68_000),
        (12.3, 1_230),
        (0.1 + 0.2, 30),
        (1_234_567.89, 123_456_789),
        (Decimal("0.005") * 2, 1),
        ("", None),
        ("—", None),
        (None, None),
    ],
)
def test_amounts(value: object, fen: int | None) -> None:
    assert values.amount(value) == fen


@pytest.mark.parametrize("value", ["12.345", "1e3", "abc", True, float("nan"), "--5", "12.3.4", 1e20, date(2025, 1, 1)])
def test_what_is_no_amount(value: object) -> None:
    with pytest.raises(values.NotReadable):
        values.amount(value)


@pytest.mark.parametrize(
    ("value", "found"), [("0.6", 6_000), ("60%", 6_000), (60, 6_000), (0.675, 6_750), ("1", 10_000), ("", None)]
)
def test_ratios(value: object, found: int | None) -> None:
    assert values.ratio(value) == found


@pytest.mark.parametrize("value", ["160%", "0.60001", "half"])
def test_what_is_no_ratio(value: object) -> None:
    with pytest.raises(values.NotReadable):
        values.ratio(value)


@pytest.mark.parametrize(
    "value", ["2025-05-10", "2025/5/10", "20250510", "20250510102231", "2025-05-10T10:22:31+08:00", "1746840000000"]
)
def test_days(value: str) -> None:
    assert values.day(value) == date(2025, 5, 10)


FAULTS: list[tuple[str, bytes, list[tuple[str, str, int | None]]]] = [
    ("r.json", b"", [("empty", "", None)]),
    ("r.json", b'{\n "medfee_sumamt": 680,\n', [("not-json", "", 3)]),
    ("r.json", b'{"a": 1}', [("no-receipt", "", None)]),
    ("r.json", b"[" * 100_000, [("too-deep", "", None)]),
    ("r.json", b'{"medfee_sumamt": NaN, "psn_cash_pay": 1}', [("too-deep", "", None)]),
    (
        "r.json",
        b'{"medfee_sumamt": 680,\n "psn_cash_pay": "12.345",\n "hifp_pay": "x",\n "pool_prop_selfpay": 600}',
        [("ratio", "pool_prop_selfpay", 4), ("decimals", "psn_cash_pay", 2), ("amount", "hifp_pay", 3)],
    ),
    ("r.json", b'{"medfee_sumamt": 1e30, "psn_cash_pay": 0}', [("too-large-amount", "medfee_sumamt", 1)]),
    ("r.csv", b"hello\n1,2,3\n", [("no-receipt", "", None)]),
    ("r.csv", "个人现金支出,一百\n总费用,680\n".encode(), [("amount", "个人现金支出", 1)]),
    ("r.xlsx", b"PK\x03\x04 broken", [("not-a-workbook", "", None)]),
]


@pytest.mark.parametrize(("name", "data", "expected"), FAULTS, ids=[f"{n}-{e[0][0]}" for n, _, e in FAULTS])
def test_faults_are_told_in_one_line_each(
    tmp_path: Path, name: str, data: bytes, expected: list[tuple[str, str, int | None]]
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(FaultyReceipt) as raised:
        read_receipts(path)
    found = [(fault.code, fault.field, fault.line) for fault in raised.value.faults]
    assert sorted(found, key=str) == sorted(expected, key=str)
    for language in ("zh", "en"):
        for fault in raised.value.faults:
            line = Teller(Wording(language)).fault(name, fault)  # type: ignore[arg-type]
            assert line.startswith(name) and "\n" not in line and "{" not in line


_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
_KEYS = st.sampled_from([*STATED, *AROUND, "output", "setldetail", "payments", "steps", "inputs", "payer"])
_TREES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS | st.text(max_size=5), inner, max_size=9),
)


@settings(max_examples=200, deadline=None)
@given(_TREES | st.binary(max_size=200) | st.text(max_size=200))
def test_nothing_else_ever_comes_of_a_file(made: object) -> None:
    """Whatever a file holds, it is a receipt or it is told why it is none."""
    data = made if isinstance(made, bytes) else made.encode() if isinstance(made, str) else json.dumps(made).encode()
    try:
        found = parse_receipts(data, "r")
    except FaultyReceipt as error:
        assert error.faults
    else:
        assert found


ODD = (5, 10**40, -0.5, True, "", "x" * 400, [], [5], {}, {"a": 1}, "{", "9" * 13, "2025-13-45", [{"name": "split"}])


@pytest.mark.parametrize(
    "key", ["steps", "payments", "setldetail", *AROUND, "brdy", "refd_setl_flag", "medfee_sumamt", "pool_prop_selfpay"]
)
def test_odd_values_are_told_or_left_alone(key: str) -> None:
    """No value in any place stops the reading with anything but a fault."""
    rows = [[{"payer": "own", "amount": odd, "fund_pay_type": odd, "fund_payamt": odd, "inputs": odd}] for odd in ODD]
    for odd in (*ODD, *rows, [{"name": "split", "value": [], "inputs": {"total": {}}}]):
        document = json.dumps({**STATED, key: odd})
        try:
            (found,) = parse_text(document, "r")
        except FaultyReceipt as error:
            assert error.faults
        else:
            assert key == "medfee_sumamt" or found.amounts["medfee_sumamt"] == 68_000


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for path, code in ((tmp_path, "is-folder"), (tmp_path / "none.json", "unreadable")):
        with pytest.raises(FaultyReceipt) as raised:
            read_receipts(path)
        assert [fault.code for fault in raised.value.faults] == [code]
    big = tmp_path / "big.json"
    big.write_bytes(b" " * (4 * 1024 * 1024 + 1))
    with pytest.raises(FaultyReceipt) as raised:
        read_receipts(big)
    assert [fault.code for fault in raised.value.faults] == ["too-large"]
