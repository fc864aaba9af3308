"""Workload from Day 1 on: where a case is, what it weighs, who is over capacity, drawn as tables."""

from dataclasses import replace

import polars as pl
import pytest

from lists.sources import PACK, ListSources
from lists.workload.book import workload_lists
from lists.workload.cases import cases_from_day_1
from mappings.case.context import CaseContext
from tests.spec.drawn_batch import batch_of, ndelius
from tests.spec.drawn_tables import drawn
from vocabulary.resources import text_table

CASES = drawn("""
case                          | tier | sentence   | status | since      | place     | shown | weight | early | column
a community order             | UB2  | 2021-01-04 |        |            | community | B2    | 1.50   | N     | commtierb2
no tier yet                   |      | 2021-01-04 |        |            | community | none  | 1.00   | N     | commtier0
sixteen weeks before Day 1    | UD0  | 2021-03-06 |        |            | community | D0    | 0.75   | N     | commtierd0
a day less                    | UD0  | 2021-03-07 |        |            | community | D0    | 0.75   | Y     | commtierd0
in prison                     | UA3  | 2020-01-04 | D      | 2020-01-04 | custody   | A3    | 1.00   | N     | custtiera3
recalled                      | UC1  | 2020-01-04 | C      | 2021-06-01 | custody   | C1    | 0.50   | Y     | custtierc1
on licence                    | UA0  | 2020-01-04 | B      | 2021-06-01 | licence   | A0    | 2.00   | Y     | licencetiera0
supervised after the licence  | UC3  | 2020-01-04 | P      | 2021-01-01 | licence   | C3    | 1.00   | N     | licencetierc3
""")  # noqa: E501 - a table is read by its columns

Case = dict[str, str]


def baseline_rows(number: int, case: Case) -> dict[str, Case]:
    """Entity of nDelius to the row of one person, whom C06A001 manages."""
    person = {"offender_id": str(number)}
    manager = {"area": "C06", "team": "C06A01", "officer": "C06A001", "is_active": "Y"}
    sentence = {"event_id": str(number), "is_active": "Y", "sentence_date": case["sentence"]}
    rows = {
        "offender": person | {"tier": case["tier"]},
        "disposal": person | sentence,
        "offender_manager": person | manager,
    }
    if case["status"]:
        status = {"status": case["status"], "status_date": case["since"]}
        rows["custody"] = person | {"disposal_id": str(number)} | status
    return rows


def sources(*cases: Case, kept: bool = True, grade: str = "CRCM") -> ListSources:
    """A person per case, all with one practitioner who comes along (`kept`) or with the team's default."""
    staff = {"officer": "C06A001", "grade": grade, "area": "C06"}
    tables: dict[str, list[Case]] = {"staff": [staff]}
    for number, case in enumerate(cases, start=1):
        for entity, row in baseline_rows(number, case).items():
            tables.setdefault(entity, []).append(row)
    ids = [str(number) for number in range(1, len(cases) + 1)]
    numbers = pl.DataFrame({"person_id": ids}, schema={"person_id": pl.String})
    officer, allocation = ("N51A002", "kept") if kept else ("N51A07U", "default")
    place = {"region": "N51", "team": "N51A07", "officer": officer, "surname": "Zz", "first_name": "Zz"}
    moved = {"kind": "OM", "officer": "C06A001", "n_officer": officer, "allocation": allocation}

    def with_texts(texts: Case) -> pl.DataFrame:
        return numbers.with_columns(pl.lit(text).alias(name) for name, text in texts.items())

    people = with_texts(place).with_columns(pl.col("person_id").alias("crn"))
    regions = with_texts({"region": "N51", "pdu_code": ""})
    case_of = CaseContext(batch_of("C06"), ndelius(**tables))
    return ListSources(case_of, people, with_texts(moved), regions)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_a_case_is_in_one_place_and_weighs_by_its_tier(case: Case) -> None:
    found = cases_from_day_1(sources(case))
    shown = found.select("place", "tier", pl.col("weight").cast(pl.String), "is_early")
    assert shown.row(0) == (case["place"], case["shown"], case["weight"], case["early"] == "Y")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_the_extract_counts_it_in_its_column_alone(case: Case) -> None:
    row = workload_lists(sources(case))["wmt_extract"].to_dicts()[0]
    assert {name for name, value in row.items() if "tier" in name and value} == {case["column"]}
    is_early = case["early"] == "Y" and case["place"] != "custody"
    assert row["comin1st16weeks"] + row["licin1st16weeks"] == is_early


@pytest.mark.parametrize("statuses", ["", "B", "D", "BD", "DB"])
def test_of_several_sentences_custody_counts_before_licence_and_licence_before_community(
    statuses: str,
) -> None:
    """One person with a community order beside a sentence of each status, in any order."""
    person = {"offender_id": "1"}
    kinds = ["", *statuses]
    sentences = [
        person | {"disposal_id": str(place), "event_id": str(place), "is_active": "Y"}
        for place, _ in enumerate(kinds, start=1)
    ]
    custody = [
        person | {"disposal_id": str(place), "status": kind}
        for place, kind in enumerate(kinds, start=1)
        if kind
    ]
    made = sources(CASES[0])
    baseline = ndelius(offender=[person], disposal=sentences, custody=custody)
    several = replace(made, case=CaseContext(made.batch, baseline))
    place = "custody" if "D" in statuses else "licence" if statuses else "community"
    assert cases_from_day_1(several)["place"].to_list() == [place]


def test_the_extract_has_the_columns_of_the_tool_in_their_order() -> None:
    columns = workload_lists(sources(*CASES))["wmt_extract"].columns
    assert columns == [PACK, *text_table("mappings", "workload", "extract.csv")["column"]]


OVER = drawn("""
grade | cases | class | over_by | listed
CRCM  | 25    | PO    | 0.00    | 0
CRCM  | 26    | PO    | 2.00    | 26
CRCQ  | 30    | PSO   | 0.00    | 0
CRCQ  | 31    | PSO   | 2.00    | 31
CRCR  | 90    | DMY   |         | 0
""")


@pytest.mark.parametrize("case", OVER, ids=lambda case: f"{case['grade']} {case['cases']}")
def test_who_is_over_capacity_is_listed_with_the_cases_that_come(case: Case) -> None:
    heavy = {**CASES[0], "tier": "UA1"}
    made = workload_lists(sources(*[heavy] * int(case["cases"]), grade=case["grade"]))
    (row,) = made["practitioners"].select("class", pl.col("over_by").cast(pl.String)).rows()
    assert row == (case["class"], case["over_by"] or None)
    assert made["over_capacity"].height == int(case["listed"])


def test_before_and_after_are_those_of_one_practitioner() -> None:
    made = workload_lists(sources(*CASES))["practitioners"]
    (row,) = made.select("comes_from", "before", "after").rows()
    assert row == ("C06A001", len(CASES), len(CASES))


def test_whom_nobody_comes_with_is_counted_as_without_practitioner() -> None:
    made = workload_lists(sources(*CASES, kept=False))["teams"]
    (team,) = made.select("practitioners", "persons", "without_practitioner").rows()
    assert team == (0, len(CASES), len(CASES))


def test_a_company_of_which_nobody_moves_has_empty_lists() -> None:
    made = workload_lists(sources())
    assert {rows.height for rows in made.values()} == {0}
