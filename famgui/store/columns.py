"""What the tables of the book are made of: names of constraints, and the columns that come again and again."""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Integer, MetaData, String

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

KEY = BigInteger().with_variant(Integer, "sqlite")
FEN = BigInteger()
DAY = String(10)
MOMENT = String(32)


def key() -> Column[int]:
    """The id of a row."""
    return Column("id", KEY, primary_key=True)


def link(name: str, target: str, *, optional: bool = False) -> Column[int]:
    """A reference to a row of another table."""
    return Column(name, KEY, ForeignKey(f"{target}.id"), nullable=optional)


def fen(name: str, default: str | None = None) -> Column[int]:
    """An amount in fen."""
    return Column(name, FEN, nullable=False, server_default=default)


def one_of(column: str, *words: str) -> CheckConstraint:
    """The words that a column may hold."""
    quoted = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({quoted})", name=column)
