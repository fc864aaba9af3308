"""Turns the text frame of one entity into typed, coded columns; what cannot be understood is a finding."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import polars as pl

from mappings.parsing.blanks import blank_to_null
from mappings.parsing.code_lists import Code, CodeList
from mappings.parsing.coded_columns import code_failures, targets, unknown_codes, waiting_codes
from mappings.parsing.decided_codes import NOTHING_DECIDED, DecidedCodes
from mappings.parsing.failures import Failure, evaluate, judged_rows
from mappings.parsing.known_codes import NOTHING_KNOWN, KnownCodes, with_known
from mappings.parsing.nested_fields import folded, member_lists, members, plain_words
from mappings.parsing.other_forms import other_form
from mappings.parsing.required_values import (
    depends_on_outcome,
    is_attendance,
    is_judged_as_written,
    missing_alternatives,
    required,
)
from mappings.parsing.typed import typed
from vocabulary.dialects import Dialect, dialect
from vocabulary.findings import collect
from vocabulary.source import Word, source_words


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
    words, style = source_words(export)[entity], dialect(export, company)
    codes = _code_lists(words, company, decided, known)
    if text.is_empty():
        return _without_rows(words, style, tuple(text.schema.items()))
    return _convert(text, words, style, codes, skip)


def typed_frame(
    text: pl.DataFrame, export: str, entity: str, company: str, decided: DecidedCodes, known: KnownCodes
) -> pl.DataFrame:
    """`Converted.frame` alone, of rows that nobody judges. Raises as `convert` does."""
    words, style = source_words(export)[entity], dialect(export, company)
    if text.is_empty():
        return _without_rows(words, style, tuple(text.schema.items())).frame
    codes = _code_lists(words, company, decided, known)
    pieces = _pieces(text, words)
    return _together(
        {
            name: _typed(piece, _read(piece, own, style, codes), own, style, codes)
            for name, (piece, own) in pieces.items()
        }
    )


@cache
def _without_rows(
    words: tuple[Word, ...], style: Dialect, schema: tuple[tuple[str, pl.DataType], ...]
) -> Converted:
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
) -> Converted:
    pieces = {
        name: _convert_piece(piece, own, style, codes, judged_rows(piece, skip))
        for name, (piece, own) in _pieces(text, words).items()
    }
    found = list(pieces.values())
    frame = _together({name: piece.frame for name, piece in pieces.items()})
    findings = collect([piece.findings for piece in found])
    waiting = waiting_codes(frame, plain_words(words), codes, skip, findings)
    left_out, unknown = (
        pl.concat([piece.left_out for piece in found]),
        pl.concat([piece.unknown for piece in found]),
    )
    return Converted(frame, findings, left_out, waiting, unknown)


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


@dataclass(frozen=True)
class _Piece:
    """The rows of one entity, or the members of one list, typed."""

    frame: pl.DataFrame
    findings: pl.DataFrame
    left_out: pl.DataFrame
    unknown: pl.DataFrame


def _convert_piece(
    text: pl.DataFrame,
    words: tuple[Word, ...],
    style: Dialect,
    codes: dict[str, CodeList],
    is_judged: pl.Series,
) -> _Piece:
    read = _read(text, words, style, codes)
    failed = evaluate(read, _failures(words, style, codes), words[0].entity, pl.lit(is_judged))
    unknown = unknown_codes(read, words, codes, is_judged)
    frame = _typed(text, read, words, style, codes)
    return _Piece(frame, failed.findings, failed.left_out, unknown)


def _typed(
    text: pl.DataFrame,
    read: pl.DataFrame,
    words: tuple[Word, ...],
    style: Dialect,
    codes: dict[str, CodeList],
) -> pl.DataFrame:
    names = {word.name for word in words}
    return read.select(
        *(name for name in text.columns if name not in names),
        *(column for word in words for column in _columns(word, style, codes)),
    )


def _code_lists(
    words: Sequence[Word], company: str, decided: DecidedCodes, known: KnownCodes
) -> dict[str, CodeList]:
    """The code list of each coded word."""
    return {
        word.name: with_known(decided.code_list(word.code_list, word.export, company), word, known)
        for word in words
        if word.code_list
    }


def _read(
    text: pl.DataFrame, words: tuple[Word, ...], style: Dialect, lists: dict[str, CodeList]
) -> pl.DataFrame:
    """The text frame without blanks, and beside each word how it is read: `_as`, `_other` or `_target`."""
    plain = [word for word in words if word.name not in lists]
    system = [] if "date_system" in text.columns else [pl.lit("1900").alias("date_system")]
    others = [(word.name, other_form(word, style)) for word in plain]
    return text.with_columns(*(blank_to_null(word) for word in words), *system).with_columns(
        *(typed(word, style).alias(f"{word.name}_as") for word in plain),
        *(other.alias(f"{name}_other") for name, other in others if other is not None),
        *(targets(word, lists[word.name])[1] for word in words if word.name in lists),
        *(is_attendance(lists["outcome"]) for word in words if depends_on_outcome(word)),
    )


def _columns(word: Word, style: Dialect, lists: dict[str, CodeList]) -> list[pl.Expr]:
    """The columns of `word` in the typed frame."""
    if word.name in lists:
        return targets(word, lists[word.name])
    value = pl.col(f"{word.name}_as")
    if other_form(word, style) is not None:
        value = pl.coalesce(value, pl.col(f"{word.name}_other"))
    if is_judged_as_written(word):
        value = pl.col(word.name)
    if depends_on_outcome(word):
        value = pl.when(required(word)).then(value).otherwise(value.fill_null(0))
    return [value.alias(word.name)]


def _failures(words: tuple[Word, ...], style: Dialect, lists: dict[str, CodeList]) -> list[Failure]:
    failures = missing_alternatives(words)
    for word in words:
        failures.append(Failure("T04", word.name, pl.col(word.name).is_null() & required(word)))
        if word.name in lists:
            failures += code_failures(word, lists[word.name])
        else:
            failures += _type_failures(word, other_form(word, style) is not None)
    return failures


def _type_failures(word: Word, takes_others: bool) -> list[Failure]:
    """T05, T06, T12 and T13 of one plain word."""
    is_unreadable = pl.col(word.name).is_not_null() & pl.col(f"{word.name}_as").is_null()
    failures = []
    if takes_others:
        is_read = pl.col(f"{word.name}_other").is_not_null()
        failures.append(Failure("T12", word.name, is_unreadable & is_read))
        is_unreadable = is_unreadable & ~is_read
    if word.is_closing:
        return [*failures, Failure("T13", word.name, is_unreadable)]
    failures.append(Failure("T05", word.name, is_unreadable & required(word)))
    failures.append(Failure("T06", word.name, is_unreadable & ~required(word), leaves_out=True))
    return failures
