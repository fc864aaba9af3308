"""Codes that the target gets a provisional row for: nobody has decided yet what they are (codes.md)."""

import polars as pl

from mappings.parsing.code_lists import NDELIUS, code_list
from mappings.parsing.decided_codes import NOTHING_DECIDED, DecidedCodes
from target.schema.record import reference_list

OURS = (("CONTACT", "type", "contact_type"),)
"""Table, word and code list of codes that Day 1 writes of its own accord, from no column of an export."""

Tables = dict[str, pl.DataFrame]


def provisional_codes(
    waiting: pl.DataFrame, inserts: Tables, company: str, decided: DecidedCodes = NOTHING_DECIDED
) -> pl.DataFrame:
    """list_name (of the target), code, description: those of delivered values, then our own.

    OASys' own lists get none: a value that waits is left out there until somebody says what it is.

    Args:
        waiting: delivered codes without decision (mappings.parsing.coded_columns.WAITING_SCHEMA).
        inserts: new rows by table.
        decided: answers about codes.
    """
    delivered = pl.DataFrame(
        [
            (target_list, code_list(name, export, company).targets[code], label)
            for name, export, target_list, code, label in waiting.select(
                "list_name", "export", "target_list", "code", "label"
            ).iter_rows()
            if reference_list(target_list).category is None
        ],
        schema=["list_name", "code", "description"],
        orient="row",
        schema_overrides=dict.fromkeys(["list_name", "code", "description"], pl.String),
    )
    own = undecided_of_ours(inserts, company, decided).select("list_name", "code", "description")
    return pl.concat([delivered, own]).unique(["list_name", "code"], keep="first", maintain_order=True)


def decided_of_ours(inserts: Tables, company: str, decided: DecidedCodes) -> Tables:
    """`inserts` with the codes that an operator chose in the place of our own that waited."""
    changed = dict(inserts)
    for table, word, name in OURS:
        answers = decided.code_list(name, NDELIUS, company).targets
        waited = {
            code: answers[code] for code in code_list(name, NDELIUS, company).waiting if code in answers
        }
        if table in inserts and word in inserts[table].columns:
            changed[table] = inserts[table].with_columns(pl.col(word).replace(waited))
    return changed


def undecided_of_ours(inserts: Tables, company: str, decided: DecidedCodes = NOTHING_DECIDED) -> pl.DataFrame:
    """list_name, code, description, rows, code_list: codes in new rows that wait for a decision."""
    texts = dict.fromkeys(("list_name", "code", "description"), pl.String)
    schema = {**texts, "rows": pl.Int64, "code_list": pl.String}
    found = []
    for table, word, name in OURS:
        if table not in inserts or word not in inserts[table].columns:
            continue
        needed = {
            code.target_code: code
            for code in decided.code_list(name, NDELIUS, company).codes
            if code.decision == "needed"
        }
        counts = inserts[table][word].value_counts(sort=False).sort(word)
        found += [
            (needed[code].target_list, code, needed[code].label, rows, name)
            for code, rows in counts.iter_rows()
            if code in needed
        ]
    return pl.DataFrame(found, schema=schema, orient="row")
