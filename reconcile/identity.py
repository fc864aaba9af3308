"""Whether a row that bears a CRN was matched to the person of that CRN.

Matching is decided elsewhere; this looks only for what cannot be right: a known CRN that became somebody
else, or a second person. A merged CRN (M03) and a clerk's answer say why they may differ.
"""

import polars as pl

from reconcile.delivery import PLACE, Delivery, Frames
from reconcile.differences import FIELD, differences_of, no_differences

SOMEBODY_ELSE = "The row bears the CRN of one person and was matched to another."
SECOND = "The row bears a CRN that nDelius knows, and a second person was made of it."
ANSWERED = "answer"
LADDER = r"^M\d\d$"


def find_wrong_matches(delivery: Delivery, baseline: Frames) -> pl.DataFrame:
    """Differences of carried rows whose person is not the one that their CRN names."""
    known = (
        baseline["offender"].select("crn", pl.col("offender_id").alias("_known")).drop_nulls().unique("crn")
    )
    merged = delivery.findings.filter(pl.col("rule") == "M03").select(PLACE).unique()
    found = [no_differences()]
    for export, frames in delivery.frames.items():
        for entity in frames:
            rows = delivery.carried(export, entity)
            if not {"crn", "person_id", ANSWERED} <= set(rows.columns):
                continue
            by_rule = rows.filter(pl.col(ANSWERED).str.contains(LADDER).fill_null(True))
            named = by_rule.join(known, on="crn", how="inner").join(merged, on=PLACE, how="anti")
            wrong = named.filter(
                pl.col("person_id").is_not_null() & (pl.col("person_id") != pl.col("_known"))
            )
            twice = named.filter(pl.col("person_id").is_null())
            found.append(differences_of(wrong.select(PLACE), FIELD, SOMEBODY_ELSE))
            found.append(differences_of(twice.select(PLACE), FIELD, SECOND))
    return pl.concat(found)
