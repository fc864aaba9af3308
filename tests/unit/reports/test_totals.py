"""Control totals side by side. Those of K03 and K04 are drawn in tests/spec/test_rules_reconcile.py."""

import polars as pl

from reports.data import Total
from reports.totals import add_up, rar_totals, scoped

SOURCE = pl.DataFrame(
    {
        "component_id": [1, 2, 3],
        "region": ["N50", "N51", "N51"],
        "days": [20, 30, 10],
        "days_done": [5, 0, 1],
        "is_listed": [False, False, True],
    }
)
TARGET = SOURCE.drop("is_listed").head(2)


def test_rar_days_agree_apart_from_listed_requirements() -> None:
    assert rar_totals(SOURCE, TARGET, "C07") == [
        Total("rar_days", "C07", 60, 50, 10),
        Total("rar_days", "N50", 20, 20, 0),
        Total("rar_days", "N51", 40, 30, 10),
        Total("rar_days_done", "C07", 6, 5, 1),
        Total("rar_days_done", "N50", 5, 5, 0),
        Total("rar_days_done", "N51", 1, 0, 1),
    ]


def test_a_requirement_that_is_lost_unlisted_does_not_agree() -> None:
    unlisted = SOURCE.with_columns(pl.lit(False).alias("is_listed"))
    assert [total.agrees for total in rar_totals(unlisted, TARGET, "C07")[:3]] == [False, True, False]


def test_nothing_on_either_side_is_nought() -> None:
    assert rar_totals(SOURCE.clear(), TARGET.clear(), "C07") == [
        Total("rar_days", "C07", 0, 0, 0), Total("rar_days_done", "C07", 0, 0, 0),
    ]  # fmt: skip


def test_a_plain_figure_stands_for_company_and_region() -> None:
    assert scoped("projects", [("N51", 3, 2, 0)], "C06") == [
        Total("projects", "C06", 3, 2, 0), Total("projects", "N51", 3, 2, 0),
    ]  # fmt: skip


def test_only_regions_add_up_to_the_nation() -> None:
    """A company's own total repeats its regions'."""
    totals = [Total("persons", scope, 2, 1, 1) for scope in ("C06", "N51", "N50")]
    assert add_up(totals, ["N50", "N51"])[-1] == Total("persons", "national", 4, 2, 2)
