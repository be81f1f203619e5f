"""What could not be confirmed: the open questions of places, what is known of each, and the clauses that come near."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from famgui.policy.pack import Unconfirmed
from famgui.policy.spelling import folded
from famgui.ui.policy.filters import Filters
from famgui.ui.policy.origin import Name, where
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import language, tr
from famgui.ui.widgets.policy_words import place_namer, topic_words
from famgui.usecase.policy_links import lineage, unconfirmed_about


@dataclass(frozen=True, slots=True)
class Gap:
    """An open question in words; `clauses` come near it, `unknown` of them no pack has."""

    where: str
    topic: str
    question: str
    known: str
    clauses: tuple[str, ...]
    unknown: frozenset[str] = frozenset()


def gaps_of(desk: Desk, filters: Filters, home: str, words: str) -> tuple[Gap, ...]:
    """The open questions of the places and the topic filtered for that hold all the words; the household's place with
    what it inherits from comes first. Day, grade and bookmarks do not narrow them: a question has none."""
    near = filters.places(home)
    first = near if near is not None else lineage(home) if home else ()
    rank = {place: at for at, place in enumerate(first)}
    listed = [
        gap
        for gap in desk.library.unconfirmed
        if (near is None or gap.place in near) and filters.topic in ("", gap.topic)
    ]
    listed.sort(key=lambda gap: (rank.get(gap.place, len(rank)), gap.place))
    name, wanted = place_namer(desk), folded(words).split()
    made = (_gap(desk, gap, name) for gap in listed)
    return tuple(gap for gap in made if all(word in _spoken(gap) for word in wanted))


def gaps_about(desk: Desk, clause: str, name: Name) -> tuple[Gap, ...]:
    """The open questions that name a clause."""
    return tuple(_gap(desk, gap, name) for gap in unconfirmed_about(desk.library, clause))


def by_place(found: Iterable[Gap]) -> list[tuple[str, list[Gap]]]:
    """Open questions in order, grouped by their place."""
    return [(place, list(group)) for place, group in groupby(found, lambda gap: gap.where)]


def gaps_text(found: Iterable[Gap]) -> str:
    """Open questions as plain text: a line for a place, below it question, what is known, clauses."""
    lines: list[str] = []
    for place, group in by_place(found):
        lines += ["", place] if lines else [place]
        for number, gap in enumerate(group, 1):
            lines.append(f"{number}. {gap.question}")
            lines.append(tr("{title}: {said}", title=tr("Known so far"), said=gap.known))
            if gap.clauses:
                lines.append(tr("{title}: {said}", title=tr("Clauses concerned"), said=tr(", ").join(gap.clauses)))
    return "\n".join(lines)


def _gap(desk: Desk, gap: Unconfirmed, name: Name) -> Gap:
    return Gap(
        where=where(gap, name),
        topic=topic_words(gap.topic),
        question=gap.question_zh if language() == "zh" else gap.question_en,
        known=gap.known,
        clauses=gap.clauses,
        unknown=frozenset(clause for clause in gap.clauses if clause not in desk.library.clauses),
    )


def _spoken(gap: Gap) -> str:
    return folded(" ".join((gap.where, gap.topic, gap.question, gap.known, *gap.clauses)))
