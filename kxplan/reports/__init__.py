"""Reports: what a page says, before it has a format or a language."""
