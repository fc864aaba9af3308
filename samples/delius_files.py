"""Writes the tables of nDelius as the provider extract and the baseline have them: pipes, CR LF, CP1252."""

import codecs
import datetime as dt
from typing import Any

from samples import facts
from samples.delivery import Delivery, SentFile

ENCODING = "cp1252"
MANAGER_SUFFIX = "_MANAGER"


def write_delius(delivery: Delivery) -> list[SentFile]:
    """One file per table, all of them, also the empty ones."""
    return [_write_table(delivery, table) for table in facts.parts("delius")]


def _write_table(delivery: Delivery, table: str) -> SentFile:
    columns = facts.columns("delius", table, delivery.spec_version)
    header = "|".join(column["column"] for column in columns)
    lines, positions = [header], {}
    for row in delivery.rows("delius", table):
        text = "|".join(field_text(row.get(column["column"]), column["type"]) for column in columns)
        positions[id(row)] = str(len(lines) + 1)
        lines += text.split("\r\n")  # a line break inside a field makes two physical lines
    content = "".join(f"{line}\r\n" for line in lines).encode(ENCODING)
    if ("delius", table) in delivery.marked:
        content = codecs.BOM_UTF8 + content
    return SentFile(
        name=f"{delivery.company}_delius_{table}.txt",
        export="delius",
        content=content,
        encoding=ENCODING,
        rows=len(lines) - 1,
        totals=_totals(table, lines),
        positions=positions,
    )


def field_text(value: Any, kind: str) -> str:
    """One field as nDelius writes it. Text that is already text is only padded."""
    text = _text(value, kind)
    if kind.startswith("char("):
        return text.ljust(int(kind[5:-1]))
    return text


def _text(value: Any, kind: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return ("1" if value else "0") if kind == "flag01" else ("Y" if value else "N")
    if isinstance(value, dt.datetime):
        return f"{value:%d/%m/%Y %H:%M:%S}"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, dt.time):
        return f"01/01/1970 {value:%H:%M:%S}"
    return str(value)


def _totals(table: str, lines: list[str]) -> dict[str, int | str]:
    """Control totals over the lines that split into the right number of fields."""
    names = lines[0].split("|")
    rows = [
        dict(zip(names, fields, strict=True))
        for fields in (line.split("|") for line in lines[1:])
        if len(fields) == len(names)
    ]
    if table.endswith(MANAGER_SUFFIX):
        return {"active_rows": sum(row["ACTIVE_FLAG"] == "1" for row in rows)}
    if table == "OFFENDER":
        return {"persons": len(rows)}
    if table == "RQMNT":
        return {
            "rar_days": _sum([row for row in rows if row["RQMNT_TYPE_MAIN_CATEGORY_CODE"] == "F"], "LENGTH")
        }
    if table == "UPW_DETAILS":
        return {"upw_minutes_ordered": _sum(rows, "UPW_LENGTH_MINUTES")}
    if table == "UPW_APPOINTMENT":
        return {
            "upw_minutes_offered": _sum(rows, "MINUTES_OFFERED"),
            "upw_minutes_credited": _sum(rows, "MINUTES_CREDITED"),
        }
    if table == "UPW_ADJUSTMENT":
        added = _sum([row for row in rows if row["ADJUSTMENT_TYPE"] == "POSITIVE"], "ADJUSTMENT_AMOUNT")
        taken = _sum([row for row in rows if row["ADJUSTMENT_TYPE"] == "NEGATIVE"], "ADJUSTMENT_AMOUNT")
        return {"upw_minutes_adjusted": added - taken}
    return {}


def _sum(rows: list[dict[str, str]], column: str) -> int:
    """The sum of a column; a blank or unreadable value counts as zero."""
    return sum(int(row[column]) for row in rows if row[column].strip().isdigit())
