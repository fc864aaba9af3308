"""X04 and X05: a provider extract against the baseline, drawn as tables. Both sides are text."""

import polars as pl
from drawn_tables import drawn

from mappings.case.case_model import CaseModel
from mappings.case.company_persons import persons_of_area
from pipeline.figures.company_rows import company_rows
from tests.spec.drawn_batch import Cases, batch_of, drawn_rules, ndelius, rules_of
from validators.agreement import differences, not_delivered

WORDS = ["surname", "pnc_number", "is_deleted"]
BASELINE = drawn("""
key | surname | pnc_number    | is_deleted
1   | Ashby   |               | 0
2   | Ashby   | 2003/0062845E | 0
3   | Ashby   |               | 1
""")
DELIVERED = drawn("""
case                       | key | surname  | pnc_number     | is_deleted | rules
agrees                     | 1   | Ashby    |                | 0          |
padded                     | 1   | Ashby    | .              | 0          |
one word differs           | 1   | Ashley   |                | 0          | X04
the same row again         | 1   | Ashley   |                | 0          |
letters differ in case     | 1   | ASHBY    |                | 0          | X04
two words differ, one line | 2   | Ashley   |                | 0          | X04
left out: told already     | 2   | Ashby    | 2003/62845E    | 0          |
deleted on one side        | 1   | Ashby    |                | 1          | X04
deleted on both            | 3   | Ashby    |                | 1          |
not in the baseline: X06   | 4   | Ashby    |                | 0          |
""")


def text(cases: Cases) -> pl.DataFrame:
    """Text frames as extract leaves them; a dot stands for padding."""
    rows = [{word: case[word].replace(".", "       ") for word in ("key", *WORDS)} for case in cases]
    return pl.DataFrame(rows).with_columns(
        company=pl.lit("C06"), export=pl.lit("delius"), source_file=pl.lit("file"),
        source_row=pl.int_range(2, pl.len() + 2).cast(pl.String),
    )  # fmt: skip


def left_out(*rows: tuple[str, str]) -> pl.DataFrame:
    schema = {"source_file": pl.String, "source_row": pl.String, "column": pl.String}
    return pl.DataFrame([("file", *row) for row in rows], schema=schema, orient="row")


def found() -> pl.DataFrame:
    omitted = left_out(("8", "pnc_number"))
    return differences(text(DELIVERED), text(BASELINE), "offender", WORDS, omitted)


def test_a_row_agrees_with_the_baseline_in_every_column() -> None:
    assert rules_of([found()], "offender", DELIVERED) == drawn_rules(DELIVERED)


def test_the_finding_names_the_columns_and_no_value() -> None:
    named = dict(found().select("source_row", "column").iter_rows())
    assert named["7"] == "surname;pnc_number"


PERSONS = drawn("""
case                              | offender_id
delivered                         | 1
the company manages an NSI        | 2
another area's                    | 3
""")
BASELINE_MANAGERS = drawn("""
manager_id | offender_id | area
1          | 1           | C06
2          | 2           | N51
3          | 3           | N51
""")
NSIS = drawn("""
nsi_id | offender_id
5      | 2
""")
NSI_MANAGERS = drawn("""
manager_id | nsi_id | area
6          | 5      | C06
""")
TEAMS = drawn("""
team_id | area
7       | C06
8       | N51
""")


def test_a_row_of_the_company_was_delivered() -> None:
    """Person 2, all that is theirs, and the company's team are missing; person 3 is not the company's."""
    baseline = ndelius(
        offender=PERSONS, offender_manager=BASELINE_MANAGERS, nsi=NSIS, nsi_manager=NSI_MANAGERS, team=TEAMS
    )
    delivered = batch_of("C06", delius={"offender": PERSONS[:1], "offender_manager": BASELINE_MANAGERS[:1]})
    own = company_rows(baseline, "C06", persons_of_area(CaseModel(batch_of("C06"), baseline)))
    missing = {
        entity: not_delivered(delivered.all("delius", entity), rows, "C06", entity)["source_row"].to_list()
        for entity, rows in own.items()
    }
    assert {entity: rows for entity, rows in missing.items() if rows} == {
        "offender": ["3"],
        "offender_manager": ["3"],
        "nsi": ["2"],
        "nsi_manager": ["2"],
        "team": ["2"],
    }


def test_x05_names_the_company_and_the_baselines_file() -> None:
    baseline = ndelius(team=TEAMS)
    rows = company_rows(baseline, "C06", persons_of_area(CaseModel(batch_of("C06"), baseline)))["team"]
    finding = not_delivered(batch_of("C06", delius={}).all("delius", "team"), rows, "C06", "team")
    assert finding.select("company", "source_file", "rule").rows() == [("C06", "N00_delius_team", "X05")]
