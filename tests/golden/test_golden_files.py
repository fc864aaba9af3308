"""Each golden file reads as its expected text says; DAY1_REGENERATE=1 writes the texts anew."""

import os
from pathlib import Path

import pytest
from golden_cases import delivered_files, expected_path, in_words, of

from vocabulary.companies import companies
from vocabulary.dialects import dialect


@pytest.mark.parametrize("path", delivered_files(), ids=lambda path: path.name)
def test_a_golden_file_reads_as_expected(path: Path) -> None:
    found = in_words(path)
    if os.environ.get("DAY1_REGENERATE"):
        expected_path(path).write_text(found, encoding="utf-8", newline="\n")
    assert found == expected_path(path).read_text(encoding="utf-8")


def variants() -> set[tuple[str, str]]:
    """Every export that is read, with each owner whose layout is its own; `*` where all have one layout."""
    found = set()
    for company in companies().values():
        for export in company.exports:
            scope = dialect(export, company.code).scope
            found.add((export, company.owner if scope in (company.code, company.owner) else scope))
    return found


def test_every_variant_of_a_read_export_has_a_golden_file() -> None:
    golden = {
        (export, owner)
        for code, export in map(of, delivered_files())
        for owner in ("*", companies()[code].owner)
    }
    assert variants() - golden == set()


def test_both_ways_to_write_a_blank_element_have_a_golden_file() -> None:
    owners = {companies()[path.name[:3]].owner for path in delivered_files() if path.suffix == ".xml"}
    assert owners == {company.owner for company in companies().values() if "spg" in company.exports}
