"""The ledger page and its view-model."""
