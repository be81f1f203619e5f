"""The tables of the book: what is kept, and what the database itself makes impossible.

Money is integers of fen, ratios are ten-thousandths, dates and moments ISO 8601 text. Portable SQL only."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from famgui.store.columns import DAY, FEN, KEY, MOMENT, fen, key, link, one_of
from famgui.store.columns import metadata as metadata

book = Table(
    "book",
    metadata,
    key(),
    Column("title", Text, nullable=False),
    Column("is_sample", Boolean, nullable=False),
    Column("created_at", MOMENT, nullable=False),
    CheckConstraint("id = 1", name="only_one"),
)

household = Table(
    "household",
    metadata,
    key(),
    Column("title", Text, nullable=False),
    Column("place", String(6), nullable=False),
    Column("authorizer_order", String(20)),
    Column("own_account_first", Boolean),
    Column("cross_province", Boolean, nullable=False),
    Column("created_at", MOMENT, nullable=False),
)

person = Table(
    "person",
    metadata,
    key(),
    link("household_id", "household"),
    Column("handle", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("id_number", String(18), nullable=False),
    Column("insurance", String(20), nullable=False),
    Column("status", String(20), nullable=False),
    Column("insured_place", String(6), nullable=False),
    Column("has_account", Boolean, nullable=False),
    Column("concession", String(30), nullable=False),
    Column("born", DAY),
    Column("tier", Text, nullable=False, server_default=""),
    Column("phone", Text, nullable=False, server_default=""),
    Column("suspended", DAY),
    Column("sound", Text, nullable=False, server_default=""),
    Column("amended", Text),
    UniqueConstraint("household_id", "handle"),
    UniqueConstraint("household_id", "position"),
)
"""A person as given. `sound` is the name in pinyin, to be found by; `amended` holds the facts that events have changed
since, as they stand."""

person_history = Table(
    "person_history",
    metadata,
    key(),
    link("person_id", "person"),
    Column("at", MOMENT, nullable=False),
    Column("action", String(20), nullable=False),
    Column("before", Text, nullable=False),
)
"""What a person's row said before it was corrected."""

account = Table(
    "account",
    metadata,
    Column("person_id", KEY, ForeignKey("person.id"), primary_key=True, autoincrement=False),
    fen("opening_current"),
    fen("opening_prior_years"),
    fen("current"),
    fen("prior_years"),
    link("opened_by_id", "event", optional=True),
    CheckConstraint("opening_current >= 0 AND opening_prior_years >= 0", name="opening"),
    CheckConstraint("current >= 0", name="current"),
    CheckConstraint("prior_years >= 0", name="prior_years"),
)
"""Two buckets as they stand and as they stood before the first event; `opened_by_id` is the event that brought the
account, where one did. A balance below zero cannot be stored."""

used_before = Table(
    "used_before",
    metadata,
    Column("person_id", KEY, ForeignKey("person.id"), primary_key=True, autoincrement=False),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("benefit", String(20), primary_key=True),
    fen("pool"),
    fen("community"),
    fen("primary"),
    fen("secondary"),
    fen("tertiary"),
    fen("all_levels"),
    fen("cost", "0"),
    Column("month", Integer, nullable=False, server_default="0"),
    fen("month_met", "0"),
)
"""Year to date before the first event: what the pool paid, the deductible met by level and in the last month in which
some was met (1-12, 0: none), the cost that counts."""

event = Table(
    "event",
    metadata,
    key(),
    link("household_id", "household"),
    Column("seq", Integer, nullable=False),
    Column("handle", Text, nullable=False),
    Column("type", String(10), nullable=False),
    Column("date", DAY, nullable=False),
    Column("body", Text, nullable=False),
    Column("status", String(10), nullable=False),
    Column("recorded_at", MOMENT, nullable=False),
    UniqueConstraint("household_id", "handle"),
    UniqueConstraint("household_id", "seq"),
    one_of("type", "visit", "refund", "deposit", "premium", "bind", "unbind", "amend", "reorder"),
    one_of("status", "settled", "partly", "refused"),
)
"""What happened, never changed once it is here. `seq` counts a household's events from 1 in the order of its file."""

