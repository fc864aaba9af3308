"""The lists that regions work with: one module per subject, each a function from sources to frames."""
