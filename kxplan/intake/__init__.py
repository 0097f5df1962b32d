"""Intake: what comes from outside, read in a guarded child process."""
