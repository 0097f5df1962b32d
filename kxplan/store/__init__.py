"""The store: one connection, one way to write, migrations by name, snapshots."""
