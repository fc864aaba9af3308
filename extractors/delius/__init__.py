"""delius: the provider extract of the companies that record in nDelius, and the baseline."""
