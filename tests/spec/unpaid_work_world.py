"""One company's unpaid work for list tests: persons 1, 2, 3 ... each with the order of that number."""

from collections.abc import Sequence

import polars as pl

from lists.sources import Lists, ListSources
from lists.unpaid_work.book import unpaid_work_lists
from mappings.case.context import CaseContext
from tests.spec.drawn_batch import Cases, batch_of, ndelius
from vocabulary.batch import Batch

COMPANY, REGION = "C06", "N51"
TEAM, RECEIVING_TEAM = "C06U02", "N51W08"
PROJECTS: Cases = [
    {"code": "C06PG", "team": TEAM, "capacity": "2", "is_women_only": "N", "is_ete": "N", "end_date": ""},
    {"code": "C06PW", "team": TEAM, "capacity": "9", "is_women_only": "Y", "is_ete": "N", "end_date": ""},
    {"code": "C06PE", "team": TEAM, "capacity": "9", "is_women_only": "N", "is_ete": "Y", "end_date": ""},
]
"""A group of two, a women-only project, and one that counts as training."""

Case = dict[str, str]
Numbered = list[tuple[str, Case]]
"""Key of a person and of the order, and what the order says."""


def lists_of(
    orders: Cases,
    placements: Sequence[Case] = (),
    sessions: Sequence[Case] = (),
    case_sessions: Sequence[Case] = (),
) -> Lists:
    """The book of a company.

    Args:
        orders: one per person: `sentence_date`, `ordered`, `gender`, `region`, `length` (hours) of the
            requirement, and the category of another one `beside` it.
        placements: `placement_ref` is P and the number of the row from 1.
        sessions: of the schedule; case_sessions: of the case system, their key 1, 2, 3 ...
    """
    numbered = [(str(number), case) for number, case in enumerate(orders, start=1)]
    worked = [{"date": "2021-06-01", "upw_session_id": str(n), **s} for n, s in enumerate(case_sessions, 1)]
    batch, baseline = _delivered(numbered, worked, placements, sessions), _known(numbered, worked)
    case = CaseContext(batch, baseline)
    return unpaid_work_lists(ListSources(case, people_of(orders), kept_officer(), case.own_regions))


def _delivered(
    numbered: Numbered, worked: Cases, placements: Sequence[Case], sessions: Sequence[Case]
) -> Batch:
    placed = [{"placement_ref": f"P{n}", **placement} for n, placement in enumerate(placements, 1)]
    hours = {"start_time": "09:30", "end_time": "16:30"}
    return batch_of(
        COMPANY,
        delius={
            "offender": [{"offender_id": n} for n, _ in numbered],
            "upw_order": [
                {"upw_order_id": n, "disposal_id": n, "team": TEAM, "ordered": case.get("ordered", "6000")}
                for n, case in numbered
            ],
            "requirement": [
                {"disposal_id": n, "main_category": "W", "length": case.get("length", "")}
                for n, case in numbered
            ],
            "upw_session": worked,
        },
        upw={
            "upw_project": PROJECTS,
            "upw_placement": placed,
            "upw_session": [{"session_ref": f"S{n}", **hours, **s} for n, s in enumerate(sessions, 1)],
        },
    )


def _known(numbered: Numbered, worked: Cases) -> Batch:
    return ndelius(
        offender=[{"offender_id": n, "gender": case.get("gender", "M")} for n, case in numbered],
        event=[{"event_id": n} for n, _ in numbered],
        disposal=[
            {"disposal_id": n, "event_id": n, "sentence_date": case.get("sentence_date", "2021-03-01")}
            for n, case in numbered
        ],
        requirement=[
            {"disposal_id": n, "main_category": kind}
            for n, case in numbered
            for kind in ("W", *filter(None, [case.get("beside")]))
        ],
        upw_order=[
            {"upw_order_id": n, "disposal_id": n, "offender_id": n, "team": TEAM}
            | {"ordered": case.get("ordered", "6000")}
            for n, case in numbered
        ],
        upw_project=[
            {"upw_project_id": "1", "code": "C06PG", "area": COMPANY},
            {"upw_project_id": "9", "code": "C06P009", "area": COMPANY},
        ],
        upw_session=worked,
    )


def people_of(orders: Cases) -> pl.DataFrame:
    """The persons; their CRN is X and the number."""
    return pl.DataFrame(
        [
            {
                "person_id": str(number),
                "crn": f"X{number}",
                "surname": "Zz",
                "first_name": "Qx",
                "region": case.get("region", REGION),
                "team": "N51A01",
                "officer": "N51A001",
            }
            for number, case in enumerate(orders, start=1)
        ]
    )


def kept_officer() -> pl.DataFrame:
    """Of what moves: one practitioner who keeps a case under a new code."""
    moving = {"officer": "C06A001", "region": REGION, "n_officer": "N51A099", "allocation": "kept"}
    moving |= {"person_id": "1"}
    return pl.DataFrame([moving])


def said(rows: pl.DataFrame, column: str) -> dict[str, str]:
    """CRN to what the list says of it in `column`."""
    return {str(crn): str(value) for crn, value in rows.select("crn", column).iter_rows()}
