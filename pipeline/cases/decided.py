"""What was decided about a person: answers with who gave them and when, and questions that wait."""

from collections.abc import Iterator

import polars as pl

from matching.cascade import HELD, compared_keys
from matching.clerk import evidence
from pipeline.cases.evidence import delivered_row
from pipeline.cases.find import Person
from pipeline.cases.line import DECIDED, CaseLine
from pipeline.decisions.files import decided, decided_for
from pipeline.stages.across import ROW, SHARED, TWICE
from pipeline.storage.store import read_frame, scan_frame
from pipeline.workspace import Workspace
from vocabulary.decisions import ACCESS, ACROSS, INTERVENTIONS, KINDS, MATCHES, REGIONS, SESSIONS
from vocabulary.rules import catalogue

OF_ROWS = {SESSIONS: "session_ref", INTERVENTIONS: "activity_ref"}
"""Kinds of questions about a row of the person, and the word that names the row."""

HIDDEN = (ACCESS,)
"""Kinds whose answer names somebody: shown only to who asked for values."""


def decided_lines(
    workspace: Workspace, person: Person, rows: pl.DataFrame, *, reveal: bool
) -> list[CaseLine]:
    """A line for each answer that counts for the person, and each question that waits.

    `rows`: pipeline.cases.delivered.SCHEMA. The reason that was written down is shown with `reveal` only.
    """
    found = []
    for company in dict.fromkeys([*person.told["company"], *rows["company"]]):
        cycle = workspace.cycle_of(company)
        given = answers_about(workspace, company, person, rows, reveal=reveal)
        found += [CaseLine(DECIDED, company, cycle, what=what) for what in given]
        found += _waiting(workspace, company, person)
    return list(dict.fromkeys(found))


def answers_about(
    workspace: Workspace, company: str, person: Person, rows: pl.DataFrame, *, reveal: bool = False
) -> list[str]:
    """Each answer about the person's `rows` of `company`: to what, which, by whom and when."""
    return [
        f"{KINDS[kind].title.lower()}: {_said(kind, line, reveal=reveal)}"
        for answers in _answers(workspace, company, person, rows)
        for kind, line in answers
    ]


def _said(kind: str, line: dict[str, str], *, reveal: bool) -> str:
    answer = line["answer"] if reveal or kind not in HIDDEN else "answered"
    why = f": {line['why']}" if reveal else ""
    return f"{answer}, by {line['who']} on {line['when']}{why}"


Answers = list[tuple[str, dict[str, str]]]


def _answers(workspace: Workspace, company: str, person: Person, rows: pl.DataFrame) -> Iterator[Answers]:
    yield _about_rows(workspace, company, person)
    for kind in (REGIONS, ACCESS):
        given = decided_for(workspace, kind, company)
        yield [(kind, line) for line in given.filter(pl.col("offender_id") == person.key).to_dicts()]
    for kind, word in OF_ROWS.items():
        own = _values(workspace, company, rows, word)
        yield [
            (kind, line)
            for line in decided_for(workspace, kind, company).to_dicts()
            if line[word] in own
        ]  # fmt: skip
    yield _across(workspace, company, rows)


def _about_rows(workspace: Workspace, company: str, person: Person) -> Answers:
    """Answers about who a row is: they name its values by a hash."""
    given = decided_for(workspace, MATCHES, company)
    if given.is_empty():
        return []
    found: Answers = []
    for told in person.told.filter(company=company).to_dicts():
        (own,) = evidence(compared_keys(delivered_row(workspace, told)))
        of_row = given.filter(export=told["export"], entity=told["entity"], evidence=own)
        found += [(MATCHES, line) for line in of_row.to_dicts()]
    return found


def _values(workspace: Workspace, company: str, rows: pl.DataFrame, word: str) -> set[str]:
    """What the person's rows give as `word`."""
    found: set[str] = set()
    mine = rows.filter(company=company)
    for (export, entity), group in mine.group_by("export", "entity", maintain_order=True):
        frame = scan_frame(workspace.stage_folder(company, "map") / str(export), str(entity))
        if word in frame.collect_schema():
            named = frame.join(group.select(ROW).lazy(), on=ROW, how="semi").select(
                pl.col(word).cast(pl.String)
            )
            found |= {*named.collect()[word].drop_nulls()}
    return found


def _across(workspace: Workspace, company: str, rows: pl.DataFrame) -> Answers:
    """Answers about what two companies deliver that there is only one of."""
    folder = workspace.root / "work" / workspace.cycle_of(company)
    if not (folder / f"{SHARED}.parquet").exists():
        return []
    mine = rows.filter(company=company).select("company", *ROW)
    shared = read_frame(folder, SHARED).join(mine, on=["company", *ROW], how="semi")
    names = shared["shared"].to_list()
    return [
        (ACROSS, line)
        for line in decided(workspace, ACROSS).to_dicts()
        if line["shared"] in names
    ]  # fmt: skip


def _waiting(workspace: Workspace, company: str, person: Person) -> list[CaseLine]:
    held = person.told.filter(pl.col("is_held"), company=company)
    return [
        CaseLine(
            DECIDED,
            company,
            workspace.cycle_of(company),
            row["source_file"],
            row["source_row"],
            what=f"waits for a clerk ({row['answer']}): {catalogue()[row['answer']].what_to_do}",
        )
        for row in held.to_dicts()
        if row["answer"] in (*HELD, TWICE)
    ]
