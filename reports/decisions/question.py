"""An open question as it is put to an operator: what is asked, what waits for it, which answers there are."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """One answer that is allowed; `label` tells a reader what it stands for."""

    answer: str
    label: str = ""

    @property
    def shown(self) -> str:
        """The choice as a drop-down list shows it."""
        return f"{self.answer}: {self.label}" if self.label else self.answer


@dataclass(frozen=True)
class Compared:
    """One thing in which a delivered row is laid beside the possible `answer`.

    `says`: how far it agrees, without a value. `bits`: the weight, None where nothing was weighed.
    `delivered` and `known` are personal: shown on request only.
    """

    answer: str
    what: str
    says: str
    bits: float | None = None
    delivered: str = ""
    known: str = ""


@dataclass(frozen=True)
class Question:
    """One question that waits.

    `key`: values of the key columns of its kind (vocabulary.decisions). `rows`: source rows that wait for it.
    `context`: where it comes from, without a value of any person. `suggested`: likely answers, best first.
    `is_open`: the choices are suggestions, others are looked up when they come back. `personal`: shown on
    request only. `is_again`: the answer that there is could not be followed. `compared`: side by side.
    `persons`, `places`: nDelius's keys of whom it is about, and company, file and row of the delivered rows:
    where one of them is of limited access, the question goes into a workbook of its own.
    """

    kind: str
    key: tuple[str, ...]
    rows: int
    context: str
    choices: tuple[Choice, ...]
    suggested: tuple[str, ...] = ()
    is_open: bool = False
    personal: str = ""
    is_again: bool = False
    compared: tuple[Compared, ...] = ()
    persons: frozenset[str] = frozenset()
    places: frozenset[tuple[str, str, str]] = frozenset()


def ranked(questions: Sequence[Question]) -> list[Question]:
    """What most rows wait for first; equal ones by key, so that the order is always the same."""
    return sorted(questions, key=lambda question: (-question.rows, question.key))
