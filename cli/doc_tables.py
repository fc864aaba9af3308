"""Writes the tables of the docs that follow from our own tables: `python -m cli.doc_tables docs`."""

import sys
from collections.abc import Callable
from pathlib import Path

from mappings.basis import basis
from pipeline.graph import format_stage_table

DECISIONS = Path(__file__).parents[1] / "docs" / "adr"
BEGIN, END = "<!-- written by make docs -->\n", "<!-- end -->\n"


def format_basis_table() -> str:
    """What our tables stand on, as Markdown. Without counts: those are in each run's book."""
    lines = ["| subject | what | basis | source |", "| --- | --- | --- | --- |"]
    for one in basis().sort("subject", "what", "mark").iter_rows(named=True):
        lines.append(f"| {one['subject']} | {one['what']} | {one['mark']} | {one['source']} |")
    return "\n".join(lines) + "\n"


def format_decision_table() -> str:
    """The decisions of docs/adr with their status, as Markdown."""
    lines = ["| no. | date | decision | status |", "| --- | --- | --- | --- |"]
    for path in sorted(DECISIONS.glob("[0-9]*.md")):
        title, _, status, date = path.read_text("utf-8").splitlines()[:4]
        number, text = title.removeprefix("# ").split(". ", 1)
        status, date = (line.partition(": ")[2] for line in (status, date))
        lines.append(f"| {number} | {date} | [{text}]({path.name}) | {status} |")
    return "\n".join(lines) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "basis.md": format_basis_table,
    "architecture.md": format_stage_table,
    "adr/README.md": format_decision_table,
}
"""Page of docs/ to its table."""


def with_table(page: str, table: str) -> str:
    """`page` with `table` between its two marks."""
    before, _, rest = page.partition(BEGIN)
    return before + BEGIN + table + END + rest.partition(END)[2]


if __name__ == "__main__":
    for name, made in PAGES.items():
        path = Path(sys.argv[1]) / name
        path.write_text(with_table(path.read_text("utf-8"), made()), encoding="utf-8")
