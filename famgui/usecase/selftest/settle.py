"""Does it settle: the worked cases come out to the fen."""

import json
from pathlib import Path
from typing import Any

from famgui.files.answer import answer
from famgui.files.casefile import read_case
from famgui.files.comparison import differences
from famgui.usecase.selftest.ground import Ground
from famgui.usecase.settlement import settle_case


def worked_cases(ground: Ground) -> None:
    """Every case that came with the program gives the figures that stand beside it."""
    cases = sorted(ground.shipped.joinpath("cases").glob("*.toml"))
    if not cases:
        ground.fail("nothing-there", path=ground.shipped / "cases")
    for path in cases:
        household = read_case(path)
        last = max(event.date for event in household.events)
        rules = ground.library().book(household.place)
        case = settle_case(household, rules, today=last, regions=ground.regions())
        got = answer(case.timeline, case.persons, lambda problem: "")
        for difference in differences(got, expected(path)):
            ground.fail("case-differs", case=path.stem, difference=difference)


def expected(case: Path) -> dict[str, Any]:
    """What a case must come to."""
    found: dict[str, Any] = json.loads(case.with_name(f"{case.stem}.expect.json").read_text("utf-8"))
    return found
