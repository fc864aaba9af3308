"""Codes that the target gets a provisional row for: nobody has decided yet what they are (codes.md)."""

import polars as pl

from mappings.codes import code_list

OURS = (("CONTACT", "type", "contact_type"), ("NSI", "status", "nsi_status"))
"""Table, word and code list of codes that Day 1 writes of its own accord, from no column of an export."""

Tables = dict[str, pl.DataFrame]


def provisional_codes(waiting: pl.DataFrame, inserts: Tables, company: str) -> pl.DataFrame:
    """list_name (of the target), code, description: those of delivered values, then our own.

    Args:
        waiting: delivered codes without decision (mappings.convert_coded.WAITING_SCHEMA).
        inserts: new rows by table.
    """
    delivered = pl.DataFrame(
        [
            (target_list, code_list(name, export, company).targets[code], label)
            for name, export, target_list, code, label in waiting.select(
                "list_name", "export", "target_list", "code", "label"
            ).iter_rows()
        ],
        schema=["list_name", "code", "description"],
        orient="row",
        schema_overrides=dict.fromkeys(["list_name", "code", "description"], pl.String),
    )
    own = undecided_of_ours(inserts, company).select("list_name", "code", "description")
    return pl.concat([delivered, own]).unique(["list_name", "code"], keep="first", maintain_order=True)


def undecided_of_ours(inserts: Tables, company: str) -> pl.DataFrame:
    """list_name, code, description, rows: codes in new rows that wait for a decision."""
    schema = {"list_name": pl.String, "code": pl.String, "description": pl.String, "rows": pl.Int64}
    found = []
    for table, word, name in OURS:
        if table not in inserts or word not in inserts[table].columns:
            continue
        needed = {
            code.target_code: code
            for code in code_list(name, "delius", company).codes
            if code.decision == "needed"
        }
        counts = inserts[table][word].value_counts(sort=False).sort(word)
        found += [
            (needed[code].target_list, code, needed[code].label, rows)
            for code, rows in counts.iter_rows()
            if code in needed
        ]
    return pl.DataFrame(found, schema=schema, orient="row")
