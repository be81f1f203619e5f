"""What the checklist calls things: the deed, what has to be typed, and how it is shown and copied."""

from famgui.domain.money import format_amount
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.widgets.fields import masked
from famgui.usecase.checklist import Deed, Entry


def deed_words(deed: Deed) -> str:
    """What is done on the platform."""
    return {
        "bind": tr("Bind on the official platform"),
        "unbind": tr("Unbind on the official platform"),
        "premium": tr("Pay the premium on the official platform"),
    }[deed]


def entry_words(what: str) -> str:
    """What a thing to be typed is called."""
    return {
        "name": tr("Full name"),
        "id-number": tr("ID number"),
        "relation": tr("Relation"),
        "starts": tr("First day"),
        "ends": tr("Last day"),
        "phone": tr("Phone"),
        "place": tr("Insured place"),
        "amount": tr("Amount"),
    }[what]


def entry_text(entry: Entry, desk: Desk) -> tuple[str, str]:
    """What is copied, and what is seen of it: ID numbers are masked on the screen."""
    value = entry.value
    match entry.what:
        case "relation":
            words = desk.wording.say("word", value)
            return words, words
        case "place":
            name = desk.place_name(value)
            return name, f"{name} {value}"
        case "amount":
            amount = format_amount(int(value))
            return amount, amount
        case "ends" if not value:
            return "", desk.wording.say("word", "unlimited")
        case "id-number" | "phone":
            return value, masked(value)
        case _:
            return value, value
