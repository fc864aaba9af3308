"""Nothing gets past the readers: every row is right, set aside or refused, none lost without a word.

What must become of each row is drawn beside the damage, in the tables of this folder; no reader is asked.
"""

import random
from pathlib import Path

import pytest

from bench.ingest_judge import ASIDE, CRASH, REFUSED, RIGHT, SILENT, SLOW, TOO_MUCH, Loaded, Reading, judge
from bench.ingest_score import read_pair
from tests.hostile.corpus import write_corpus
from tests.hostile.fuzz import KINDS, run

FEW = 40
"""Pairs of which `make test` reads; `make test-runs` reads them all."""

LEAST = 1_000
LOADED = 0.99
"""Share of the undamaged rows that is loaded of a file that is not refused."""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("pairs")
    write_corpus(folder)
    return sorted(folder.iterdir())


def wrong(pairs: list[Path]) -> list[str]:
    """The pairs whose damage got past the readers, or cost more than it must."""
    judged = [(pair.name, judge(*read_pair(pair))) for pair in pairs]
    return [
        f"{name}: {verdict.outcome}: {verdict.why}"
        for name, verdict in judged
        if verdict.outcome not in (RIGHT, ASIDE, REFUSED) or 0 < verdict.loaded < LOADED * verdict.undamaged
    ]


def test_a_drawn_few_of_the_damages(corpus: list[Path]) -> None:
    assert len(corpus) > LEAST
    assert wrong(random.Random(7).sample(corpus, FEW)) == []


@pytest.mark.runs
def test_every_damage(corpus: list[Path]) -> None:
    assert wrong(corpus) == []


@pytest.mark.parametrize("kind", KINDS)
def test_files_changed_at_random(kind: str) -> None:
    assert list(run(kind, first=1, cases=15)) == []


def cells(**texts: str) -> dict[str, str | None]:
    return dict(texts)


DRAWN = {
    "refused": [],
    "may_refuse": False,
    "rows": {
        "": {
            "2": {"fate": "right", "cells": {"key": "1", "name": "Zz"}, "warned": []},
            "3": {"fate": "aside", "cells": {}, "warned": []},
            "4": {"fate": "nothing", "cells": {}, "warned": []},
        }
    },
}
GOOD = Loaded("", 2, cells(key="1", name="Zz"))
BAD = Loaded("", 3, cells(key="2"), frozenset({"T01"}))


@pytest.mark.parametrize(
    ("reading", "outcome"),
    [
        (Reading((GOOD, BAD)), ASIDE),
        (Reading((GOOD,)), SILENT),  # row 3 is lost without a word
        (Reading((BAD,)), SILENT),  # so is row 2
        (Reading((GOOD, Loaded("", 3, cells(key="2")))), SILENT),  # loaded, and damaged
        (Reading((Loaded("", 2, cells(key="1", name="Z")), BAD)), SILENT),  # a cell changed
        (Reading((GOOD, BAD, Loaded("", 4, cells(key="")))), SILENT),  # nobody's row
        (Reading((GOOD, BAD, Loaded("", 9, cells(key="3")))), SILENT),  # a row out of nothing
        (Reading((GOOD, GOOD, BAD)), SILENT),  # a row twice
        (Reading(refused=(("F04", "x"),)), TOO_MUCH),
        (Reading(crash="ValueError"), CRASH),
        (Reading((GOOD, BAD), seconds=6.0), SLOW),
    ],
)
def test_the_judge_sees_what_is_wrong(reading: Reading, outcome: str) -> None:
    assert judge(DRAWN, reading).outcome == outcome


def test_the_judge_wants_a_refusal_by_the_rule_that_was_drawn() -> None:
    drawn = {**DRAWN, "refused": ["F11"]}
    assert judge(drawn, Reading(refused=(("F11", "x"),))).outcome == REFUSED
    assert judge(drawn, Reading(refused=(("F04", "x"),))).outcome == TOO_MUCH
    assert judge(drawn, Reading((GOOD, BAD))).outcome == SILENT
