"""`rule`: what a rule says, what to do about it, and what it has found in this cycle."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import Format, Options, takes_options
from cli.workspaces import looked_at
from vocabulary.errors import ConfigError, UsageError

if TYPE_CHECKING:
    import polars as pl

    from reports.tables import Table
    from vocabulary.rules import Rule

SET_ASIDE = "set_aside"


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(takes_options(rule))


def rule(
    options: Options,
    identity: Annotated[
        str | None, typer.Argument(metavar="[RULE]", help="Id of a rule, such as S01; default all of them.")
    ] = None,
) -> None:
    """Explains a rule: what it says, where it comes from, what to do, and what it has found.

    Without an id the catalogue. In a workspace that has run, each company of the cycle has a line with its
    findings, the rows they are about, and how many of these nothing else keeps back: those would go over
    if only this were mended.
    """
    from cli.output import print_json, print_table, records_of, show

    if identity is None:
        print_table(options, whole_catalogue())
        return
    wanted = known_rule(identity)
    found = found_table(options, wanted)
    if options.format is Format.JSON:
        print_json({**{name: getattr(wanted, name) for name in FACTS}, "found": records_of(found)})
    elif options.format is Format.CSV:
        print_table(options, found)
    else:
        show(options, [explained(wanted), found])


FACTS = ("id", "statement", "severity", "what_to_do", "stage", "entity", "source")


def whole_catalogue() -> "Table":
    """Every rule, a line each."""
    from reports.tables import Table
    from vocabulary.rules import catalogue

    header = ("rule", "severity", "stage", "of", "says", "what to do")
    rows = [
        (one.id, one.severity, one.stage, one.entity, one.statement, one.what_to_do)
        for one in catalogue().values()
    ]
    return Table("Rules", header, tuple(rows))


def known_rule(identity: str) -> "Rule":
    """The rule of that id, in letters of either case.

    Raises:
        UsageError: there is none.
    """
    from vocabulary.nearest import meant
    from vocabulary.rules import catalogue

    rules = catalogue()
    if found := rules.get(identity.upper()):
        return found
    raise UsageError(f"There is no rule {identity}. {meant(identity, rules)}All of them: day1 rule")


def explained(wanted: "Rule") -> "Table":
    """What is known of the rule itself."""
    from reports.tables import Table

    rows = (
        ("says", wanted.statement),
        ("then", wanted.severity),
        ("what to do", wanted.what_to_do),
        ("judged in", wanted.stage),
        ("of", wanted.entity),
        ("source", wanted.source),
        ("tested by", f"docs/rules.md, the tables of {wanted.id}"),
    )
    return Table(f"Rule {wanted.id}", ("", ""), rows)


def found_table(options: Options, wanted: "Rule") -> "Table":
    """What the rule has found in the cycle, a line per company; empty where no workspace was named and the
    folder is none.

    Raises:
        ConfigError: there is no such workspace, cycle or company in it.
    """
    from pipeline.storage.results import findings
    from reports.tables import Table

    header = ("company", "findings", "rows", "rows that nothing else keeps back")
    try:
        workspace = looked_at(options)
    except ConfigError:
        if options.workspace or options.cycle or options.company:  # it was asked for
            raise
        return Table("Found", header, (), "No run here: give --workspace to see what it has found.")
    rows = rule_costs(findings(workspace), wanted.id)
    return Table(f"Found in {workspace.cycle}", header, tuple(rows.iter_rows()), "it has found nothing")


def rule_costs(found: "pl.DataFrame", identity: str) -> "pl.DataFrame":
    """Per company: `findings`, `rows`, `alone` (rows that no other rule sets aside; 0 of a rule that sets
    none aside)."""
    import polars as pl

    row = ["company", "export", "source_file", "source_row"]
    own = found.filter(pl.col("rule") == identity)
    others = found.filter(pl.col("severity") == SET_ASIDE, pl.col("rule") != identity)
    alone = own.filter(pl.col("severity") == SET_ASIDE).join(others, on=row, how="anti").unique(row)
    counts = own.group_by("company").agg(pl.len().alias("findings"), pl.struct(row).n_unique().alias("rows"))
    kept_back = alone.group_by("company").agg(pl.len().alias("alone"))
    return counts.join(kept_back, on="company", how="left").fill_null(0).sort("company")
