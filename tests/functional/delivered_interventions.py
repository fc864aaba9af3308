"""Interventions that a company's satellite exports hold, counted with the csv module."""

import csv
from pathlib import Path

STRUCTURED = ("ATB", "DA", "EM")


def interventions(folder: Path, company: str) -> int:
    """Approved structured interventions in the delivery of `company`; referrals are managed by no region."""
    with (folder / f"{company}_programmes_rar.csv").open(encoding="utf-8-sig", newline="") as file:
        going_on = [
            row
            for row in csv.DictReader(file)
            if (row["status"], row["panel_decision"]) == ("LIVE", "APPROVED")
            and row["need_area"] in STRUCTURED
        ]
    return len(going_on)