binding = Table(
    "binding",
    metadata,
    key(),
    link("household_id", "household"),
    Column("position", Integer, nullable=False),
    link("authorizer_id", "person"),
    link("user_id", "person"),
    Column("relation", String(30), nullable=False),
    Column("starts", DAY, nullable=False),
    Column("ends", DAY),
    Column("bound_at", MOMENT, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("given_priority", Integer, nullable=False, server_default="1"),
    Column("unbound_on", DAY),
    Column("given_unbound_on", DAY),
    Column("proof", Text, nullable=False, server_default=""),
    link("bound_by_id", "event", optional=True),
    link("unbound_by_id", "event", optional=True),
    UniqueConstraint("household_id", "position"),
    CheckConstraint("ends IS NULL OR ends >= starts", name="ends"),
)
"""The register as it stands. `bound_by_id` is empty for rows from before the first event; `given_unbound_on` and
`given_priority` are what a row said when it came."""

_SPLIT = "total = self_paid + over_limit + upfront + in_scope"
_PAID = "total = pool + own + shared + cash"
_AMOUNTS = ("total", "self_paid", "over_limit", "upfront", "in_scope", "deductible", "pool", "own", "shared", "cash")

settlement = Table(
    "settlement",
    metadata,
    key(),
    link("event_id", "event"),
    link("visit_id", "event"),
    link("reverses_id", "settlement", optional=True),
    link("patient_id", "person"),
    Column("date", DAY, nullable=False),
    Column("kind", String(20), nullable=False),
    *(fen(name) for name in _AMOUNTS),
    Column("ratio", Integer, nullable=False),
    Column("trace", Text, nullable=False),
    UniqueConstraint("reverses_id"),
    CheckConstraint(_SPLIT, name="split"),
    CheckConstraint(_PAID, name="paid"),
    CheckConstraint("ratio BETWEEN 0 AND 10000", name="ratio"),
    CheckConstraint(
        f"(reverses_id IS NULL AND {' AND '.join(f'{name} >= 0' for name in _AMOUNTS)}) OR "
        f"(reverses_id IS NOT NULL AND {' AND '.join(f'{name} <= 0' for name in _AMOUNTS)})",
        name="signs",
    ),
)
"""Who paid what of a visit. `event_id` wrote the row, `visit_id` and `date` are the visit's; a reversal is the negative
of the row it reverses."""

ACCOUNT_LEDGERS = ("current", "prior_years")
LEDGERS = (*ACCOUNT_LEDGERS, "pool", "cash", "provider", "premium", "inflow", "opening")
POSTING_KINDS = ("opening", "deposit", "settlement", "reversal", "premium", "carry-over")

posting = Table(
    "posting",
    metadata,
    key(),
    link("household_id", "household"),
    link("event_id", "event", optional=True),
    link("person_id", "person", optional=True),
    Column("ledger", String(12), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("date", DAY, nullable=False),
    fen("amount"),
    Column("balance_after", FEN),
    Column("account_after", FEN),
    one_of("ledger", *LEDGERS),
    one_of("kind", *POSTING_KINDS),
    CheckConstraint("amount <> 0", name="amount"),
    CheckConstraint(
        "(ledger IN ('current', 'prior_years') AND person_id IS NOT NULL AND balance_after IS NOT NULL "
        "AND account_after IS NOT NULL AND balance_after >= 0 AND account_after >= balance_after) OR "
        "(ledger NOT IN ('current', 'prior_years') AND person_id IS NULL AND balance_after IS NULL "
        "AND account_after IS NULL)",
        name="account",
    ),
)
"""Double entry: the amounts of an event, and those of a household's opening, sum to 0. A posting on a bucket names
whose it is and what the bucket and the whole account hold after it."""

attachment = Table(
    "attachment",
    metadata,
    key(),
    link("household_id", "household"),
    link("event_id", "event"),
    Column("name", Text, nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("added_at", MOMENT, nullable=False),
)
"""Papers that were brought for a binding, whole."""

tick = Table(
    "tick",
    metadata,
    key(),
    link("binding_id", "binding", optional=True),
    link("event_id", "event", optional=True),
    Column("item", String(40), nullable=False),
    Column("done_at", MOMENT, nullable=False),
    UniqueConstraint("binding_id", "item"),
    UniqueConstraint("event_id", "item"),
    CheckConstraint("(binding_id IS NULL) <> (event_id IS NULL)", name="one_owner"),
)
"""Steps on the official platform that were ticked off, of a binding or of a premium's event."""

draft = Table(
    "draft",
    metadata,
    key(),
    Column("kind", String(20), nullable=False),
    Column("body", Text, nullable=False),
    Column("updated_at", MOMENT, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    key(),
    Column("at", MOMENT, nullable=False),
    Column("action", Text, nullable=False),
    link("household_id", "household", optional=True),
    link("event_id", "event", optional=True),
    Column("detail", Text, nullable=False),
)

Index(None, posting.c.person_id, posting.c.id)
Index(None, posting.c.household_id, posting.c.id)
Index(None, posting.c.household_id, posting.c.date, posting.c.id)
Index(None, posting.c.event_id)
Index(None, settlement.c.event_id)
Index(None, settlement.c.visit_id)
Index(None, settlement.c.patient_id, settlement.c.date)
Index(None, draft.c.kind)
Index(None, person.c.id_number)
Index(None, person_history.c.person_id)
Index(None, binding.c.authorizer_id)
Index(None, binding.c.user_id)
Index(None, binding.c.ends)
Index(None, attachment.c.event_id)
