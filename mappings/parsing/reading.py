"""How the words of one entity are read, as expressions that are made once for many blocks and companies.

Optimistic, then exact: nearly every column of nearly every block is in order. What may not be is told by
counting (a text that its type does not read, a code that is not a plain one); only those columns go through
placeholders, other forms and the conditions of the rules.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from mappings.parsing.blanks import any_is_odd, blank_to_null, empty_to_null, without_padding
from mappings.parsing.code_lists import CodeList
from mappings.parsing.coded_columns import any_is_odd_code, any_waits, code_failures, targets
from mappings.parsing.failures import Failure
from mappings.parsing.other_forms import other_form
from mappings.parsing.required_values import (
    depends_on_outcome,
    is_attendance,
    is_judged_as_written,
    may_be_required,
    missing_alternatives,
    required,
)
from mappings.parsing.typed import is_text, typed
from vocabulary.dialects import Dialect
from vocabulary.source import Word

AS, OTHER, TARGET, ODD, WAITS = "_as", "_other", "_target", "_odd", "_waits"
"""After the name of a word: it as its type, as its type from another form, its target code; whether any
of its texts or codes is odd, or any of its codes waits for a decision: one boolean for all rows."""

FEW_ROWS = 5_000

Condition = Callable[[pl.DataFrame], bool]
"""Whether a failure can be in a frame that was read at all."""


@dataclass(frozen=True, eq=False)
class Reading:
    """The words of a frame that were read in one dialect with one set of code lists.

    `forms` reads what has no padding and no blanks; `exact` has for each plain word what it takes where any
    of its texts is odd. `failures`: every condition of a rule, by its number, and when it can be.
    """

    words: tuple[Word, ...]
    style: Dialect
    lists: dict[str, CodeList]
    forms: list[pl.Expr]
    exact: dict[str, tuple[pl.Expr, list[pl.Expr]]]
    failures: list[tuple[Failure, Condition]]

    def read(self, text: pl.DataFrame) -> pl.DataFrame:
        """The text frame without blanks, and beside the words how they are read."""
        system = [] if "date_system" in text.columns else [pl.lit("1900").alias("date_system")]
        # To look for expressions in common pays where there are rows.
        flags = pl.QueryOptFlags(comm_subexpr_elim=text.height > FEW_ROWS)
        plain = text.lazy().with_columns(*(without_padding(word) for word in self.words), *system)
        filled = plain.with_columns(empty_to_null(word) for word in self.words)
        read = filled.with_columns(self.forms).collect(optimizations=flags)
        odd = [self.exact[word.name] for word in self.words if word.name in self.exact and _odd(word)(read)]
        if not odd:
            return read
        exact = read.with_columns(blank for blank, _ in odd)
        return exact.lazy().with_columns(column for _, columns in odd for column in columns).collect()

    def columns(self, read: pl.DataFrame) -> list[pl.Expr]:
        """The columns of the words in the typed frame."""
        return [column for word in self.words for column in self._columns(word, read)]

    def possible_failures(self, read: pl.DataFrame) -> dict[int, Failure]:
        """The failures that can be in a frame that was read, by their number."""
        return {number: failure for number, (failure, can_be) in enumerate(self.failures) if can_be(read)}

    def with_all_columns(self, read: pl.DataFrame) -> pl.DataFrame:
        """The frame with the columns that were not needed to read it, but that conditions name."""
        plain = [word for word in self.words if word.name not in self.lists]
        as_read = [word.name for word in plain if word.name + AS not in read.columns]
        read = read.with_columns(pl.col(name).alias(name + AS) for name in as_read)
        return read.with_columns(
            pl.lit(None, read.schema[word.name + AS]).alias(word.name + OTHER)
            for word in plain
            if word.name + OTHER not in read.columns
        )

    def with_odd_codes(self, read: pl.DataFrame) -> list[Word]:
        """The coded words in which any code is odd."""
        return [word for word in self.words if word.name in self.lists and _odd(word)(read)]

    def with_waiting_codes(self, read: pl.DataFrame) -> list[Word]:
        """The coded words in which any code waits for a decision."""
        return [word for word in self.words if _is_true(read, word.name + WAITS)]

    def _columns(self, word: Word, read: pl.DataFrame) -> list[pl.Expr]:
        if word.name in self.lists:
            target = pl.col(word.name + TARGET)
            return [
                targets(word, self.lists[word.name])[0] if _odd(word)(read) else pl.col(word.name),
                target,
            ]
        value = pl.col(word.name + AS) if word.name + AS in read.columns else pl.col(word.name)
        if word.name + OTHER in read.columns:
            value = pl.coalesce(value, pl.col(word.name + OTHER))
        if is_judged_as_written(word):
            value = pl.col(word.name)
        if depends_on_outcome(word):
            value = pl.when(required(word)).then(value).otherwise(value.fill_null(0))
        return [value.alias(word.name)]


def reading_of(words: tuple[Word, ...], style: Dialect, lists: dict[str, CodeList]) -> Reading:
    """The reading of `words`, whose coded ones have these `lists`.

    Raises:
        ConfigError: a type or unit of our own files is not known.
    """
    own = tuple((word.name, lists[word.name]) for word in words if word.name in lists)
    return _reading(words, style, own)


@lru_cache(maxsize=1024)
def _reading(words: tuple[Word, ...], style: Dialect, own: tuple[tuple[str, CodeList], ...]) -> Reading:
    lists = dict(own)
    plain = [word for word in words if word.name not in lists]
    forms = [typed(word, style).alias(word.name + AS) for word in plain if not is_text(word)]
    forms += [any_is_odd(word).alias(word.name + ODD) for word in plain if is_text(word)]
    for word in words:
        if word.name in lists:
            codes = lists[word.name]
            forms += [targets(word, codes)[1], any_is_odd_code(word, codes).alias(word.name + ODD)]
            forms += [any_waits(word, codes).alias(word.name + WAITS)] if codes.waiting else []
        if depends_on_outcome(word):
            forms.append(is_attendance(lists["outcome"]))
    return Reading(
        words=words,
        style=style,
        lists=lists,
        forms=list({column.meta.output_name(): column for column in forms}.values()),
        exact={word.name: _exact(word, style) for word in plain},
        failures=_failures(words, style, lists),
    )


def _exact(word: Word, style: Dialect) -> tuple[pl.Expr, list[pl.Expr]]:
    other = other_form(word, style)
    columns = [typed(word, style).alias(word.name + AS)]
    return blank_to_null(word), columns + ([] if other is None else [other.alias(word.name + OTHER)])


def _failures(
    words: Sequence[Word], style: Dialect, lists: dict[str, CodeList]
) -> list[tuple[Failure, Condition]]:
    found: list[tuple[Failure, Condition]] = [
        (failure, _all_have_blanks(failure.column.split(";"))) for failure in missing_alternatives(words)
    ]
    for word in words:
        blank = Failure("T04", word.name, pl.col(word.name).is_null() & required(word))
        found.append((blank, _all_have_blanks([word.name]) if may_be_required(word) else _never))
        others = (
            code_failures(word, lists[word.name])
            if word.name in lists
            else _type_failures(word, other_form(word, style) is not None)
        )
        found += [(failure, _odd(word)) for failure in others]
    return found


def _type_failures(word: Word, takes_others: bool) -> list[Failure]:
    """T05, T06, T12 and T13 of one plain word."""
    is_unreadable = pl.col(word.name).is_not_null() & pl.col(word.name + AS).is_null()
    failures = []
    if takes_others:
        is_read = pl.col(word.name + OTHER).is_not_null()
        failures.append(Failure("T12", word.name, is_unreadable & is_read))
        is_unreadable = is_unreadable & ~is_read
    if word.is_closing:
        return [*failures, Failure("T13", word.name, is_unreadable)]
    failures.append(Failure("T05", word.name, is_unreadable & required(word)))
    failures.append(Failure("T06", word.name, is_unreadable & ~required(word), leaves_out=True))
    return failures


def _never(_read: pl.DataFrame) -> bool:
    return False


def _all_have_blanks(names: Sequence[str]) -> Condition:
    return lambda read: all(read[name].null_count() for name in names)


def _odd(word: Word) -> Condition:
    """Whether any code or text of `word` is odd, or is not read."""

    def is_odd(read: pl.DataFrame) -> bool:
        if word.name + ODD in read.columns:
            return _is_true(read, word.name + ODD)
        return read[word.name + AS].null_count() > read[word.name].null_count()

    return is_odd


def _is_true(read: pl.DataFrame, name: str) -> bool:
    return name in read.columns and read.height > 0 and bool(read[name][0])
