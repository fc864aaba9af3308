"""The four proofs, and those of access, matching and our own tables."""
