"""Draft: the grammar of work plans, from a document to a plan file."""
