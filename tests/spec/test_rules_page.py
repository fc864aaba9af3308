"""docs/rules.md shows the rules and the tables that tests are drawn as; nobody writes it by hand."""

from pathlib import Path

from rules_page import drawn_tables, page

from vocabulary.rules import catalogue

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: make docs"


def test_every_rule_stands_on_it_and_most_have_a_table() -> None:
    said = page()
    assert [rule for rule in catalogue() if f"| {rule} |" not in said] == []
    shown = {rule for table in drawn_tables() for rule in table.rules}
    assert len(shown) > len(catalogue()) / 2


def test_a_table_is_about_the_rules_of_its_cells() -> None:
    (orphans,) = [t for t in drawn_tables() if (t.file, t.name) == ("test_rules_parents", "SENTENCES")]
    assert orphans.rules == {"X01", "X02"}
