"""Questions about persons: who they are (M02, M05, M06, M08, M10, M12), which region receives them (G01)."""

from dataclasses import replace

import polars as pl

from matching.cascade import COMPARED_SCHEMA
from pipeline.decisions.rows_below import rows_waiting
from pipeline.decisions.side_by_side import side_by_side
from pipeline.stages.weigh import COMPARED
from pipeline.storage.batches import mapped_batch
from pipeline.storage.store import read_findings, read_frame
from pipeline.workspace import Workspace
from reports.decisions.question import Choice, Question
from vocabulary.batch import Batch
from vocabulary.companies import company as known_company
from vocabulary.decisions import MATCHES, NEW, NOBODY, REGIONS

ROW = ["source_file", "source_row"]
WHO = ("crn", "surname", "first_name", "date_of_birth")
"""What a reader who asked for it is shown of a person."""

FULL_RECORD = "spg"
REASONS = {
    "M02": "the CRN is known, surname and date of birth differ",
    "M05": "no identifier, but both names and date of birth agree",
    "M06": "the identifiers point at several persons, or several rows at one",
    "M08": "an identifier agrees, surname and date of birth differ",
    "M12": "no identifier, and the evidence neither names one person nor rules everybody out",
    "M10": "an identifier agrees, but it may be a twin, a father or a son: first name or date of birth",
}


def match_questions(workspace: Workspace, company: str, baseline: Batch) -> list[Question]:
    """One question per set of delivered values that fits several persons, or fits badly."""
    held = read_frame(workspace.stage_folder(company, "match"), "held")
    if held.is_empty():
        return []
    batch = mapped_batch(workspace, company)
    known = baseline.known("offender")
    weighed = _weighed(workspace, company)
    questions: list[Question] = []
    for (export, entity), group in held.group_by("export", "entity", maintain_order=True):
        frames = batch.frames[str(export)]
        asked = group.select(pl.col("evidence").alias("question"), *ROW).unique(maintain_order=True)
        counts = rows_waiting(frames, str(export), str(entity), asked)
        for (evidence,), lines in group.group_by("evidence", maintain_order=True):
            rows = frames[str(entity)]
            asked_first = _match(lines, counts[str(evidence)], rows, known)
            questions.append(replace(asked_first, compared=side_by_side(lines, rows, known, weighed)))
    return questions


def _match(lines: pl.DataFrame, rows: int, delivered: pl.DataFrame, known: pl.DataFrame) -> Question:
    first = lines.row(0, named=True)
    possible = lines.drop_nulls("offender_id").unique("offender_id", keep="first", maintain_order=True)
    persons = [
        Choice(str(number), str(agrees))
        for number, agrees in possible.select("offender_id", "agrees").iter_rows()
    ]
    beside = (
        Choice(NEW, "not in nDelius") if first["export"] == FULL_RECORD else Choice(NOBODY, "nobody there")
    )
    row = delivered.join(lines.select(ROW).head(1), on=ROW, how="semi")
    theirs = known.filter(pl.col("offender_id").is_in(possible["offender_id"].implode()))
    return Question(
        kind=MATCHES,
        key=(first["company"], first["export"], first["entity"], first["evidence"]),
        rows=rows,
        context=f"{first['rule']}: {REASONS[first['rule']]}; {_place(first)}",
        choices=(*persons, beside),
        suggested=tuple(choice.shown for choice in persons),
        is_open=True,
        personal="; ".join(
            [f"delivered: {who(row)}", *(_known(theirs, choice.answer) for choice in persons)]
        ),
        persons=frozenset(choice.answer for choice in persons),
        places=places(first["company"], lines),
    )


def _weighed(workspace: Workspace, company: str) -> pl.DataFrame:
    """What match weighed; nothing of a company without a full record."""
    folder = workspace.stage_folder(company, "match")
    if not (folder / f"{COMPARED}.parquet").exists():
        return pl.DataFrame(schema=COMPARED_SCHEMA)
    return read_frame(folder, COMPARED)


def _place(row: dict[str, str]) -> str:
    return f"{row['source_file']}, row {row['source_row']}"


def _known(persons: pl.DataFrame, offender_id: str) -> str:
    return f"{offender_id}: {who(persons.filter(pl.col('offender_id') == int(offender_id)))}"


def places(company: str, rows: pl.DataFrame) -> frozenset[tuple[str, str, str]]:
    """Company, file and row of each of `rows`."""
    return frozenset((company, str(file), str(row)) for file, row in rows.select(ROW).iter_rows())


def who(rows: pl.DataFrame) -> str:
    """What the first of `rows` gives of WHO."""
    words = [word for word in WHO if word in rows.columns]
    values = rows.select(pl.col(words).cast(pl.String)).head(1).rows()
    return " ".join(value for line in values for value in line if value)


def region_questions(workspace: Workspace, company: str, baseline: Batch) -> list[Question]:
    """One question per person whom neither address nor team sends to a region."""
    findings = read_findings(workspace.stage_folder(company, "validate"))
    held = findings.filter(rule="G01")
    if held.is_empty():
        return []
    batch = mapped_batch(workspace, company)
    # Who was not delivered is named by nDelius's row.
    export = str(batch.case_export)
    sides = (batch.all(export, "offender"), baseline.known("offender"))
    told = pl.concat(side.select("offender_id", *WHO, *ROW) for side in sides)
    persons = told.join(held.select(ROW), on=ROW, how="semi", maintain_order="left")
    named = persons.with_columns(pl.col("offender_id").cast(pl.String).alias("question"))
    counts = rows_waiting(batch.frames[export], export, "offender", named.select("question", *ROW))
    regions = tuple(Choice(region) for region in known_company(company).regions)
    return [
        Question(
            kind=REGIONS,
            key=(company, person["question"]),
            rows=counts.get(person["question"], 1),
            context=f"G01: {_place(person)}",
            choices=regions,
            personal=who(named.filter(question=person["question"])),
            persons=frozenset((person["question"],)),
        )
        for person in named.iter_rows(named=True)
    ]
