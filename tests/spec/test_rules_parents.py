"""X01, X02, X06: a row and the rows it names, drawn as tables; T07: a value fits the target column."""

import polars as pl
from drawn_tables import drawn

from tests.spec.drawn_batch import Cases, batch_of, drawn_rules, ndelius, rules_of
from validators.references import propagate_outcomes, rows_of_held
from validators.rules.lengths import too_long
from vocabulary.batch import Batch
from vocabulary.findings import collect, findings_of

NOBODY = pl.Series("person_id", [], pl.String)


def set_aside(batch: Batch, export: str, entity: str, *rows: str, rule: str = "T05") -> pl.DataFrame:
    """A finding that sets those rows of an entity aside."""
    return findings_of(batch.all(export, entity).filter(pl.col("source_row").is_in(rows)), rule, entity)


def outcomes(batch: Batch, export: str, entity: str) -> list[str]:
    return batch.all(export, entity)["row_outcome"].to_list()


def keys_of(batch: Batch) -> dict[str, pl.Series]:
    return {entity: frame["key"] for entity, frame in batch.frames["delius"].items()}


PERSONS = drawn("""
case      | offender_id | is_deleted
carried   | 1           | N
set aside | 2           | N
deleted   | 3           | Y
""")
EVENTS = drawn("""
case                     | event_id | offender_id | is_deleted | rules | ends as
of a carried person      | 11       | 1           | N          |       | carried
of one that is set aside | 12       | 2           | N          | X01   | set_aside
of a deleted one         | 13       | 3           | N          |       | not_in_scope
of nobody                | 14       | 9           | N          | X02   | set_aside
deleted itself           | 15       | 1           | Y          |       | not_in_scope
deleted, of nobody       | 16       | 9           | Y          |       | not_in_scope
not in the baseline      | 17       | 1           | N          | X06   | set_aside
""")
SENTENCES = drawn("""
case                     | disposal_id | event_id | offender_id | rules | ends as
below a carried event    | 21          | 11       | 1           |       | carried
two below a set aside    | 22          | 12       | 2           | X01   | set_aside
two below a deleted      | 23          | 13       | 3           |       | not_in_scope
below an orphan          | 24          | 14       | 9           | X01   | set_aside
below a deleted event    | 25          | 15       | 1           |       | not_in_scope
below one not known      | 27          | 17       | 1           | X01   | set_aside
person of another event  | 28          | 11       | 2           | X02   | set_aside
""")
CONTACTS = drawn("""
case                        | contact_id | offender_id | event_id | requirement_id | rules   | ends as
of a person only            | 31         | 1           |          |                |         | carried
of an event                 | 32         | 1           | 11       |                |         | carried
event is unknown            | 33         | 1           | 19       |                | X02     | set_aside
requirement is unknown      | 34         | 1           | 11       | 41             | X02     | set_aside
person set aside and orphan | 35         | 2           | 19       |                | X01 X02 | set_aside
""")


def judged() -> tuple[Batch, pl.DataFrame]:
    tables: dict[str, Cases] = {
        "offender": PERSONS,
        "event": EVENTS,
        "disposal": SENTENCES,
        "contact": CONTACTS,
    }
    batch = batch_of("C06", delius=tables)
    baseline = ndelius(**{**tables, "event": EVENTS[:-1]})
    found = propagate_outcomes(
        batch, "delius", set_aside(batch, "delius", "offender", "3"), keys_of(baseline)
    )
    return batch, found


def test_a_row_goes_with_its_parents() -> None:
    batch, found = judged()
    for entity, cases in (("event", EVENTS), ("disposal", SENTENCES), ("contact", CONTACTS)):
        assert rules_of([found], entity, cases) == drawn_rules(cases)
        assert outcomes(batch, "delius", entity) == [case["ends as"] for case in cases]


def test_settling_again_changes_nothing() -> None:
    batch, _ = judged()
    before = {entity: outcomes(batch, "delius", entity) for entity in ("event", "disposal", "contact")}
    everything = ndelius(offender=PERSONS, event=EVENTS[:-1], disposal=SENTENCES, contact=CONTACTS)
    propagate_outcomes(batch, "delius", set_aside(batch, "delius", "offender", "3"), keys_of(everything))
    assert before == {entity: outcomes(batch, "delius", entity) for entity in before}


def test_a_repeated_row_does_not_hide_the_first() -> None:
    batch = batch_of("C06", delius={"offender": [{"offender_id": "1"}] * 2, "event": [{"offender_id": "1"}]})
    repeated = findings_of(batch.all("delius", "offender").tail(1), "T10", "offender")
    propagate_outcomes(batch, "delius", repeated, {})
    assert outcomes(batch, "delius", "offender") == ["carried", "not_in_scope"]
    assert outcomes(batch, "delius", "event") == ["carried"]


def test_a_broken_line_has_no_parent_to_miss() -> None:
    batch = batch_of("C06", delius={"event": [{"offender_id": "9"}]})
    found = propagate_outcomes(batch, "delius", set_aside(batch, "delius", "event", "2", rule="T01"), {})
    assert found.is_empty()
    assert outcomes(batch, "delius", "event") == ["set_aside"]


