"""A delivered person beside each person of nDelius whom the row may be: thing by thing, with weights."""

from collections.abc import Iterator

import polars as pl

from reports.decisions.question import Compared

WORDS = {
    "names": ("surname", "first_name"),
    "second name": ("second_name",),
    "date of birth": ("date_of_birth",),
    "postcode": (),
    "PNC, CRO and prison number": ("pnc_number", "cro_number", "noms_number"),
    "sentence dates": (),
}
"""What is compared, and the words of a person that it stands on; of addresses and sentences none is shown."""

ROW = ["source_file", "source_row"]
NOT_KNOWN, SAME, OTHER = "not known", "the same", "another"


def side_by_side(
    lines: pl.DataFrame, delivered: pl.DataFrame, known: pl.DataFrame, weighed: pl.DataFrame
) -> tuple[Compared, ...]:
    """Every person named in `lines` (matching.cascade.HELD_SCHEMA, one question), best first.

    Args:
        delivered: rows of the question's entity. known: persons of nDelius. weighed:
            matching.cascade.COMPARED_SCHEMA.
    """
    place = lines.select(ROW).head(1)
    row = delivered.join(place, on=ROW, how="semi")
    own = weighed.join(place, on=ROW, how="semi")
    persons = lines.drop_nulls("offender_id")["offender_id"].unique(maintain_order=True)
    told: list[Compared] = []
    for person in persons:
        theirs = known.filter(pl.col("offender_id") == person)
        said = own.filter(pl.col("offender_id") == person).select("what", "says", "bits").rows_by_key("what")
        told += _compared(str(person), row, theirs, said)
    return tuple(told)


def _compared(
    answer: str, row: pl.DataFrame, theirs: pl.DataFrame, said: dict[str, list[tuple[str, float]]]
) -> Iterator[Compared]:
    for what, words in WORDS.items():
        values = _values(row, words), _values(theirs, words)
        if what in said:
            says, bits = said[what][0]
            yield Compared(answer, what, says, None if says == NOT_KNOWN else bits, *values)
        elif words:
            yield Compared(answer, what, _plainly(*values), None, *values)


def _values(rows: pl.DataFrame, words: tuple[str, ...]) -> str:
    """What the first of `rows` gives of `words`."""
    there = [pl.col(word).cast(pl.String) for word in words if word in rows.columns]
    if not there or rows.is_empty():
        return ""
    return " ".join(value for value in rows.select(there).row(0) if value)


def _plainly(delivered: str, known: str) -> str:
    if not (delivered and known):
        return NOT_KNOWN
    return SAME if delivered.casefold() == known.casefold() else OTHER
