"""`famgui verify`: receipts held against identities and rules in a terminal."""

import argparse
import json
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from famgui.app import App
from famgui.base.wording import Wording
from famgui.domain.money import parse_amount
from famgui.domain.receipt.stated import Facts, Receipt, Verification
from famgui.files.receipt.answer import answer
from famgui.files.receipt.sentence import Teller
from famgui.usecase.verify import (
    DEFAULT_PLACE,
    FaultyReceipt,
    check,
    fault_lines,
    read_receipts,
    report,
    write_template,
)

OK, FAULTY, DIFFERS = 0, 2, 3
"""Agrees (or nothing wrong was found), unreadable, differs."""
_WRONG = object()
_LONGEST = 40
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def verify_receipts(app: App, asked: argparse.Namespace) -> int:
    """Check every receipt of the files; the exit status."""
    wrong = option_faults(asked, app.wording)
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
        return FAULTY
    if asked.template:
        write_template(Path(asked.template), app.wording)
        print(asked.template)
    if not asked.receipts:
        if not asked.template:
            print(app.wording.say("receipt", "none-given"), file=sys.stderr)
        return OK if asked.template else FAULTY
    read: list[tuple[str, Receipt]] = []
    faulty = False
    for name in asked.receipts:
        try:
            found = read_receipts(Path(name))
        except FaultyReceipt as error:
            faulty = True
            for line in fault_lines(error, app.wording):
                print(line, file=sys.stderr)
            continue
        read.extend((_title(name, number, receipt, len(found)), receipt) for number, receipt in enumerate(found, 1))
    if faulty:
        return FAULTY
    facts = facts_asked(asked)
    done = [(title, check(receipt, facts, app.library, place=DEFAULT_PLACE)) for title, receipt in read]
    if asked.json:
        teller = Teller(app.wording)
        answers = [answer(checked, teller) for _, checked in done]
        print(json.dumps(answers[0] if len(answers) == 1 else answers, ensure_ascii=False, indent=1))
    else:
        print("\n\n".join(report(checked, title, app.wording, {}) for title, checked in done))
    return DIFFERS if any(_differs(checked) for _, checked in done) else OK


def _differs(checked: Verification) -> bool:
    return checked.verdict == "differs"


def _title(name: str, number: int, receipt: Receipt, count: int) -> str:
    title = Path(name).name
    return title if count == 1 else f"{title} #{number} {receipt.number}".rstrip()


def option_faults(asked: argparse.Namespace, wording: Wording) -> tuple[str, ...]:
    """A sentence for every option whose value cannot be taken."""
    found = []
    if asked.place is not None and not _code(asked.place):
        found.append(wording.say("receipt", "option-place", value=asked.place[:_LONGEST]))
    if _read(_day, asked.date) is _WRONG:
        found.append(wording.say("receipt", "option-date", value=asked.date[:_LONGEST]))
    for name in ("used_pool", "used_deductible", "disease_limit"):
        value = getattr(asked, name)
        if _read(parse_amount, value) is _WRONG:
            option = "--" + name.replace("_", "-")
            found.append(wording.say("receipt", "option-amount", option=option, value=value[:_LONGEST]))
    return tuple(found)


def _code(text: str) -> bool:
    return len(text) == 6 and text.isascii() and text.isdigit()


def _day(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _read(read: Callable[[str], Any], text: str | None) -> Any:
    """The option's value, None where it is not given, `_WRONG` where it cannot be taken."""
    try:
        return None if text is None else read(text)
    except ValueError:
        return _WRONG


def facts_asked(asked: argparse.Namespace) -> Facts:
    """What the options tell of the visit; see `option_faults` before."""
    return Facts(
        place=asked.place,
        insurance=asked.insurance,
        status=asked.status,
        kind=asked.kind,
        level=asked.level,
        day=_read(_day, asked.date),
        used_pool=_read(parse_amount, asked.used_pool),
        used_deductible=_read(parse_amount, asked.used_deductible),
        disease=asked.disease,
        disease_limit=_read(parse_amount, asked.disease_limit),
        designated=False if asked.not_designated else None,
        contracted=True if asked.contracted else None,
    )
