"""What is wrong with a delivery as a whole or with one of its files, in words a person can act on."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from vocabulary.findings import collect, file_finding
from vocabulary.rules import catalogue

MANIFEST = "delivery.toml"
"""Name of the manifest; problems of the delivery as a whole name it as their file."""


@dataclass(frozen=True)
class Problem:
    """A failed F rule. `message` says what is there, what was expected, what to do; no record's value."""

    rule: str
    message: str
    file: str = MANIFEST
    export: str = ""

    @property
    def blocks(self) -> bool:
        """True when the rule refuses the whole delivery."""
        return catalogue()[self.rule].severity == "block"


def problem_findings(problems: Iterable[Problem], company: str) -> pl.DataFrame:
    """One finding per rule and file of `problems`, however many things are wrong under it."""
    return collect(
        [
            file_finding(
                company, problem.export, problem.file, problem.rule, catalogue()[problem.rule].entity
            )
            for problem in problems
        ]
    )
