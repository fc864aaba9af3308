"""O01 to O07, R09, R10: who manages a live component, and what moves, drawn as tables. The company is C06."""

from dataclasses import dataclass, field

import pytest
from drawn_tables import drawn

from mappings.allocation.allocated import allocate_components
from mappings.allocation.regions import person_regions
from mappings.case.case_model import CaseModel
from mappings.case.components import Components, company_components
from mappings.writes.planning import officer_findings
from tests.spec.drawn_batch import Cases, batch_of, drawn_rules, ndelius, rules_of
from validators.rules import managers

DATED = drawn("""
case                    | is_active | end_date   | is_deleted | rules
active                  | Y         |            | N          |
closed with a date      | N         | 2021-05-05 | N          |
closed without a date   | N         |            | N          | O06
active with a date      | Y         | 2021-05-05 | N          | O06
deleted                 | Y         | 2021-05-05 | Y          |
""")


@pytest.mark.parametrize("entity", managers.MANAGERS)
def test_a_manager_is_closed_by_flag_and_date(entity: str) -> None:
    batch = batch_of("C06", delius={entity: DATED})
    assert rules_of(managers.setting_aside(batch), entity, DATED) == drawn_rules(DATED)


@dataclass
class Case:
    """A company's extract. nDelius holds the same rows, whatever became of them here, apart from those of
    `known`."""

    tables: dict[str, Cases]
    company: str = "C06"
    known: dict[str, Cases] = field(default_factory=dict)

    def components(self) -> Components:
        batch = batch_of(self.company, delius=self.tables)
        there = {entity: standing(cases) for entity, cases in self.tables.items()}
        baseline = ndelius(**{**there, **self.known})
        model = CaseModel(batch, baseline)
        return company_components(model, person_regions(model).persons["person_id"])

    def rules(self, entity: str) -> list[str]:
        """Rules of the components, without O04 and O05, which come with the receiving team."""
        return rules_of([self.components().findings], entity, self.tables[entity])

    def moved(self, kind: str) -> list[str]:
        moving = self.components().moving
        return sorted(moving.filter(kind=kind)["component_ref"].to_list())


def standing(cases: Cases) -> Cases:
    """What a rule sets aside here stands in nDelius all the same."""
    return [{name: value for name, value in row.items() if name != "row_outcome"} for row in cases]


EVENT = drawn("""
event_id | offender_id | is_active
1        | 1           | Y
2        | 2           | Y
""")
SENTENCE = drawn("""
disposal_id | event_id | offender_id
1           | 1        | 1
2           | 2        | 2
""")
PERSONS = drawn("""
offender_id
1
2
""")
OFFENDER_MANAGERS = drawn("""
manager_id | offender_id | area | team   | is_active
1          | 1           | C06  | C06S01 | Y
2          | 2           | N51  | N51A07 | Y
""")
WORLD = {"offender": PERSONS, "event": EVENT, "disposal": SENTENCE, "offender_manager": OFFENDER_MANAGERS}

LIVE = drawn("""
case                        | requirement_id | disposal_id | offender_id | is_active | end_date   | row_outcome | rules
managed by the company      | 1              | 1           | 1           | Y         |            |             |
managed elsewhere           | 2              | 1           | 1           | Y         |            |             |
nobody, OM is the company's | 3              | 1           | 1           | Y         |            |             | O03
nobody, OM is elsewhere     | 4              | 2           | 2           | Y         |            |             |
the company, OM elsewhere   | 5              | 2           | 2           | Y         |            |             |
closed                      | 6              | 1           | 1           | N         | 2021-05-05 |             |
set aside                   | 7              | 1           | 1           | Y         |            | set_aside   |
its manager is set aside    | 8              | 1           | 1           | Y         |            |             |
manager was never delivered | 9              | 1           | 1           | Y         |            |             |
nobody's, set aside         | 10             | 1           | 1           | Y         |            | set_aside   | O03
""")  # noqa: E501 - a table is read by its columns
REQUIREMENT_MANAGERS = drawn("""
manager_id | requirement_id | area | team   | is_active | row_outcome | rules
1          | 1              | C06  | C06U01 | Y         |             |
2          | 2              | N51  | N51A07 | Y         |             | O07
5          | 5              | C06  | C06U01 | Y         |             |
6          | 6              | C06  | C06U01 | Y         |             |
7          | 7              | C06  | C06U01 | Y         |             |
8          | 8              | C06  | C06U01 | Y         | set_aside   |
""")
NEVER_DELIVERED = {
    "manager_id": "9",
    "requirement_id": "9",
    "area": "C06",
    "team": "C06U01",
    "is_active": "Y",
}


