"""Between match and validate: what two companies of the cycle deliver that there is only one of (M09, H02).

Judged over all companies that have been matched, before anything is loaded. What is loaded already stays.
"""

from collections.abc import Sequence

import polars as pl

from matching.across import PRISON_NUMBER, SHARED_SCHEMA, VALUE_SCHEMA, identifiers_of, shared_rows
from matching.cascade import NEW_PERSON
from pipeline.decisions.files import decided
from pipeline.failures import is_through
from pipeline.stages.alike import alike_values
from pipeline.stages.match import is_of_persons
from pipeline.storage.batches import findings_until, mapped_batch
from pipeline.storage.fingerprint import fingerprint, program_fingerprint
from pipeline.storage.reuse import kept_across
from pipeline.storage.store import (
    place_stage,
    read_findings,
    read_frame,
    read_manifest,
    start_stage,
    write_frame,
)
from pipeline.workspace import Workspace
from vocabulary.batch import Batch
from vocabulary.companies import companies
from vocabulary.decisions import ACROSS, ALL_OF_THEM
from vocabulary.findings import PROVENANCE, collect, findings_of, no_findings
from vocabulary.source import satellites

ROW = ["source_file", "source_row"]
TWICE, STORED_TWICE = "M09", "H02"
PLACES = {TWICE: ("spg", "offender"), STORED_TWICE: ("documents", "document")}
"""Rule to the rows it judges."""

LOOKED_AT = {TWICE: "pnc_number;noms_number;cro_number", STORED_TWICE: "alfresco_id"}
NUMBER = "noms_number"
SHARED = "across"
"""Frame of the cycle: SHARED_SCHEMA, rule, is_held. What is asked of an operator."""


def judge_across(workspace: Workspace, codes: Sequence[str]) -> bool:
    """Write what M09 and H02 find in the rows of `codes`, and what goes with the persons held (X01); False
    where that stands."""
    matched = [code for code in companies() if is_matched(workspace, code)]
    kept = kept_across(workspace)
    if kept.stands(_inputs(workspace, codes, matched)):
        return False
    kept.forget()
    _judge(workspace, codes, matched)
    written = [path for code in codes for path in workspace.stage_folder(code, ACROSS).rglob("*")]
    frame = workspace.root / "work" / workspace.cycle / f"{SHARED}.parquet"
    kept.keep(_inputs(workspace, codes, matched), [frame, *written])
    return True


def _inputs(workspace: Workspace, codes: Sequence[str], matched: Sequence[str]) -> str:
    """The fingerprint of everything that is judged by. What is loaded stays, so while a row is free that no
    answer speaks of, it matters who is loaded."""
    folder = workspace.root / "work" / workspace.cycle
    parts = [ACROSS, program_fingerprint(), decided(workspace, ACROSS).write_csv(), *codes, ""]
    parts += [
        f"{code} {(read_manifest(workspace.stage_folder(code, 'match')) or {})['inputs']}" for code in matched
    ]
    if (folder / f"{SHARED}.parquet").is_file() and not read_frame(folder, SHARED)["is_held"].all():
        parts += ["", *_loaded(workspace, matched)]
    return fingerprint(*parts)


def _judge(workspace: Workspace, codes: Sequence[str], matched: Sequence[str]) -> None:
    values = {rule: _values(workspace, rule, matched) for rule in PLACES}
    shared = [shared_rows(own).with_columns(pl.lit(rule).alias("rule")) for rule, own in values.items()]
    found = judged(
        by_own_number(pl.concat(shared), _own_numbers(workspace, matched)),
        decided(workspace, ACROSS),
        _standing(workspace, matched),
    )
    write_frame(workspace.root / "work" / workspace.cycle, SHARED, found)
    one_number = _with_one_prison_number(values[TWICE], found.filter(rule=TWICE, is_held=False))
    for code in codes:
        if code in matched:
            out = start_stage(workspace.stage_folder(code, ACROSS))
            own = one_number.filter(company=code)
            held = _findings(workspace, code, found.filter(company=code, is_held=True))
            write_frame(out, "findings", collect([held, findings_of(own, "P08", "offender", NUMBER)]))
            write_frame(out, "left_out", own.select(*ROW, pl.lit(NUMBER).alias("column")))
            place_stage(out)


def by_own_number(shared: pl.DataFrame, numbers: pl.DataFrame) -> pl.DataFrame:
    """`shared` in the order of the companies' own numbers of the records (PROVENANCE, key): an answer may
    name the second of several, which is the same one in whatever order the company delivers them."""
    named = shared.join(numbers, on=PROVENANCE, how="left", maintain_order="left")
    return named.sort("rule", "shared", "company", "key", maintain_order=True).drop("key")


def _own_numbers(workspace: Workspace, matched: Sequence[str]) -> pl.DataFrame:
    """PROVENANCE, key of the records in PLACES; none where no company is matched."""
    found = [pl.DataFrame(schema=dict.fromkeys((*PROVENANCE, "key"), pl.String))]
    for company in matched:
        mapped = workspace.stage_folder(company, "map")
        found += [
            read_frame(mapped / export, entity).select(*PROVENANCE, pl.col("key").cast(pl.String))
            for export, entity in PLACES.values()
            if (mapped / export).is_dir()
        ]
    return pl.concat(found).unique(PROVENANCE, keep="first")


def load_order(workspace: Workspace, codes: Sequence[str]) -> list[str]:
    """`codes` as they are loaded: first who gives back what an answer gave to another company."""

    def gives_nothing(code: str) -> bool:
        found = read_findings(workspace.stage_folder(code, ACROSS))
        return found.filter(pl.col("rule").is_in(list(PLACES))).is_empty()

    return sorted(codes, key=gives_nothing)


