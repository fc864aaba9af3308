"""Persons and practitioners of each team on Monday, over all companies that come to it."""

from reports.data import Reconciliation, Workload
from reports.tables import Cell, Table

HEADER = (
    "region",
    "delivery unit",
    "team",
    "practitioners",
    "persons",
    "without one",
    "over capacity (assumed)",
)


def workload_table(reconciliation: Reconciliation) -> Table:
    """A line per team; a team that several companies come to has one."""
    teams: dict[tuple[str, str, str], list[Workload]] = {}
    for company in reconciliation.companies:
        for one in company.workload:
            teams.setdefault((one.region, one.pdu, one.team), []).append(one)
    rows: list[tuple[Cell, ...]] = [
        (
            *team,
            sum(one.practitioners for one in parts),
            sum(one.persons for one in parts),
            sum(one.without_practitioner for one in parts),
            sum(one.over_capacity for one in parts),
        )
        for team, parts in sorted(teams.items())
    ]
    return Table("Workload of each team from Day 1 on", HEADER, tuple(rows), "nobody moves")
