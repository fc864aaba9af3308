"""`findings` and `trace`: rows, not figures."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import Options, takes_options
from cli.workspaces import looked_at
from vocabulary.errors import UsageError

if TYPE_CHECKING:
    import polars as pl

    from pipeline.workspace import Workspace

SHOWN = 50
"""Findings that a terminal shows; json and csv give all."""


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    for command in (findings, trace):
        app.command()(takes_options(command))


class FindingFormat(StrEnum):
    """How findings are printed: as figures are, or for a build server."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    GITHUB = "github"
    JUNIT = "junit"


def findings(
    options: Options,
    rule: Annotated[
        list[str] | None, typer.Option(metavar="R", help="Only of this rule, such as S01; repeatable.")
    ] = None,
    severity: Annotated[
        list[str] | None, typer.Option(metavar="S", help="Only of this severity; repeatable.")
    ] = None,
    entity: Annotated[
        list[str] | None, typer.Option(metavar="E", help="Only rows of this entity; repeatable.")
    ] = None,
    format: Annotated[
        FindingFormat | None,
        typer.Option(help="How they are printed; github: annotations, junit: a report for a build server."),
    ] = None,
) -> None:
    """Lists rows set aside or warned about.

    One line per failed rule per row, what follows from another row (X01) under it, counted. As csv:
    company, export, source_file, source_row, entity, column, rule, severity, stage. The row is numbered as
    the file's own program shows it: the line of a text, the record of a CSV, Sheet!row of a workbook, the
    MessageReferenceNumber of an XML message. With --reveal a last column shows the values, and the audit
    log who looked. What a rule means and what to do about it: day1 rule.
    """
    from cli.reveal import revealed
    from pipeline.storage.results import findings as findings_of

    wanted = format or FindingFormat(options.format or FindingFormat.TABLE)
    if options.reveal and wanted in (FindingFormat.GITHUB, FindingFormat.JUNIT):
        raise UsageError("--reveal is for a person who looks: not with --format github or junit.")
    chosen = chosen_findings(rule or [], severity or [], entity or [])
    workspace = looked_at(options)
    found = findings_of(workspace).filter(*chosen)
    if options.reveal:
        found = revealed(workspace, found)
    print_findings(options, workspace, found, wanted)


def chosen_findings(
    rules: Sequence[str], severities: Sequence[str], entities: Sequence[str]
) -> list["pl.Expr"]:
    """What findings must be to be shown.

    Raises:
        UsageError: there is no such rule or severity.
    """
    import polars as pl

    from cli.commands.rules import known_rule
    from reports.tables import SEVERITY_ORDER

    if unknown := [one for one in severities if one not in SEVERITY_ORDER]:
        raise UsageError(f"There is no severity {unknown[0]}. There are {', '.join(SEVERITY_ORDER)}.")
    asked = {"rule": [known_rule(one).id for one in rules], "severity": severities, "entity": entities}
    return [pl.col(name).is_in(list(values)) for name, values in asked.items() if values]


def print_findings(
    options: Options, workspace: "Workspace", found: "pl.DataFrame", wanted: FindingFormat
) -> None:
    """The findings in the format asked for."""
    from cli.output import print_document
    from pipeline.status import stages_done
    from reports.ci import github_annotations, junit_report

    if wanted is FindingFormat.CSV:
        print_document(found.write_csv())
    elif wanted is FindingFormat.JSON:
        print_document(found.write_json() + "\n")
    elif wanted is FindingFormat.GITHUB:
        print_document("".join(f"{line}\n" for line in github_annotations(found)))
    elif wanted is FindingFormat.JUNIT:
        print_document(junit_report(found, stages_done(workspace)))
    else:
        show_findings(options, found)


def show_findings(options: Options, found: "pl.DataFrame") -> None:
    """The first findings as a table, worst first, and how to get the rest."""
    from cli.output import say, show
    from reports.finding_order import counted_below, worst_first
    from reports.tables import Table

    told = counted_below(worst_first(found))
    rows = tuple(tuple(value or "" for value in row) for row in told.head(SHOWN).iter_rows())
    show(options, [Table("Findings", tuple(found.columns), rows)])
    if told.height > SHOWN:
        say(
            options,
            f"The worst {SHOWN} lines of {found.height:,} findings. All of them: day1 findings --format csv",
        )


def trace(
    options: Options,
    place: Annotated[
        list[str] | None,
        typer.Argument(metavar="PLACE", help="COMPANY FILE ROW, or ID."),
    ] = None,
    target: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TABLE|URL", help="Back from a row of this target table; or the target database."
        ),
    ] = None,
) -> None:
    """Follows a source row to its target rows.

    From the source: day1 trace COMPANY FILE ROW. Back from the target: day1 trace --target TABLE ID.
    A --target with :// in it is the database, anything else a table. Both ways tell what is found, what was
    decided by whom and when, what a load added, changed or closed, and which run loaded it; no value.
    """
    place = place or []
    tables, urls = parted(target or [])
    if (len(tables), len(place)) not in ((0, 3), (1, 1)):
        raise UsageError("trace takes COMPANY FILE ROW, or --target TABLE ID.")

    from cli.output import print_table
    from pipeline.trace import trace_source, trace_target
    from reports.tables import Table

    workspace = looked_at(replace(options, target=urls[-1] if urls else options.target))
    lines = trace_target(workspace, tables[0], place[0]) if tables else trace_source(workspace, *place)
    header = ("company", "cycle", "file", "row", "table", "id", "what")
    rows = tuple(tuple(getattr(line, name) for name in header) for line in lines)
    print_table(options, Table("Trace", header, rows, "this row wrote nothing, or came from no delivery"))


def parted(targets: Sequence[str]) -> tuple[list[str], list[str]]:
    """Table names and database URLs: `trace` means both by --target, and only a URL has `://`."""
    return [one for one in targets if "://" not in one], [one for one in targets if "://" in one]
