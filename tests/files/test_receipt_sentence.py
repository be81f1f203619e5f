"""Everything that can be found on a receipt has a sentence in both languages, and no sentence is left over."""

import ast
import tomllib
from collections.abc import Iterator
from string import Formatter

import pytest

from famgui.base.wording import Wording
from famgui.domain.receipt.search import DEDUCTIBLE_YEAR, POOL_YEAR
from famgui.domain.receipt.stated import Cause, Finding, Unchecked
from famgui.files.receipt.answer import answer
from famgui.files.receipt.sentence import Teller, clauses_of, lines
from famgui.policy.library import Library
from tests.domain.receipts import GOOD, YEAR, Family, held, paid_by_pool, receipt
from tests.files.program import REPOSITORY

ZH = tomllib.loads((REPOSITORY / "resources" / "i18n" / "zh.toml").read_text("utf-8"))["receipt"]
BUILT = {f"{part}-in-scope" for part in ("self-paid", "over-limit", "upfront")} | {DEDUCTIBLE_YEAR, POOL_YEAR}
"""Causes whose names are put together or have a name of their own."""
TOLD = {"only-this", "follows", "swapped", "no-own-account"}
"""Causes that are told by a sentence of their own, not after "if"."""
QUIET = {"one-field", "missing", "sign", "shared-apart", "shared-within", "accounts-in-funds", "funds-alone"}
"""Causes that the finding's own sentence tells."""


def constants(name: str, place: int) -> set[str]:
    """The texts that stand at a place of the calls of this name, in all that belongs to receipts."""
    found: set[str] = set()
    for path in sorted((REPOSITORY / "famgui").rglob("receipt/*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == name:
                found |= {one.value for one in _texts(node, place)}
    return found


def _texts(node: ast.Call, place: int) -> Iterator[ast.Constant]:
    for one in ast.walk(node.args[place]) if len(node.args) > place else ():
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one


def keys(prefix: str) -> set[str]:
    return {key.removeprefix(prefix) for key in ZH if key.startswith(prefix)}


def test_every_cause_has_a_sentence_and_every_sentence_a_cause() -> None:
    variants = constants("Variant", 0) - {"_", "-", "-in-scope"}
    assert variants - keys("cause-") == set()
    assert keys("cause-") - variants == BUILT
    assert keys("told-") == TOLD


def test_every_fault_and_every_note_has_a_sentence() -> None:
    forms = {"line", "no-line", "line-only", "file-only"}
    codes = constants("ReceiptFault", 0) | constants("NotReadable", 0) | constants("_whole", 1)
    assert codes - {"code", "place", ""} == keys("fault-") - forms
    notes = constants("Unchecked", 0) | {"facts-fits", "in-scope", "no-bill"}
    assert notes == keys("note-")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_sentence_can_be_said(language: str, library: Library) -> None:
    """Every cause, code and note put into words, with all that their figures can be."""
    teller = Teller(Wording(language))  # type: ignore[arg-type]
    figures = tuple((name, 100) for name in ("amount", "used", "year", "balance", "known", "met", "deductible", "paid"))
    words = (("level", "tertiary"), ("status", "retired"), ("insurance", "resident"), ("kind", "two-disease"))
    values = (*figures, *words, ("ratio", 6_000), ("date", "2025-01-01"), ("account", "li"), ("field", "hifp_pay"))
    for name in (*keys("cause-"), *TOLD):
        cause = Cause(name, (*values, ("other", "psn_cash_pay")), "HN-03")
        for also in ((), (cause,)):
            found = Finding("hifp_pay", "recomputed", "error", "by-rule", 1, 2, (cause,), also=also)
            assert "{" not in teller.explanation(found)
        both = Finding("hifp_pay", "recomputed", "error", "by-rule", 1, 2, (cause, cause))
        assert name in TOLD or "{" not in teller.explanation(both)
    for name in keys("note-") - {"facts-fits"}:
        more = (("names", ("level",)), ("fits", ((("level", "tertiary"),),)), ("value", "x"), ("place", "1"))
        assert "{" not in teller.note(Unchecked(name, (*values, *more)))
    assert library.clauses["HN-03"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_whole_report_and_a_whole_answer(language: str, library: Library) -> None:
    teller, book = Teller(Wording(language), {"wang": "王芳", "li": "李强"}), library.book("430200")  # type: ignore[arg-type]
    told = [
        held(book, receipt(fulamt_ownpay_amt="30.05")),
        held(book, receipt(fund_pay_sumamt="680.00", pool_prop_selfpay="0.40")),
        held(book, paid_by_pool("390.00", "0.00")),
        held(book, receipt(GOOD, acct_mulaid_pay="332.00"), known=Family().known(book)),
        held(book, receipt(act_pay_dedc="-1.00", acct_mulaid_pay="999.00")),
        held(None, receipt(psn_part_amt=None, medfee_sumamt="1.00", inscp_scp_amt="7.00"), YEAR),
    ]
    for checked in told:
        text = "\n".join(lines(checked, "r", teller))
        assert "{" not in text and "receipt." not in text
        found = answer(checked, teller)
        assert [one["message"] for one in found["findings"]] == [teller.message(one) for one in checked.findings]
        for one in checked.findings:
            assert all(clause in library.clauses for clause in clauses_of(one))


def test_what_one_field_should_be_in_chinese() -> None:
    """The sentence that a clerk reads first."""
    found = Finding("psn_cash_pay", "identity", "error", "one-field", 1_220, 1_230)
    assert Teller(Wording("zh")).message(found) == "psn_cash_pay（个人现金支出）应为 12.30，少 0.10。"
    assert Teller(Wording("en")).message(found) == "psn_cash_pay (cash) should be 12.30, 0.10 too little."


def test_both_languages_are_ready_for_every_name() -> None:
    for text in ZH.values():
        assert all(name != "" for _, name, _, _ in Formatter().parse(text))
