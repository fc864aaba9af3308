"""The part of nDelius that one company's work looks at: the nation does not fit into memory.

Whole are the entities that hang on no person (teams, staff, users, projects). Of the others it is all rows of
the persons who can matter to the company: whom it delivers or names, whose record it names a key of, who has,
or had, a manager or an order in its area, and whom one of its users alone may see. Nothing about a person is
left out, so whatever is worked out person by person comes to the same as over the nation.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from mappings.case.component_kinds import kinds
from mappings.staff.limited_access import as_login
from mappings.staff.restricted_persons import ENTITIES as ACCESS
from validators.rules.documents import OWNERS
from vocabulary.batch import Batch
from vocabulary.keys import key_words
from vocabulary.links import links, parents_first
from vocabulary.source import NDELIUS, notes

PERSON = "offender_id"

NAMED_OTHERWISE = {
    "component_id": ("requirement", "licence_condition"),
    "case_system_ref": ("upw_session",),
}
"""Words of deliveries that hold a key of nDelius under another name, to the entities it may be of."""

Scans = dict[str, pl.LazyFrame]


def scan_baseline(folder: Path, entities: Sequence[str]) -> Scans:
    """Those of `entities` as stage map left them under `folder`, unread."""
    return {entity: pl.scan_parquet(folder / NDELIUS / f"{entity}.parquet") for entity in entities}


def scan_share(nation: Scans, batch: Batch, people: Sequence[pl.DataFrame]) -> Scans:
    """Entity to the rows of `nation` that the work on `batch` looks at, in their order, unread.

    Without notes where the company records in nDelius: nothing is compared with them as values.

    Args:
        batch: the frames of map, of large ones the keys. people: what match found of its rows, with
            `person_id`.
    """
    persons = share_persons(nation, batch, people)
    left = {entity: () if batch.has_own_system else notes(entity) for entity in nation}
    return {entity: _of_persons(nation, entity, persons).drop(left[entity]) for entity in nation}


def share_persons(nation: Scans, batch: Batch, people: Sequence[pl.DataFrame]) -> pl.Series:
    """offender_id (Int64) of everybody of `nation` who can matter to the company of `batch`, once each."""
    number = pl.col("person_id").cast(pl.Int64, strict=False)  # the natural key of somebody new is none
    matched = [each.lazy().select(number.alias(PERSON)) for each in people]
    named = [rows.select(pl.col(PERSON).cast(pl.Int64)) for rows in (*matched, *_persons(nation, batch))]
    return pl.concat(named).unique().drop_nulls().collect()[PERSON]


def _persons(nation: Scans, batch: Batch) -> Iterator[pl.LazyFrame]:
    yield from _of_crns(nation, batch)
    for entity, keys in _named_keys(batch):
        wanted = pl.col(_key_word(entity)).is_in(keys.implode())
        yield _with_person(nation, entity).filter(wanted)
    yield from _of_area(nation, batch.company)
    yield from _seen_by(nation, batch.company)


def _of_crns(nation: Scans, batch: Batch) -> Iterator[pl.LazyFrame]:
    """Whose CRN a row bears, whatever became of the row."""
    for frames in batch.frames.values():
        for frame in frames.values():
            if "crn" in frame.columns:
                crns = frame["crn"].drop_nulls().unique()
                yield nation["offender"].filter(pl.col("crn").is_in(crns.implode()))


def _named_keys(batch: Batch) -> Iterator[tuple[str, pl.Series]]:
    """Entity and the keys of its rows that the delivery names, as own key, parent or otherwise."""
    entities: dict[str, tuple[str, ...]] = dict(NAMED_OTHERWISE)
    for entity in below_persons() - _managers():
        entities[_key_word(entity)] = (entity,)
    for export, frames in batch.frames.items():
        for entity, frame in frames.items():
            for word in entities.keys() & set(frame.columns):
                for named in entities[word]:
                    yield named, _numbers(frame[word])
            if export == NDELIUS and entity in _managers():
                yield entity, _numbers(frame[_key_word(entity)])
    if batch.has("documents"):
        documents = batch.all("documents", "document")
        for table, (owner, _) in OWNERS.items():
            yield owner, _numbers(documents.filter(pl.col("owner_table") == table)["owner_id"])


def _of_area(nation: Scans, company: str) -> Iterator[pl.LazyFrame]:
    """Who has, or had, a manager in the area, or an order of one of its teams."""
    for kind in kinds():
        own = nation[kind.manager].filter(pl.col("area") == company).select(pl.col(kind.manager_word))
        yield nation[kind.entity].join(own, left_on=kind.word, right_on=kind.manager_word, how="semi")
    yield nation["upw_order"].filter(pl.col("team").str.starts_with(company))


def _seen_by(nation: Scans, company: str) -> Iterator[pl.LazyFrame]:
    """Whom a restriction or exclusion names a user of the area for."""
    staff = nation["staff"].filter(pl.col("area") == company).select("staff_id")
    users = (
        nation["user"].join(staff, on="staff_id", how="semi").select(as_login(pl.col("user")).alias("user"))
    )
    for entity in ACCESS:
        yield (
            nation[entity]
            .with_columns(as_login(pl.col("user")).alias("user"))
            .join(users, on="user", how="semi")
        )


def _of_persons(nation: Scans, entity: str, persons: pl.Series) -> pl.LazyFrame:
    if entity not in below_persons():
        return nation[entity]
    if _has_person(nation, entity):
        return nation[entity].filter(pl.col(PERSON).is_in(persons.implode()))
    theirs = _with_person(nation, entity).filter(pl.col(PERSON).is_in(persons.implode()))
    own = theirs.select(_key_word(entity))
    return nation[entity].join(own, on=_key_word(entity), how="semi", maintain_order="left")


def persons_of_rows(nation: Scans, entity: str) -> pl.LazyFrame:
    """source_file, source_row, PERSON of every row of `entity`: its own, or of a row which it names."""
    row = ["source_file", "source_row"]
    if _has_person(nation, entity):
        return nation[entity].select(*row, PERSON)
    word = _key_word(entity)
    named = nation[entity].select(*row, word).join(_with_person(nation, entity), on=word, how="left")
    return named.select(*row, PERSON)


def _with_person(nation: Scans, entity: str) -> pl.LazyFrame:
    """The key of each row and PERSON, its own or that of a row which it names."""
    word = _key_word(entity)
    if _has_person(nation, entity):
        return nation[entity].select(list(dict.fromkeys([word, PERSON])))
    return pl.concat(
        nation[entity]
        .select(word, link.word)
        .join(
            _with_person(nation, link.parent),
            left_on=link.word,
            right_on=link.parent_word,
            how="inner",
        )
        .select(word, PERSON)
        for link in links(NDELIUS)[entity]
    )


def _has_person(nation: Scans, entity: str) -> bool:
    return PERSON in nation[entity].collect_schema()


def below_persons() -> set[str]:
    """The person and every entity that hangs on it."""
    found = {"offender"}
    for entity in parents_first(NDELIUS):
        if any(link.parent in found for link in links(NDELIUS).get(entity, ())):
            found.add(entity)
    return found


def _managers() -> set[str]:
    """Entities whose keys are all called manager_id."""
    return {kind.manager for kind in kinds()}


def _key_word(entity: str) -> str:
    return key_words(NDELIUS, entity)[0]


def _numbers(keys: pl.Series) -> pl.Series:
    """The keys of nDelius; the natural key of what is new is none."""
    return keys.cast(pl.Int64, strict=False).drop_nulls().unique()