def live_case() -> Case:
    known = standing(REQUIREMENT_MANAGERS)
    return Case(
        {**WORLD, "requirement": LIVE, "requirement_manager": REQUIREMENT_MANAGERS},
        known={"requirement_manager": [*known, NEVER_DELIVERED]},
    )


def test_a_live_component_has_a_manager() -> None:
    assert live_case().rules("requirement") == drawn_rules(LIVE)


def test_a_manager_elsewhere_is_left_alone() -> None:
    assert live_case().rules("requirement_manager") == drawn_rules(REQUIREMENT_MANAGERS)


def test_what_moves_is_live_and_the_companys_whatever_was_delivered() -> None:
    assert live_case().moved("RQ") == ["1", "10", "3", "5", "7", "8", "9"]


def test_nothing_delivered_moves_as_well() -> None:
    """A person whom the extract forgot; the rules name nDelius's rows."""
    case = live_case()
    forgotten = Case({}, known={**case.tables, **case.known})
    forgotten.known = {entity: standing(cases) for entity, cases in forgotten.known.items()}
    assert forgotten.moved("RQ") == case.moved("RQ")
    told = forgotten.components().findings
    places = told.filter(rule="O03", entity="requirement")["company", "source_file", "source_row"]
    assert places.rows() == [("C06", "N00_delius_requirement", "4"), ("C06", "N00_delius_requirement", "11")]


def test_a_row_that_is_set_aside_is_named_and_what_is_written_comes_from_ndelius() -> None:
    moving = live_case().components().moving.filter(kind="RQ", component_ref="7")
    assert moving["source_file"].item().startswith("N00")
    assert moving["named_file"].item().startswith("C06")


TWO_MANAGERS = drawn("""
case                       | manager_id | requirement_id | area | start_date | is_active | rules
latest                     | 1          | 1              | C06  | 2021-03-02 | Y         |
earlier                    | 2          | 1              | C06  | 2021-03-01 | Y         | O02
same day, higher key       | 4          | 2              | C06  | 2021-03-01 | Y         |
same day, lower key        | 3          | 2              | C06  | 2021-03-01 | Y         | O02
latest is elsewhere        | 5          | 3              | N51  | 2021-03-02 | Y         | O07
earlier is the company's   | 6          | 3              | C06  | 2021-03-01 | Y         | O02
latest is the company's    | 7          | 4              | C06  | 2021-03-02 | Y         |
earlier is elsewhere       | 8          | 4              | N51  | 2021-03-01 | Y         | O02
""")
FOUR = [{"requirement_id": ref, "disposal_id": "1", "offender_id": "1"} for ref in "1234"]


def two_managers() -> Case:
    return Case({**WORLD, "requirement": FOUR, "requirement_manager": TWO_MANAGERS})


def test_of_two_active_managers_the_latest_counts() -> None:
    assert two_managers().rules("requirement_manager") == drawn_rules(TWO_MANAGERS)


def test_the_earlier_manager_is_closed() -> None:
    assert sorted(two_managers().components().closing["manager_id"]) == [2, 3, 6, 8]


PERSONS_WITHOUT = drawn("""
case                        | offender_id | rules
has a manager               | 1           |
managed elsewhere           | 2           |
none, with a component      | 3           | O01
none, without a component   | 4           |
manager row is set aside    | 5           |
""")
THEIR_MANAGERS = drawn("""
manager_id | offender_id | area | team   | is_active | row_outcome
1          | 1           | C06  | C06S01 | Y         |
2          | 2           | N51  | N51A07 | Y         |
5          | 5           | C06  | C06S01 | Y         | set_aside
""")
THEIR_NSIS = drawn("""
nsi_id | offender_id
1      | 1
2      | 2
3      | 3
5      | 5
""")


def without_manager(company: str) -> Case:
    nsi_managers = [
        {"manager_id": row["nsi_id"], "nsi_id": row["nsi_id"], "area": company, "team": f"{company}U01"}
        for row in THEIR_NSIS
    ]
    tables = {"offender": PERSONS_WITHOUT, "offender_manager": THEIR_MANAGERS, "nsi": THEIR_NSIS}
    return Case({**tables, "nsi_manager": nsi_managers}, company)


