"""The list of mutants: mutants.csv, one wrong change to one file of mappings/ or target/ on each line."""

import csv
from dataclasses import dataclass
from pathlib import Path

LIST = Path(__file__).with_name("mutants.csv")

STAGES = ("map", "validate", "plan", "load")
"""Where a run of a mutant may begin: the first stage that runs the changed code."""


@dataclass(frozen=True)
class Mutant:
    """One line of the list.

    `occurrence` of `old` in `file`, from 1, becomes `new`; 0 where there is but one. `stage`: one of STAGES.
    `company` and `export` have rows that show it. `tables`: what the change spoils, and what refers to that;
    the differences must name a row of one of them. `is_quick`: in `make test-runs`.
    """

    id: str
    what: str
    kind: str
    file: str
    occurrence: int
    old: str
    new: str
    stage: str
    company: str
    export: str
    tables: tuple[str, ...]
    is_quick: bool

    def changed(self, text: str) -> str:
        """`text` of the file with the change in it.

        Raises:
            ValueError: the old text is not there so often: the file has changed since the line was written.
        """
        parts = text.split(self.old)
        found = len(parts) - 1
        # An only occurrence needs no number; a text that is there twice must say which one is meant.
        if not 1 <= (self.occurrence or 1) <= found or (found > 1 and not self.occurrence):
            raise ValueError(f"mutant {self.id}: its old text is {found} times in {self.file}")
        place = self.occurrence or 1
        return self.old.join(parts[:place]) + self.new + self.old.join(parts[place:])


def mutants() -> tuple[Mutant, ...]:
    """All lines of the list, in order."""
    with LIST.open(encoding="utf-8", newline="") as file:
        return tuple(_mutant(line) for line in csv.DictReader(file))


def _mutant(line: dict[str, str]) -> Mutant:
    return Mutant(
        id=line["id"],
        what=line["what"],
        kind=line["kind"],
        file=line["file"],
        occurrence=int(line["occurrence"] or 0),
        old=line["old"],
        new=line["new"],
        stage=line["stage"],
        company=line["company"],
        export=line["export"],
        tables=tuple(line["tables"].split()),
        is_quick=line["quick"] == "Y",
    )
