"""The reference lists of the target: the client's, samples and what Day 1 adds."""
