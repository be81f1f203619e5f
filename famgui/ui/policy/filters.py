"""Which clauses are listed: of which place, topic, day and grade; kept as text from one session to the next."""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from famgui.policy.pack import Clause
from famgui.usecase.policy_links import in_force, lineage

ANYWHERE, HERE = "", "here"
"""Places to choose beside codes: all of them; the household's own with its province and the nation."""
ANY = ""
ANY_DAY, TODAY = "", "today"
"""Days to choose beside a date: whatever the day; valid today."""
_GRADES = "ABCDSK"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a clause must be. `day` is ISO text or one of the words above; `inherits` takes what speaks for a place from
    its province and the nation too."""

    place: str = HERE
    inherits: bool = True
    topic: str = ANY
    day: str = ANY_DAY
    grade: str = ANY
    starred: bool = False

    def places(self, home: str) -> tuple[str, ...] | None:
        """The places that are listed, nearest first; None: all of them. `home` is the household's place, "" without a
        household: then everywhere is home."""
        if self.place == HERE:
            return lineage(home) if home else None
        if not self.place:
            return None
        return lineage(self.place) if self.inherits else (self.place,)

    def asked(self, words: str) -> "Filters":
        """The filters as they hold for a query: what is asked for in words, or was bookmarked, is looked for
        everywhere while no place was chosen."""
        return replace(self, place=ANYWHERE) if self.place == HERE and (words or self.starred) else self

    def on(self, today: date) -> date | None:
        """The day that a clause must be valid on, None: any."""
        if self.day == ANY_DAY:
            return None
        return today if self.day == TODAY else date.fromisoformat(self.day)

    def fits(self, clause: Clause, home: str, today: date, starred: Collection[str]) -> bool:
        """Whether a clause is listed."""
        places, day = self.places(home), self.on(today)
        return (
            (places is None or clause.place in places)
            and self.topic in (ANY, clause.topic)
            and self.grade in (ANY, clause.grade)
            and (day is None or in_force(clause, day))
            and (not self.starred or clause.id in starred)
        )


def as_text(filters: Filters) -> str:
    """The filters as they are kept."""
    return json.dumps(asdict(filters))


def from_text(text: str) -> Filters:
    """Filters as they were kept; what makes no sense is as if nothing had been kept."""
    try:
        found: Any = json.loads(text or "{}")
        made = Filters(**found)
        for name in ("place", "topic", "day", "grade"):
            if not isinstance(getattr(made, name), str):
                return Filters()
        if made.grade and made.grade not in _GRADES:
            return Filters()
        made.on(date.min)
    except (ValueError, TypeError):
        return Filters()
    return made
