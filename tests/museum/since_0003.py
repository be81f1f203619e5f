"""What a book can hold since schema 0003: people who change, corrections, an order of authorizers, papers, ticks."""

from datetime import date

from famgui.domain.account import Balance
from famgui.domain.household import Amend, Bind, Deposit, Household, Premium, Reorder
from famgui.domain.person import Person
from famgui.store import attachment, person_change, tick
from famgui.store.book import Book, Connection
from famgui.store.household import binding_ids, read_keys
from famgui.usecase.attachment import add_in, proof_of
from tests.domain.building import ZHUZHOU, item, purchase, row, visit
from tests.store.making import NOW

HOUSEHOLD = Household(
    ZHUZHOU,
    (
        Person("陈", "employee", ZHUZHOU, "陈示例", has_account=True, phone="13800000000"),
        Person("何", "resident", ZHUZHOU, "何示例", concession="low-income", suspended=date(2025, 12, 1)),
        Person("吕", "employee", ZHUZHOU, "吕示例", status="retired", has_account=True, born=date(1958, 2, 28)),
        Person("区", "resident", ZHUZHOU, "区示例"),
    ),
    {"陈": Balance(80_000, 120_000), "吕": Balance(7_000)},
    (row("陈", "何", "parent", proof="户口本.jpg"), row("吕", "何", priority=2)),
    {},
    (
        Deposit("补记", date(2025, 4, 1), "吕", 8_130, prior_years=True),
        visit("何", item("345.60"), day=date(2025, 4, 2), handle="开药", level="community"),
        Amend("停保", date(2025, 5, 1), "陈", (("status", "flexible"), ("suspended", date(2025, 7, 1)))),
        Amend("恢复", date(2025, 7, 15), "陈", (("suspended", None),)),
        Reorder("吕先付", date(2025, 8, 1), "何", ("吕",)),
        purchase("何", "99.90", date(2025, 8, 2), "药店"),
        Amend("就业", date(2025, 9, 1), "区", (("insurance", "employee"), ("tier", "一档"))),
        Deposit("首月", date(2025, 9, 5), "区", 12_345, True),
        Bind("共济", date(2025, 9, 6), row("区", "何", "parent", date(2025, 9, 6), proof="出生证明.png")),
        Premium("居民医保", date(2025, 10, 8), "陈", "resident-2026", ("何",)),
    ),
)
PROOF = proof_of("出生证明.png", b"\x89PNG\r\n\x1a\n made up")
"""The file kept with the binding that an event asked for."""
BEFORE = {"name": "何式例"}
"""What was written of 何 before it was corrected."""


def more(book: Book, home: int) -> None:
    """What does not come with a household: the file itself, a ticked step, an earlier name."""
    with book.write("attach", NOW) as tx:
        bound = binding_ids(tx.connection, home)[-1]
        origin = attachment.origin_of(tx.connection, bound)
        assert origin is not None and origin.event is not None
        add_in(tx, (origin.household, origin.event), (PROOF,), now=NOW)
        tick.put(tx.connection, tick.Owner("binding", bound), "bind-1", NOW)
        person_change.remember(tx.connection, _he(tx.connection, home), "correct", BEFORE, NOW)
        tx.household, tx.detail = home, PROOF.sha256[:12]


def held(book: Book, home: int) -> tuple[bytes, list[str], list[dict[str, object]]]:
    """The same read back: what the file holds, the ticked steps, what corrections have put right."""
    with book.read() as connection:
        bound = binding_ids(connection, home)[-1]
        (kept,) = attachment.of_binding(connection, bound)
        content = attachment.content_of(connection, kept.id)
        assert content is not None
        ticked = list(tick.ticked(connection, tick.Owner("binding", bound)))
        corrected = [dict(one.before) for one in person_change.remembered(connection, _he(connection, home))]
    return content[1], ticked, corrected


def _he(connection: Connection, home: int) -> int:
    return read_keys(connection, home, ()).persons["何"]
