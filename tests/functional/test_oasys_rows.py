"""What OASys got of a clean run beside the delivered assessments: nothing is claimed that they do not say.

The file is read with json alone, the target with sqlite3 alone.
"""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dictionary_rules import lines
from sample_runs import rows_of

FINISHED = ("COMPLETE", "SIGNED")
CLAIMS = ("SCORE", "WESC", "YEAR", "RISK", "ROSH", "TIER", "BAND", "OGP", "OVP", "OGRS")
"""Parts of the names of columns that hold a score, a band or a level of risk."""

RECORDED = ("OASYS_SET.ROSH_LEVEL_ELM", "OASYS_SET.ROSH_LEVEL_CAT")
NO_CLAIM = ("OASYS_SET.INVALID_SECT1_SCORE", "OASYS_SET.OASYS_SCORING_ALG_VERSION")
"""A flag that is N for every row, and the number of a version."""

Assessment = dict[str, Any]


@pytest.fixture(scope="module")
def delivered(clean_run: Path) -> list[Assessment]:
    """The finished assessments that were delivered."""
    file = clean_run / "deliveries/day-1/C06/C06_eoc.jsonl"
    every = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return [one for one in every if one["status"] in FINISHED]


def claiming_columns() -> Iterator[str]:
    """Columns of the written OASys tables that would hold a claim."""
    for line in lines("columns"):
        place = f"{line['table']}.{line['column']}"
        is_written = line["table"].startswith("OASYS_") or line["table"] == "BASIC_SENTENCE_PLAN_OBJ"
        if is_written and any(part in line["column"] for part in CLAIMS):
            yield place


def filled(target: Path, place: str) -> int:
    """Rows in which a column holds something other than N."""
    table, column = place.split(".")
    ((count,),) = rows_of(
        target, f"SELECT COUNT(*) FROM {table} WHERE {column} IS NOT NULL AND {column} <> 'N'"
    )
    return int(count)


def test_there_are_columns_that_could_hold_a_claim() -> None:
    assert {"OASYS_SET.OGRS3_1YEAR", "OASYS_SECTION.SECT_OGP_RAW_SCORE", "OASYS_QUESTION.DISPLAY_SCORE"} <= {
        *claiming_columns()
    }


def test_no_row_holds_a_score_a_band_or_a_level_of_its_own(clean_run: Path) -> None:
    looked_at = set(claiming_columns()) - {*RECORDED, *NO_CLAIM}
    assert {place for place in looked_at if filled(clean_run / "target.db", place)} == set()


def test_the_risk_of_serious_harm_is_the_recorded_one(clean_run: Path, delivered: list[Assessment]) -> None:
    stored = dict(rows_of(clean_run / "target.db", "SELECT MIG_ID, ROSH_LEVEL_ELM FROM OASYS_SET"))
    assert stored == {one["assessment_ref"]: one["rosh_level"] for one in delivered}
    assert None in stored.values()


def test_every_set_and_section_is_incomplete(clean_run: Path) -> None:
    query = """
        SELECT DISTINCT s.ASSESSMENT_STATUS_ELM, s.ASSESSMENT_TYPE_ELM, c.SECTION_STATUS_ELM
        FROM OASYS_SET s LEFT JOIN OASYS_SECTION c USING (OASYS_SET_PK)
    """
    assert rows_of(clean_run / "target.db", query) == [("LOCKED_INCOMPLETE", "LAYER_1", "INCOMPLETE")]


def test_no_question_is_answered(clean_run: Path) -> None:
    for table in ("OASYS_QUESTION", "OASYS_ANSWER"):
        assert rows_of(clean_run / "target.db", f"SELECT COUNT(*) FROM {table}") == [(0,)]


def test_each_open_objective_is_in_the_plan_as_delivered(
    clean_run: Path, delivered: list[Assessment]
) -> None:
    stored = rows_of(clean_run / "target.db", "SELECT MIG_ID, OBJECTIVE_TEXT FROM BASIC_SENTENCE_PLAN_OBJ")
    expected = [
        (f"{one['assessment_ref']}/{objective['no']}", objective["objective"])
        for one in delivered
        for objective in one["plan"]
        if objective["status"] == "OPEN"
    ]
    assert sorted(stored) == sorted(expected)
    assert expected


def test_each_person_has_one_group(clean_run: Path, delivered: list[Assessment]) -> None:
    query = """
        SELECT o.CMS_PROB_NUMBER, COUNT(*) FROM OASYS_ASSESSMENT_GROUP g
        JOIN OASYS_OFFENDER o USING (OFFENDER_PK) GROUP BY 1
    """
    assert dict(rows_of(clean_run / "target.db", query)) == {one["crn"]: 1 for one in delivered}


def test_each_assessment_is_one_contact_of_its_day(clean_run: Path, delivered: list[Assessment]) -> None:
    query = """
        SELECT o.CRN, SUBSTR(c.CONTACT_DATE, 1, 10) FROM CONTACT c
        JOIN OFFENDER o USING (OFFENDER_ID) JOIN R_CONTACT_TYPE t USING (CONTACT_TYPE_ID)
        WHERE t.CODE = 'CRCA'
    """
    expected = Counter((one["crn"], one["completed_on"]) for one in delivered)
    assert Counter(rows_of(clean_run / "target.db", query)) == expected
