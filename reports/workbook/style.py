"""How a sheet looks, on screen and on paper."""

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reports.severity_styles import BAD, GOOD, ODD, SEVERITIES

FONT = "Arial"
"""Named, so that every office suite measures the same widths."""

MARKING = "OFFICIAL-SENSITIVE"
LIMITED_MARKING = f"{MARKING}, limited access"

TITLE = Font(name=FONT, size=16, bold=True)
HEADING = Font(name=FONT, size=12, bold=True, color="FF1F3864")
HEADER = Font(name=FONT, size=10, bold=True, color="FFFFFFFF")
PLAIN = Font(name=FONT, size=10)
BOLD = Font(name=FONT, size=10, bold=True)
QUIET = Font(name=FONT, size=10, italic=True, color="FF595959")
LINK = Font(name=FONT, size=10, underline="single", color="FF0563C1")
MARK = Font(name=FONT, size=10, bold=True, color="FFC00000")

HEADER_FILL = PatternFill("solid", fgColor="FF1F3864")
RULE = Border(bottom=Side(style="hair", color="FFBFBFBF"))
TEXT = Alignment(vertical="top", horizontal="left", indent=1)
WRAPPED = Alignment(vertical="top", horizontal="left", indent=1, wrap_text=True)
NUMBER = Alignment(vertical="top", horizontal="right", indent=1)
UNINDENTED = Alignment(vertical="top")
LINE_HEIGHT = 13.5
"""Height of a line of PLAIN in points. LibreOffice does not grow a row for wrapped text, so it is set."""

FILLS = {
    tone: PatternFill("solid", fgColor=colour)
    for tone, colour in ((GOOD, "FFC6E0B4"), (ODD, "FFFFE699"), (BAD, "FFF4B084"))
}
WORD_FILLS = {word: FILLS[tone] for word, tone in SEVERITIES.items()}


def set_for_paper(sheet: Worksheet, header_row: int | None = None) -> None:
    """Landscape A4, as wide as the page, the header row on each page, marking and page number on each."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if header_row:
        sheet.print_title_rows = f"{header_row}:{header_row}"
    mark_paper(sheet, MARKING)


def mark_paper(sheet: Worksheet, marking: str) -> None:
    """Put `marking` above and below each printed page."""
    header, footer = sheet.oddHeader, sheet.oddFooter
    assert header is not None
    assert footer is not None
    header.center.text, header.center.font = marking, f"{FONT},Bold"
    footer.left.text, footer.left.font = f"{marking}   &A", f"{FONT},Regular"
    footer.right.text, footer.right.font = "&P / &N", f"{FONT},Regular"
