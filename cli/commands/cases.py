"""`case`: one person from end to end, by CRN or a company's own number."""

import textwrap
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import Format, Options, takes_options
from cli.workspaces import opened

if TYPE_CHECKING:
    from pipeline.cases.case import Case
    from pipeline.cases.line import CaseLine
    from reports.tables import Table


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(takes_options(case))


def case(
    options: Options,
    number: Annotated[
        str, typer.Argument(metavar="NUMBER", help="CRN, OFFENDER_ID, or the company's own number.")
    ],
) -> None:
    """Tells one person's case from end to end.

    Who it was at each company and by what evidence, what was decided and what waits, every source row, what
    the target holds by table before and after, what was closed or not carried and why, which run loaded it,
    and who may see it. Names and values with --reveal only, which the audit log counts. Of a person with
    limited access it says whom to ask, and nothing else. A number may name several persons; --company looks
    for it at one company.
    """
    from cli.output import print_document, print_json, print_table
    from cli.reveal import write_audit
    from pipeline.cases.case import case_of
    from pipeline.cases.find import find_persons

    workspace = opened(options)
    workspace.looked_at()
    persons = find_persons(workspace, number)
    cases = [case_of(workspace, number, person, reveal=options.reveal) for person in persons]
    if options.reveal:
        write_audit(workspace, "case", sum(len(one.lines) for one in cases))
    if options.format is Format.JSON:
        print_json([_as_json(one) for one in cases])
    elif options.format is Format.CSV:
        print_table(options, _as_table(cases))
    else:
        print_document("\n".join(case_text(one, _width(options)) for one in cases))


def _as_json(one: "Case") -> dict[str, object]:
    return {
        "number": one.number,
        "offender_id": "" if one.is_limited or not one.person.is_of_ndelius else one.person.key,
        "is_limited": one.is_limited,
        "lines": [asdict(line) for line in one.lines],
    }


def _as_table(cases: "list[Case]") -> "Table":
    from pipeline.cases.line import CaseLine
    from reports.tables import Table

    header = tuple(one.name for one in fields(CaseLine))
    rows = tuple(tuple(getattr(line, name) for name in header) for one in cases for line in one.lines)
    return Table("Case", header, rows)


def case_text(one: "Case", width: int | None) -> str:
    """The lines under a heading for each thing they are about, broken at `width`, if any, and never cut."""
    from pipeline.cases.line import EVIDENCE

    told, about = [f"Case {one.number}"], ""
    for line in one.lines:
        if line.about not in (about, EVIDENCE):
            about = line.about
            told += ["", about.capitalize()]
        indent = "    " if line.about == EVIDENCE else "  "
        text = line.what if line.about == EVIDENCE else _told(line)
        told += [indent + text] if width is None else _broken(text, indent, width)
    return "\n".join(told) + "\n"


def _broken(text: str, indent: str, width: int) -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=indent, subsequent_indent=f"{indent}  ", break_on_hyphens=False
    )


def _told(line: "CaseLine") -> str:
    """Where it stands, then what there is to say."""
    row = f"row {line.row}" if line.row else ""
    source = [line.company, line.cycle, line.file, row]
    target = [line.table, line.id]
    is_source = line.table == ""
    first, then = (
        " ".join(word for word in words if word) for words in (source, target)[:: 1 if is_source else -1]
    )
    return ": ".join(part for part in (first, line.what) if part) + (f" ({then})" if then else "")


def _width(options: Options) -> int | None:
    """Columns of the terminal; None where the lines go to a file or a pipe."""
    from cli.output import console

    out = console(options)
    return out.width if out.is_terminal else None
