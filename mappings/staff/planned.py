"""What Day 1 writes for the staff return: officers with their teams, accounts, and limited access."""

import polars as pl

from mappings.allocation.routing import decided_teams
from mappings.registry import Inserts, changes, writes
from mappings.staff.limited_access import RESTRICTION
from mappings.staff.new_officers import Staffed
from mappings.staff.records import account_moves, staff_inserts
from mappings.staff.restricted_persons import access_changes, access_inserts
from target.plan import Change
from vocabulary.batch import Batch


@writes("staff", tables="STAFF STAFF_TEAM USER_ PROBATION_AREA_USER RESTRICTION")
def officer_inserts(
    batch: Batch,
    staffed: Staffed | None,
    cases: list[pl.DataFrame],
    limited_access: dict[str, pl.DataFrame],
) -> Inserts:
    """New officers with their teams and accounts, and restrictions that an operator gave a new user.

    Args:
        cases: everything that may stay with its practitioner, after `keep_officers`.
        limited_access: judged rows by entity (mappings.staff.restricted_persons).
    """
    if staffed is None:
        return {}
    kept = pl.concat([rows.select("n_officer", "n_team", "allocation") for rows in cases])
    inserts = staff_inserts(staffed.assigned, staffed.accounts, kept, decided_teams(batch))
    return inserts | {"RESTRICTION": access_inserts(limited_access[RESTRICTION], inserts["STAFF_TEAM"])}


@changes("staff", tables="USER_ RESTRICTION EXCLUSION")
def account_changes(staffed: Staffed | None, limited_access: dict[str, pl.DataFrame]) -> list[Change]:
    """The accounts that move, and the rows of limited access that end."""
    if staffed is None:
        return []
    ended = [access_changes(judged, entity) for entity, judged in limited_access.items()]
    return [*account_moves(staffed.accounts), *(change for changed in ended for change in changed)]
