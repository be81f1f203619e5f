"""What the rule book's keys mean to people: "pool.ratio" is the share that the pooled fund pays."""

from famgui.ui.shell.i18n import tr


def key_words(key: str) -> str:
    """A rule book key in words; the key itself where there are none."""
    return {
        "pool.ratio": tr("share paid by the pooled fund"),
        "pool.deductible.visit": tr("deductible of a visit"),
        "pool.deductible.level-year": tr("deductible of the year at a level"),
        "pool.deductible.year": tr("deductible of the year"),
        "pool.cap.year": tr("limit of the pooled fund in a year"),
        "pool.base.disease-limit": tr("limit of a disease as the base"),
        "pool.by-receipt": tr("pooled fund as the receipt says"),
        "account.pays": tr("what accounts pay for"),
        "account.prohibited": tr("what accounts must not pay for"),
        "account.own-first": tr("own account before shared ones"),
        "account.order": tr("order of the shared accounts"),
        "account.stops-at-zero": tr("an account stops at zero"),
        "account.keep": tr("what must stay in an account"),
        "account.prior-years-only": tr("prior years' money only"),
        "account.payment-ratio": tr("limit of one shared payment"),
        "binding.relations": tr("relations that may be bound"),
        "binding.at-once": tr("how many may be bound at once"),
        "binding.lifetime": tr("how many may ever be bound"),
        "binding.changes-per-year": tr("changes of bindings in a year"),
        "binding.proof": tr("proof of the relation"),
        "premium.window": tr("time to pay a premium"),
        "premium.price": tr("premium of a person"),
        "premium.late-price": tr("premium after the time to pay"),
        "premium.once-a-year": tr("one premium a year"),
        "step.split": tr("splitting the bill"),
        "step.person": tr("what the person bears"),
        "step.cash": tr("what is paid in cash"),
        "reason": tr("reason of a refusal"),
    }.get(key, key)
