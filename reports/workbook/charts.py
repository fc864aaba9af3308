"""The four charts of the summary, drawn from the cells of a sheet that a reader can check."""

from openpyxl.chart import BarChart, LineChart, Reference, Series
from openpyxl.chart.series import Series as Drawn
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
)
from openpyxl.worksheet.worksheet import Worksheet

from reports.tables import Table
from reports.workbook.style import FONT, set_for_paper
from reports.workbook.table import put_table, put_title

NAME = "Chart data"

COLOURS = ("1F3864", "F4B084", "A6A6A6", "70AD47", "7030A0")
"""Dark blue, orange, grey, green, purple; the page of the web draws in the same."""

WIDTH, HEIGHT = 15, 8
"""Centimetres of a chart."""

HEADING_SIZE, AXIS_SIZE = 1200, 900
"""Hundredths of a point."""


def chart_sheet(sheet: Worksheet, tables: list[Table]) -> list[int]:
    """Fills the sheet with the tables, one below the other; gives the row of each header."""
    row, headers = 1, []
    for table in tables:
        put_title(sheet, row, table.title)
        headers.append(row + 1)
        row = put_table(sheet, row + 1, table) + 1
    for column in "ABCDEFGH":
        sheet.column_dimensions[column].width = 24
    sheet.freeze_panes = "B1"
    set_for_paper(sheet)
    return headers


def draw(
    summary: Worksheet, data: Worksheet, tables: list[Table], headers: list[int], places: list[str]
) -> None:
    """Draws each table that has rows at its place on the summary: outcomes, rules, hours, trend."""
    drawers = (stacked, pareto, clustered, clustered)
    for table, header, place, drawn in zip(tables, headers, places, drawers, strict=True):
        if table.rows:
            summary.add_chart(drawn(data, table, header), place)


def stacked(data: Worksheet, table: Table, header: int) -> BarChart:
    """Columns on top of each other."""
    chart = clustered(data, table, header)
    chart.grouping, chart.overlap = "stacked", 100
    return chart


def clustered(data: Worksheet, table: Table, header: int) -> BarChart:
    """Columns side by side, one series per figure of `table`."""
    figures = [place for place, cell in enumerate(table.rows[0]) if not isinstance(cell, str)]
    return bars(data, table, header, [place + 1 for place in figures])


def pareto(data: Worksheet, table: Table, header: int) -> BarChart:
    """Counts as columns, the cumulative share as a line against an axis of its own."""
    chart = bars(data, table, header, [2])
    line = LineChart()
    line.series.append(series(data, table, header, 3, 1))
    line.series[0].smooth = False
    line.set_categories(categories(data, table, header))
    line.y_axis.axId = 200
    line.y_axis.crosses = "max"
    line.x_axis.axId, line.x_axis.delete = 500, True  # its own, unseen: else the names are drawn twice
    line.y_axis.crossAx = 500
    line.y_axis.delete = False
    line.y_axis.txPr = letters(AXIS_SIZE)
    line.y_axis.scaling.min, line.y_axis.scaling.max = 0, 100
    line.y_axis.majorGridlines = None
    line.y_axis.number_format = '0"%"'
    chart += line
    return chart


def bars(data: Worksheet, table: Table, header: int, columns: list[int]) -> BarChart:
    """A column chart of `columns` of the table whose header stands in row `header`."""
    chart = BarChart()
    chart.width, chart.height = WIDTH, HEIGHT
    chart.title = heading(table.title)
    chart.x_axis.txPr = chart.y_axis.txPr = chart.legend.txPr = letters(AXIS_SIZE)
    for number, column in enumerate(columns):
        chart.series.append(series(data, table, header, column, number))
    chart.set_categories(categories(data, table, header))
    chart.x_axis.tickLblPos = "low"  # below figures that are below zero
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.number_format = "#,##0"
    chart.legend.position = "b"
    chart.gapWidth = 60
    return chart


def heading(text: str) -> Title:
    """A chart's title in our font."""
    run = RegularTextRun(rPr=letter(HEADING_SIZE, bold=True), t=text)
    return Title(tx=Text(rich=RichText(p=[Paragraph(r=[run])])), overlay=False)


def letters(size: int) -> RichText:
    """Our font for whatever a chart writes by itself."""
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=letter(size)), endParaRPr=letter(size))])


def letter(size: int, *, bold: bool = False) -> CharacterProperties:
    """Our font at `size` hundredths of a point."""
    return CharacterProperties(latin=Font(typeface=FONT), sz=size, b=bold)


def series(data: Worksheet, table: Table, header: int, column: int, number: int) -> Drawn:
    """One column of the table, named by its header."""
    cells = Reference(data, min_col=column, min_row=header, max_row=header + len(table.rows))
    found: Drawn = Series(cells, title_from_data=True)
    colour = COLOURS[number % len(COLOURS)]
    found.graphicalProperties.solidFill = found.graphicalProperties.line.solidFill = colour
    return found


def categories(data: Worksheet, table: Table, header: int) -> Reference:
    """The names below the columns: the first column of the table."""
    return Reference(data, min_col=1, min_row=header + 1, max_row=header + len(table.rows))
