"""Prison offender managers that responsible officers name, and that no export carries (delius.md).

Made for a target of our own: one active row for the person, of a sample prison area, its team and officer.
"""

import polars as pl

from target.assignment import UNALLOCATED_OFFICER, UNALLOCATED_TEAM
from target.bulk import insert
from target.reference_data.rows import next_ids
from target.resolve import Resolver
from target.teams_and_officers import add_teams

AREA = "PRI"
TEAM = AREA + "POM"
_NAME = "A prison (sample)"


def prison_managers(resolver: Resolver, officers: pl.DataFrame) -> pl.DataFrame:
    """Rows of PRISON_OFFENDER_MANAGER for those that `officers` (entity `responsible_officer`) name.

    Makes the sample prison where somebody is named.
    """
    named = officers.filter(pl.col("prison_manager_id").is_not_null())
    if named.height:
        _add_prison(resolver)
    return named.unique("prison_manager_id", keep="first", maintain_order=True).select(
        "prison_manager_id",
        "offender_id",
        "start_date",
        pl.lit(None, pl.Date).alias("end_date"),
        pl.lit(AREA).alias("area"),
        pl.lit(TEAM).alias("team"),
        pl.lit(TEAM + UNALLOCATED_OFFICER).alias("officer"),
    )


def _add_prison(resolver: Resolver) -> None:
    unallocated = AREA + UNALLOCATED_TEAM
    for table, code in (("PROBATION_AREA", AREA), ("LOCAL_DELIVERY_UNIT", unallocated)):
        row = pl.DataFrame({"code": [code], "area": [AREA], "description": [_NAME]})
        insert(resolver.connection, table, resolver.rows(table, row, next_ids(resolver, table, row)))
        resolver.lists.forget(table.replace("_", " "))
    team = {"code": TEAM, "name": _NAME, "area": AREA, "pdu": None, "is_unpaid_work_team": False}
    add_teams(resolver, pl.DataFrame([team], schema_overrides={"pdu": pl.String}))
