"""O01 to O05, O07, R09 of a company with its own case system: nDelius says what is live and who manages.

The company is C17, its region N07.
"""

from drawn_tables import drawn

from mappings.allocation.allocated import allocate_components
from mappings.allocation.regions import person_regions
from mappings.case.case_model import CaseModel
from mappings.case.components import Components, company_components
from mappings.writes.planning import officer_findings
from tests.spec.drawn_batch import batch_of, drawn_rules, ndelius, rules_of

PERSONS = drawn("""
case                         | person_ref | person_id       | offender_id | area | team   | rules
acknowledged                 | OM-1       | 1               | 1           | C17  | C17S01 | O05
new                          | OM-2       | spg:offender:OM-2 | 0         | C17  | C17S02 | O05
matched, nobody manages      | OM-3       | 3               | 0           | C17  | C17Z99 | O04
matched, a region manages    | OM-4       | 4               | 0           | C17  | C17S01 | O07
record is another area's     | OM-5       | 5               | 5           | N07  | N07A01 | O07
the company's unallocated    | OM-6       | 6               | 6           | C17  | C17UAT |
""")
EVENTS = drawn("""
local_ref | person_ref | person_id | event_id | end_date   | area | team
E1        | OM-1       | 1         | 0        |            | C17  | C17S01
E2        | OM-1       | 1         | 0        | 2021-05-05 | C17  | C17S01
E3        | OM-1       | 1         | 21       |            | C17  | C17S01
E4        | OM-1       | 1         | 22       | 2021-05-05 | C17  | C17S01
""")
REQUIREMENTS = drawn("""
case                       | local_ref | local_event_ref | person_ref | person_id | requirement_id | end_date   | area | team   | rules
acknowledged               | R1        | E4              | OM-1       | 1         | 11             |            | C17  | C17U01 | O05
not yet                    | R2        | E1              | OM-1       | 1         | 0              |            | C17  | C17U01 | O05
not yet, unknown team      | R3        | E1              | OM-1       | 1         | 0              |            | C17  | C17Z99 | O04
has ended                  | R4        | E1              | OM-1       | 1         | 0              | 2021-05-05 | C17  | C17U01 |
its event has ended        | R5        | E2              | OM-1       | 1         | 0              |            | C17  | C17U01 |
nDelius has nobody         | R6        | E4              | OM-1       | 1         | 12             |            | C17  | C17U01 | O03
closed in nDelius          | R7        | E4              | OM-1       | 1         | 13             |            | C17  | C17U01 |
closed here, live there    | R8        | E4              | OM-1       | 1         | 14             | 2021-05-05 | C17  | C17U01 | O05
event closed in nDelius    | R9        | E3              | OM-1       | 1         | 0              |            | C17  | C17U01 |
event live in nDelius      | R10       | E4              | OM-1       | 1         | 0              |            | C17  | C17U01 | O05
""")  # noqa: E501 - a table is read by its columns
NSIS = drawn("""
local_ref | person_ref | person_id | nsi_id | type | area | team   | rules
N1        | OM-1       | 1         | 0      | RC01 | C17  | C17S01 | O05 R09
""")
KNOWN_PERSONS = drawn("""
offender_id
1
3
4
5
6
""")
KNOWN_MANAGERS = drawn("""
case                       | manager_id | offender_id | area | team   | start_date
the company's              | 1          | 1           | C17  | C17S05 | 2021-02-01
the company's, earlier     | 2          | 1           | C17  | C17S06 | 2021-01-01
a region's                 | 4          | 4           | N07  | N07A01 | 2021-02-01
the company's, earlier     | 5          | 4           | C17  | C17S06 | 2021-01-01
a region's                 | 6          | 5           | N07  | N07A01 | 2021-02-01
the company's              | 7          | 6           | C17  | C17UAT | 2021-02-01
""")
KNOWN_EVENTS = drawn("""
event_id | offender_id | is_active
21       | 1           | N
22       | 1           | Y
""")
KNOWN_ORDERS = drawn("""
manager_id | event_id | area
9          | 22       | N07
""")
KNOWN_SENTENCES = drawn("""
disposal_id | event_id | offender_id
31          | 22       | 1
""")
KNOWN_REQUIREMENTS = drawn("""
requirement_id | disposal_id | offender_id | is_active
11             | 31          | 1           | Y
12             | 31          | 1           | Y
13             | 31          | 1           | N
14             | 31          | 1           | Y
""")
REQUIREMENT_MANAGERS = drawn("""
manager_id | requirement_id | area | team
8          | 11             | C17  | C17U02
10         | 13             | C17  | C17U02
11         | 14             | C17  | C17U02
""")


