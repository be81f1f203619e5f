"""A personal account (个人账户): this year's money and prior years' money in separate buckets."""

from typing import NamedTuple

from famgui.domain.money import Fen


class Balance(NamedTuple):
    """What an account holds, in fen. A withdrawal (`Draw`) has the same two buckets."""

    current: Fen = 0
    prior_years: Fen = 0

    @property
    def total(self) -> Fen:
        """Both buckets together."""
        return self.current + self.prior_years

    def draw(self, amount: Fen) -> "Balance":
        """How `amount` (at most the total) is taken from the buckets: prior years' money first (case-format, Order)."""
        from_prior = min(amount, self.prior_years)
        return Balance(amount - from_prior, from_prior)

    def less(self, draw: "Balance") -> "Balance":
        """The balance after a draw."""
        return Balance(self.current - draw.current, self.prior_years - draw.prior_years)

    def plus(self, draw: "Balance") -> "Balance":
        """The balance after money came back or was deposited into the buckets named."""
        return Balance(self.current + draw.current, self.prior_years + draw.prior_years)

    def carried_over(self) -> "Balance":
        """The balance after the turn of the year: what is left in `current` becomes prior years' money."""
        return Balance(0, self.current + self.prior_years)
