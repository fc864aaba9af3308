"""Derived data of the target, rebuilt from its base rows and never copied: caseload, areas, counts and flags.

CASELOAD, ORGANISATION_OFFENDER and the ORGANISATIONS arrays depend on base rows alone. They stand in no
crosswalk and no before-image: whoever changes base rows rebuilds them, and an undo gets the earlier state.
"""

import polars as pl
import sqlalchemy as sa

from target.derived.areas import clear_areas, write_areas
from target.derived.caseload import clear_caseload, write_caseload
from target.derived.persons import staged_persons


def rebuild(connection: sa.Connection, persons: pl.Series) -> None:
    """Build the derived rows and arrays of `persons` (OFFENDER_ID) anew, in the caller's transaction."""
    if persons.is_empty():
        return
    with staged_persons(connection, persons) as stage:
        clear_caseload(connection, stage)
        clear_areas(connection, stage)
        write_areas(connection, stage)
        write_caseload(connection, stage)


def clear(connection: sa.Connection, persons: pl.Series) -> None:
    """Take the derived rows of `persons` out, so that the base rows they refer to can be deleted."""
    if persons.is_empty():
        return
    with staged_persons(connection, persons) as stage:
        clear_caseload(connection, stage)
        clear_areas(connection, stage)
