"""`famgui verify`: receipts held against identities and rules in a terminal."""

import argparse
import json
import sys
from pathlib import Path

from famgui.app import App
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


def verify_receipts(app: App, asked: argparse.Namespace) -> int:
    """Check every receipt of the files; the exit status."""
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


def facts_asked(asked: argparse.Namespace) -> Facts:
    """What the options tell of the visit."""
    return Facts(
        place=asked.place,
        insurance=asked.insurance,
        status=asked.status,
        kind=asked.kind,
        level=asked.level,
        day=asked.date,
        used_pool=asked.used_pool,
        used_deductible=asked.used_deductible,
    )
