"""Delivery: compose is pure, the outbox remembers, send touches the network."""
