"""What a command changed, so that each view can tell whether it is concerned."""

from dataclasses import dataclass

NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of the rows that are new or different; `postings` is true where accounts moved."""

    households: frozenset[int] = NOBODY
    persons: frozenset[int] = NOBODY
    bindings: frozenset[int] = NOBODY
    events: frozenset[int] = NOBODY
    drafts: frozenset[int] = NOBODY
    postings: bool = False

    def __bool__(self) -> bool:
        return self != NO_CHANGES

    def __or__(self, other: "Changes") -> "Changes":
        """Both together."""
        return Changes(
            self.households | other.households,
            self.persons | other.persons,
            self.bindings | other.bindings,
            self.events | other.events,
            self.drafts | other.drafts,
            self.postings or other.postings,
        )

    def touches(self, interest: "Changes") -> bool:
        """Whether anything that `interest` names is among these changes."""
        return bool(
            self.households & interest.households
            or self.persons & interest.persons
            or self.bindings & interest.bindings
            or self.events & interest.events
            or self.drafts & interest.drafts
            or (self.postings and interest.postings)
        )


NO_CHANGES = Changes()
"""Nothing happened."""
