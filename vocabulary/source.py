"""The shared source words: where extractors and mappings meet (vocabulary.fields)."""

import re
from dataclasses import dataclass
from functools import cache

from vocabulary.fields import export_fields
from vocabulary.resources import text_table

NDELIUS, OWN_SYSTEM = "delius", "spg"
"""nDelius, its baseline or a company's extract of it; and a company's own case system."""

CASE_SYSTEMS = (NDELIUS, OWN_SYSTEM)
"""The exports that hold the cases; every other one is a satellite."""


NOTE_LENGTH = 1000
"""From this length on a text is what somebody wrote down, not a name or a code."""


@dataclass(frozen=True)
class Word:
    """One column of one part (table, record, sheet or file) of an export, under its shared name.

    `type` is as the data supply agreement writes it: `char(7)`, `text(35)`, `id`, `int`, `minutes`, `unit`,
    `date`, `isodate`, `datetime`, `time`, `hh:mm`, `flag01`, `flagYN`, `flagYNU`, `percent`, `code:<list>`...
    """

    export: str
    part: str
    entity: str
    name: str
    type: str
    is_required: bool
    meaning: str
    is_closing: bool = False
    """A closing date: it decides whether the row is live. An expected end is none."""

    @property
    def is_birth_date(self) -> bool:
        """True for a date of birth, which may lie further back than any other date."""
        return self.name == "date_of_birth"

    @property
    def is_note(self) -> bool:
        """True for text of such a length that it holds notes."""
        size = re.fullmatch(r"text\((\d+)\)", self.type)
        return size is not None and int(size[1]) >= NOTE_LENGTH

    @property
    def code_list(self) -> str | None:
        """The code list of a coded word, else None."""
        return self.type.removeprefix("code:") if self.type.startswith("code:") else None


@cache
def error_values() -> frozenset[str]:
    """What a cell of a workbook shows when its formula failed, in capitals: never a value, never a blank."""
    return frozenset(text_table("vocabulary", "error_values.csv")["value"].str.to_uppercase())


@cache
def source_words(export: str) -> dict[str, tuple[Word, ...]]:
    """The words of every entity of `export`, in the order of the specification."""
    words: dict[str, list[Word]] = {}
    for row in export_fields(export).iter_rows(named=True):
        word = Word(
            export=export,
            part=row["part"],
            entity=row["entity"],
            name=row["field"],
            type=row["type"],
            is_required=row["required"] == "Y",
            meaning=row["meaning"] or "",
            is_closing=row["closing"] == "Y",
        )
        words.setdefault(word.entity, []).append(word)
    return {entity: tuple(found) for entity, found in words.items()}


def parts(export: str) -> dict[str, str]:
    """Part (table, record, sheet or file as the specification names it) to entity."""
    return {words[0].part: entity for entity, words in source_words(export).items()}


@cache
def notes(entity: str) -> tuple[str, ...]:
    """Words of an entity of nDelius that hold free text of any length: by far the most of its bytes."""
    return tuple(word.name for word in source_words(NDELIUS)[entity] if word.is_note)


def ndelius_tables() -> dict[str, str]:
    """Tables of nDelius that the baseline holds to entity."""
    return parts(NDELIUS)


def satellites(export: str) -> tuple[str, ...]:
    """The entities of a satellite export that name their person by CRN (matching.md)."""
    if export in CASE_SYSTEMS:
        return ()
    return tuple(
        entity for entity, words in source_words(export).items() if any(word.name == "crn" for word in words)
    )
