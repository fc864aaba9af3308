"""The proofs themselves find damage to referrals and to rows under a code that our lists lack."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.self_testing import damage_and_prove
from pipeline.workspace import Workspace
from reconcile.selftest.catalogue import Kind, chosen
from reconcile.selftest.run import FOUND

REFERRALS = (
    "referral-without-event",
    "referral-manager-team",
    "referral-reference",
)
CODE_OF_NDELIUS = "DISPOSAL_TYPE_ID names SD7"
"""Planted by D74: our lists of sentences lack it."""


def kinds() -> list[Kind]:
    sentences = chosen(["code-neighbour-sentence", "code-neighbour-new-sentence"])
    under_it = [replace(kind, rows=(*kind.rows, CODE_OF_NDELIUS)) for kind in sentences]
    return [*chosen(REFERRALS), *under_it]


@pytest.mark.long
def test_every_row_is_named(damaged_run: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    result = damage_and_prove(Workspace.open(damaged_run[0]), kinds())
    assert [(one.kind.id, one.outcome) for one in result.results] == [(kind.id, FOUND) for kind in kinds()]
    assert [len(one.rows) for one in result.results] == [1] * len(kinds())
    assert result.undamaged == 0
