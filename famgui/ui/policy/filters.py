"""Which clauses are listed: of which place, topic, day and grade; kept as text from one session to the next."""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from famgui.policy.pack import Clause
from famgui.usecase.policy_links import in_force, lineage

ANYWHERE, HERE = "", "here"
"""Places to choose beside codes: all of them; the household's own."""
ANY = ""
ANY_DAY, TODAY = "", "today"
"""Days to choose beside a date: whatever the day; valid today."""
_GRADES = "ABCDSK"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a clause must be. `day` is ISO text or one of the words above; `inherits` takes what speaks for a place from
    its province and the nation too."""

    place: str = ANYWHERE
    inherits: bool = True
    topic: str = ANY
    day: str = ANY_DAY
    grade: str = ANY
    starred: bool = False

    def places(self, home: str) -> tuple[str, ...] | None:
        """The places that are listed, nearest first; None: all of them. `home` is the household's place."""
        place = home if self.place == HERE else self.place
        if not place:
            return None
        return lineage(place) if self.inherits else (place,)

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
