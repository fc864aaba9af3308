"""Proof 1: a row is drawn for each line of destinations.csv, and looked up in a real target."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest
import sqlalchemy as sa
from text_world import Cases, baseline, delivery, evidence_of

from reconcile.allocation.officers import expected_officers
from reconcile.allocation.staff import assigned_employees
from reconcile.differences import DESTINATION
from reconcile.expected.facts import ExpectedFacts
from reconcile.proofs.destinations import (
    LIST_ONLY,
    THERE,
    UNPROVEN,
    WRITTEN,
    count_files,
    destinations,
    find_rows,
)
from reconcile.proofs.whereabouts import place_rows
from reconcile.sources.evidence import Evidence
from reconcile.sources.origins import records_of
from target.schema.shape import table_names
from tests.spec.bare_target import bare_target
from vocabulary.companies import EXPORTS
from vocabulary.errors import ConfigError
from vocabulary.links import parents_first
from vocabulary.resources import text_table
from vocabulary.source import parts

LINES = text_table("reconcile", "destinations.csv")
KNOWN = {"person_ref": "P1", "person_id": "1", "is_new_person": "N", "offender_id": "1"}
OF_PERSON = {"person_ref": "P1"}
EVENT = {"local_ref": "E1", **OF_PERSON, "event_id": "0", "sentence_date": "2021-01-04", "type": "329"}
ON_EVENT = {**OF_PERSON, "local_event_ref": "E1"}
WORK: dict[str, Cases] = {
    "offender": [{"offender_id": "1"}],
    "event": [{"event_id": "2", "offender_id": "1", "is_active": "1"}],
    "disposal": [{"disposal_id": "3", "event_id": "2", "offender_id": "1", "is_active": "1"}],
    "upw_order": [{"upw_order_id": "4", "disposal_id": "3", "offender_id": "1"}],
    "upw_project": [{"upw_project_id": "5", "code": "C06KNOWN"}],
}
SHARES = {"share_sentence_management": "100"}
EMPLOYEE = {"employee_ref": "E1", "officer_codes": "C06A001", **SHARES}
SESSION = {"session_ref": "S1", "date": "2021-06-25"}
LATER = {"session_ref": "S1", "date": "2021-06-26"}
ATTENDED = {"session_ref": "S1", "referral_ref": "R1", "person_id": "1"}
ENDED = "2021-01-04"

SPG_KEYED = {
    "address": OF_PERSON, "requirement": ON_EVENT, "licence_condition": ON_EVENT, "pss_requirement": ON_EVENT,
    "nsi": OF_PERSON, "upw_order": ON_EVENT, "upw_session": ON_EVENT, "upw_adjustment": ON_EVENT,
    "contact": OF_PERSON, "key_date": ON_EVENT,
}  # fmt: skip
"""Entity of a company's own case system to what a row of it hangs on."""


def referred(person: str, category: str) -> dict[str, Cases]:
    """One referral; person 1 has a live sentence."""
    return {"service_referral": [{"person_id": person, "category": category}]}


def own_system() -> dict[tuple[str, str, str], dict[str, Cases]]:
    """One row per line of the gateway's entities."""
    drawn: dict[tuple[str, str, str], dict[str, Cases]] = {
        ("spg", "offender", "new"): {
            "offender": [{"person_ref": "P1", "person_id": "", "is_new_person": "Y"}]
        },
        ("spg", "offender", "known"): {"offender": [KNOWN]},
        ("spg", "event", "new sentence"): {"event": [EVENT]},
        ("spg", "event", "new"): {"event": [{**EVENT, "sentence_date": ""}]},
        ("spg", "event", "known"): {"event": [{**EVENT, "event_id": "2"}]},
        ("spg", "custody_release", "of a new event"): {"event": [EVENT], "custody_release": [ON_EVENT]},
        ("spg", "custody_release", "of a known event"): {
            "event": [{**EVENT, "event_id": "2"}],
            "custody_release": [ON_EVENT],
        },
    }
    for entity, hangs_on in SPG_KEYED.items():
        for when, key in (("new", "0"), ("known", "7")):
            drawn["spg", entity, when] = {"event": [EVENT], entity: [{**hangs_on, f"{entity}_id": key}]}
    return drawn


