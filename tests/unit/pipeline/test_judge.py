"""The rules together: what is in scope, what goes with what, and what is planned then."""

import polars as pl
import pytest

from mappings.parsing.coded_columns import WAITING_SCHEMA
from mappings.staff.assignment import ASSIGN_MIN
from mappings.staff.decisions import DECISION_SCHEMA
from mappings.writes.planning import Planned, plan_company
from pipeline.stages.judge import validate_delivery
from pipeline.stages.staff import Asked
from tests.spec.drawn_batch import Cases, batch_of, ndelius
from vocabulary.batch import Batch
from vocabulary.findings import findings_of, no_findings

NOTHING_WAITS = pl.DataFrame(schema=WAITING_SCHEMA)
NOTHING_DECIDED = Asked(pl.DataFrame(schema=DECISION_SCHEMA), ASSIGN_MIN)
LATER = {"sentence_date": "2021-07-01"}
CASE: dict[str, Cases] = {
    "offender": [{"offender_id": "1"}],
    "offender_manager": [{"manager_id": "2", "offender_id": "1", "area": "C06", "team": "C06S01"}],
    "event": [{"event_id": "11", "offender_id": "1"}],
    "disposal": [{"disposal_id": "21", "event_id": "11", "offender_id": "1"}],
    "requirement": [{"requirement_id": "31", "disposal_id": "21", "offender_id": "1", "main_category": "W"}],
    "upw_order": [{"upw_order_id": "41", "disposal_id": "21", "offender_id": "1", "ordered": "6000"}],
}


def found(batch: Batch, baseline: Batch, before: pl.DataFrame | None = None) -> list[tuple[str, str, str]]:
    judged = validate_delivery(batch, baseline, no_findings() if before is None else before, NOTHING_DECIDED)
    return sorted(judged.findings.select("entity", "source_row", "rule").rows())


def judged_and_planned(batch: Batch, baseline: Batch) -> tuple[Planned, pl.DataFrame]:
    judged = validate_delivery(batch, baseline, no_findings(), NOTHING_DECIDED)
    return plan_company(batch, baseline, NOTHING_WAITS), judged.findings


@pytest.mark.parametrize(("company", "export"), [("C06", "delius"), ("C17", "spg"), ("C04", "delius")])
def test_an_empty_delivery_is_no_error(company: str, export: str) -> None:
    batch = batch_of(company, **{export: {}}, upw={})
    planned, findings = judged_and_planned(batch, ndelius())
    assert findings.is_empty()
    assert planned.plan.inserts == {}
    assert planned.moving.is_empty()


def test_a_sound_case_moves_without_a_word() -> None:
    batch, baseline = batch_of("C06", delius=CASE), ndelius(**CASE)
    planned, findings = judged_and_planned(batch, baseline)
    assert findings.is_empty()
    assert sorted(planned.plan.inserts) == [
        "CONTACT", "MASTER_TRANSFER", "OFFENDER_MANAGER", "OFFENDER_TRANSFER", "ORDER_MANAGER",
        "RESPONSIBLE_OFFICER", "RQMNT_MANAGER",
    ]  # fmt: skip


def test_a_row_below_a_deleted_one_is_not_judged() -> None:
    tables = CASE | {
        "event": [{"event_id": "11", "offender_id": "1", "is_deleted": "Y"}],
        "disposal": [{"disposal_id": "21", "event_id": "11", "offender_id": "1", **LATER}],
    }
    assert found(batch_of("C06", delius=tables), ndelius(**tables)) == []


def test_a_repeated_row_does_not_fail_again() -> None:
    """An event delivered twice, word for word, is no second use of its number (T10 before E01)."""
    tables = CASE | {"event": [*CASE["event"], *CASE["event"]]}
    batch = batch_of("C06", delius=tables)
    repeated = findings_of(batch.all("delius", "event").tail(1), "T10", "event")
    assert found(batch, ndelius(**CASE), repeated) == []
    assert batch.all("delius", "event")["row_outcome"].to_list() == ["carried", "not_in_scope"]


def test_what_fails_takes_all_below_with_it_and_leaves_nobody_behind() -> None:
    """What nDelius has moves all the same: a row set aside is a statement that is not used."""
    tables = CASE | {"disposal": [{"disposal_id": "21", "event_id": "11", "offender_id": "1", **LATER}]}
    batch = batch_of("C06", delius=tables)
    planned, _ = judged_and_planned(batch, ndelius(**CASE))
    assert planned.moving["kind"].to_list() == ["OM", "OS", "RQ"]
    assert found(batch, ndelius(**CASE)) == [
        ("disposal", "2", "E03"), ("requirement", "2", "X01"), ("upw_order", "2", "X01"),
    ]  # fmt: skip


def test_a_person_without_region_takes_all_with_them_also_the_schedule() -> None:
    tables = {"offender": [{"offender_id": "1"}], "event": [{"event_id": "11", "offender_id": "1"}]}
    upw = {
        "upw_project": [{"code": "C04-P"}],
        "upw_placement": [{"placement_ref": "P1", "project_code": "C04-P", "person_id": "1"}],
        "upw_session": [{"placement_ref": "P1", "project_code": "C04-P", "date": "2021-06-26"}],
    }
    batch = batch_of("C04", delius=tables, upw=upw)
    rules = found(batch, ndelius(offender=CASE["offender"], event=CASE["event"]))
    assert [rule for rule in rules if rule[2] in ("G01", "X01")] == [
        ("event", "2", "X01"), ("offender", "2", "G01"),
        ("upw_placement", "2", "X01"), ("upw_session", "2", "X01"),
    ]  # fmt: skip


def test_a_new_record_without_a_place_takes_what_it_carries_with_it() -> None:
    """An order on an event that has no sentence: nDelius could not hold it, nor its session."""
    own = {"person_ref": "OM-1", "person_id": "1"}
    here = {"area": "C17", "team": "C17S01"}
    spg: dict[str, Cases] = {
        "offender": [{**own, **here, "offender_id": "1"}],
        "event": [{**own, **here, "local_ref": "E1", "event_id": "0"}],
        "upw_order": [{**own, "local_event_ref": "E1", "upw_order_id": "0", "ordered": "6000"}],
        "upw_session": [{**own, "local_event_ref": "E1", "upw_session_id": "0", "project_code": "C17-P"}],
    }
    batch = batch_of("C17", spg=spg, upw={"upw_project": [{"code": "C17-P", "team": "C17U01"}]})
    baseline = ndelius(offender=[{"offender_id": "1"}])
    planned, findings = judged_and_planned(batch, baseline)
    said = findings.filter(severity="set_aside").select("entity", "rule").rows()
    assert sorted(said) == [("upw_order", "X02"), ("upw_session", "X02")]
    assert not {"UPW_DETAILS", "UPW_APPOINTMENT", "DISPOSAL"} & set(planned.plan.inserts)
