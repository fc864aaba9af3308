"""Coded columns: the source code stays in `w`, the target code goes to `w_target` (Q01 to Q05, codes.md)."""

from collections.abc import Collection, Mapping, Sequence

import polars as pl

from mappings.parsing.blanks import is_error_value
from mappings.parsing.code_lists import CodeList
from mappings.parsing.failures import ROW, Failure
from mappings.parsing.required_values import code_required
from vocabulary.findings import FINDING_SCHEMA, PROVENANCE, findings_of, no_findings
from vocabulary.source import Word, error_values
from vocabulary.stacking import stack

WAITING_SCHEMA = {
    **dict.fromkeys(PROVENANCE, pl.String),
    "entity": pl.String,
    "column": pl.String,
    "list_name": pl.String,
    "target_list": pl.String,
    "code": pl.String,
    "label": pl.String,
    "rows": pl.Int64,
}
"""A code that waits for a decision: the first row that has it, and how many rows of the column do."""

NOTHING_WAITS = pl.DataFrame(schema=WAITING_SCHEMA)

LONGEST_CODE = 20
"""Characters. Longer text in the place of a code is no code: nobody is asked what it means, or shown it."""


def targets(word: Word, codes: CodeList) -> list[pl.Expr]:
    """`w` and `w_target` of one coded column: unknown and junk codes are null in both."""
    kept = [code for code in codes.known if code not in codes.junk]
    text = pl.col(word.name)
    target = text.replace_strict(codes.targets, default=None, return_dtype=pl.String)
    return [pl.when(text.is_in(kept)).then(text).alias(word.name), target.alias(f"{word.name}_target")]


def code_failures(word: Word, codes: CodeList) -> list[Failure]:
    """T05, T06, Q01 to Q04 of one coded column; `w` is still the source code. A blank is T04's business."""
    text = pl.col(word.name)
    is_error = is_error_value(text)
    is_unknown, is_junk = ~text.is_in(codes.known) & ~is_error, text.is_in(codes.junk)
    is_needed = code_required(word)
    return [
        Failure("T05", word.name, is_error & is_needed),
        Failure("T06", word.name, is_error & ~is_needed, leaves_out=True),
        Failure("Q01", word.name, (is_unknown | is_junk) & is_needed),
        Failure("Q02", word.name, is_unknown & ~is_needed, leaves_out=True),
        Failure("Q04", word.name, is_junk & ~is_needed, leaves_out=True),
        Failure("Q03", word.name, text.is_in(codes.retired)),
    ]


def any_is_odd_code(word: Word, codes: CodeList) -> pl.Expr:
    """True where any code of `word` is unknown, junk, retired or an error value: one boolean for all rows."""
    odd = {*codes.junk, *codes.retired, *(code for code in codes.known if code.upper() in error_values())}
    plain = [code for code in codes.known if code not in odd]
    return (~pl.col(word.name).is_in(plain)).any()


def any_waits(word: Word, codes: CodeList) -> pl.Expr:
    """True where any code of `word` waits for a decision: one boolean for all rows."""
    return pl.col(word.name).is_in(codes.waiting).any()


def waiting_codes(
    frame: pl.DataFrame, words: Sequence[Word], lists: Mapping[str, CodeList], aside: pl.DataFrame
) -> pl.DataFrame:
    """The codes that wait for a decision in rows that go on: WAITING_SCHEMA, one line per column and code.

    `words`: those that have such a code. `lists`: the code list of each. `aside`: source_file, source_row of
    rows that do not go on.
    """
    if not words:
        return NOTHING_WAITS
    carried = frame.join(aside, on=ROW, how="anti", maintain_order="left") if aside.height else frame
    found = [_counted(carried, word, lists[word.name], lists[word.name].waiting) for word in words]
    return stack(found, NOTHING_WAITS)


def join_counted(blocks: Sequence[pl.DataFrame], words: Sequence[Word]) -> pl.DataFrame:
    """What was counted in blocks of rows that follow each other, as if these were one: WAITING_SCHEMA.

    In the order of `words`, of each word in the order in which its codes appear.
    """
    found = [block for block in blocks if block.height]
    if not found:
        return NOTHING_WAITS
    if len(found) == 1:
        return found[0]
    order = {word.name: number for number, word in enumerate(words)}
    place = pl.col("column").replace_strict(order, return_dtype=pl.Int64)
    keys = [name for name in WAITING_SCHEMA if name not in (*PROVENANCE, "rows")]
    counted = pl.concat(found).sort(place, maintain_order=True).group_by(keys, maintain_order=True)
    return counted.agg(pl.first(*PROVENANCE), pl.col("rows").sum()).select(list(WAITING_SCHEMA))


def unknown_codes(
    read: pl.DataFrame, words: Sequence[Word], lists: Mapping[str, CodeList], is_judged: pl.Series
) -> pl.DataFrame:
    """The codes of the judged rows, as delivered, that no list knows (Q01, Q02), in the same form.

    `words`: coded ones that may hold such a code.
    """
    coded = [word for word in words if word.name in lists]
    if not coded or read.is_empty():
        return NOTHING_WAITS
    asked = read.select(_is_asked(word, lists[word.name]) & pl.lit(is_judged) for word in coded)
    coded = [word for word in coded if asked[word.name].any()]
    if not coded:
        return NOTHING_WAITS
    rows = read.filter(is_judged)
    found = [
        _counted(rows, word, lists[word.name], set(read[word.name].filter(asked[word.name]).to_list()))
        for word in coded
    ]
    return stack(found, NOTHING_WAITS)


def _is_asked(word: Word, codes: CodeList) -> pl.Expr:
    """True where the word holds what may be a code and is not known."""
    given = pl.col(word.name)
    is_code = ~given.str.to_uppercase().is_in(list(error_values()))
    is_short = given.str.len_chars() <= LONGEST_CODE
    return (is_code & is_short & ~given.is_in(codes.known)).fill_null(False)


def waiting_findings(waiting: list[pl.DataFrame]) -> pl.DataFrame:
    """Q05 for all entities of one company together: one finding per list and code, on its first row.

    `waiting` are the frames of `Converted.waiting`, in the order of the delivery.
    """
    if not waiting:
        return no_findings()
    first = pl.concat(waiting).unique(["company", "list_name", "code"], keep="first", maintain_order=True)
    findings = findings_of(first, "Q05", "")
    return findings.with_columns(entity=first["entity"], column=first["column"]).select(list(FINDING_SCHEMA))


def _counted(rows: pl.DataFrame, word: Word, codes: CodeList, asked: Collection[str]) -> pl.DataFrame:
    labels = {code.source_code: code.label for code in codes.codes}
    lists = {code.source_code: code.target_list for code in codes.codes}
    having = rows.lazy().filter(pl.col(word.name).is_in(list(asked)))
    counted = having.group_by(pl.col(word.name).alias("code"), maintain_order=True).agg(
        pl.first(*PROVENANCE), pl.len().cast(pl.Int64).alias("rows")
    )
    return counted.select(
        *PROVENANCE,
        pl.lit(word.entity).alias("entity"),
        pl.lit(word.name).alias("column"),
        pl.lit(codes.name).alias("list_name"),
        pl.col("code")
        .replace_strict(lists, default=codes.target_list, return_dtype=pl.String)
        .alias("target_list"),
        "code",
        pl.col("code").replace_strict(labels, default="", return_dtype=pl.String).alias("label"),
        "rows",
    ).collect()
