"""Interventions and open referrals that a company's satellite exports hold, counted with the csv module."""

import csv
from pathlib import Path

STRUCTURED = ("ATB", "DA", "EM")
OPEN = ("O", "OPEN", "LIVE")
STATUS, END = 12, 11
"""Places of status and end date in the referrals file: header words differ by owner, their order does not."""


def interventions(folder: Path, company: str) -> int:
    """Approved structured interventions and open referrals in the delivery of `company`."""
    with (folder / f"{company}_referrals.csv").open(encoding="utf-8", newline="") as file:
        referrals = list(csv.reader(file))[1:]
    running = [row for row in referrals if row[STATUS] in OPEN and not row[END]]
    return structured_interventions(folder, company) + len(running)


def structured_interventions(folder: Path, company: str) -> int:
    """Approved structured interventions: these a region manages, and no referral."""
    with (folder / f"{company}_programmes_rar.csv").open(encoding="utf-8-sig", newline="") as file:
        going_on = [
            row
            for row in csv.DictReader(file)
            if (row["status"], row["panel_decision"]) == ("LIVE", "APPROVED")
            and row["need_area"] in STRUCTURED
        ]
    return len(going_on)
