"""Rendering: a Page in, bytes out; figures are rounded here and nowhere else."""
