"""What rules find in a frame: one condition per rule and column, all evaluated in one pass over the rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from vocabulary.findings import collect, findings_of
from vocabulary.invisible import invisible_characters
from vocabulary.stacking import stack

ROW = ["source_file", "source_row"]
"""What names a source row within one company and export."""

LEFT_OUT_SCHEMA = {"source_file": pl.String, "source_row": pl.String, "column": pl.String}
"""A value that was delivered and is not carried, so that nobody compares its absence with the baseline."""

NOTHING_LEFT_OUT = pl.DataFrame(schema=LEFT_OUT_SCHEMA)


@dataclass(frozen=True)
class Failure:
    """`rule` fails in `column` where the condition `where` is true; null counts as not failing.

    `leaves_out`: the row goes on without the value. Several columns are joined by `;`.
    """

    rule: str
    column: str
    where: pl.Expr
    leaves_out: bool = False


@dataclass(frozen=True)
class Failed:
    """What failures found, under the number of the failure, so that blocks of rows can be put together.

    `told`: by number and column the findings as they were made; `values`: by number the values left out.
    """

    told: dict[tuple[int, str], list[pl.DataFrame]] = field(default_factory=dict)
    values: dict[int, list[pl.DataFrame]] = field(default_factory=dict)

    @property
    def findings(self) -> pl.DataFrame:
        """The findings, failure by failure."""
        numbered = sorted(self.told.items(), key=lambda item: item[0][0])
        return collect([frame for _, frames in numbered for frame in frames])

    @property
    def left_out(self) -> pl.DataFrame:
        """The values left out, failure by failure: LEFT_OUT_SCHEMA."""
        numbered = [frame for _, frames in sorted(self.values.items()) for frame in frames]
        return stack(numbered, NOTHING_LEFT_OUT)

    @property
    def frames(self) -> list[pl.DataFrame]:
        """The findings in no order."""
        return [frame for frames in self.told.values() for frame in frames]


def join_failed(blocks: Iterable[Failed]) -> Failed:
    """What the same failures found in blocks of rows that follow each other, as if these were one."""
    whole = Failed()
    for block in blocks:
        for place, told in block.told.items():
            whole.told.setdefault(place, []).extend(told)
        for number, values in block.values.items():
            whole.values.setdefault(number, []).extend(values)
    return whole


def evaluate(frame: pl.DataFrame, failures: Mapping[int, Failure], entity: str, judged: pl.Expr) -> Failed:
    """Evaluates `failures`, by number, on the rows of `frame` that are `judged`; others never fail.

    `frame` has the provenance.
    """
    failed = Failed()
    if frame.is_empty() or not failures:
        return failed
    masks = frame.select(
        (failure.where.fill_null(False) & judged).alias(str(number)) for number, failure in failures.items()
    )
    for number, failure in failures.items():
        mask = masks[str(number)]
        if not mask.any():
            continue
        rows = frame.filter(mask)
        for told in (
            findings_of(rows, failure.rule, entity, failure.column),
            *invisible_characters(rows, failure.rule, entity, failure.column),
        ):
            failed.told.setdefault((number, told["column"][0]), []).append(told)
        if failure.leaves_out:
            failed.values[number] = [rows.select(*ROW, pl.lit(failure.column).alias("column"))]
    return failed


def judged_rows(rows: pl.DataFrame, skip: pl.DataFrame | None) -> pl.Series:
    """True for each of `rows` that is not among `skip` (source_file, source_row)."""
    if skip is None or skip.is_empty():
        return pl.Series([True], dtype=pl.Boolean).new_from_index(0, rows.height)
    skipped = skip.select(ROW).unique().with_columns(is_judged=pl.lit(False))
    marked = rows.select(ROW).join(skipped, on=ROW, how="left", maintain_order="left")
    return marked["is_judged"].fill_null(True)
