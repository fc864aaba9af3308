"""Writes one part of an export as a CSV file in the owner's dialect (RFC 4180, CR LF)."""

import codecs
import csv
import io
from typing import Any

from samples import facts
from samples.delivery import Delivery, SentFile, numbered
from samples.formats import Dialect, cell_text, dialect, unit_value

BARE_QUOTE = "\ue000"
"""Written as a quotation mark, in a field that is not quoted for it."""


def write_csv(delivery: Delivery, export: str, part: str, totals: dict[str, int | str]) -> SentFile:
    """The CSV file of one part. An export of one part alone is named without it."""
    form = dialect(export, delivery.company)
    rows = delivery.rows(export, part)
    text = _text(delivery, export, part, form)
    tail = f"_{part.lower()}" if len(facts.parts(export)) > 1 else ""
    # a lone surrogate stands for a byte that is no character
    content = text.encode(form.encoding, errors="surrogateescape")
    if (export, part) in delivery.marked:
        content = codecs.BOM_UTF8 + content
    return SentFile(
        name=f"{delivery.company}_{export}{tail}.csv",
        export=export,
        content=content,
        encoding=form.encoding,
        rows=len(rows),
        totals=totals,
        positions={id(row): position for row, position in numbered(rows, 2)},
    )


def _text(delivery: Delivery, export: str, part: str, form: Dialect) -> str:
    version = delivery.spec_version
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=form.delimiter, lineterminator="\r\n")
    writer.writerow(facts.header(export, part, delivery.company, version))
    columns = facts.columns(export, part, version)
    for row in delivery.rows(export, part):
        writer.writerow(
            cell_text(typed(row.get(column["column"]), column["type"], form), form) for column in columns
        )
    return stream.getvalue().replace(BARE_QUOTE, '"')


def typed(value: Any, kind: str, form: Dialect) -> Any:
    """The value in the owner's unit where its column has one."""
    return unit_value(value, form) if kind == "unit" else value
