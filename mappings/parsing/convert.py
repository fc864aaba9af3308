"""Turns the text frame of one entity into typed, coded columns; what cannot be understood is a finding.

A frame may be the rows of an entity or a block of them: nothing here looks from one row to another.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import polars as pl

from mappings.parsing.code_lists import Code, CodeList
from mappings.parsing.coded_columns import NOTHING_WAITS, join_counted, unknown_codes, waiting_codes
from mappings.parsing.decided_codes import NOTHING_DECIDED, DecidedCodes
from mappings.parsing.failures import (
    NOTHING_LEFT_OUT,
    ROW,
    Failed,
    evaluate,
    join_failed,
    judged_rows,
)
from mappings.parsing.known_codes import NOTHING_KNOWN, KnownCodes, with_known
from mappings.parsing.nested_fields import folded, member_lists, members, plain_words
from mappings.parsing.reading import Reading, reading_of
from vocabulary.dialects import Dialect, dialect
from vocabulary.findings import collect
from vocabulary.source import Word, source_words
from vocabulary.stacking import stack

NO_ROWS = pl.DataFrame(schema=dict.fromkeys(ROW, pl.String))
"""source_file, source_row of no row."""


@dataclass(frozen=True)
class Converted:
    """One entity, typed.

    `frame`: the rows and provenance of the text frame; id, int, minutes and unit as Int64; decimal, money and
    percent as Decimal; dates, times and flags as such; text without padding, blank as null; a coded word `w`
    with its target code in `w_target`; the members of a list as structs (mappings.parsing.nested_fields).
    `findings`: T04, T05, T06, T12, T13 and Q01 to Q04. Q05 is per company: `coded_columns.waiting_findings`.
    `left_out`: `source_file, source_row, column` of values that were delivered and are not carried.
    `waiting`: codes that wait for a decision, in `coded_columns.WAITING_SCHEMA`; `unknown`: codes that no
    list has, in the same form.
    """

    frame: pl.DataFrame
    findings: pl.DataFrame
    left_out: pl.DataFrame
    waiting: pl.DataFrame
    unknown: pl.DataFrame


@dataclass(frozen=True)
class Block:
    """A block of rows of one entity, typed: `Converted.frame` and what was found, to be put together.

    `failed`, `unknown`: of the rows, then of the members of each of their lists.
    """

    frame: pl.DataFrame
    failed: tuple[Failed, ...]
    unknown: tuple[pl.DataFrame, ...]
    waiting: pl.DataFrame

    @property
    def aside(self) -> pl.DataFrame:
        """source_file, source_row of the rows that are set aside."""
        frames = [frame for failed in self.failed for frame in failed.frames]
        return stack(
            (frame.filter(pl.col("severity") == "set_aside").select(ROW) for frame in frames), NO_ROWS
        )


def convert(
    text: pl.DataFrame,
    export: str,
    entity: str,
    company: str,
    skip: pl.DataFrame | None = None,
    decided: DecidedCodes = NOTHING_DECIDED,
    known: KnownCodes = NOTHING_KNOWN,
) -> Converted:
    """Converts the text frame of `entity` as `company` writes `export`.

    `skip`: `source_file, source_row` of rows already set aside at extract; they stay in the frame, unjudged.
    `decided`: answers about codes, which count before the lists. `known`: codes of nDelius beside the lists.

    Raises:
        ConfigError: a type, unit, code list or dialect of our own files is not known.
    """
    block = convert_block(text, export, entity, company, skip, decided, known)
    findings, left_out, waiting, unknown = join_blocks([block], export, entity)
    return Converted(block.frame, findings, left_out, waiting, unknown)


def convert_block(
    text: pl.DataFrame,
    export: str,
    entity: str,
    company: str,
    skip: pl.DataFrame | None = None,
    decided: DecidedCodes = NOTHING_DECIDED,
    known: KnownCodes = NOTHING_KNOWN,
) -> Block:
    """`convert` of one block of rows."""
    words, style = source_words(export)[entity], dialect(export, company)
    if text.is_empty():
        return _without_rows(words, style, tuple(text.schema.items()))
    return _convert(text, words, style, _code_lists(words, company, decided, known), skip)


def join_blocks(
    blocks: Sequence[Block], export: str, entity: str
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Findings, left_out, waiting and unknown of `Converted`, of blocks of rows that follow each other."""
    words = source_words(export)[entity]
    failed = [join_failed(pieces) for pieces in zip(*(block.failed for block in blocks), strict=True)]
    unknown = [
        join_counted(pieces, words) for pieces in zip(*(block.unknown for block in blocks), strict=True)
    ]
    return (
        collect([piece.findings for piece in failed]),
        stack((piece.left_out for piece in failed), NOTHING_LEFT_OUT),
        join_counted([block.waiting for block in blocks], words),
        stack(unknown, NOTHING_WAITS),
    )


