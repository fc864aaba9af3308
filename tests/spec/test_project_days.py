"""On which days and between which hours a new project is open, drawn as a table."""

from drawn_tables import drawn

from mappings.case.case_model import CaseModel
from mappings.writes.project_days import day_inserts
from mappings.writes.projects import routed_projects
from tests.spec.drawn_batch import Cases, batch_of, ndelius

PROJECTS: Cases = [
    {"code": code, "team": "C06U02", "end_date": end}
    for code, end in [("C06P1", ""), ("C06P2", ""), ("C06P3", ""), ("C06P4", "2021-05-01"), ("C06P5", "")]
]
SCHEDULED = drawn("""
project_code | date       | start_time | end_time | row_outcome
C06P1        | 2021-06-26 | 09:30      | 16:30    |
C06P1        | 2021-07-03 | 09:00      | 15:00    |
C06P1        | 2021-06-28 | 10:00      | 12:00    |
C06P1        | 2021-06-27 | 10:00      | 12:00    | set_aside
C06P1        | 2021-06-01 | 09:30      | 16:30    |
C06P2        | 2021-06-01 | 09:30      | 16:30    |
C06P4        | 2021-04-01 | 09:30      | 16:30    |
""")
KNOWN = drawn("""
upw_project_id | date       | start_time          | end_time
3              | 2021-06-30 | 01/01/1970 09:15:00 | 01/01/1970 16:15:00
3              | 2021-07-01 | 01/01/1970 09:15:00 |
4              | 2021-06-30 | 01/01/1970 09:15:00 | 01/01/1970 16:15:00
""")
OPEN = drawn("""
project           | weekday   | from  | to
upw:project:C06P1 | MONDAY    | 10:00 | 12:00
upw:project:C06P1 | SATURDAY  | 09:00 | 16:30
upw:project:C06P2 | TUESDAY   | 09:30 | 16:30
upw:project:C06P3 | WEDNESDAY | 09:15 | 16:15
upw:project:C06P5 | MONDAY    | 10:00 | 12:00
upw:project:C06P5 | SATURDAY  | 09:00 | 16:30
upw:project:C06P5 | TUESDAY   | 09:30 | 16:30
upw:project:C06P5 | WEDNESDAY | 09:15 | 16:15
""")


def test_a_new_project_is_open_on_the_days_of_its_sessions() -> None:
    """Past days count where nothing is to come; one never worked at is open when the others are, one that is
    not written is not."""
    batch = batch_of("C06", upw={"upw_project": PROJECTS, "upw_session": SCHEDULED})
    baseline = ndelius(
        upw_project=[{"upw_project_id": str(n), "code": row["code"]} for n, row in enumerate(PROJECTS, 1)],
        upw_session=KNOWN,
    )
    model = CaseModel(batch, baseline)
    rows = day_inserts(routed_projects(model, "N51"), model)
    found = [
        {
            "project": row["upw_project_id"],
            "weekday": row["weekday"],
            "from": f"{row['start_time']:%H:%M}",
            "to": f"{row['end_time']:%H:%M}",
        }
        for row in rows.iter_rows(named=True)
    ]
    assert found == OPEN
