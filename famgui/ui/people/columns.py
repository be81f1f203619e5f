"""The columns of the directory: who, how insured, where, with whom, and what the account holds."""

from collections.abc import Sequence

from famgui.base.wording import Wording
from famgui.domain.money import grouped
from famgui.ui.people.words import household_of, insurance_words, name_of, numbers
from famgui.ui.shell.i18n import tr
from famgui.ui.widgets.table import Column
from famgui.usecase.people import Hit


def directory(wording: Wording) -> Sequence[Column[Hit]]:
    """The columns in these words."""
    return (
        Column(tr("Full name"), name_of, stretch=True),
        Column(tr("ID number"), numbers),
        Column(tr("Insurance"), lambda hit: insurance_words(hit.person, wording)),
        Column(tr("Household"), household_of, most=16),
        Column(tr("Gives"), lambda hit: str(hit.gives) if hit.gives else "", number=True),
        Column(tr("Uses"), lambda hit: str(hit.takes) if hit.takes else "", number=True),
        Column(tr("Balance"), lambda hit: "" if hit.money is None else grouped(hit.money), number=True),
    )
