"""Events in which persons and events go by other handles: what happened stays, only what it is called changes."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from famgui.domain.binding import Binding
from famgui.domain.household import Amend, Bind, Deposit, Event, Premium, Refund, Reorder, Unbind
from famgui.domain.settlement import Visit


def renamed(event: Event, persons: Mapping[str, str], events: Mapping[str, str]) -> Event:
    """The event with the handles of persons and events replaced by those given; the others stay."""

    def who(handle: str) -> str:
        return persons.get(handle, handle)

    event = replace(event, id=events.get(event.id, event.id))
    match event:
        case Visit():
            return replace(event, patient=who(event.patient))
        case Refund():
            return replace(event, of=events.get(event.of, event.of))
        case Deposit():
            return replace(event, account=who(event.account))
        case Premium():
            return replace(event, payer=who(event.payer), persons=tuple(map(who, event.persons)))
        case Bind():
            return replace(event, binding=_bound(event.binding, who))
        case Unbind():
            return replace(event, authorizer=who(event.authorizer), user=who(event.user))
        case Amend():
            return replace(event, person=who(event.person))
        case Reorder():
            return replace(event, user=who(event.user), authorizers=tuple(map(who, event.authorizers)))


def _bound(row: Binding, who: Callable[[str], str]) -> Binding:
    return replace(row, authorizer=who(row.authorizer), user=who(row.user))


def named_in(event: Event) -> frozenset[str]:
    """The handles of all persons that an event names."""
    match event:
        case Visit():
            return frozenset({event.patient})
        case Refund():
            return frozenset()
        case Deposit():
            return frozenset({event.account})
        case Premium():
            return frozenset({event.payer, *event.persons})
        case Bind():
            return frozenset({event.binding.authorizer, event.binding.user})
        case Unbind():
            return frozenset({event.authorizer, event.user})
        case Amend():
            return frozenset({event.person})
        case Reorder():
            return frozenset({event.user, *event.authorizers})
