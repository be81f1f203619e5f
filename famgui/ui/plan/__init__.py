"""How long the balances last."""
