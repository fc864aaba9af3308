"""The interchanges of a gateway company while they are written: drawn messages, and those of frames."""

from collections.abc import Iterator

import polars as pl

from samples.bulk.folder import Folder
from samples.bulk.messages import PIECES
from samples.delivery import SentFile
from samples.references import PREFIXES
from samples.spg_files import MOST_MESSAGES, file_name, ordered_counts, totals_of
from samples.spg_text import REFERENCE, interchange, message_texts
from samples.world import Row

PLACES = {record: place for place, record in enumerate(PREFIXES)}
"""Record to its place among the records of a person."""
CREDITED = "upw_minutes_credited"


class Interchanges:
    """Writes interchanges of at most so many messages; a person is never cut across two."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._number = 0

    def add(self, rows: list[Row], more: list[pl.DataFrame]) -> None:
        """Write the messages `rows` of some persons, and among them what the frames `more` have of these."""
        drawn = _drawn(self._folder.company, rows)
        order = drawn.select("person").unique(maintain_order=True).with_row_index("whose")
        every = pl.concat([drawn, *more], how="diagonal").join(order, on="person", how="inner")
        place = pl.col("record").replace_strict(PLACES, return_dtype=pl.Int64)
        every = every.with_row_index("drawn").sort("whose", place, "drawn")
        people = dict(every.group_by("whose", maintain_order=True).len().iter_rows())
        by_person: dict[int, list[Row]] = {}
        for row in rows:
            by_person.setdefault(row["sent_with"], []).append(row)
        persons = order["person"].to_list()
        for first, last in _cut(people):
            own = [row for whose in range(first, last) for row in by_person[persons[whose]]]
            self._write(every.filter(pl.col("whose").is_between(first, last - 1)), own)

    def add_file(self, file: SentFile) -> None:
        """Write an interchange that is whole already, one of the first of the company."""
        self._folder.add_whole(file)
        self._number += 1

    def _write(self, messages: pl.DataFrame, drawn: list[Row]) -> None:
        self._number += 1
        company = self._folder.company
        reference = pl.int_range(1, pl.len() + 1).cast(pl.String)
        before, between, after = (pl.col(piece) for piece in PIECES)
        text = messages.select(pl.concat_str(before, reference, between, reference, after)).to_series()
        totals = totals_of(drawn)
        totals[CREDITED] = int(totals[CREDITED]) + int(messages["credited"].sum())
        self._folder.add_whole(
            SentFile(
                name=file_name(company, self._number),
                export="spg",
                content=interchange(company, self._number, messages.height, "".join(text)),
                encoding="utf-8",
                rows=messages.height,
                totals=totals,
                rows_by_part=ordered_counts(dict(messages["record"].value_counts().iter_rows())),
            )
        )


def _drawn(company: str, rows: list[Row]) -> pl.DataFrame:
    """The drawn messages as a frame: person, record and PIECES. What they credit is counted from the rows."""
    pieces = [text.split(REFERENCE) for text in message_texts(company, rows)]
    lines = [(row["sent_with"], row["record"], *piece, 0) for row, piece in zip(rows, pieces, strict=True)]
    words = dict.fromkeys(("record", *PIECES), pl.String)
    return pl.DataFrame(lines, schema={"person": pl.Int64, **words, "credited": pl.Int64}, orient="row")


def _cut(people: dict[int, int]) -> Iterator[tuple[int, int]]:
    """First and last but one of the persons of each file; `people` are their messages in order."""
    first, held = 0, 0
    for whose, count in people.items():
        if held + count > MOST_MESSAGES:
            yield first, whose
            first, held = whose, 0
        held += count
    if held:
        yield first, len(people)
