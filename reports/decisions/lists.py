"""The hidden sheet of a decisions workbook that holds what the drop-downs offer, a column per list."""

from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from reports.decisions.question import Choice
from reports.workbook.table import put


class OfferedLists:
    """Fills `sheet`, hidden and locked; equal lists share a column and the name of its range."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._names: dict[tuple[Choice, ...], str] = {}
        sheet.sheet_state = "hidden"
        sheet.protection.sheet = True

    def name_of(self, choices: tuple[Choice, ...]) -> str:
        """The name of the range that holds `choices`: a drop-down takes long lists from a range alone."""
        if choices not in self._names:
            self._names[choices] = self._add(choices)
        return self._names[choices]

    def _add(self, choices: tuple[Choice, ...]) -> str:
        column = len(self._names) + 1
        for row, choice in enumerate(choices, 1):
            put(self._sheet, row, column, choice.shown)
        letter, name = get_column_letter(column), f"choices_{column}"
        place = f"'{self._sheet.title}'!${letter}$1:${letter}${len(choices)}"
        workbook = self._sheet.parent
        assert workbook is not None
        workbook.defined_names[name] = DefinedName(name, attr_text=place)
        return name
