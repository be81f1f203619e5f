"""A settlement result as the national interface states it: its fields, the circumstances of the visit, two readings."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from famgui.domain.benefit import Benefit, Level
from famgui.domain.money import Fen, Ratio
from famgui.domain.person import Insurance, Status
from famgui.domain.settlement import Disease, Grade
from famgui.domain.trace import Step

TOTAL, SELF_PAID, OVER_LIMIT, UPFRONT = "medfee_sumamt", "fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt"
IN_SCOPE, DEDUCTIBLE, RATIO, POOL = "inscp_scp_amt", "act_pay_dedc", "pool_prop_selfpay", "hifp_pay"
FUNDS = (POOL, "cvlserv_pay", "hifes_pay", "hifmi_pay", "hifob_pay", "hifdm_pay", "maf_pay", "oth_pay")
FUND_SUM, PERSON, ACCOUNTS, OWN, SHARED = (
    "fund_pay_sumamt",
    "psn_part_amt",
    "acct_pay",
    "selfAcctPay",
    "acct_mulaid_pay",
)
CASH, HOSPITAL, BALANCE = "psn_cash_pay", "hosp_part_amt", "balc"

FIELDS = (
    *(TOTAL, SELF_PAID, OVER_LIMIT, UPFRONT, IN_SCOPE, DEDUCTIBLE, RATIO),
    *(*FUNDS, FUND_SUM, PERSON, ACCOUNTS, OWN, SHARED, CASH, HOSPITAL, BALANCE),
)
"""Every field that is read, in the order of the national interface; `RATIO` is in ten-thousandths, the rest in fen."""
PAYERS = frozenset({TOTAL, FUND_SUM, PERSON, CASH, POOL, ACCOUNTS})
"""What only a settlement states; a fee line has none of them."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides how a visit is settled and stands on the receipt, or is known beside it; None where nobody said.

    `place` is where the patient is insured, `facility_place` where the visit was. `used_pool` and `used_deductible` are
    the year to date before the visit, the latter over all levels. `designated` and `contracted` are the facility's.
    """

    place: str | None = None
    facility_place: str | None = None
    insurance: Insurance | None = None
    status: Status | None = None
    kind: Benefit | None = None
    level: Level | None = None
    grade: Grade | None = None
    designated: bool | None = None
    contracted: bool | None = None
    day: date | None = None
    used_pool: Fen | None = None
    used_deductible: Fen | None = None
    disease_limit: Fen | None = None
    disease: Disease | None = None
    born: date | None = None

    def beside(self, other: "Facts") -> "Facts":
        """These facts, with the other ones where these are silent."""
        silent = {name: getattr(other, name) for name in self.__dataclass_fields__ if getattr(self, name) is None}
        return replace(self, **silent)


NO_FACTS = Facts()


@dataclass(frozen=True, slots=True)
class Receipt:
    """One settlement result. `amounts` holds only what is stated, as stated: a refund's amounts are negative.

    `details` are the parts that the receipt lists by fund or payer: (field, amount), a field may come several times.
    `doubled` are fields stated twice in two spellings that differ: (field, spelling not taken, its amount). `unread`
    are (field, value) pairs whose value nobody knows, `unsure` those whose meaning no public source confirms. `mobile`:
    as mobile payment (6202) states it, with other costs beside the funds. The ID number is kept masked.
    """

    amounts: Mapping[str, Fen]
    ratio: Ratio | None = None
    details: tuple[tuple[str, Fen], ...] = ()
    facts: Facts = NO_FACTS
    refund: bool = False
    number: str = ""
    patient: str = ""
    id_masked: str = ""
    mobile: bool = False
    doubled: tuple[tuple[str, str, Fen], ...] = ()
    unread: tuple[tuple[str, str], ...] = ()
    unsure: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> int | None:
        """What a field states, None where it is not there."""
        return self.ratio if name == RATIO else self.amounts.get(name)

    def amount(self, name: str) -> Fen:
        """A field's amount; a field that is not there counts as 0.00."""
        return self.amounts.get(name, 0)

    def having(self, **amounts: Fen) -> "Receipt":
        """The receipt with these amounts in place of what it states."""
        return replace(self, amounts={**self.amounts, **amounts})

    def upright(self) -> "Receipt":
        """A refund with its amounts turned round, so that it reads as the settlement it takes back (SYS-07); the
        balance after the refund says nothing of that one."""
        if not self.turned:
            return self
        turned = {name: -amount for name, amount in self.amounts.items() if name != BALANCE}
        return replace(self, amounts=turned, details=tuple((name, -amount) for name, amount in self.details))

    @property
    def turned(self) -> bool:
        """Whether the amounts are those of a refund: negative."""
        total = self.amounts.get(TOTAL)
        if total:
            return total < 0
        stated = [amount for name, amount in self.amounts.items() if amount and name != BALANCE]
        return bool(stated) and 2 * sum(amount < 0 for amount in stated) > len(stated)


class Reading(NamedTuple):
    """How two fields are read: whether `acct_pay` contains `acct_mulaid_pay` (SYS-08), and whether `fund_pay_sumamt`
    includes what accounts paid (Guangdong) or not (Hunan, SYS-05)."""

    contains: bool = True
    includes: bool = False


USUAL = Reading()
"""The default: contained, as in the mobile interface; Hunan's funds without accounts."""

Kind: TypeAlias = Literal["identity", "recomputed", "reading"]
Severity: TypeAlias = Literal["error", "warning", "info"]
Verdict: TypeAlias = Literal["agrees", "differs", "incomplete"]
Values: TypeAlias = tuple[tuple[str, object], ...]


class Cause(NamedTuple):
    """One known reason, with the words and figures of its sentence and the clause it rests on."""

    name: str
    values: Values = ()
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One field that is not as it should be.

    `stated` and `expected` are as on the receipt; None where a field is not there, or where no single value is right.
    `causes` are one, or two that only together give the figure; none: unexplained. `also` are other causes that give
    the very same figure; `others` further fields, each with the value that would do as well. `broken` names the
    identities; `weak` that the rule behind the expected figure is not confirmed.
    """

    field: str
    kind: Kind
    severity: Severity
    code: str
    stated: int | None = None
    expected: int | None = None
    causes: tuple[Cause, ...] = ()
    clause: str = ""
    also: tuple[Cause, ...] = ()
    others: tuple[tuple[str, int], ...] = ()
    broken: tuple[str, ...] = ()
    off: Fen = 0
    weak: bool = False

    @property
    def difference(self) -> int | None:
        """Stated less expected; a field that is not there counts as 0."""
        return None if self.expected is None else (self.stated or 0) - self.expected


class Unchecked(NamedTuple):
    """What could not be checked, and why: a code with the values of its sentence."""

    code: str
    values: Values = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of holding a receipt against the identities and the rule book.

    `expected` is what the rules give, as far as they could be asked, and `steps` how; `facts` are the ones used,
    `reading` the one that fits.
    """

    receipt: Receipt
    facts: Facts
    reading: Reading
    findings: tuple[Finding, ...]
    unchecked: tuple[Unchecked, ...]
    verdict: Verdict
    expected: Mapping[str, int] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