def test_a_person_with_a_live_component_has_an_offender_manager() -> None:
    assert without_manager("C06").rules("offender") == drawn_rules(PERSONS_WITHOUT)


def test_a_company_without_sentence_management_opens_none() -> None:
    case = without_manager("C10")
    assert case.rules("offender") == [""] * len(PERSONS_WITHOUT)
    assert case.moved("NSI") == ["1", "2", "3", "5"]


PENDING = drawn("""
case              | nsi_id | offender_id | type | has_pending_transfer | is_active | end_date   | rules
moves             | 1      | 1           | BRE  | N                    | Y         |            |
pending           | 2      | 1           | BRE  | Y                    | Y         |            | R10
rate card         | 3      | 1           | RC01 | N                    | Y         |            | R09
both              | 4      | 1           | RC01 | Y                    | Y         |            | R09 R10
pending, closed   | 5      | 1           | RC01 | Y                    | N         | 2021-05-05 | R10
managed elsewhere | 6      | 1           | RC01 | Y                    | Y         |            | R10
""")


def test_a_pending_transfer_and_a_rate_card_service_are_told() -> None:
    nsi_managers = [
        {
            "manager_id": row["nsi_id"],
            "nsi_id": row["nsi_id"],
            "area": "N51" if row["nsi_id"] == "6" else "C06",
        }
        for row in PENDING
    ]
    assert Case({**WORLD, "nsi": PENDING, "nsi_manager": nsi_managers}).rules("nsi") == drawn_rules(PENDING)


def test_a_pending_transfer_of_a_person_is_told_also_where_the_person_stays() -> None:
    persons = [dict(row, has_pending_transfer="Y") for row in PERSONS]
    assert Case({**WORLD, "offender": persons}).rules("offender") == ["R10", "R10"]


TEAMS = drawn("""
case                       | manager_id | requirement_id | area | team   | rules | goes to
sentence management        | 1          | 1              | C06  | C06S02 | O05   | N51A08
unpaid work                | 2          | 2              | C06  | C06U02 | O05   | N51W08
programmes                 | 3          | 3              | C06  | C06P01 | O05   | N51P01
hub                        | 4          | 4              | C06  | C06H01 | O05   | N51A07
blank                      | 5          | 5              | C06  |        | O04   | N51UAT
unknown                    | 6          | 6              | C06  | C06Z99 | O04   | N51UAT
the company's unallocated  | 7          | 7              | C06  | C06UAT |       | N51UAT
""")


def test_the_team_says_where_a_component_goes() -> None:
    requirements = [{"requirement_id": ref, "disposal_id": "1", "offender_id": "1"} for ref in "1234567"]
    tables = {**WORLD, "requirement": requirements, "requirement_manager": TEAMS}
    batch, baseline = batch_of("C06", delius=tables), ndelius(**tables)
    model = CaseModel(batch, baseline)
    regions = person_regions(model).persons
    moving = allocate_components(company_components(model, regions["person_id"]), regions, "C06")
    assert rules_of([officer_findings(moving)], "requirement_manager", TEAMS) == drawn_rules(TEAMS)
    received = moving.filter(kind="RQ").sort("component_ref")
    assert received["n_team"].to_list() == [case["goes to"] for case in TEAMS]


def test_where_extract_and_ndelius_differ_ndelius_counts() -> None:
    """The extract says team U02; nDelius says U01. The difference itself is X04."""
    requirements = [{"requirement_id": "1", "disposal_id": "1", "offender_id": "1"}]
    manager = {"manager_id": "1", "requirement_id": "1", "area": "C06", "is_active": "Y"}
    case = Case(
        {**WORLD, "requirement": requirements, "requirement_manager": [{**manager, "team": "C06U02"}]},
        known={"requirement_manager": [{**manager, "team": "C06U01"}]},
    )
    moving = case.components().moving.filter(kind="RQ")
    assert moving["old_team"].to_list() == ["C06U01"]


def test_an_empty_ndelius_moves_nothing() -> None:
    assert Case({}).components().moving.is_empty()


def test_a_held_person_stays_whole() -> None:
    """C04 lands in two regions, and nothing says which (G01): no manager is closed."""
    twice = [
        {"manager_id": n, "offender_id": "1", "area": "C04", "team": "C04H01", "start_date": f"2021-03-0{n}"}
        for n in "12"
    ]
    components = Case({"offender": [{"offender_id": "1"}], "offender_manager": twice}, "C04").components()
    assert components.moving.is_empty()
    assert components.closing.is_empty()
