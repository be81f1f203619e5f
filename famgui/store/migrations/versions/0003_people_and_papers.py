"""Persons that change, are corrected and are found by sound; the order of authorizers; papers and ticks."""

import sqlalchemy as sa
from alembic import op

from famgui.base.pinyin import sound_of

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TYPES = ("visit", "refund", "deposit", "premium", "bind", "unbind")
_MORE = ("amend", "reorder")


def upgrade() -> None:
    """Old rows keep what they say: priorities as they are were given so, names get their sound."""
    _widen_event_types()
    _new_columns()
    _new_tables()
    _fill()
    for table, column in (
        ("person", "id_number"),
        ("person_history", "person_id"),
        ("binding", "authorizer_id"),
        ("binding", "user_id"),
        ("binding", "ends"),
        ("attachment", "event_id"),
    ):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _one_of(words: tuple[str, ...]) -> str:
    return "type IN (" + ", ".join(f"'{word}'" for word in words) + ")"


def _widen_event_types() -> None:
    with op.batch_alter_table("event") as batch:
        batch.drop_constraint(op.f("ck_event_type"), type_="check")
        batch.create_check_constraint(op.f("ck_event_type"), _one_of(_TYPES + _MORE))


def _new_columns() -> None:
    for table, name in (("person", "phone"), ("person", "sound"), ("binding", "proof")):
        op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("person", sa.Column("suspended", sa.String(length=10), nullable=True))
    op.add_column("person", sa.Column("amended", sa.Text(), nullable=True))
    op.add_column("binding", sa.Column("given_priority", sa.Integer(), server_default="1", nullable=False))
    with op.batch_alter_table("account") as batch:
        batch.add_column(sa.Column("opened_by_id", _KEY, nullable=True))
        batch.create_foreign_key(op.f("fk_account_opened_by_id"), "event", ["opened_by_id"], ["id"])


def _new_tables() -> None:
    op.create_table(
        "person_history",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("person_id", _KEY, nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_history_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_history")),
    )
    op.create_table(
        "attachment",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("household_id", _KEY, nullable=False),
        sa.Column("event_id", _KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_attachment_household_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_attachment_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_table(
        "tick",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("binding_id", _KEY, nullable=True),
        sa.Column("event_id", _KEY, nullable=True),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("done_at", sa.String(length=32), nullable=False),
        sa.CheckConstraint("(binding_id IS NULL) <> (event_id IS NULL)", name=op.f("ck_tick_one_owner")),
        sa.ForeignKeyConstraint(["binding_id"], ["binding.id"], name=op.f("fk_tick_binding_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_tick_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tick")),
        sa.UniqueConstraint("binding_id", "item", name=op.f("uq_tick_binding_id_item")),
        sa.UniqueConstraint("event_id", "item", name=op.f("uq_tick_event_id_item")),
    )


def _fill() -> None:
    connection = op.get_bind()
    connection.execute(sa.text("UPDATE binding SET given_priority = priority"))
    people = connection.execute(sa.text("SELECT id, name FROM person WHERE name <> ''")).all()
    sounds = [{"id": key, "sound": sound_of(name)} for key, name in people]
    if sounds:
        connection.execute(sa.text("UPDATE person SET sound = :sound WHERE id = :id"), sounds)
