"""Charts of the web page: rows of coloured bars with their figures, without script or picture."""

from decimal import Decimal

from lxml import etree

from reports.cell_text import format_cell
from reports.html.elements import element
from reports.tables import Cell, Table

SHARE = "cumulative %"
"""A column that is said, not drawn: it has another unit than the bars beside it."""


def bars(table: Table) -> etree._Element:
    """One line per row: its name, a bar per figure on one common scale, and the figures as text."""
    drawn = [
        place
        for place, name in enumerate(table.header)
        if name != SHARE and table.rows and not isinstance(table.rows[0][place], str)
    ]
    longest = max((size(row[place]) for row in table.rows for place in drawn), default=0.0)
    legend = [
        element("span", element("i", class_=f"c{number}"), table.header[place])
        for number, place in enumerate(drawn)
    ]
    lines = [line(table, row, drawn, longest) for row in table.rows]
    return element(
        "figure",
        element("figcaption", table.title),
        element("p", *legend, class_="legend") if table.rows else element("p", table.empty),
        *lines,
    )


def line(table: Table, row: tuple[Cell, ...], drawn: list[int], longest: float) -> etree._Element:
    """The bars of one row; what is not drawn is said behind the figures."""
    stripes = [
        element("div", class_=f"bar c{number}", style=f"width:{share(row[place], longest):.2f}%")
        for number, place in enumerate(drawn)
    ]
    said = [format_cell(cell) for place, cell in enumerate(row) if place and table.header[place] != SHARE]
    if SHARE in table.header:
        said.append(f"{row[table.header.index(SHARE)]} % so far")
    return element(
        "div",
        element("b", format_cell(row[0])),
        element("div", *stripes, class_="bars"),
        element("span", " / ".join(said)),
        class_="line",
    )


def size(value: Cell) -> float:
    """How long a figure is drawn: below nothing there is no bar."""
    return max(float(value), 0.0) if isinstance(value, int | Decimal) else 0.0


def share(value: Cell, longest: float) -> float:
    """`value` in per cent of the longest."""
    return 100 * size(value) / longest if longest else 0.0
