"""The first schema of the book."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Every table, those that others point at first."""
    _book()
    _draft()
    _household()
    _event()
    _person()
    _account()
    _audit()
    _binding()
    _posting()
    _settlement()
    _used_before()


def _book() -> None:
    op.create_table(
        "book",
        sa.Column("id", KEY, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_book_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book")),
    )


def _draft() -> None:
    op.create_table(
        "draft",
        sa.Column("id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    op.create_index(op.f("ix_draft_kind"), "draft", ["kind"], unique=False)


def _household() -> None:
    op.create_table(
        "household",
        sa.Column("id", KEY, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=6), nullable=False),
        sa.Column("authorizer_order", sa.String(length=20), nullable=True),
        sa.Column("own_account_first", sa.Boolean(), nullable=True),
        sa.Column("cross_province", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
    )


def _event() -> None:
    op.create_table(
        "event",
        sa.Column("id", KEY, nullable=False),
        sa.Column("household_id", KEY, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("handle", sa.Text(), nullable=False),
        sa.Column("type", sa.String(length=10), nullable=False),
        sa.Column("date", sa.String(length=10), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("recorded_at", sa.String(length=32), nullable=False),
        sa.CheckConstraint("status IN ('settled', 'partly', 'refused')", name=op.f("ck_event_status")),
        sa.CheckConstraint(
            "type IN ('visit', 'refund', 'deposit', 'premium', 'bind', 'unbind')", name=op.f("ck_event_type")
        ),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_event_household_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("household_id", "handle", name=op.f("uq_event_household_id_handle")),
        sa.UniqueConstraint("household_id", "seq", name=op.f("uq_event_household_id_seq")),
    )


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("id", KEY, nullable=False),
        sa.Column("household_id", KEY, nullable=False),
        sa.Column("handle", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("id_number", sa.String(length=18), nullable=False),
        sa.Column("insurance", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("insured_place", sa.String(length=6), nullable=False),
        sa.Column("has_account", sa.Boolean(), nullable=False),
        sa.Column("concession", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_person_household_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("household_id", "handle", name=op.f("uq_person_household_id_handle")),
        sa.UniqueConstraint("household_id", "position", name=op.f("uq_person_household_id_position")),
    )


def _account() -> None:
    op.create_table(
        "account",
        sa.Column("person_id", KEY, autoincrement=False, nullable=False),
        sa.Column("opening_current", sa.BigInteger(), nullable=False),
        sa.Column("opening_prior_years", sa.BigInteger(), nullable=False),
        sa.Column("current", sa.BigInteger(), nullable=False),
        sa.Column("prior_years", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("current >= 0", name=op.f("ck_account_current")),
        sa.CheckConstraint("opening_current >= 0 AND opening_prior_years >= 0", name=op.f("ck_account_opening")),
        sa.CheckConstraint("prior_years >= 0", name=op.f("ck_account_prior_years")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_account")),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", KEY, nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("household_id", KEY, nullable=True),
        sa.Column("event_id", KEY, nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_audit_event_id")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_audit_household_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )


def _binding() -> None:
    op.create_table(
        "binding",
        sa.Column("id", KEY, nullable=False),
        sa.Column("household_id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("authorizer_id", KEY, nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("relation", sa.String(length=30), nullable=False),
        sa.Column("starts", sa.String(length=10), nullable=False),
        sa.Column("ends", sa.String(length=10), nullable=True),
        sa.Column("bound_at", sa.String(length=32), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("unbound_on", sa.String(length=10), nullable=True),
        sa.Column("given_unbound_on", sa.String(length=10), nullable=True),
        sa.Column("bound_by_id", KEY, nullable=True),
        sa.Column("unbound_by_id", KEY, nullable=True),
        sa.CheckConstraint("ends IS NULL OR ends >= starts", name=op.f("ck_binding_ends")),
        sa.ForeignKeyConstraint(["authorizer_id"], ["person.id"], name=op.f("fk_binding_authorizer_id")),
        sa.ForeignKeyConstraint(["bound_by_id"], ["event.id"], name=op.f("fk_binding_bound_by_id")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_binding_household_id")),
        sa.ForeignKeyConstraint(["unbound_by_id"], ["event.id"], name=op.f("fk_binding_unbound_by_id")),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name=op.f("fk_binding_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_binding")),
        sa.UniqueConstraint("household_id", "position", name=op.f("uq_binding_household_id_position")),
    )


def _posting() -> None:
    op.create_table(
        "posting",
        sa.Column("id", KEY, nullable=False),
        sa.Column("household_id", KEY, nullable=False),
        sa.Column("event_id", KEY, nullable=True),
        sa.Column("person_id", KEY, nullable=True),
        sa.Column("ledger", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("date", sa.String(length=10), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("balance_after", sa.BigInteger(), nullable=True),
        sa.Column("account_after", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(ledger IN ('current', 'prior_years') AND person_id IS NOT NULL AND balance_after IS NOT "
            "NULL AND account_after IS NOT NULL AND balance_after >= 0 AND account_after >= "
            "balance_after) OR (ledger NOT IN ('current', 'prior_years') AND person_id IS NULL AND "
            "balance_after IS NULL AND account_after IS NULL)",
            name=op.f("ck_posting_account"),
        ),
        sa.CheckConstraint(
            "kind IN ('opening', 'deposit', 'settlement', 'reversal', 'premium', 'carry-over')",
            name=op.f("ck_posting_kind"),
        ),
        sa.CheckConstraint(
            "ledger IN ('current', 'prior_years', 'pool', 'cash', 'provider', 'premium', 'inflow', 'opening')",
            name=op.f("ck_posting_ledger"),
        ),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_posting_amount")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_posting_event_id")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_posting_household_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_posting_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
    )
    op.create_index(op.f("ix_posting_event_id"), "posting", ["event_id"], unique=False)
    op.create_index(op.f("ix_posting_household_id_id"), "posting", ["household_id", "id"], unique=False)
    op.create_index(op.f("ix_posting_person_id_id"), "posting", ["person_id", "id"], unique=False)


def _settlement() -> None:
    op.create_table(
        "settlement",
        sa.Column("id", KEY, nullable=False),
        sa.Column("event_id", KEY, nullable=False),
        sa.Column("visit_id", KEY, nullable=False),
        sa.Column("reverses_id", KEY, nullable=True),
        sa.Column("patient_id", KEY, nullable=False),
        sa.Column("date", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("self_paid", sa.BigInteger(), nullable=False),
        sa.Column("over_limit", sa.BigInteger(), nullable=False),
        sa.Column("upfront", sa.BigInteger(), nullable=False),
        sa.Column("in_scope", sa.BigInteger(), nullable=False),
        sa.Column("deductible", sa.BigInteger(), nullable=False),
        sa.Column("pool", sa.BigInteger(), nullable=False),
        sa.Column("own", sa.BigInteger(), nullable=False),
        sa.Column("shared", sa.BigInteger(), nullable=False),
        sa.Column("cash", sa.BigInteger(), nullable=False),
        sa.Column("ratio", sa.Integer(), nullable=False),
        sa.Column("trace", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(reverses_id IS NULL AND total >= 0 AND self_paid >= 0 AND over_limit >= 0 AND upfront "
            ">= 0 AND in_scope >= 0 AND deductible >= 0 AND pool >= 0 AND own >= 0 AND shared >= 0 "
            "AND cash >= 0) OR (reverses_id IS NOT NULL AND total <= 0 AND self_paid <= 0 AND "
            "over_limit <= 0 AND upfront <= 0 AND in_scope <= 0 AND deductible <= 0 AND pool <= 0 AND "
            "own <= 0 AND shared <= 0 AND cash <= 0)",
            name=op.f("ck_settlement_signs"),
        ),
        sa.CheckConstraint("ratio BETWEEN 0 AND 10000", name=op.f("ck_settlement_ratio")),
        sa.CheckConstraint("total = pool + own + shared + cash", name=op.f("ck_settlement_paid")),
        sa.CheckConstraint("total = self_paid + over_limit + upfront + in_scope", name=op.f("ck_settlement_split")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_settlement_event_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["person.id"], name=op.f("fk_settlement_patient_id")),
        sa.ForeignKeyConstraint(["reverses_id"], ["settlement.id"], name=op.f("fk_settlement_reverses_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["event.id"], name=op.f("fk_settlement_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_settlement_reverses_id")),
    )
    op.create_index(op.f("ix_settlement_event_id"), "settlement", ["event_id"], unique=False)
    op.create_index(op.f("ix_settlement_patient_id_date"), "settlement", ["patient_id", "date"], unique=False)
    op.create_index(op.f("ix_settlement_visit_id"), "settlement", ["visit_id"], unique=False)


def _used_before() -> None:
    op.create_table(
        "used_before",
        sa.Column("person_id", KEY, autoincrement=False, nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("benefit", sa.String(length=20), nullable=False),
        sa.Column("pool", sa.BigInteger(), nullable=False),
        sa.Column("community", sa.BigInteger(), nullable=False),
        sa.Column("primary", sa.BigInteger(), nullable=False),
        sa.Column("secondary", sa.BigInteger(), nullable=False),
        sa.Column("tertiary", sa.BigInteger(), nullable=False),
        sa.Column("all_levels", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_used_before_person_id")),
        sa.PrimaryKeyConstraint("person_id", "year", "benefit", name=op.f("pk_used_before")),
    )