def satellites() -> dict[tuple[str, str, str], dict[str, Cases]]:
    """One row per line of the other exports."""
    project = {"code": "C06NEW", "team": "C06U01"}
    placement = {"placement_ref": "L1", "person_id": "1", "project_code": "C06NEW"}
    session = {"session_ref": "S1", "placement_ref": "L1", "project_code": "C06NEW", "date": "2021-06-01"}
    of_person = {"person_id": "1"}
    always = {
        ("eoc", "assessment"): of_person,
        ("justice_star", "star"): of_person,
        ("programmes", "programme_referral"): of_person,
        ("programmes", "programme_session"): SESSION,
        ("programmes", "rar_activity"): of_person,
        ("estates", "property"): {},
        ("estates", "asset"): {},
    }
    return {(export, entity, "always"): {entity: [row]} for (export, entity), row in always.items()} | {
        ("referrals", "service_referral", "with a service and an event"): referred("1", "A"),
        ("referrals", "service_referral", "no Day 1 service"): referred("1", "D"),
        ("referrals", "service_referral", "no live sentence"): referred("9", "A"),
        ("upw", "upw_project", "goes on"): {"upw_project": [project]},
        ("upw", "upw_project", "known by code"): {
            "upw_project": [{**project, "code": "C06KNOWN", "end_date": ENDED}]
        },
        ("upw", "upw_project", "ended"): {"upw_project": [{**project, "end_date": ENDED}]},
        ("upw", "upw_placement", "open with an order"): {"upw_placement": [placement]},
        ("upw", "upw_placement", "ended"): {"upw_placement": [{**placement, "end_date": ENDED}]},
        ("upw", "upw_session", "not in the case system"): {"upw_session": [session]},
        ("upw", "upw_session", "in the case system"): {"upw_session": [{**session, "case_system_ref": "9"}]},
        ("programmes", "attendance", "past and not pushed"): {
            "programme_session": [SESSION],
            "attendance": [ATTENDED],
        },
        ("programmes", "attendance", "pushed"): {
            "programme_session": [SESSION],
            "attendance": [{**ATTENDED, "contact_id": "9"}],
        },
        ("programmes", "attendance", "from Day 1 on"): {
            "programme_session": [LATER],
            "attendance": [ATTENDED],
        },
        ("staff", "employee", "officer with a new user"): {
            "employee": [{**EMPLOYEE, "user": "zzsample.user"}]
        },
        ("staff", "employee", "officer"): {"employee": [EMPLOYEE]},
        ("staff", "employee", "no officer"): {"employee": [{**EMPLOYEE, "officer_codes": ""}]},
        ("documents", "document", "not linked"): {"document": [{"person_id": "1"}]},
        ("documents", "document", "linked"): {"document": [{"person_id": "1", "ndelius_document_id": "9"}]},
        ("delius", "*", "always"): {"offender": [{"offender_id": "1"}]},
    }


DRAWN = own_system() | satellites()


@pytest.fixture(scope="module")
def engine() -> sa.Engine:
    """A real target that holds nothing of these rows."""
    return bare_target()


def placed(evidence: Evidence) -> pl.DataFrame:
    """Every carried row of the delivery with the line that fits it."""
    sent = evidence.delivery
    records = records_of(evidence) if sent.has("spg") else None
    nobody: dict[str, Any] = dict.fromkeys(("officer", "region", "n_officer", "n_team"), pl.String)
    moves = pl.DataFrame(schema=nobody | {"keeps": pl.Boolean})
    _, officers, _ = expected_officers(evidence, assigned_employees(sent), moves, moves)
    return place_rows(sent, ExpectedFacts(evidence, records, moves, officers))


