"""What the rule book's keys mean to people: "pool.ratio" is the share that the pooled fund pays."""

from famgui.ui.shell.i18n import tr


def key_words(key: str) -> str:
    """A rule book key in words; the key itself where there are none."""
    return (_pool(key) or _account(key) or _binding(key) or _others(key)) or key


def _pool(key: str) -> str:
    return {
        "pool.ratio": tr("share paid by the pooled fund"),
        "pool.deductible.visit": tr("deductible of a visit"),
        "pool.deductible.level-year": tr("deductible of the year at a level"),
        "pool.deductible.year": tr("deductible of the year"),
        "pool.deductible.month": tr("deductible of the month"),
        "pool.cap.visit": tr("limit of the pooled fund at a visit"),
        "pool.cap.year": tr("limit of the pooled fund in a year"),
        "pool.cap.cost": tr("limit of the year's cost that counts"),
        "pool.base.categories": tr("what the pooled fund counts"),
        "pool.base.disease-limit": tr("limit of a disease as the base"),
        "pool.by-receipt": tr("pooled fund as the receipt says"),
    }.get(key, "")


def _account(key: str) -> str:
    return {
        "account.pays": tr("what accounts pay for"),
        "account.prohibited": tr("what accounts must not pay for"),
        "account.own-first": tr("own account before shared ones"),
        "account.order": tr("order of the shared accounts"),
        "account.stops-at-zero": tr("an account stops at zero"),
        "account.keep": tr("what must stay in an account"),
        "account.prior-years-only": tr("prior years' money only"),
        "account.payment-ratio": tr("limit of one shared payment"),
        "account.inflow.ratio": tr("share of the wage that flows in"),
        "account.inflow.amount": tr("amount that flows in every month"),
    }.get(key, "")


def _binding(key: str) -> str:
    return {
        "binding.relations": tr("relations that may be bound"),
        "binding.at-once": tr("how many may be bound at once"),
        "binding.lifetime": tr("how many may ever be bound"),
        "binding.rebinding-counts": tr("binding again counts"),
        "binding.authorizers": tr("authorizers of one user"),
        "binding.minimum-months": tr("months before unbinding"),
        "binding.effective": tr("when a binding takes effect"),
        "binding.ends-when-suspended": tr("ends when insurance is suspended"),
        "binding.changes-per-year": tr("changes of bindings in a year"),
        "binding.proof": tr("proof of the relation"),
        "binding.asks.id-number": tr("application: ID number"),
        "binding.asks.phone": tr("application: phone"),
        "binding.asks.dates": tr("application: first and last day"),
        "binding.commitment": tr("application: commitment"),
        "notice.misuse": tr("warning of misuse"),
        "notice.credit": tr("warning of the credit record"),
        "notice.push": tr("notice of payments"),
        "platform.bind": tr("binding on the official platform"),
        "platform.unbind": tr("unbinding on the official platform"),
        "platform.premium": tr("premiums on the official platform"),
    }.get(key, "")


def _others(key: str) -> str:
    return {
        "premium.window": tr("time to pay a premium"),
        "premium.price": tr("premium of a person"),
        "premium.late-price": tr("premium after the time to pay"),
        "premium.once-a-year": tr("one premium a year"),
        "premium.stated-price": tr("premium as stated"),
        "premium.insurance": tr("insurance that a premium needs"),
        "premium.self": tr("premium for oneself"),
        "remind.credential": tr("reminder: the user's own credential"),
        "remind.no-cash": tr("reminder: never drawn as cash"),
        "remind.tell-cashier": tr("reminder: tell the cashier"),
        "step.split": tr("splitting the bill"),
        "step.person": tr("what the person bears"),
        "step.cash": tr("what is paid in cash"),
        "reason": tr("reason of a refusal"),
    }.get(key, "")
