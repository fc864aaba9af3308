"""What follows from another row (X01) stands behind the row at fault, and is counted in a terminal."""

from planted_defects import Damaged
from sample_runs import Row, day1, findings

FOLLOWS = "X01"


def with_causes(workspace: Damaged) -> list[tuple[Row, Row]]:
    """Each row of X01 and the finding that it stands under."""
    found, cause = [], {}
    for row in findings(workspace[0]):
        if row["rule"] == FOLLOWS:
            found.append((row, cause))
        else:
            cause = row
    return found


def test_every_row_stands_under_one_of_its_company_that_is_set_aside(damaged_run: Damaged) -> None:
    pairs = with_causes(damaged_run)
    assert len(pairs) > 50
    assert {(cause["severity"], row["company"] == cause["company"]) for row, cause in pairs} == {
        ("set_aside", True)
    }


def test_in_an_interchange_the_row_at_fault_is_of_the_same_person(damaged_run: Damaged) -> None:
    """Messages of one person stand together, the first of them says who it is."""
    starts = sorted(
        int(row["source_row"])
        for row in findings(damaged_run[0])
        if row["export"] == "spg" and row["entity"] == "offender" and row["rule"].startswith("M")
    )

    def person(row: Row) -> int:
        return max(start for start in starts if start <= int(row["source_row"]))

    pairs = [pair for pair in with_causes(damaged_run) if pair[0]["export"] == pair[1]["export"] == "spg"]
    assert len(pairs) > 20
    assert [row["source_row"] for row, cause in pairs if person(row) != person(cause)] == []


def test_a_terminal_counts_what_follows(damaged_run: Damaged) -> None:
    listed = day1(damaged_run[0], "findings", "--severity", "set_aside", "--company", "C17").stdout
    lines = [line for line in listed.splitlines() if f" {FOLLOWS} " in line]
    assert any(" more " in line for line in lines)
    alone = day1(damaged_run[0], "findings", "--rule", FOLLOWS, "--company", "C17").stdout
    assert " more " not in alone
