"""kxplan: an annual work plan, its ledger, and the table that everybody in the room believes."""

__version__ = "0.1.0"
