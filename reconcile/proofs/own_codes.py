"""No code that nDelius itself uses is taken for unknown: looked up in the baseline's text, column by column.

Source: codes.md. Our lists are a sample of nDelius's own; a line of ours counts first.
"""

import polars as pl

from reconcile.differences import DESTINATION, differences_of, no_differences
from reconcile.sources.baseline import Baseline
from reconcile.sources.code_lists import NDELIUS, targets_of
from reconcile.sources.delivery import PLACE, Delivery
from vocabulary.source import CASE_SYSTEMS, source_words

UNKNOWN = ("Q01", "Q02")
ELSEWHERE = {
    ("event", "offence_code"): ("offence", "offence_code"),
    ("event", "type"): ("disposal", "type"),
    ("event", "length_unit"): ("disposal", "length_unit"),
    ("event", "end_reason"): ("disposal", "end_reason"),
    ("upw_session", "project_type"): ("upw_project", "type"),
}
"""Element of a gateway record to the column that it is written to, where names differ."""


def find_refused_codes(delivery: Delivery, baseline: Baseline) -> pl.DataFrame:
    """Differences: rows told of an unknown code (Q01, Q02) that the baseline uses in the same column."""
    told = (
        delivery.findings.filter(pl.col("rule").is_in(UNKNOWN) & pl.col("export").is_in(CASE_SYSTEMS))
        .with_columns(pl.col("column").str.split(";"))
        .explode("column")
    )
    found = [no_differences()]
    for (export, entity, column), lines in told.group_by("export", "entity", "column", maintain_order=True):
        used = _used(str(export), str(entity), str(column), baseline)
        asked = delivery.scan(str(export), str(entity)).select(*PLACE, str(column))
        rows = asked.join(lines.lazy().select(PLACE).unique(), on=PLACE, how="semi").collect()
        listed = targets_of(
            _list_of(str(export), str(entity), str(column)), str(export), delivery.company, {}
        )
        refused = rows.filter(
            pl.col(str(column)).is_in(used.implode()) & ~pl.col(str(column)).is_in(list(listed))
        )
        found.append(differences_of(refused, DESTINATION, "nDelius uses a code that was taken for unknown."))
    return pl.concat(found)


def _used(export: str, entity: str, column: str, baseline: Baseline) -> pl.Series:
    """The codes that the baseline uses in the column of a word."""
    place = (entity, column) if export == NDELIUS else ELSEWHERE.get((entity, column), (entity, column))
    scan = baseline.scans.get(place[0])
    if scan is None or place[1] not in scan.collect_schema():
        return pl.Series([], dtype=pl.String)
    used = scan.select(pl.col(place[1]).unique().drop_nulls().str.strip_chars().unique())
    return used.collect().to_series()


def _list_of(export: str, entity: str, column: str) -> str:
    return next(str(word.code_list) for word in source_words(export)[entity] if word.name == column)
