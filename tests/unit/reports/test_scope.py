"""One reader's share: nothing of another company or region."""

from dataclasses import fields, is_dataclass, replace
from typing import Any, get_args, get_type_hints

import pytest
from planted import HELD, with_faults

from reports.data import CompanyReconciliation, FileAccount, Move, OfficerCount, Reconciliation, Total
from reports.json_report import as_json
from reports.share import Share, of_company, of_region

HOMES = {"C17": ("N07",), "C06": ("N51",)}
SHARED = {**HOMES, "C06": ("N50", "N51")}


def test_a_company_reads_nothing_of_another(reconciliation: Reconciliation) -> None:
    own = of_company(reconciliation, "C06")
    assert [company.company for company in own.companies] == ["C06"]
    assert own.verdict == "clean"
    assert "C17" not in as_json(own)
    assert "national" not in as_json(own)


def test_a_region_reads_the_companies_that_come_to_it(reconciliation: Reconciliation) -> None:
    national = reconciliation.totals[0]
    regional = replace(national, scope="N51")
    own = of_region(replace(reconciliation, totals=(national, regional)), "N51", HOMES, {})
    assert own.companies == reconciliation.companies[1:]
    assert (own.verdict, own.totals) == ("clean", (regional,))


def test_of_a_shared_company_a_region_reads_its_own_figures_only(reconciliation: Reconciliation) -> None:
    shared = CompanyReconciliation(
        company="C06",
        name="Merseyside",
        verdict="differences",
        problems=("L03: 2 restriction rows are held", "O04: team N51ABC"),
        files=reconciliation.companies[1].files,
        totals=(
            Total("persons", "C06", 9, 9, 0),
            Total("persons", "N50", 4, 4, 0),
            Total("persons", "N51", 5, 5, 0),
        ),
        moves=(Move("OM", "N50", 4, 0, 0), Move("OM", "N51", 5, 0, 0)),
        officers=(OfficerCount("N50", 4, 0, 0), OfficerCount("N51", 5, 0, 0)),
    )
    whole = replace(reconciliation, companies=(shared,))
    share = Share((FileAccount("delius", "C06_delius_OFFENDER.txt", 4, 4, 0, 0, written=4),), ())
    [own] = of_region(whole, "N50", SHARED, {"C06": share}).companies
    assert [(total.scope, total.source) for total in own.totals] == [("N50", 4)]
    assert (own.verdict, own.files) == ("differences", share.files)
    assert own.problems == ("2 points hold sign-off of the company as a whole: see its own workbook",)
    assert "N51" not in as_json(replace(whole, companies=(own,), totals=()))


def parts_by_region() -> dict[str, type[Any]]:
    """The lists of a company's figures that name a region, and what they hold."""
    hints = get_type_hints(CompanyReconciliation).items()
    lists = {name: get_args(hint)[0] for name, hint in hints if get_args(hint)}
    return {
        name: held
        for name, held in lists.items()
        if is_dataclass(held) and "region" in {one.name for one in fields(held)}
    }


@pytest.mark.parametrize("part", parts_by_region())
def test_of_what_names_a_region_a_region_reads_its_share(part: str, reconciliation: Reconciliation) -> None:
    held = parts_by_region()[part]
    words = {one.name: one.type() for one in fields(held) if callable(one.type)}
    rows = [held(**{**words, "region": region}) for region in ("N50", "N51")]
    shared = replace(reconciliation.companies[1], **{part: tuple(rows)})
    [own] = of_region(replace(reconciliation, companies=(shared,)), "N50", SHARED, {}).companies
    assert getattr(own, part) == (rows[0],)


def test_of_rows_left_with_a_shared_company_a_region_reads_how_many_only(
    reconciliation: Reconciliation,
) -> None:
    [own] = of_region(with_faults(reconciliation), "N07", {**HOMES, "C17": ("N07", "N51")}, {}).companies
    assert (own.left, own.differences, own.changed_otherwise) == ((), (), 0)
    assert [problem.partition(" of the")[0] for problem in own.problems] == [
        "2 rows stay behind",
        "4 rows changed that Day 1 does not change",
        "1 differences were found",
    ]


def test_the_only_region_of_a_company_reads_its_rows_left(reconciliation: Reconciliation) -> None:
    [own] = of_region(with_faults(reconciliation), "N07", HOMES, {}).companies
    assert HELD in own.left
