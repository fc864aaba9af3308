"""Printing. Figures go to stdout, everything else to stderr; data is never read as markup."""

import csv
import io
import json
import sys
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from cli.options import Format, Options
from cli.screen import visible
from reports.tables import Cell, Table

LOG_WIDTH = 160
"""Columns of a table that goes to a file or a pipe, where nobody's terminal sets the width."""

GREEN, YELLOW, RED = "green", "yellow", "red"
COLOURS = {
    "clean": GREEN, "yes": GREEN, "differences": YELLOW, "warning": YELLOW, "set_aside": YELLOW,
    "blocked": RED, "failed": RED, "block": RED, "block_signoff": RED, "NO": RED,
}  # fmt: skip
"""Words that are worth a colour; the word itself says the same without it."""


def console(options: Options, *, stderr: bool = False) -> Console:
    """A console that treats nothing as markup. NO_COLOR in the environment is obeyed by rich itself."""
    no_color = True if options.no_color else None
    result = Console(stderr=stderr, markup=False, highlight=False, emoji=False, no_color=no_color)
    if not result.is_terminal:
        result.width = max(result.width, LOG_WIDTH)
    return result


def say(options: Options, message: str) -> None:
    """Advice for a person, on stderr; silent with --quiet."""
    if not options.quiet:
        console(options, stderr=True).print(visible(message), soft_wrap=True)


def warn(options: Options, message: str) -> None:
    """Something that must be seen, on stderr, --quiet or not."""
    console(options, stderr=True).print(visible(message), soft_wrap=True)


def show(options: Options, tables: Iterable[Table]) -> None:
    """Tables for a person, on stdout. A title may name a file: it is never broken, to be copied whole."""
    out = console(options)
    for table in tables:
        out.print(Text(visible(table.title), style="bold"), soft_wrap=True)
        if not table.rows:
            out.print(table.empty)
        elif least_width(table) <= out.width:
            out.print(drawn(table))
        else:
            out.print(on_its_side(table), soft_wrap=True)
        out.print()


def drawn(table: Table) -> RichTable:
    """`table` drawn with figures to the right; a column breaks at blanks only, so that ids stay whole."""
    result = RichTable(box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="bold")
    for position, name in enumerate(table.header):
        cells = [row[position] for row in table.rows]
        is_number = all(isinstance(cell, int) for cell in cells)
        has_blank = " " in name or any(" " in str(cell) for cell in cells)
        result.add_column(
            Text(name), justify="right" if is_number else "left", overflow="fold", no_wrap=not has_blank
        )
    for row in table.rows:
        result.add_row(*(cell_text(cell) for cell in row))
    return result


def least_width(table: Table) -> int:
    """How wide a terminal `table` needs at least, every column broken at each of its blanks."""
    columns = zip(table.header, *table.rows, strict=True)
    words = (
        (word for cell in column for word in cell_text(cell).plain.split() or [""]) for column in columns
    )
    longest = (max(map(len, own)) for own in words)
    return sum(width + 1 for width in longest)


def on_its_side(table: Table) -> Text:
    """Every row as lines of name and value, for a terminal in which a row would be cut."""
    longest = max(map(len, table.header))
    lines = []
    for row in table.rows:
        lines += [
            Text.assemble((name.ljust(longest), "bold"), "  ", cell_text(cell))
            for name, cell in zip(table.header, row, strict=True)
        ]
        lines.append(Text())
    return Text("\n").join(lines[:-1])


def cell_text(cell: Cell) -> Text:
    """One cell, coloured when its word has a colour."""
    if not isinstance(cell, str):
        return Text(f"{cell:,}")
    return Text(visible(cell), style=COLOURS.get(cell, ""))


def print_document(text: str) -> None:
    """One whole document on stdout: no colour, no wrapping. A file or pipe gets it as it stands, a screen
    without what would steer it."""
    sys.stdout.write(visible(text) if sys.stdout.isatty() else text)


def print_table(options: Options, table: Table) -> None:
    """One table in the format asked for; JSON is a list of objects keyed by the header."""
    if options.format is Format.JSON:
        print_json(records_of(table))
    elif options.format is Format.CSV:
        print_document(csv_text(table))
    else:
        show(options, [table])


def records_of(table: Table) -> list[dict[str, Cell]]:
    """The rows of `table` as objects keyed by the header."""
    return [dict(zip(table.header, row, strict=True)) for row in table.rows]


def print_json(values: object) -> None:
    """`values` as one document on stdout."""
    print_document(json.dumps(values, indent=2, ensure_ascii=False) + "\n")


def csv_text(table: Table) -> str:
    """`table` as CSV with a header and Unix line ends."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.header)
    writer.writerows(table.rows)
    return out.getvalue()
