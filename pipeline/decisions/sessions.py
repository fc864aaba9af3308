"""Questions about sessions of the unpaid work schedule: is one an appointment that nDelius has (U20)?"""

import polars as pl

from mappings.case.case_model import CaseModel
from mappings.unpaid_work.answered_sessions import ROW, met_appointments
from pipeline.decisions.persons import places, who
from pipeline.storage.batches import company_baseline, validated_batch
from pipeline.storage.store import read_findings
from pipeline.workspace import Workspace
from reports.decisions.question import Choice, Question
from vocabulary.decisions import ANOTHER, SESSIONS

AGREES = {"begins then": "start_time", "ends then": "end_time", "minutes credited": "credited"}
OTHERS = {"start_time": "other_start", "end_time": "other_end", "credited": "other_credited"}
YES, NO = "yes", "no"
TIMES = ("start_time", "end_time", "other_start", "other_end")


def session_questions(workspace: Workspace, company: str) -> list[Question]:
    """One question per session that waits, with every appointment that it may be."""
    found = read_findings(workspace.stage_folder(company, "validate")).filter(rule="U20")
    if found.is_empty():
        return []
    batch, baseline = validated_batch(workspace, company), company_baseline(workspace, company)
    met = met_appointments(CaseModel(batch, baseline))
    waiting = met.join(found.select(ROW), on=ROW, how="semi", maintain_order="left")
    return [
        _of_session(company, str(session), str(day), rows)
        for (session, day), rows in waiting.group_by("session_ref", "day", maintain_order=True)
    ]


def _of_session(company: str, session: str, day: str, rows: pl.DataFrame) -> Question:
    first = rows.row(0, named=True)
    found = {Choice(str(line["appointment"]), _agreement(line)) for line in rows.iter_rows(named=True)}
    appointments = sorted(found, key=lambda choice: (-choice.label.count(YES), choice.answer))
    return Question(
        kind=SESSIONS,
        key=(company, session, day),
        rows=rows.select(ROW).n_unique(),
        context=f"U20: {first['source_file']}, row {first['source_row']}",
        choices=(*appointments, Choice(ANOTHER, "worked twice: the session is added")),
        suggested=tuple(choice.shown for choice in appointments),
        personal=f"{who(rows)}; {_times(rows)}",
        places=places(company, rows),
    )


def _agreement(line: dict[str, object]) -> str:
    """What agrees between session and appointment, without a value of either."""
    told = []
    for what, word in AGREES.items():
        ours, theirs = line[word] or 0, line[OTHERS[word]] or 0
        told.append(f"{what}: {YES if ours == theirs else NO}")
    return ", ".join(told)


def _times(rows: pl.DataFrame) -> str:
    """The session's times and, by number, those of each appointment."""
    shown = rows.select("appointment", *(pl.col(name).dt.strftime("%H:%M").fill_null("?") for name in TIMES))
    lines = shown.rows()
    own = f"schedule {lines[0][1]} to {lines[0][2]}"
    return ", ".join([own, *(f"{number} {start} to {end}" for number, _, _, start, end in lines)])