SPG_PERSONS = drawn("""
case                    | person_ref | offender_id | rules
not acknowledged        | OM-1       | 0           |
known                   | OM-2       | 1           |
key is unknown          | OM-3       | 9           | X02
merged, key is gone     | OM-4       | 8           |
held                    | OM-5       | 0           |
""")
SPG_EVENTS = drawn("""
case                 | local_ref | person_ref | event_id | rules
not acknowledged     | E1        | OM-1       | 0        |
known                | E2        | OM-1       | 11       |
key is unknown       | E3        | OM-1       | 19       | X02
of a held person     | E5        | OM-5       | 0        | X01
of nobody            | E6        | OM-6       | 0        | X02
""")
SPG_NSIS = drawn("""
case                      | local_ref | person_ref | local_event_ref | requirement_id | rules
of the person             | N1        | OM-1       |                 | 0              |
of an event               | N2        | OM-1       | E1              |                |
event is unknown          | N3        | OM-1       | E9              |                | X02
event of another person   | N4        | OM-2       | E1              |                | X02
requirement in nDelius    | N5        | OM-1       | E1              | 21             |
requirement unknown       | N6        | OM-1       | E1              | 29             | X02
two parents held          | N7        | OM-5       | E5              |                | X01
""")


def test_an_spg_record_names_person_event_and_key() -> None:
    nsis = [dict(case, nsi_id="0") for case in SPG_NSIS]
    batch = batch_of("C17", spg={"offender": SPG_PERSONS, "event": SPG_EVENTS, "nsi": nsis})
    baseline = ndelius(
        offender=[{"offender_id": "1"}], event=[{"event_id": "11"}], requirement=[{"requirement_id": "21"}]
    )
    before = [
        set_aside(batch, "spg", "offender", "6", rule="M02"),
        findings_of(batch.all("spg", "offender").filter(source_row="5"), "M03", "offender"),
    ]
    found = propagate_outcomes(batch, "spg", collect(before), keys_of(baseline))
    for entity, cases in (("offender", SPG_PERSONS), ("event", SPG_EVENTS), ("nsi", SPG_NSIS)):
        assert rules_of([found], entity, cases) == drawn_rules(cases)


PROJECTS = drawn("""
code
C06P1
C06P2
""")
PLACEMENTS = drawn("""
placement_ref | project_code | rules
P1            | C06P1        |
P2            | C06P2        | X01
P3            | C06P9        | X02
""")
SESSIONS = drawn("""
placement_ref | project_code | rules
P1            | C06P1        |
P1            | C06P2        | X01
P1            | C06P9        | X02
P3            | C06P1        | X01
P9            | C06P9        | X02
""")


def test_a_session_names_placement_and_project() -> None:
    tables = {"upw_project": PROJECTS, "upw_placement": PLACEMENTS, "upw_session": SESSIONS}
    batch = batch_of("C06", upw=tables)
    found = propagate_outcomes(batch, "upw", set_aside(batch, "upw", "upw_project", "3"), {})
    for entity, cases in (("upw_placement", PLACEMENTS), ("upw_session", SESSIONS)):
        assert rules_of([found], entity, cases) == drawn_rules(cases)


def test_a_placement_goes_with_a_person_who_is_held_for_a_region() -> None:
    placements = drawn("""
    case             | person_id | rules
    person is held   | 1         | X01
    person is not    | 2         |
    """)
    batch = batch_of("C04", delius={"offender": PERSONS}, upw={"upw_placement": placements})
    found = rows_of_held(batch, "upw", "upw_placement", pl.Series(["1"]))
    assert rules_of([found], "upw_placement", placements) == drawn_rules(placements)
    assert rows_of_held(batch, "upw", "upw_placement", NOBODY).is_empty()


def test_a_document_goes_with_a_new_person_who_is_set_aside() -> None:
    persons = drawn("""
    case                | person_ref | person_id | is_new_person | row_outcome
    new                 | 1          | new:1     | Y             | carried
    new and set aside   | 2          | new:2     | Y             | set_aside
    known and set aside | 3          | 3         | N             | set_aside
    """)
    documents = drawn("""
    case                | person_id | rules
    new                 | new:1     |
    new and set aside   | new:2     | X01
    known and set aside | 3         |
    """)
    batch = batch_of("C17", spg={"offender": persons}, documents={"document": documents})
    found = rows_of_held(batch, "documents", "document", NOBODY)
    assert rules_of([found], "document", documents) == drawn_rules(documents)


LONG = drawn("""
case              | name | rules
fits              | 200  |
one more          | 201  | T07
repeated          | 201  |
""")


def test_a_name_fits_its_column() -> None:
    cases = [{"name": "Z" * int(case["name"])} for case in LONG]
    cases[2]["row_outcome"] = "not_in_scope"
    batch = batch_of("C06", upw={"upw_project": cases})
    assert rules_of(too_long(batch, "upw"), "upw_project", LONG) == drawn_rules(LONG)


CODES = drawn("""
case                                | code                 | rules
with region and company: 20         | C06-123456789012     |
with region and company: 21         | C06-1234567890123    | T07
old code without the company's: 20  | 1234567890123        |
old code without the company's: 21  | 12345678901234       | T07
""")


def test_a_project_fits_under_its_new_code() -> None:
    """N51 + the old code without C06 + -C06 (exports/README, What Day 1 writes)."""
    batch = batch_of("C06", upw={"upw_project": CODES})
    assert rules_of(too_long(batch, "upw"), "upw_project", CODES) == drawn_rules(CODES)
