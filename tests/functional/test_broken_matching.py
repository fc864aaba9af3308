"""Matching broken on purpose: the proof names exactly the rows that went wrong."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import matching.agreement
import matching.cascade
from matching.baseline import Candidates
from pipeline.stages.prove import Sources
from pipeline.stages.receive import match_stage
from pipeline.storage.store import aside, commit_stage, read_manifest
from pipeline.workspace import Workspace
from reconcile.people.known_people import collect_numbers
from reconcile.proofs.identity import (
    ANOTHER_RULE,
    DISAGREES,
    NEED_NOT_WAIT,
    NOT_THE_SURVIVOR,
    find_wrong_matches,
)
from reconcile.sources.delivery import PLACE, Delivery
from vocabulary.source import satellites

pytestmark = pytest.mark.runs

COMPANY = "C17"


def no_answer(*_: Any) -> pl.DataFrame:
    return pl.DataFrame(schema=matching.cascade.ANSWER_SCHEMA)


honest = matching.cascade._by_former_crn


def somebody(keys: pl.DataFrame, known: Candidates) -> pl.DataFrame:
    first = pl.lit(known.persons["offender_id"].min(), pl.Int64)
    return honest(keys, known).with_columns(first.alias("offender_id"))


BROKEN: dict[str, tuple[Any, str, Any, tuple[str, ...], str]] = {
    "merges are not followed": (matching.cascade, "_by_former_crn", somebody, ("M03",), NOT_THE_SURVIVOR),
    # Evidence asks about them all the same (M12); that nobody asks is drawn in test_identity.
    "namesakes are not looked for": (matching.cascade, "_by_name", no_answer, ("M05",), ANOTHER_RULE),
    "twins are one": (
        matching.agreement, "_may_be_another", lambda _: pl.lit(False), ("M10",), DISAGREES,
    ),
    "everybody is a twin": (
        matching.agreement, "_may_be_another", lambda _: pl.lit(True), ("M01", "M04"), NEED_NOT_WAIT,
    ),
}  # fmt: skip
"""Fault to module, name, what stands there instead, the answers that it spoils and what is told."""


@pytest.fixture(scope="module")
def workspace(
    damaged_run: tuple[Path, subprocess.CompletedProcess[str]], tmp_path_factory: pytest.TempPathFactory
) -> Workspace:
    """A run over damaged deliveries in which matching may be done again."""
    root = Path(shutil.copytree(damaged_run[0], tmp_path_factory.mktemp("matching") / "w"))
    return Workspace.open(root, companies=(COMPANY,))


def match_again(workspace: Workspace) -> None:
    """Does the stage as the code now stands."""
    folder = workspace.stage_folder(COMPANY, "match")
    account = read_manifest(folder) or {}
    commit_stage(aside(folder), account | match_stage(workspace, COMPANY))


def looked_at(workspace: Workspace) -> tuple[Delivery, list[tuple[str, str]]]:
    """The delivery as the proofs read it, and place and text of what they say of its persons."""
    sources = Sources.of(workspace, (COMPANY,)).hold()
    found = find_wrong_matches(
        sources.held[0], sources.baseline, sources.survivors, collect_numbers(sources.baseline)
    )
    told = found.select(pl.concat_str(PLACE, separator=" "), "what").rows()
    return sources.held[0], sorted(told)


def answered(sent: Delivery, rules: tuple[str, ...]) -> list[str]:
    """Places of the rows that one of `rules` answered."""
    named = [(export, entity) for export in sent.frames for entity in satellites(export)]
    rows = [sent.all(*place).filter(pl.col("answer").is_in(rules)) for place in [("spg", "offender"), *named]]
    places = pl.concat([one.select(pl.concat_str(PLACE, separator=" ").alias("place")) for one in rows])
    return places["place"].to_list()


@pytest.mark.parametrize("fault", BROKEN)
def test_the_rows_that_go_wrong_are_named(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    module, name, instead, rules, what = BROKEN[fault]
    match_again(workspace)
    sent, told = looked_at(workspace)
    assert told == []
    monkeypatch.setattr(module, name, instead)
    match_again(workspace)
    _, told = looked_at(workspace)
    assert told
    spoiled = {place for place, _ in told}
    assert spoiled <= set(answered(sent, rules))
    assert {said for _, said in told} == {what}
    if rules != ("M01", "M04"):  # who has no first name in common is still one person
        assert spoiled == set(answered(sent, rules))