def typed_frame(
    text: pl.DataFrame, export: str, entity: str, company: str, decided: DecidedCodes, known: KnownCodes
) -> pl.DataFrame:
    """`Converted.frame` alone, of rows that nobody judges. Raises as `convert` does."""
    words, style = source_words(export)[entity], dialect(export, company)
    if text.is_empty():
        return _without_rows(words, style, tuple(text.schema.items())).frame
    codes = _code_lists(words, company, decided, known)
    return _together(
        {
            name: _typed(piece, (reading := reading_of(own, style, codes)), reading.read(piece))
            for name, (piece, own) in _pieces(text, words).items()
        }
    )


@cache
def _without_rows(
    words: tuple[Word, ...], style: Dialect, schema: tuple[tuple[str, pl.DataType], ...]
) -> Block:
    """What a text frame of this schema becomes that has no row: the same for every company of the dialect."""
    any_code = Code("-", "", "current", "mapped", "", "-")  # of its list a column does not take its type
    codes = {word.name: CodeList("", (any_code,)) for word in words if word.code_list}
    return _convert(pl.DataFrame(schema=dict(schema)), words, style, codes, None)


def _convert(
    text: pl.DataFrame,
    words: tuple[Word, ...],
    style: Dialect,
    codes: dict[str, CodeList],
    skip: pl.DataFrame | None,
) -> Block:
    frames, failed, unknown, waits = dict[str, pl.DataFrame](), list[Failed](), list[pl.DataFrame](), []
    for name, (piece, own) in _pieces(text, words).items():
        reading = reading_of(own, style, codes)
        read = reading.read(piece)
        is_judged = judged_rows(piece, skip)
        failures = reading.possible_failures(read)
        complete = reading.with_all_columns(read) if failures else read
        failed.append(evaluate(complete, failures, own[0].entity, pl.lit(is_judged)))
        unknown.append(unknown_codes(read, reading.with_odd_codes(read), codes, is_judged))
        frames[name] = _typed(piece, reading, read)
        if not name:
            waits = reading.with_waiting_codes(read)
    block = Block(_together(frames), tuple(failed), tuple(unknown), NOTHING_WAITS)
    if not waits:
        return block
    aside = block.aside if skip is None else stack([skip.select(ROW), block.aside], NO_ROWS)
    return replace(block, waiting=waiting_codes(block.frame, waits, codes, aside))


def _typed(text: pl.DataFrame, reading: Reading, read: pl.DataFrame) -> pl.DataFrame:
    names = {word.name for word in reading.words}
    return read.select(*(name for name in text.columns if name not in names), *reading.columns(read))


def _pieces(text: pl.DataFrame, words: tuple[Word, ...]) -> dict[str, tuple[pl.DataFrame, tuple[Word, ...]]]:
    """The rows of the entity under a blank name, and the members of each of its lists, with their words."""
    lists = member_lists(words)
    in_lists = {word.name for own in lists.values() for word in own}
    whole = text.drop(in_lists) if in_lists else text
    return {"": (whole, plain_words(words))} | {
        name: (members(text, own), own) for name, own in lists.items()
    }


def _together(frames: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """The rows with the members of their lists."""
    whole = frames[""]
    for name, of_list in frames.items():
        whole = folded(whole, of_list, name) if name else whole
    return whole


def _code_lists(
    words: Sequence[Word], company: str, decided: DecidedCodes, known: KnownCodes
) -> dict[str, CodeList]:
    """The code list of each coded word."""
    return {
        word.name: with_known(decided.code_list(word.code_list, word.export, company), word, known)
        for word in words
        if word.code_list
    }
