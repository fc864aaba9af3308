"""Runs stages with the packages of a given tree, in a process of its own: `in_tree.py TREE WORD ...`.

`prepare WORKSPACE` makes clean deliveries and takes them to the evening before the load, baseline and all.
`run WORKSPACE COMPANY STAGE` takes one company from STAGE to reconcile and ends with the verdict's exit code.
"""

import sys
import traceback
from pathlib import Path

SOURCES = ("receive", "extract", "map", "match", "validate", "plan")
COMPANIES = ("C04", "C06", "C09", "C17")
"""C04 lies in two regions, C06 has assessments and C09 stars, C17 a case system of its own."""

PEOPLE = 44
"""Of each company: the fewest with which the case system has a new row for every table it can write."""

WARNINGS = ("D38", "D39", "D42")
"""Planted because clean deliveries lack them: a second active manager, none at all, a pending transfer."""

BUG = 70


def prepare(root: Path) -> int:
    """A workspace at `root` in which load is next for every company."""
    from pipeline.run import run_stages
    from pipeline.target import prepare_target
    from pipeline.workspace import Workspace
    from samples.make import make

    make(root / "deliveries", companies=COMPANIES, people=PEOPLE, defects=WARNINGS)
    workspace = Workspace.open(root)
    run_stages(workspace, SOURCES)
    prepare_target(workspace)
    return 0


def run(root: Path, company: str, first: str) -> int:
    """One company's stages from `first` on; the exit code that the command line would give."""
    from cli.exit_codes import of_reconciliation
    from pipeline.run import run_stages
    from pipeline.workspace import Workspace
    from vocabulary.errors import Day1Error

    workspace = Workspace.open(root, companies=(company,))
    if first != "load":
        # Codes once given stay; a mutant must give them itself.
        (root / "work" / workspace.cycle / "officer_codes.parquet").unlink(missing_ok=True)
    try:
        if first == "plan":
            (workspace.stage_folder(company, first) / "stage.json").unlink()
        sources = SOURCES[SOURCES.index(first) :] if first in SOURCES else ()
        reconciliation = run_stages(workspace, (*sources, "load", "reconcile"))
    except Day1Error as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except Exception:
        traceback.print_exc()
        return BUG  # Python would end with 1, which is the code of a difference that was found
    assert reconciliation is not None
    return of_reconciliation(reconciliation)


def require_tree(tree: Path) -> None:
    """The packages that Python finds are those of `tree`, not the installed ones."""
    import mappings
    import pipeline
    import target

    for package in (mappings, pipeline, target):
        if not Path(str(package.__file__)).is_relative_to(tree):
            sys.exit(f"{package.__name__} comes from elsewhere than {tree}")


def main() -> int:
    """Reads the command line."""
    tree, word, root, *rest = sys.argv[1:]
    require_tree(Path(tree))
    return prepare(Path(root)) if word == "prepare" else run(Path(root), *rest)


if __name__ == "__main__":
    sys.exit(main())