def called_different(workspace: Workspace, company: str) -> pl.DataFrame:
    """SHARED_SCHEMA of the company's rows that an operator called different from those of the others."""
    folder = workspace.root / "work" / workspace.cycle
    if not (folder / f"{SHARED}.parquet").is_file():
        return pl.DataFrame(schema=SHARED_SCHEMA)
    answers = decided(workspace, ACROSS).filter(answer=ALL_OF_THEM)
    asked = read_frame(folder, SHARED).filter(company=company)
    return asked.join(answers.select("rule", "shared"), on=["rule", "shared"], how="semi").select(
        list(SHARED_SCHEMA)
    )


def is_matched(workspace: Workspace, company: str) -> bool:
    """Its delivery is not refused, no error stopped it before, and its persons are matched."""
    return is_through(workspace, company, "match")


def _values(workspace: Workspace, rule: str, matched: Sequence[str]) -> pl.DataFrame:
    read = _of_new_persons if rule == TWICE else _of_documents
    found = [pl.DataFrame(schema=VALUE_SCHEMA), *(read(workspace, code) for code in matched)]
    return pl.concat([*found, alike_values(workspace, matched)] if rule == TWICE else found)


def _of_new_persons(workspace: Workspace, company: str) -> pl.DataFrame:
    folder = workspace.stage_folder(company, "match")
    if not (folder / "persons.parquet").exists():
        return pl.DataFrame(schema=VALUE_SCHEMA)
    new = read_frame(folder, "persons").filter(answer=NEW_PERSON)
    persons = read_frame(workspace.stage_folder(company, "map") / "spg", "offender")
    return identifiers_of(persons.join(new.select(ROW), on=ROW, how="semi", maintain_order="left"))


def _of_documents(workspace: Workspace, company: str) -> pl.DataFrame:
    folder = workspace.stage_folder(company, "map") / "documents"
    if not folder.is_dir():
        return pl.DataFrame(schema=VALUE_SCHEMA)
    found = findings_until(workspace, company, "match")
    out = found.filter((pl.col("severity") == "set_aside") | (pl.col("rule") == "T10"))
    documents = read_frame(folder, "document").join(out.select(ROW), on=ROW, how="anti")
    return documents.select(*PROVENANCE, pl.col("alfresco_id").alias("value")).drop_nulls("value")


def _standing(workspace: Workspace, matched: Sequence[str]) -> tuple[list[str], pl.DataFrame]:
    """The companies that are loaded, and those of their rows that were held then."""
    loaded = _loaded(workspace, matched)
    found = collect([read_findings(workspace.stage_folder(code, ACROSS)) for code in loaded])
    held = found.filter(pl.col("rule").is_in(list(PLACES))).select(*PROVENANCE, "rule").unique()
    return loaded, held


def _loaded(workspace: Workspace, matched: Sequence[str]) -> list[str]:
    return [code for code in matched if read_manifest(workspace.stage_folder(code, "load")) is not None]


def judged(
    shared: pl.DataFrame, answers: pl.DataFrame, standing: tuple[list[str], pl.DataFrame]
) -> pl.DataFrame:
    """`shared` with is_held: until somebody answers, every row but one that is loaded already."""
    loaded, held_then = standing
    told = shared.join(
        answers.select("rule", "shared", "answer"), on=["rule", "shared"], how="left", maintain_order="left"
    )
    known = told.join(
        held_then.with_columns(pl.lit(True).alias("_then")),
        on=[*PROVENANCE, "rule"],
        how="left",
        maintain_order="left",
    )
    stands = pl.col("company").is_in(loaded) & pl.col("_then").is_null()
    counts = pl.col("answer").is_in([ALL_OF_THEM]) | (pl.col("answer") == pl.col("company"))
    counts |= pl.col("answer") == row_of_several()
    is_held = pl.when(pl.col("answer").is_null()).then(~stands).otherwise(~counts)
    return known.with_columns(is_held.alias("is_held")).select(*SHARED_SCHEMA, "rule", "is_held")


def row_of_several() -> pl.Expr:
    """What names one row of a company that has several in one question: its code and which of them it is, in
    the order of `by_own_number`."""
    which = pl.int_range(1, pl.len() + 1).over("rule", "shared", "company")
    return pl.format("{}:{}", "company", which)


def _with_one_prison_number(values: pl.DataFrame, free: pl.DataFrame) -> pl.DataFrame:
    """PROVENANCE of persons who are all written though they share a prison number: without it (P08)."""
    numbers = values.join(free, on=PROVENANCE, how="semi").filter(
        pl.col("value").str.starts_with(PRISON_NUMBER)
    )
    return numbers.filter(pl.col("value").is_duplicated()).select(PROVENANCE)


def _findings(workspace: Workspace, company: str, held: pl.DataFrame) -> pl.DataFrame:
    if held.is_empty():
        return no_findings()
    batch = mapped_batch(workspace, company)
    found = []
    for rule, (export, entity) in PLACES.items():
        rows = held.filter(rule=rule)
        found.append(findings_of(rows, rule, entity, LOOKED_AT[rule]))
        if rule == TWICE and rows.height:
            persons = batch.all(export, entity).join(rows.select(ROW), on=ROW, how="semi")
            found += _with_persons(batch, persons)
    return collect(found)


def _with_persons(batch: Batch, persons: pl.DataFrame) -> list[pl.DataFrame]:
    """Satellite rows of persons who are held go with them, in scope or not (X01)."""
    return [
        findings_of(rows.filter(is_of_persons(rows, persons)), "X01", entity, "crn")
        for export in batch.frames
        for entity in satellites(export)
        if not (rows := batch.all(export, entity)).is_empty()
    ]
