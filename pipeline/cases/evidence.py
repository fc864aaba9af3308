"""How the rows of a person were matched: the rule that answered, and what spoke for and against."""

from collections.abc import Iterator

import polars as pl

from matching.baseline import Candidates, candidates
from matching.cascade import BY_CLERK, compared_keys
from matching.clerk import possible
from pipeline.cases.find import Person
from pipeline.cases.line import EVIDENCE, MATCHED, CaseLine
from pipeline.cases.told import OWN_KEY, ROW, candidates_of
from pipeline.stages.match import MATCHED_ON
from pipeline.stages.weigh import COMPARED
from pipeline.storage.batches import scan_nation
from pipeline.storage.store import read_frame, scan_frame
from pipeline.workspace import Workspace
from vocabulary.rules import catalogue

NOT_KNOWN = "not known"
OF_THE_PERSON = ["company", "export", "entity", "answer"]
SAID = {
    BY_CLERK: "a clerk said who it is",
    OWN_KEY: "the company records in nDelius: the row bears nDelius's own key",
}
"""Answers that are no rule, in words."""


def matched_lines(workspace: Workspace, person: Person) -> list[CaseLine]:
    """A line for each company, export and answer, and below it the evidence of the first of its rows."""
    found: list[CaseLine] = []
    known = _known(workspace, person)
    for (company, export, entity, answer), rows in person.told.group_by(OF_THE_PERSON, maintain_order=True):
        first = rows.row(0, named=True)
        place = (str(company), workspace.cycle_of(str(company)), first["source_file"], first["source_row"])
        more = f", and {rows.height - 1:,} more" if rows.height > 1 else ""
        ref = f", own number {first['person_ref']}" if first["person_ref"] else ""
        said = f"{export} {entity}{more}{ref}: {_answer(str(answer))}"
        found.append(CaseLine(MATCHED, *place, what=said))
        found += [CaseLine(EVIDENCE, *place, what=one) for one in _evidence(workspace, person, first, known)]
    return found


def delivered_row(workspace: Workspace, told: dict[str, str]) -> pl.DataFrame:
    """The typed row that `told` (of told.TOLD_SCHEMA) is about."""
    folder = workspace.stage_folder(told["company"], "map") / told["export"]
    is_it = (pl.col("source_file") == told["source_file"]) & (pl.col("source_row") == told["source_row"])
    return scan_frame(folder, told["entity"]).filter(is_it).collect().head(1)


def _answer(answer: str) -> str:
    rule = catalogue().get(answer)
    return SAID.get(answer, answer) if rule is None else f"{answer}, {rule.statement}"


def _known(workspace: Workspace, person: Person) -> Candidates | None:
    """The person as match compares one; None of somebody nDelius did not have."""
    if not person.is_of_ndelius:
        return None
    is_it = pl.col("offender_id") == int(person.key)
    frames = scan_nation(workspace, MATCHED_ON)
    return candidates(*(frames[entity].filter(is_it).collect() for entity in MATCHED_ON))


def _evidence(
    workspace: Workspace, person: Person, told: dict[str, str], known: Candidates | None
) -> Iterator[str]:
    if told["answer"] == OWN_KEY:
        return
    if known is not None:
        row = delivered_row(workspace, told)
        yield from possible(compared_keys(row), known)["agrees"]
    yield from _weighed(workspace, person, told)
    if not person.is_of_ndelius:
        held = candidates_of(workspace, told["company"]).filter(
            pl.col("source_file") == told["source_file"], pl.col("source_row") == told["source_row"]
        )
        for number, agrees in held.drop_nulls("offender_id").select("offender_id", "agrees").iter_rows():
            yield f"perhaps OFFENDER_ID {number}: {agrees}"


def _weighed(workspace: Workspace, person: Person, told: dict[str, str]) -> Iterator[str]:
    """What was weighed thing by thing, and what it comes to."""
    folder = workspace.stage_folder(told["company"], "match")
    if not person.is_of_ndelius or not (folder / f"{COMPARED}.parquet").exists():
        return
    is_row = [pl.col(name) == told[name] for name in ROW]
    lines = read_frame(folder, COMPARED).filter(*is_row, pl.col("offender_id") == int(person.key))
    told_bits = lines.filter(pl.col("says") != NOT_KNOWN)
    yield from (
        f"{what}: {says} ({bits:+.1f} bits)"
        for what, says, bits in told_bits.select("what", "says", "bits").iter_rows()
    )