def looked_up(line: tuple[str, str, str], engine: sa.Engine, folder: Path) -> tuple[pl.DataFrame, ...]:
    """The rows of the line's entity with their `when`, where each was found, and the differences."""
    export, entity, _ = line
    tables = DRAWN[line]
    if export == "spg":
        tables = {"offender": [KNOWN]} | tables
    company = "C17" if export == "spg" else "C06"
    with engine.connect() as connection:
        evidence = evidence_of(delivery(company, **{export: tables}), baseline(**WORK), connection, folder)
        rows = placed(evidence).filter(pl.col("entity") == (entity if entity != "*" else "offender"))
        return rows, *find_rows(rows, evidence)


@pytest.mark.parametrize("line", DRAWN, ids=" ".join)
def test_each_line_fits_the_row_that_is_drawn_for_it(
    line: tuple[str, str, str], engine: sa.Engine, tmp_path: Path
) -> None:
    rows, found, differences = looked_up(line, engine, tmp_path)
    assert rows["when"].to_list() == [line[2]]
    known = destinations(line[0], rows["entity"].item())[line[2]]
    where = found["found"].item()
    if where == UNPROVEN:  # the target holds none of these rows
        assert known.destination in (WRITTEN, THERE)
        assert not known.reason
        tables = known.tables if known.destination == WRITTEN else known.tables[:1]
        assert differences["table"].to_list() == list(tables)
        assert set(differences["proof"]) == {DESTINATION}
        assert differences.select("source_file", "source_row").rows()[0] == (rows["source_file"][0], "2")
    else:
        assert (where, differences.height) == (LIST_ONLY, 0)
        assert known.reason


def test_every_line_is_drawn() -> None:
    assert set(LINES.select("export", "entity", "when").rows()) == set(DRAWN)


@pytest.mark.parametrize("export", EXPORTS)
def test_every_entity_of_every_export_has_a_line(export: str) -> None:
    for entity in parents_first(export):
        assert destinations(export, entity)


def test_an_entity_without_a_line_is_refused_by_name() -> None:
    with pytest.raises(ConfigError, match=r"no line for staff\.nobody"):
        destinations("staff", "nobody")


def test_no_line_names_what_does_not_exist() -> None:
    entities = {(export, entity) for export in EXPORTS for entity in parents_first(export)}
    assert {(row[0], row[1]) for row in LINES.select("export", "entity").rows() if row[1] != "*"} <= entities
    tables = {table for cell in LINES["tables"].drop_nulls() if cell != "*" for table in cell.split()}
    assert tables <= {*table_names()}
    assert set(parts("delius")) <= {*table_names()}
    assert set(LINES["destination"]) == {"written", "already there", "list only"}


def test_a_placement_that_is_open_and_has_no_order_fits_no_line_and_is_named(
    engine: sa.Engine, tmp_path: Path
) -> None:
    placement = {"placement_ref": "L1", "person_id": "77", "project_code": "C06NEW"}
    with engine.connect() as connection:
        sent = delivery("C06", upw={"upw_placement": [placement]})
        evidence = evidence_of(sent, baseline(**WORK), connection, tmp_path)
        found, differences = find_rows(placed(evidence), evidence)
    assert found["found"].to_list() == [UNPROVEN]
    assert differences["what"].to_list() == ["No destination is declared for a upw_placement like this."]


def test_a_row_that_nobody_carried_is_not_looked_for(engine: sa.Engine, tmp_path: Path) -> None:
    with engine.connect() as connection:
        sent = delivery("C06", documents={"document": [{"person_id": "1", "row_outcome": "set_aside"}]})
        evidence = evidence_of(sent, baseline(**WORK), connection, tmp_path)
        assert placed(evidence).is_empty()


def test_a_row_in_two_frames_counts_once_and_the_worse_place_counts() -> None:
    place = {"export": "upw", "source_file": "file", "source_row": "2"}
    rows = [
        {**place, "found": WRITTEN},
        {**place, "found": UNPROVEN},
        {**place, "source_row": "3", "found": THERE},
        {**place, "source_row": "3", "found": LIST_ONLY},
    ]
    assert count_files(pl.DataFrame(rows)) == {"file": {UNPROVEN: 1, THERE: 1}}
