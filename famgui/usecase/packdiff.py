"""What would be different if a pack were taken: values and clauses added, changed, removed."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple, TypeAlias

Table: TypeAlias = Mapping[str, Any]
What: TypeAlias = Literal["value", "clause", "unconfirmed"]
Kind: TypeAlias = Literal["added", "changed", "removed"]


class Change(NamedTuple):
    """One entry that is not as it was: `old` None for a new one, `new` None for one that goes."""

    what: What
    old: Table | None
    new: Table | None

    @property
    def kind(self) -> Kind:
        """Whether it comes, goes or becomes different."""
        return "added" if self.old is None else "removed" if self.new is None else "changed"

    @property
    def table(self) -> Table:
        """The entry as it will be, or was."""
        found = self.new if self.new is not None else self.old
        return found if found is not None else {}

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that are not as they were."""
        old, new = self.old or {}, self.new or {}
        names = dict.fromkeys((*old, *new))
        return tuple(name for name in names if name != "weak" and _frozen(old.get(name)) != _frozen(new.get(name)))


def differences(old: Table, new: Table) -> tuple[Change, ...]:
    """Values first, then clauses, then what is unconfirmed, each as they stand in the packs. A value is the same one
    if key, conditions and first day are; with another first day only where that leaves no doubt."""
    pairs = _paired(old.get("value", ()), new.get("value", ()), (_dated, _decided))
    found = [Change("value", before, after) for before, after in pairs]
    pairs = _paired(old.get("clause", ()), new.get("clause", ()), (_id,))
    found += [Change("clause", before, after) for before, after in pairs]
    pairs = _paired(old.get("unconfirmed", ()), new.get("unconfirmed", ()), (_frozen,))
    found += [Change("unconfirmed", before, after) for before, after in pairs]
    return tuple(change for change in found if change.fields)


def _paired(
    old: Sequence[Table], new: Sequence[Table], ways: Sequence[Any]
) -> Iterable[tuple[Table | None, Table | None]]:
    """Entries of both sides, brought together by each way of naming in turn where one on either side is named so."""
    partner: dict[int, Table] = {}
    left = list(old)
    for name in ways:
        here, there = _named(left, name), _named([one for one in new if id(one) not in partner], name)
        for key, found in there.items():
            if len(found) == 1 and len(here.get(key, ())) == 1:
                partner[id(found[0])] = here[key][0]
        taken = {id(one) for one in partner.values()}
        left = [one for one in left if id(one) not in taken]
    return [*((partner.get(id(one)), one) for one in new), *((one, None) for one in left)]


def _named(tables: Iterable[Table], name: Any) -> dict[Hashable, list[Table]]:
    found: dict[Hashable, list[Table]] = {}
    for table in tables:
        found.setdefault(name(table), []).append(table)
    return found


def _id(table: Table) -> Hashable:
    return str(table["id"])


def _decided(table: Table) -> Hashable:
    return (table["key"], _frozen(table.get("when", {})), _frozen(table.get("ages", {})), table.get("above"))


def _dated(table: Table) -> Hashable:
    return (_decided(table), table.get("from"))


def _frozen(value: Any) -> Hashable:
    """Plain data as something that can be looked up; the order of keys and of words does not count."""
    if isinstance(value, Mapping):
        return tuple(sorted((name, _frozen(inner)) for name, inner in value.items()))
    if isinstance(value, list | tuple):
        words = all(isinstance(inner, str) for inner in value)
        return tuple(sorted(value)) if words else tuple(_frozen(inner) for inner in value)
    return (type(value).__name__, str(value))
