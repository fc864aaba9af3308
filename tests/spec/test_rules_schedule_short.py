"""U22: what nDelius has for the company's placements and the schedule lacks, drawn as a table."""

from drawn_tables import drawn

from mappings.case.case_model import CaseModel
from mappings.unpaid_work.lacking import lacking_appointments, lacking_findings
from tests.spec.drawn_batch import Cases, batch_of, ndelius

PROJECTS: Cases = [
    {"upw_project_id": "1", "code": "C06P001", "area": "C06"},
    {"upw_project_id": "2", "code": "C06P002", "area": "C06"},
    {"upw_project_id": "3", "code": "C01P003", "area": "C01"},
]
SCHEDULED = drawn("""
placement_ref | date       | start_time | end_time | case_system_ref | row_outcome
P1            | 2021-06-01 | 09:30      | 16:30    | 11              |
P1            | 2021-06-02 | 09:30      | 16:30    | 12              | set_aside
P1            | 2021-06-03 | 16:00      | 17:00    |                 | set_aside
P2            | 2021-06-04 | 09:30      | 16:30    |                 |
""")
APPOINTMENTS = drawn("""
case                     | upw_session_id | offender_id | upw_project_id | date       | is_deleted | lacking
named                    | 11             | 1           | 1              | 2021-06-01 | N          |
named by a row set aside | 12             | 1           | 1              | 2021-06-02 | N          |
there without reference  | 13             | 1           | 1              | 2021-06-03 | N          |
somebody else's hours    | 14             | 1           | 1              | 2021-06-04 | N          | Y
in no row                | 15             | 1           | 2              | 2021-07-03 | N          | Y
deleted                  | 16             | 1           | 2              | 2021-07-04 | Y          |
another company's        | 17             | 1           | 3              | 2021-07-05 | N          |
nobody whom it places    | 18             | 9           | 1              | 2021-07-05 | N          |
""")
TIMES = {"start_time": "01/01/1970 09:30:00", "end_time": "01/01/1970 16:30:00"}
BATCH = batch_of(
    "C06",
    delius={},
    upw={
        "upw_project": [{"code": "C06P001"}],
        "upw_placement": [
            {"placement_ref": "P1", "person_id": "1"},
            {"placement_ref": "P2", "person_id": "2"},
        ],
        "upw_session": SCHEDULED,
    },
)
BASELINE = ndelius(
    upw_project=PROJECTS,
    upw_session=[
        {name: value for name, value in row.items() if name != "lacking"} | TIMES for row in APPOINTMENTS
    ],
)


def test_an_appointment_is_lacking_that_no_session_names_or_meets() -> None:
    found = lacking_appointments(CaseModel(BATCH, BASELINE))["upw_session_id"].sort().to_list()
    assert found == [int(row["upw_session_id"]) for row in APPOINTMENTS if row["lacking"]]


def test_it_is_told_of_the_schedules_project_or_of_ndelius_own() -> None:
    found = lacking_findings(CaseModel(BATCH, BASELINE))
    told = found.select("company", "export", "source_row", "rule", "severity")
    assert told.rows() == [("C06", "upw", "2", "U22", "info"), ("C06", "delius", "3", "U22", "info")]
