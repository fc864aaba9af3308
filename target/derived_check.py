"""Says which derived values of a target differ from what its base rows give."""

import polars as pl
import sqlalchemy as sa

from target.bulk import read_rows
from target.derived_areas import AREA, INTERESTS, areas_of, array_differs, array_tables, arrays
from target.derived_caseload import CASELOAD, CASELOAD_ID, caseload_rows
from target.derived_figures import computed_figures, figures
from target.derived_managers import PERSON, Rows, manager_kinds
from target.derived_persons import ARRAY, all_persons, staged_by_person, staged_persons
from target.shape import key_column
from target.tables import table

_SCHEMA = {"table": pl.String, "id": pl.Int64, "column": pl.String}
_EXPECTED_ARRAYS = "DAY1_EXPECTED"


def check_derived(connection: sa.Connection, persons: pl.Series | None = None) -> pl.DataFrame:
    """`table`, `id`, `column` of each derived value of `persons` (or of everybody) that is not as computed.

    A figure that the target never kept (null) is no difference. `id` is the row's key, in
    ORGANISATION_OFFENDER the person's; a CASELOAD row that is wrong, missing or extra is named as a whole.
    """
    concerned = all_persons(connection) if persons is None else persons
    with staged_persons(connection, concerned) as stage:
        found = [
            *_wrong_figures(connection, stage),
            *_wrong_arrays(connection, stage),
            _wrong_interests(connection, stage),
            *_wrong_caseload(connection, stage),
        ]
    return pl.concat([pl.DataFrame(schema=_SCHEMA), *found]).unique().sort("table", "column", "id")


def check_figures(connection: sa.Connection, persons: pl.Series) -> pl.DataFrame:
    """The same of counts and flags alone: figures that nDelius keeps and that Day 1 leaves as they are."""
    with staged_persons(connection, persons) as stage:
        found = _wrong_figures(connection, stage)
    return pl.concat([pl.DataFrame(schema=_SCHEMA), *found]).unique().sort("table", "column", "id")


def _named(name: str, ids: pl.Series, column: str) -> pl.DataFrame:
    return pl.DataFrame({"id": ids.cast(pl.Int64)}).select(
        pl.lit(name).alias("table"), "id", pl.lit(column).alias("column")
    )


def _wrong_figures(connection: sa.Connection, stage: sa.Table) -> list[pl.DataFrame]:
    found = []
    for figure in figures():
        computed = computed_figures(connection, figure, stage)
        key = key_column(figure.table)
        stored = read_rows(connection, figure.table, key, computed["id"], [key, figure.column])
        beside = computed.join(stored, left_on="id", right_on=key)
        wrong = beside.filter(pl.col("value") != pl.col(figure.column))
        found.append(_named(figure.table, wrong["id"], figure.column))
    return found


def _wrong_arrays(connection: sa.Connection, stage: sa.Table) -> list[pl.DataFrame]:
    found = []
    with staged_by_person(connection, _EXPECTED_ARRAYS, arrays(connection, stage)) as expected:
        for name in array_tables():
            key = table(name).c[key_column(name)]
            wrong = _ids(connection, sa.select(key).where(*array_differs(name, expected)))
            found.append(_named(name, wrong, ARRAY))
    return found


def _wrong_interests(connection: sa.Connection, stage: sa.Table) -> pl.DataFrame:
    """Persons with an area too many, too few or twice."""
    interest = table(INTERESTS)
    stored = sa.select(interest.c[PERSON], interest.c[AREA]).where(
        interest.c[PERSON].in_(sa.select(stage.c[PERSON]))
    )
    twice = stored.group_by(interest.c[PERSON], interest.c[AREA]).having(sa.func.count() > 1)
    wrong = [*_either(connection, areas_of(stage), stored), *_ids(connection, twice)]
    return _named(INTERESTS, pl.Series(wrong, dtype=pl.Int64), AREA)


def _wrong_caseload(connection: sa.Connection, stage: sa.Table) -> list[pl.DataFrame]:
    caseload = table(CASELOAD)
    found = []
    for kind in manager_kinds():
        expected = caseload_rows(kind, stage)
        stored = (
            sa.select(*(caseload.c[column.name] for column in expected.selected_columns))
            .where(caseload.c["ROLE_CODE"] == kind.role)
            .where(caseload.c[PERSON].in_(sa.select(stage.c[PERSON])))
        )
        found.append(_named(CASELOAD, _either(connection, expected, stored), CASELOAD_ID))
    return found


def _either(connection: sa.Connection, one: Rows, other: Rows) -> pl.Series:
    """First column of the rows that only one of two queries gives."""
    parts = [_ids(connection, sa.except_(one, other)), _ids(connection, sa.except_(other, one))]
    return pl.concat(parts)


def _ids(connection: sa.Connection, statement: sa.Executable) -> pl.Series:
    return pl.Series([row[0] for row in connection.execute(statement)], dtype=pl.Int64)
