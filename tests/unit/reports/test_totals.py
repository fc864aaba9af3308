"""Control totals side by side. Those of K03 and K04 are drawn in tests/spec/test_rules_totals.py."""

import polars as pl

from reports.data import Total
from reports.totals import add_up, count_persons_once, scoped


def test_a_plain_figure_stands_for_company_and_region() -> None:
    assert scoped("projects", [("N51", 3, 2, 0)], "C06") == [
        Total("projects", "C06", 3, 2, 0), Total("projects", "N51", 3, 2, 0),
    ]  # fmt: skip


def test_a_company_of_two_regions_is_the_sum_of_both() -> None:
    found = scoped("rar_days", [("N51", 30, 20, 10), ("N50", 20, 20, 0)], "C07")
    assert found == [
        Total("rar_days", "C07", 50, 40, 10),
        Total("rar_days", "N50", 20, 20, 0),
        Total("rar_days", "N51", 30, 20, 10),
    ]
    assert all(total.agrees for total in found)


def test_only_regions_add_up_to_the_nation() -> None:
    """A company's own total repeats its regions'."""
    totals = [Total("persons", scope, 2, 1, 1) for scope in ("C06", "N51", "N50")]
    assert add_up(totals, ["N50", "N51"])[-1] == Total("persons", "national", 4, 2, 2)


def test_only_persons_are_counted_once() -> None:
    nobody = pl.DataFrame(schema=dict.fromkeys(("person", "side", "region"), pl.String))
    totals = (Total("persons", "national", 4, 4, 0), Total("rar_days", "national", 4, 4, 0))
    assert count_persons_once(totals, nobody) == (Total("persons", "national", 0, 0, 0), totals[1])
