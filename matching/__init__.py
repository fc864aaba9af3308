"""Who is already known: identifiers first, then a person decides."""
