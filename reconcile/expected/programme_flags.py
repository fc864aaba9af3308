"""What the programme system must be told: a flag for each accredited programme requirement that moved or was
added, one for its event and one for its person (dictionary, section 6)."""

import polars as pl

from reconcile.expected.changes import EXPECTED_CHANGE, expect
from reconcile.expected.moves import ADDED
from reconcile.proofs.fields import Expected
from reconcile.sources.cases import RQ
from reconcile.sources.code_lists import read_code
from reconcile.sources.delivery import PLACE
from reconcile.sources.evidence import Evidence
from reconcile.sources.origins import SPG, Records, is_new

PROGRAMME = "programme"
"""Writer of fields.csv."""

ACCREDITED = "C"
FLAGS = {"IAPS_RQMNT": "component", "IAPS_EVENT": "event", "IAPS_OFFENDER": "person"}
FLAG = "IAPS_FLAG"
ROW = ["source_file", "source_row"]


def expected_flags(
    moved: pl.DataFrame, records: Records | None, evidence: Evidence
) -> tuple[list[Expected], pl.DataFrame]:
    """Rows that must be there, and EXPECTED_CHANGE of those that nDelius had with the flag off.

    `moved`: reconcile.expected.moves.assign_receivers, those that moved.
    """
    requirements = moved.filter(pl.col("kind") == RQ)
    known = evidence.country.baseline["requirement"].filter(pl.col("main_category") == ACCREDITED)
    is_known = (pl.col("why") != ADDED) & pl.col("component").is_in(known["requirement_id"].implode())
    programmes = pl.concat([requirements.filter(is_known), _added(requirements, records, evidence)])
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


def _added(requirements: pl.DataFrame, records: Records | None, evidence: Evidence) -> pl.DataFrame:
    """Those of `requirements` that only the company held: its own record says that they are programmes."""
    if records is None:
        return requirements.clear()
    category = read_code(
        "main_category", "requirement_main", SPG, evidence.company, evidence.delivery.decided
    )
    programmes = records.frames["requirement"].filter(is_new("requirement") & (category == ACCREDITED))
    return requirements.filter(pl.col("why") == ADDED).join(programmes, on=ROW, how="semi")
