"""The areas that have an interest in a person: ORGANISATION_OFFENDER and the array on the person's rows.

nDelius shows a row only to the areas in its array (target.md, section 4, and rule 35 of section 9).
"""

from collections.abc import Iterator

import polars as pl
import sqlalchemy as sa

from target.derived.managers import PERSON, Rows, is_live, managed_by, manager_kinds, owner
from target.derived.persons import ARRAY, staged_by_person
from target.schema.shape import columns, table_names
from target.schema.tables import table

INTERESTS = "ORGANISATION_OFFENDER"
AREA = "PROBATION_AREA_ID"
_ARRAYS = "DAY1_ARRAYS"


def areas_of(persons: sa.FromClause) -> Rows:
    """OFFENDER_ID, PROBATION_AREA_ID once per person and area of the person's live managers."""
    each = sa.union(
        *(
            sa.select(owner(kind).c[PERSON], table(kind.table).c[AREA])
            .select_from(managed_by(kind, persons, kind.path[:1]))
            .where(is_live(kind))
            for kind in manager_kinds()
        )
    ).subquery("EACH_KIND")
    return sa.select(each.c[PERSON], each.c[AREA])


def clear_areas(connection: sa.Connection, persons: sa.FromClause) -> None:
    """Take out the ORGANISATION_OFFENDER rows of `persons`."""
    stored = table(INTERESTS)
    connection.execute(sa.delete(stored).where(stored.c[PERSON].in_(sa.select(persons.c[PERSON]))))


def write_areas(connection: sa.Connection, persons: sa.FromClause) -> None:
    """ORGANISATION_OFFENDER of `persons`, who have none, and the array on every row of theirs."""
    found = areas_of(persons).subquery("FOUND")
    nought: sa.ColumnElement[int] = sa.literal_column("0")
    statement = sa.select(found.c[PERSON], found.c[AREA], nought, nought)
    names = [PERSON, AREA, "PARTITION_AREA_ID", "ROW_VERSION"]
    connection.execute(sa.insert(table(INTERESTS)).from_select(names, statement))
    with staged_by_person(connection, _ARRAYS, arrays(connection, persons)) as stage:
        for name in array_tables():
            connection.execute(
                sa.update(table(name))
                .values({table(name).c[ARRAY]: stage.c[ARRAY]})
                .where(*array_differs(name, stage))
            )


def arrays(connection: sa.Connection, persons: sa.FromClause) -> pl.DataFrame:
    """OFFENDER_ID, ORGANISATIONS of everybody in `persons`: a JSON list of area ids as text, lowest first.

    Null for a person without a live manager.
    """
    everybody = connection.execute(sa.select(persons.c[PERSON])).scalars().all()
    pairs = connection.execute(areas_of(persons)).all()
    known = pl.DataFrame(
        [tuple(pair) for pair in pairs], schema={PERSON: pl.Int64, AREA: pl.Int64}, orient="row"
    )
    listed = (
        known.sort(PERSON, AREA)
        .group_by(PERSON, maintain_order=True)
        .agg(pl.format('["{}"]', pl.col(AREA).cast(pl.String).str.join('","')).alias(ARRAY))
    )
    return pl.DataFrame({PERSON: pl.Series(everybody, dtype=pl.Int64)}).join(listed, on=PERSON, how="left")


def array_tables() -> Iterator[str]:
    """Tables whose rows carry their person and the array; CASELOAD is built anew with it."""
    for name in table_names():
        if {ARRAY, PERSON} <= set(columns(name)) and name != "CASELOAD":
            yield name


def array_differs(name: str, stage: sa.Table) -> tuple[sa.ColumnElement[bool], ...]:
    """A row of table `name` belongs to a person of `stage` and carries another array than `stage` says."""
    stored = table(name)
    return (stored.c[PERSON] == stage.c[PERSON], stored.c[ARRAY].is_distinct_from(stage.c[ARRAY]))
