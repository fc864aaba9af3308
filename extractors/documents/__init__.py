"""documents: the document manifest."""