def london() -> tuple[Components, list[str], list[str], list[str]]:
    batch = batch_of(
        "C17", spg={"offender": PERSONS, "event": EVENTS, "requirement": REQUIREMENTS, "nsi": NSIS}
    )
    baseline = ndelius(
        offender=KNOWN_PERSONS,
        offender_manager=KNOWN_MANAGERS,
        event=KNOWN_EVENTS,
        order_manager=KNOWN_ORDERS,
        disposal=KNOWN_SENTENCES,
        requirement=KNOWN_REQUIREMENTS,
        requirement_manager=REQUIREMENT_MANAGERS,
    )
    model = CaseModel(batch, baseline)
    regions = person_regions(model).persons
    components = company_components(model, regions["person_id"])
    moving = allocate_components(components, regions, "C17")
    found = [components.findings, officer_findings(moving)]
    tables = {"offender": PERSONS, "requirement": REQUIREMENTS, "nsi": NSIS}
    said = [rules_of(found, entity, cases) for entity, cases in tables.items()]
    return components, *said


def test_the_record_names_the_team() -> None:
    _, persons, requirements, nsis = london()
    assert persons == drawn_rules(PERSONS)
    assert requirements == drawn_rules(REQUIREMENTS)
    assert nsis == drawn_rules(NSIS)


def test_what_ndelius_knows_is_transferred_the_rest_is_opened() -> None:
    components, *_ = london()
    moving = components.moving.select("kind", "component_ref", "manager_id", "old_team").sort(
        "kind", "component_ref"
    )
    assert moving.rows() == [
        ("NSI", "spg:nsi:N1", None, None),
        ("OM", "1", 1, "C17S05"),
        ("OM", "3", None, None),
        ("OM", "6", 7, "C17UAT"),
        ("OM", "spg:offender:OM-2", None, None),
        ("OS", "spg:event:E1", None, None),
        ("RQ", "11", 8, "C17U02"),
        ("RQ", "12", None, None),
        ("RQ", "14", 11, "C17U02"),
        ("RQ", "spg:requirement:R10", None, None),
        ("RQ", "spg:requirement:R2", None, None),
        ("RQ", "spg:requirement:R3", None, None),
    ]


def test_no_further_manager_of_the_company_stays() -> None:
    """Dictionary rule 1, also where the region's own manager counts."""
    components, *_ = london()
    assert sorted(components.closing["manager_id"]) == [2, 5]


def test_what_nobody_manages_in_ndelius_goes_to_the_unallocated_team() -> None:
    """Not to the team of the record: team and officer are those of the baseline (O03)."""
    components, *_ = london()
    goes = components.moving.select("component_ref", "goes_unallocated")
    assert goes.filter("goes_unallocated")["component_ref"].to_list() == ["12"]


def test_a_gateway_company_that_delivers_nothing_loses_nobody() -> None:
    baseline = ndelius(offender=KNOWN_PERSONS, offender_manager=KNOWN_MANAGERS)
    batch = batch_of("C17", spg={})
    model = CaseModel(batch, baseline)
    regions = person_regions(model).persons
    components = company_components(model, regions["person_id"])
    assert components.moving["component_ref"].sort().to_list() == ["1", "6"]
