"""Words that are worth a colour. The word itself says the same in black and white."""

GOOD, ODD, BAD = "good", "odd", "bad"

SEVERITIES = {
    "clean": GOOD, "yes": GOOD, "go": GOOD,
    "differences": ODD, "set_aside": ODD, "go once decided": ODD,
    "blocked": BAD, "failed": BAD, "block": BAD, "block_signoff": BAD, "NO": BAD, "no go": BAD,
}  # fmt: skip
"""Word to its tone."""
