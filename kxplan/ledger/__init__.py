"""The ledger: events that are only ever added, their sums and their chain of hashes."""
