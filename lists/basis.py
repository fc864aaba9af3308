"""The column `basis` of a list: what the team, the delivery unit and the pay in its rows stand on."""

import polars as pl

from mappings.basis import pay_marks, pdu_marks, team_marks, workload_mark

BASIS = "basis"
MARKED = {
    "team": ("team", team_marks),
    "programmes_team": ("programmes team", team_marks),
    "n_team": ("team", team_marks),
    "pdu": ("PDU", pdu_marks),
    "new_point": ("pay", pay_marks),
}
"""Column of a list to what its reader calls it, and what says the mark of its values."""

WORKLOAD = "weight"
"""Column of a list whose figures, whatever they are, stand on the tables of mappings/workload/."""


def with_basis(rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` with `basis` behind their columns, such as "team: sample; PDU: public later".

    A list without a column of MARKED stays as it is. A value that no table of ours has is nobody's sample.
    """
    told = [name for name in MARKED if name in rows.columns]
    if not told:
        return rows
    weighed = [pl.lit(f"weights and capacity: {workload_mark()}")] if WORKLOAD in rows.columns else []
    marked = rows
    for name in told:
        word, marks = MARKED[name]
        known = marks()
        mark = pl.col(name).cast(pl.String).replace_strict(known.to_series(), known["mark"], default=None)
        marked = marked.with_columns(pl.format("{}: {}", pl.lit(word), mark).alias(f"_{name}"))
    parts = [f"_{name}" for name in told]
    return marked.with_columns(
        pl.concat_str(*parts, *weighed, separator="; ", ignore_nulls=True).alias(BASIS)
    ).drop(parts)
