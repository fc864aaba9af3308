"""O08 and O09: who is responsible from Day 1 on, drawn as a table. Only the old offender manager is replaced.

The company is C06. Person 5 is another area's.
"""

import polars as pl
from drawn_tables import drawn

from mappings.allocation.allocated import allocate_components
from mappings.allocation.regions import person_regions
from mappings.allocation.responsible_officers import officer_findings, responsible
from mappings.case.case_model import CaseModel
from mappings.case.components import company_components
from tests.spec.drawn_batch import Cases, batch_of, drawn_rules, ndelius, rules_of

PERSONS = drawn("""
case                             | offender_id | rules
the old manager                  | 1           |
a prison manager                 | 2           | O08
both                             | 3           | O08
neither                          | 4           | O09
another area's                   | 5           |
nobody                           | 6           |
an earlier manager, closed (O02) | 7           |
a manager who ended long ago     | 8           |
ended rows alone                 | 9           |
""")
MANAGERS = drawn("""
manager_id | offender_id | area | team   | start_date | is_active | end_date
11         | 1           | C06  | C06S01 | 2021-01-01 | Y         |
12         | 2           | C06  | C06S01 | 2021-01-01 | Y         |
13         | 3           | C06  | C06S01 | 2021-01-01 | Y         |
14         | 4           | C06  | C06S01 | 2021-01-01 | Y         |
15         | 5           | N51  | N51A07 | 2021-01-01 | Y         |
16         | 6           | C06  | C06S01 | 2021-01-01 | Y         |
17         | 7           | C06  | C06S01 | 2021-02-01 | Y         |
18         | 7           | C06  | C06S01 | 2021-01-01 | Y         |
19         | 8           | C06  | C06S01 | 2021-02-01 | Y         |
20         | 8           | C06  | C06S01 | 2020-01-01 | N         | 2021-02-01
21         | 9           | C06  | C06S01 | 2021-01-01 | Y         |
""")
OFFICERS = drawn("""
responsible_officer_id | offender_id | manager_id | prison_manager_id | end_date
31                     | 1           | 11         |                   |
32                     | 2           |            | 92                |
33                     | 3           | 13         |                   |
34                     | 3           |            | 93                |
35                     | 4           |            |                   |
36                     | 5           | 15         |                   |
37                     | 7           | 18         |                   |
38                     | 8           | 20         |                   |
39                     | 9           |            | 99                | 2021-05-05
40                     | 1           | 11         |                   | 2021-02-01
""")
TABLES: dict[str, Cases] = {
    "offender": PERSONS,
    "offender_manager": MANAGERS,
    "responsible_officer": OFFICERS,
}


def moved() -> tuple[pl.DataFrame, pl.DataFrame]:
    batch, baseline = batch_of("C06", delius=TABLES), ndelius(**TABLES)
    model = CaseModel(batch, baseline)
    regions = person_regions(model).persons
    components = company_components(model, regions["person_id"])
    return allocate_components(components, regions, "C06"), components.closing


def test_only_a_row_that_names_an_ending_offender_manager_is_closed() -> None:
    assert sorted(responsible(*moved(), ndelius(**TABLES)).closed) == [31, 33, 37]


def test_a_row_is_opened_where_one_is_closed_or_nobody_is_responsible() -> None:
    opened = responsible(*moved(), ndelius(**TABLES)).opened
    assert sorted(opened["person_id"]) == ["1", "3", "6", "7", "9"]


def test_o08_and_o09_name_the_person() -> None:
    moving, _ = moved()
    found = officer_findings(moving, batch_of("C06", delius=TABLES), ndelius(**TABLES))
    assert rules_of(found, "offender", PERSONS) == drawn_rules(PERSONS)
