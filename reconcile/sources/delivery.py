"""What a company delivered, as extract read it, and what became of each row: the sources' side of every
proof.

Values are the text of the file. Whoever needs a date or a code reads it with reconcile.sources.reading,
never with what map made of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from reconcile.sources.reading import scan_blank_as_null
from reconcile.sources.text_frames import TextFrames, scan_of
from vocabulary.batch import CARRIED, SET_ASIDE
from vocabulary.links import parents_first
from vocabulary.source import source_words

ROW = ["source_file", "source_row"]
PLACE = ["export", *ROW]
NEW, PERSON = "is_new_person", "person_id"
Frames = Mapping[str, pl.DataFrame]
TextOf = Callable[[str, str], pl.LazyFrame]


@dataclass(frozen=True)
class Delivery:
    """One company's delivery.

    `frames`: export to entity to rows: the text of every word (blank as null), provenance, `row_outcome`, and
    where rows are matched `person_id` (nDelius's key as text; null of a new person, whose rows bear
    `person_ref`). `findings`: of all stages. `decided`: answers by kind (vocabulary.decisions). `assign_min`:
    the share of working time that decides a function, in per cent. `called_different`: the company's rows of
    questions across companies that were answered with `all` (reconcile.proofs.across.CALLED_DIFFERENT).
    """

    company: str
    cycle: str
    frames: dict[str, Frames]
    findings: pl.DataFrame
    decided: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    staff_answers: pl.DataFrame = field(default_factory=pl.DataFrame)
    assign_min: str = "50"
    called_different: pl.DataFrame = field(
        default_factory=lambda: pl.DataFrame(schema=dict.fromkeys(("company", *PLACE, "shared"), pl.String))
    )

    def has(self, export: str) -> bool:
        """True when the company delivered `export`."""
        return export in self.frames

    @property
    def case_export(self) -> str:
        """The export that holds the cases."""
        return "spg" if self.has("spg") else "delius"

    def all(self, export: str, entity: str) -> pl.DataFrame:
        """Every row of the entity, whatever its outcome."""
        return self.frames[export][entity]

    def scan(self, export: str, entity: str) -> pl.LazyFrame:
        """The same, unread where it is not kept: for whoever needs some columns of it."""
        return scan_of(self.frames[export], entity)

    def carried(self, export: str, entity: str) -> pl.DataFrame:
        """The carried rows of the entity; none where the company did not deliver the export."""
        if not self.has(export):
            return pl.DataFrame(
                schema=dict.fromkeys([*PLACE, *(w.name for w in source_words(export)[entity])], pl.String)
            )
        return self.all(export, entity).filter(pl.col("row_outcome") == CARRIED)

    def in_memory(self) -> "Delivery":
        """The same, with everything read that is read when it is asked for."""
        frames = {
            export: own.whole() if isinstance(own, TextFrames) else own for export, own in self.frames.items()
        }
        return replace(self, frames=frames)

    def set_aside(self) -> pl.DataFrame:
        """`export`, ROW and `rule` of rows set aside, once each: what may explain a difference."""
        named = self.findings.filter(pl.col("severity").is_in([SET_ASIDE, "block"]))
        return named.select(*PLACE, "entity", "rule").unique(maintain_order=True)


def own_key(entity: str) -> pl.Expr:
    """The key of a row of the provider extract in nDelius; of a membership its parts, as the target names
    it."""
    if entity == "staff_team":
        return pl.concat_str("staff_id", "team_id", separator=":")
    return pl.col("manager_id" if entity.endswith("_manager") else f"{entity}_id")


def read_frames(
    text_of: TextOf, exports: list[str], outcomes: Mapping[str, Frames], people: Mapping[str, Frames]
) -> dict[str, Frames]:
    """The text frames of `exports`, with outcomes and persons beside each row.

    Args:
        text_of: gives the rows of an export's entity as they were delivered.
        outcomes: export to entity to ROW and `row_outcome`.
        people: export to entity to ROW and `person_id`; of spg, entity `offender` also `person_ref` and
            `is_new_person`.
    """
    found: dict[str, Frames] = {}
    for export in exports:
        scans: dict[str, pl.LazyFrame] = {}
        for entity in parents_first(export):
            text = scan_blank_as_null(text_of(export, entity), export, entity)
            placed = text.join(outcomes[export][entity].lazy(), on=ROW, how="left", maintain_order="left")
            if (matched := people.get(export, {}).get(entity)) is not None:
                placed = placed.join(matched.lazy(), on=ROW, how="left", maintain_order="left")
            scans[entity] = placed
        found[export] = TextFrames(_with_persons(scans) if export == "spg" else scans)
    return found


def _with_persons(scans: dict[str, pl.LazyFrame]) -> dict[str, pl.LazyFrame]:
    """Every record has the person that its company number stands for; of a new one the key is null."""
    persons = scans["offender"].select("person_ref", PERSON, NEW).drop_nulls("person_ref")
    by_ref = persons.unique("person_ref", keep="first", maintain_order=True).collect().lazy()
    return {
        entity: scan
        if entity == "offender"
        else scan.join(by_ref, on="person_ref", how="left", maintain_order="left")
        for entity, scan in scans.items()
    }
