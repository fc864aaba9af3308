"""Persons and practitioners of each team from Day 1 on."""

import polars as pl

from lists.sources import ListSources
from lists.workload.book import teams
from lists.workload.cases import cases_from_day_1
from lists.workload.practitioners import with_capacity
from reports.data import Workload

COUNTS = ["practitioners", "persons", "without_practitioner", "over_capacity"]


def workload_of(sources: ListSources) -> tuple[Workload, ...]:
    """One line per team that persons of the company come to."""
    found = teams(with_capacity(sources, cases_from_day_1(sources)))
    rows = found.select("region", pl.col("pdu").fill_null(""), "team", *COUNTS)
    return tuple(Workload(*row) for row in rows.sort("region", "pdu", "team").iter_rows())
