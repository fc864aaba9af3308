"""Control totals: what the sources say, against what stands in the target."""
