"""What the programme system must be told: a flag for each accredited programme requirement that moved, one
for its event and one for its person (dictionary, section 6)."""

import polars as pl

from reconcile.cases import RQ
from reconcile.changes import EXPECTED_CHANGE, expect
from reconcile.delivery import PLACE
from reconcile.evidence import Evidence
from reconcile.fields import Expected

PROGRAMME = "programme"
"""Writer of fields.csv."""

ACCREDITED = "C"
FLAGS = {"IAPS_RQMNT": "component", "IAPS_EVENT": "event", "IAPS_OFFENDER": "person"}
FLAG = "IAPS_FLAG"


def expected_flags(moved: pl.DataFrame, evidence: Evidence) -> tuple[list[Expected], pl.DataFrame]:
    """Rows that must be there, and EXPECTED_CHANGE of those that nDelius had with the flag off.

    `moved`: reconcile.moves.receive, those that moved.
    """
    requirements = evidence.country.baseline["requirement"].filter(pl.col("main_category") == ACCREDITED)
    programmes = moved.filter(
        (pl.col("kind") == RQ) & pl.col("component").is_in(requirements["requirement_id"].implode())
    )
    expected, changes = [], [pl.DataFrame(schema=EXPECTED_CHANGE)]
    for table, word in FLAGS.items():
        rows = programmes.select(*PLACE, pl.col(word).alias("key")).unique(
            "key", keep="first", maintain_order=True
        )
        had = evidence.country.snapshot.rows(table, rows["key"])
        new = rows.join(had, on="key", how="anti", maintain_order="left")
        if new.height:
            expected.append(Expected(table, PROGRAMME, new))
        off = had.filter(pl.col(FLAG) != "1").select("key")
        changes.append(expect(rows.join(off, on="key", how="semi"), table, FLAG, pl.lit("1")))
    return expected, pl.concat(changes)
