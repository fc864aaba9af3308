"""Rows of a frame as lines of the provider extract, in the form that samples.delius_files gives rows."""

import polars as pl

from samples import facts
from samples.delius_files import ENCODING

DAY, TIME, MOMENT = "%d/%m/%Y", "01/01/1970 %H:%M:%S", "%d/%m/%Y %H:%M:%S"


def table_lines(table: str, frame: pl.DataFrame) -> bytes:
    """The lines of `frame` in `table`. A column that the frame does not have is blank."""
    columns = facts.columns("delius", table)
    fields = frame.select(_field(frame, column["column"], column["type"]) for column in columns)
    text = fields.write_csv(include_header=False, separator="|", line_terminator="\r\n", quote_style="never")
    return text.encode(ENCODING)


def _field(frame: pl.DataFrame, name: str, kind: str) -> pl.Expr:
    text = _text(frame, name, kind).fill_null("")
    return (text.str.pad_end(int(kind[5:-1])) if kind.startswith("char(") else text).alias(name)


def _text(frame: pl.DataFrame, name: str, kind: str) -> pl.Expr:
    if name not in frame.columns:
        return pl.lit(None, pl.String)
    value = pl.col(name)
    written = {
        pl.Date: value.dt.strftime(DAY),
        pl.Time: value.dt.strftime(TIME),
        pl.Datetime: value.dt.strftime(MOMENT),
        pl.Boolean: _flag(value, *(("1", "0") if kind == "flag01" else ("Y", "N"))),
    }
    return written.get(frame.schema[name].base_type(), value.cast(pl.String))


def _flag(value: pl.Expr, yes: str, no: str) -> pl.Expr:
    return pl.when(value).then(pl.lit(yes)).when(~value).then(pl.lit(no))
