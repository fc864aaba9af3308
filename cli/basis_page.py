"""Writes the table of docs/basis.md from our tables: `python -m cli.basis_page docs/basis.md`."""

import sys
from pathlib import Path

from mappings.basis import basis

BEGIN, END = "<!-- written by make docs -->\n", "<!-- end -->\n"


def with_table(page: str) -> str:
    """`page` with the table of what our tables stand on between its two marks."""
    before, _, rest = page.partition(BEGIN)
    return before + BEGIN + table() + END + rest.partition(END)[2]


def table() -> str:
    """The marks as Markdown. Without counts: those are in each run's book."""
    lines = ["| subject | what | basis | source |", "| --- | --- | --- | --- |"]
    for one in basis().sort("subject", "what", "mark").iter_rows(named=True):
        lines.append(f"| {one['subject']} | {one['what']} | {one['mark']} | {one['source']} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(with_table(path.read_text("utf-8")), encoding="utf-8")
