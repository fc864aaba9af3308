"""New persons of the matched companies who look like one, as values that only one row may have (M09)."""

import hashlib
from collections.abc import Sequence

import polars as pl

from matching.across import ALIKE, HASHED, VALUE_SCHEMA
from matching.cascade import NEW_PERSON
from matching.linkage.alike import alike
from matching.linkage.people import ID, PERSON_SCHEMA, POSTCODE_SCHEMA, SENTENCE_SCHEMA, People
from pipeline.stages.weigh import persons_of
from pipeline.storage.store import read_frame
from pipeline.workspace import Workspace
from vocabulary.companies import BASELINE_COMPANY
from vocabulary.findings import PROVENANCE
from vocabulary.source import NDELIUS

ROW = ["source_file", "source_row"]
SAID = ("surname", "first_name", "second_name", "date_of_birth", "pnc", "cro", "noms")


def alike_values(workspace: Workspace, matched: Sequence[str]) -> pl.DataFrame:
    """VALUE_SCHEMA: both rows of every pair bear one value, a hash of what the two say."""
    persons, homes, sentences = _everybody(workspace, matched)
    people = People(persons.select(list(PERSON_SCHEMA)), homes.lazy(), sentences.lazy())
    pairs = alike(people, lambda: _nation(workspace))
    if pairs.is_empty():
        return pl.DataFrame(schema=VALUE_SCHEMA)
    said = dict(zip(persons[ID], persons.select(SAID).rows(), strict=True))
    named = [(row, other, _name(said[row], said[other])) for row, other in pairs.iter_rows()]
    values = [(number, value) for row, other, value in named for number in (row, other)]
    found = pl.DataFrame(values, schema={ID: pl.Int64, "value": pl.String}, orient="row").unique()
    return (
        persons.select(ID, *PROVENANCE).join(found, on=ID, maintain_order="left").select(list(VALUE_SCHEMA))
    )


def _everybody(
    workspace: Workspace, matched: Sequence[str]
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """The new persons of all companies, numbered through, with their postcodes and sentences."""
    persons = [pl.DataFrame(schema={**PERSON_SCHEMA, **dict.fromkeys(PROVENANCE, pl.String)})]
    homes, sentences = [pl.DataFrame(schema=POSTCODE_SCHEMA)], [pl.DataFrame(schema=SENTENCE_SCHEMA)]
    count = 0
    for company in matched:
        folder = workspace.stage_folder(company, "match")
        if not (folder / "persons.parquet").exists():
            continue
        new = read_frame(folder, "persons").filter(answer=NEW_PERSON)
        mapped = workspace.stage_folder(company, "map") / "spg"
        rows = read_frame(mapped, "offender").join(new.select(ROW), on=ROW, how="semi", maintain_order="left")
        rows = rows.with_columns(pl.int_range(count, count + pl.len(), dtype=pl.Int64).alias(ID))
        count += rows.height
        named = rows.select(ID, "person_ref").drop_nulls()
        persons.append(persons_of(rows, *PROVENANCE))
        homes.append(read_frame(mapped, "address").join(named, on="person_ref").select(list(POSTCODE_SCHEMA)))
        days = read_frame(mapped, "event").join(named, on="person_ref")
        sentences.append(days.select(list(SENTENCE_SCHEMA)))
    return pl.concat(persons, how="diagonal"), pl.concat(homes), pl.concat(sentences)


def _nation(workspace: Workspace) -> pl.DataFrame:
    folder = workspace.stage_folder(BASELINE_COMPANY, "map") / NDELIUS
    live = read_frame(folder, "offender").filter(~pl.col("is_deleted").fill_null(False))
    return persons_of(live.with_columns(pl.col("offender_id").alias(ID)))


def _name(one: tuple[object, ...], other: tuple[object, ...]) -> str:
    texts = sorted("\n".join("" if word is None else str(word) for word in said) for said in (one, other))
    return f"{ALIKE}{hashlib.sha256(chr(0).join(texts).encode()).hexdigest()[:HASHED]}"
