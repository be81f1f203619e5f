"""What rules by cost band, month, age and tier need to know; the ledger found by date."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """New columns hold for old rows what was never asked before: nothing."""
    for name in ("cost", "month_met"):
        op.add_column("used_before", sa.Column(name, sa.BigInteger(), server_default="0", nullable=False))
    op.add_column("used_before", sa.Column("month", sa.Integer(), server_default="0", nullable=False))
    op.add_column("person", sa.Column("born", sa.String(length=10), nullable=True))
    op.add_column("person", sa.Column("tier", sa.Text(), server_default="", nullable=False))
    op.create_index(op.f("ix_posting_household_id_date_id"), "posting", ["household_id", "date", "id"], unique=False)
