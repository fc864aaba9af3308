"""The second schema: where its tables are, whose rows are shared, which codes it takes."""

import datetime as dt
from dataclasses import replace

import polars as pl
import pytest
import sqlalchemy as sa
from small_plan import NO_CODES
from small_target import frame

from target.bulk import read
from target.check import check
from target.database import transaction
from target.load import load
from target.plan import Plan
from target.undo import undo
from tests.target_dump import dump
from vocabulary.errors import TargetError

SOURCE = {"export": "eoc", "source_file": "C06_eoc.jsonl", "source_row": "1"}
PERSON = {"natural_key": "person:1", **SOURCE, "source_system": "NDELIUS", "source_ref": "2500000001"}


def plan_of(company: str, purpose: str = "INITIAL") -> Plan:
    """One assessment of one person; its purpose waits for a decision."""
    return Plan(
        company=company,
        cycle="day-1",
        inserts={
            "OASYS_OFFENDER": frame(**PERSON, surname="Zzdell", area="N51"),
            "OASYS_ASSESSMENT_GROUP": frame(**PERSON, oasys_offender_id="person:1"),
            "OASYS_SET": frame(
                natural_key="E1",
                **SOURCE,
                group_id="person:1",
                purpose=purpose,
                completed_date=dt.date(2021, 2, 3),
                assessment_ref="E1",
            ),
            "OASYS_SECTION": frame(natural_key="E1", **SOURCE, set_id="E1"),
            "BASIC_SENTENCE_PLAN_OBJ": frame(natural_key="E1:1", **SOURCE, set_id="E1", number=1),
        },
        changes=(),
        provisional=pl.DataFrame(
            {"list_name": ["ASSESSMENT PURPOSE"], "code": ["INITIAL"], "description": ["First"]}
        ),
    )


def _there_and_back(engine: sa.Engine) -> tuple[object, list[tuple[object, ...]], object]:
    """The target before a load, the status of the sets in it, and the target after its undo."""
    with engine.connect() as connection:
        before = dump(connection)
    with transaction(engine) as connection:
        load(connection, plan_of("C06"), "one")
        loaded = read(connection, "OASYS_SET", ["ASSESSMENT_STATUS_ELM"]).rows()
    with transaction(engine) as connection:
        undo(connection, "C06")
    with engine.connect() as connection:
        return before, loaded, dump(connection)


def test_a_load_is_undone_without_a_trace_on_sqlite(target: sa.Engine) -> None:
    before, loaded, after = _there_and_back(target)
    assert loaded == [("LOCKED_INCOMPLETE",)]
    assert after == before


def test_a_load_is_undone_without_a_trace_on_postgres(postgres: sa.Engine) -> None:
    before, loaded, after = _there_and_back(postgres)
    assert loaded == [("LOCKED_INCOMPLETE",)]
    assert after == before


def test_on_postgres_the_tables_lie_in_a_schema_of_their_own(postgres: sa.Engine) -> None:
    names = sa.inspect(postgres).get_table_names("oasys")
    assert {"oasys_set", "oasys_offender", "ref_answer"} <= set(names)
    assert "offender" not in names
    assert check(postgres) == []


def test_two_companies_share_the_person_and_the_group(target: sa.Engine) -> None:
    with transaction(target) as connection:
        load(connection, plan_of("C06"), "one")
        load(connection, plan_of("C17"), "one")
        heights = [read(connection, name).height for name in ("OASYS_OFFENDER", "OASYS_SET")]
    assert heights == [1, 2]


def test_a_shared_person_stays_until_the_last_company_is_undone(target: sa.Engine) -> None:
    with transaction(target) as connection:
        load(connection, plan_of("C06"), "one")
        load(connection, plan_of("C17"), "one")
        undo(connection, "C06")
        assert read(connection, "OASYS_OFFENDER").height == 1
        undo(connection, "C17")
        assert read(connection, "OASYS_OFFENDER").is_empty()


def test_a_purpose_that_waits_is_a_provisional_element(target: sa.Engine) -> None:
    with transaction(target) as connection:
        load(connection, plan_of("C06"), "one")
        elements = read(connection, "REF_ELEMENT", ["REF_ELEMENT_CODE", "REF_ELEMENT_DESC"])
    assert dict(elements.rows())["INITIAL"] == "First (provisional)"


def test_a_code_that_oasys_does_not_hold_is_refused(target: sa.Engine) -> None:
    plan = replace(plan_of("C06", purpose="NEVER"), provisional=NO_CODES)
    with pytest.raises(TargetError, match="ASSESSMENT PURPOSE"), transaction(target) as connection:
        load(connection, plan, "one")


def test_the_form_has_no_sections_of_needs(target: sa.Engine) -> None:
    with transaction(target) as connection:
        sections = read(connection, "REF_SECTION", ["REF_SECTION_CODE"])["REF_SECTION_CODE"]
    assert "BSP" in sections
    assert "3" not in sections
