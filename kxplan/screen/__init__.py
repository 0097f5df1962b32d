"""The screen: prompts, watching, and the full screen of a meeting."""
