"""Questions about persons with limited access: a workbook of their own, for who is entitled to answer."""

from collections.abc import Sequence

from pipeline.limited import Limited
from reports.decisions.question import Question
from vocabulary.decisions import KINDS


def set_apart(questions: Sequence[Question], limited: Limited) -> tuple[list[Question], list[Question]]:
    """`questions` for everybody, and those that name a person, or a row of one, of limited access.

    Raises:
        ValueError: a question of a kind about persons says neither person nor row. It ends the program.
    """
    codes = sorted({company for one in questions for company, _, _ in one.places})
    rows = frozenset(limited.rows(codes).iter_rows())
    found: tuple[list[Question], list[Question]] = ([], [])
    for one in questions:
        if KINDS[one.kind].of_persons and not (one.persons or one.places):
            raise ValueError(f"A question of {one.kind} says neither whom nor which row it is about.")
        is_limited = not limited.keys.isdisjoint(one.persons) or not rows.isdisjoint(one.places)
        found[is_limited].append(one)
    return found
