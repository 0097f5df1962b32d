"""The commands: one file each; ask, compute, show."""
