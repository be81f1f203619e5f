"""What the orders of the authorizers are called."""

from famgui.ui.shell.i18n import tr


def order_word(order: str) -> str:
    """An order in words: priority, latest-bound, balance-desc, single."""
    return {
        "priority": tr("By priority"),
        "latest-bound": tr("Latest bound first"),
        "balance-desc": tr("Largest balance first"),
        "single": tr("One authorizer only"),
    }[order]
