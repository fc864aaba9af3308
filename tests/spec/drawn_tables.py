"""Reads the tables that spec tests are drawn as: columns divided by |, a header line, blank cells as ''."""


def drawn(table: str) -> list[dict[str, str]]:
    """One dictionary per line under the header."""
    header, *lines = [
        [cell.strip() for cell in line.split("|")] for line in table.splitlines() if line.strip()
    ]
    return [dict(zip(header, cells, strict=True)) for cells in lines]


def label(case: dict[str, str]) -> str:
    """The name of a case in the test report."""
    return " ".join(cell for cell in case.values() if cell)
