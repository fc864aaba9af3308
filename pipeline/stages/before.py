"""Before anything of a delta is written: what its target differs in already, and which totals do not agree.

The proofs of the cycle before it, on the target as it stands: whatever its users changed since that load.
"""

from dataclasses import replace

import polars as pl
import sqlalchemy as sa

from pipeline.stages.line_text import line_before
from pipeline.stages.prove import Sources
from pipeline.stages.reconcile import listed_outcomes
from pipeline.storage.batches import both_sides
from pipeline.storage.stood import keep_stood
from pipeline.workspace import Workspace
from reconcile.figures.totals import SCHEMA, company_totals
from reconcile.prove_company import CompanyProof
from target.holding import read_holding


def prove_before(workspace: Workspace, connection: sa.Connection) -> None:
    """Keep what differs (pipeline.storage.stood), of every company that is loaded, each row of a company with
    its cycle in front of the file."""
    before = workspace.of_cycle(workspace.line[-2])
    codes = sorted(line_before(before, read_holding(connection).loads))

    def totals(proof: CompanyProof, _: pl.DataFrame) -> pl.DataFrame:
        code = proof.evidence.company
        batch = both_sides(before, code)[0]
        found = company_totals(proof, listed_outcomes(before.stage_folder(code, "validate") / "staff", batch))
        return found.select(pl.lit(code).alias("company"), *SCHEMA)

    proved = replace(Sources.of(before, codes), is_whole=True).prove(connection, totals)
    nothing = pl.DataFrame(schema={"company": pl.String, **SCHEMA})
    keep_stood(
        workspace, _named(before, codes, proved.differences), pl.concat([nothing, *proved.looked.values()])
    )


def _named(before: Workspace, codes: list[str], differences: pl.DataFrame) -> pl.DataFrame:
    """`differences` with the files of companies as the delta calls them."""
    file, lines = pl.col("source_file"), {code: before.cycle_of(code) for code in codes}
    is_own = file.str.starts_with(pl.concat_str("company", pl.lit("_")))
    is_bare = is_own & ~file.str.contains("/", literal=True)
    cycle = pl.col("company").replace_strict(lines, default=before.cycle, return_dtype=pl.String)
    named = pl.when(is_bare).then(pl.concat_str(cycle, pl.lit("/"), file)).otherwise(file)
    return differences.with_columns(named.alias("source_file"))
