"""The diary entries of a transfer: one per manager closed and opened, drawn as tables. The company is C06."""

import polars as pl
from drawn_tables import drawn

from mappings.writes.transfer_contacts import transfer_contacts
from target.plan import Change
from tests.spec.drawn_batch import ndelius
from vocabulary.calendar import DAY_1

NDELIUS = {
    "event": drawn("""
event_id | offender_id
11       | 1
"""),
    "disposal": drawn("""
disposal_id | event_id | offender_id
21          | 11       | 1
"""),
    "custody": drawn("""
custody_id | disposal_id | offender_id
31         | 21          | 1
"""),
    "requirement": drawn("""
requirement_id | disposal_id | offender_id
41             | 21          | 1
"""),
    "licence_condition": drawn("""
licence_condition_id | disposal_id | offender_id
51                   | 21          | 1
"""),
    "pss_requirement": drawn("""
pss_requirement_id | custody_id | offender_id
61                 | 31         | 1
"""),
    "nsi": drawn("""
nsi_id | event_id | offender_id
71     | 11       | 1
72     |          | 1
"""),
    "team": drawn("""
team_id | code   | name        | area
1       | C06S01 | Bootle team | C06
"""),
    "staff": drawn("""
staff_id | officer | first_name | surname | area
1        | C06A001 | Ann        | Archer  | C06
"""),
    "responsible_officer": drawn("""
responsible_officer_id | offender_id
81                     | 1
82                     | 2
"""),
}

MOVING = drawn("""
kind | component_ref | manager_id | contact | event_id | requirement_id | licence_condition_id | pss_requirement_id | nsi_id
OM   | 1             | 101        | ETOM    |          |                |                      |                    |
OS   | 11            | 102        | ETOS    | 11       |                |                      |                    |
RQ   | 41            | 103        | ETRC    | 11       | 41             |                      |                    |
LC   | 51            | 104        | ETRC    | 11       |                | 51                   |                    |
PSS  | 61            | 105        | ETRC    | 11       |                |                      | 61                 |
NSI  | 71            | 106        | NTRS    | 11       |                |                      |                    | 71
NSI  | 72            | 107        | NTRS    |          |                |                      |                    | 72
CR   | 91            | 108        |         |          |                |                      |                    |
IR   | 92            | 109        |         |          |                |                      |                    |
RQ   | 42            |            |         |          |                |                      |                    |
""")  # noqa: E501 - a table is read by its columns
COLUMNS = ["event_id", "requirement_id", "licence_condition_id", "pss_requirement_id", "nsi_id"]


def routed(person: str = "1", officer: str | None = "C06A001") -> pl.DataFrame:
    """The components of MOVING, as they come from the routing."""
    return pl.DataFrame(MOVING).select(
        "kind",
        "component_ref",
        pl.col("manager_id").replace("", None).cast(pl.Int64),
        pl.lit(person).alias("person_id"),
        pl.lit("delius").alias("export"),
        pl.lit("file").alias("source_file"),
        pl.lit("2").alias("source_row"),
        pl.lit("C06").alias("old_area"),
        pl.lit("C06S01").alias("old_team"),
        pl.lit(officer, pl.String).alias("old_officer"),
        pl.lit("N51").alias("region"),
        pl.lit("N51A07").alias("n_team"),
        pl.lit("N51A071").alias("n_officer"),
    )


def contacts(*closed_officers: int, officer: str | None = "C06A001") -> pl.DataFrame:
    changes = [Change("RESPONSIBLE_OFFICER", "close", pl.DataFrame({"key": list(closed_officers)}))]
    return transfer_contacts(routed(officer=officer), changes if closed_officers else [], ndelius(**NDELIUS))


def test_a_manager_closed_and_opened_leaves_one_contact_on_its_component() -> None:
    """A report leaves none, and neither does a component that nobody managed (O03)."""
    found = contacts().select("type", *COLUMNS).rows()
    wanted = [
        (case["contact"], *(case[column] or None for column in COLUMNS)) for case in MOVING if case["contact"]
    ]
    assert sorted(found, key=str) == sorted(wanted, key=str)


def test_a_responsible_officer_that_ends_leaves_another() -> None:
    assert contacts(81)["type"].to_list().count("ROC") == 1


def test_a_responsible_officer_that_stays_leaves_none() -> None:
    """A prison's officer keeps the person, or the row that ends is somebody else's."""
    assert "ROC" not in contacts(82)["type"].to_list()


def test_a_contact_is_of_day_1_under_the_new_team() -> None:
    row = contacts().row(0, named=True)
    assert (row["date"], row["area"], row["team"], row["officer"]) == (DAY_1, "N51", "N51A07", "N51A071")


def test_the_notes_say_why_and_from_whom() -> None:
    assert contacts()["notes"][0].splitlines() == [
        "Transfer Reason: Transfer to the National Probation Service",
        "From Trust: Merseyside (C06)",
        "From Team: Bootle team (C06S01)",
        "From Officer: Archer, Ann (C06A001)",
    ]


def test_an_officer_that_nobody_named_has_no_line() -> None:
    assert not any(
        line.startswith("From Officer") for line in contacts(officer=None)["notes"][0].splitlines()
    )
