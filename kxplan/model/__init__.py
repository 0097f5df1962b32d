"""The model: plans, quantities, entries and tallies, frozen and checked."""
