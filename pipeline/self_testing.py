"""The self-test of a workspace: every company that is loaded, on a copy of its target."""

from collections.abc import Sequence

import polars as pl

from pipeline.progress import Progress, Silent
from pipeline.stages.prove import Sources
from pipeline.target import target_exists
from pipeline.workspace import Workspace
from reconcile.selftest.catalogue import Kind
from reconcile.selftest.copies import copy_of
from reconcile.selftest.run import Prove, Result, SelfTest, self_test
from target.bulk import read
from target.database import connect, transaction
from target.ledger import LEDGER
from vocabulary.errors import TargetError


def proofs(workspace: Workspace, codes: Sequence[str]) -> Prove:
    """The proofs of reconcile: the sources are read once, whatever becomes of the target."""
    return Sources.of(workspace, codes).hold().prove


def damage_and_prove(
    workspace: Workspace, kinds: Sequence[Kind], progress: Progress | None = None
) -> SelfTest:
    """Inflict `kinds` on a copy of the target and prove it each time; the target itself is only read.

    Every company that the cycle loaded is proved, whichever were chosen: damage keeps to no company.

    Raises:
        TargetError: nothing is loaded, or the target cannot be copied.
    """
    watching = progress or Silent()
    prove = proofs(workspace, _loaded(workspace))

    def done(result: Result) -> None:
        watching.done("", "self-test", f"{result.kind.id}: {result.outcome}")

    with copy_of(workspace.target_url) as copy:
        watching.stage("", "self-test")
        return self_test(copy, prove, kinds, done)


def _loaded(workspace: Workspace) -> list[str]:
    """The companies that the cycle loaded."""
    if target_exists(workspace):
        with transaction(connect(workspace.target_url)) as connection:
            ledger = read(connection, LEDGER, ["COMPANY", "CYCLE"])
        loaded = ledger.filter(pl.col("CYCLE") == workspace.cycle)["COMPANY"].sort().to_list()
        if loaded:
            return loaded
    raise TargetError(
        f"Nothing of cycle {workspace.cycle or 'any'} is loaded, so there is nothing to damage. "
        "Run `day1 run` first."
    )
