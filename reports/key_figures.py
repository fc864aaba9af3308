"""The figures that a reader quotes: each has a name, which is also its named range in the workbook."""

from dataclasses import dataclass

from reports.data import Reconciliation
from reports.readiness import (
    differences,
    open_files,
    rows_apart,
    rows_set_aside,
    rows_unproven,
    unexplained_totals,
)
from reports.tables import Table


@dataclass(frozen=True)
class KeyFigure:
    """One figure; `name` is what a formula of the reader calls it."""

    name: str
    label: str
    value: int


def key_figures(reconciliation: Reconciliation) -> tuple[KeyFigure, ...]:
    """The key figures, in the order of the stages."""
    companies = reconciliation.companies
    files = [file for company in companies for file in company.files]
    entities = [one for company in companies for one in company.entities]
    moves = [move for company in companies for move in company.moves]
    totals = [total for company in companies for total in company.totals]
    found = [
        ("companies", "Companies", len(companies)),
        ("rows_delivered", "Source rows delivered", sum(file.delivered for file in files)),
        ("rows_carried", "Source rows carried", sum(file.carried for file in files)),
        ("rows_written", "... written by this load", sum(file.written for file in files)),
        ("rows_already_there", "... already there", sum(file.already_there for file in files)),
        ("rows_list_only", "... on a list only", sum(file.list_only for file in files)),
        ("rows_unproven", "... that the target does not show", sum(map(rows_unproven, companies))),
        ("rows_set_aside", "Source rows set aside", sum(map(rows_set_aside, companies))),
        ("rows_not_in_scope", "Source rows not in scope", sum(file.not_in_scope for file in files)),
        ("files_open", "Files whose account does not close", sum(map(open_files, companies))),
        ("totals_compared", "Control totals compared", len(totals)),
        (
            "totals_unexplained",
            "Control totals that nothing explains",
            sum(map(unexplained_totals, companies)),
        ),
        ("target_rows_compared", "Target rows compared", sum(one.expected for one in entities)),
        ("target_rows_apart", "Target rows not as expected", sum(map(rows_apart, companies))),
        ("rows_left", "Rows that stay with a closing company", sum(len(one.left) for one in companies)),
        (
            "rows_changed_otherwise",
            "Rows changed that Day 1 does not change",
            sum(one.changed_otherwise for one in companies),
        ),
        ("differences_found", "Differences that a proof found", sum(map(differences, companies))),
        ("components_moved", "Components moved", sum(move.transferred + move.opened for move in moves)),
        ("components_left_behind", "Components left behind", sum(move.left_behind for move in moves)),
        ("components_not_added", "Components not added", sum(move.not_added for move in moves)),
        ("findings", "Findings", sum(one.rows for company in companies for one in company.findings)),
        ("questions_open", "Points to decide or look at", sum(len(company.waiting) for company in companies)),
    ]
    return tuple(KeyFigure(*one) for one in found)


def key_figure_table(reconciliation: Reconciliation) -> Table:
    """The key figures as a table; their order is that of `key_figures`."""
    rows = tuple((figure.name, figure.label, figure.value) for figure in key_figures(reconciliation))
    return Table("Key figures", ("name", "what", "figure"), rows)
