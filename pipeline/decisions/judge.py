"""Can an answer that came back be taken? Each is taken, known already, or refused with the reason."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from reports.cell_text import is_formula_like
from reports.decisions.question import Question
from reports.decisions.read import Answer

TAKEN, KNOWN, REFUSED = "taken", "known already", "refused"

Key = tuple[str, tuple[str, ...]]
"""Kind and key of a question."""

PersonOf = Callable[[str], str | None]
"""CRN or OFFENDER_ID to the OFFENDER_ID of a person of nDelius; None for nobody."""

DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})|(\d{1,2})/(\d{1,2})/(\d{4})")


@dataclass(frozen=True)
class Line:
    """What became of one answer: its place, TAKEN, KNOWN or REFUSED, and why."""

    given: Answer
    outcome: str
    why: str = ""

    @property
    def key(self) -> Key:
        """The question that it answers."""
        return self.given.kind, self.given.key


def judge(
    given: Sequence[Answer],
    questions: Mapping[Key, Question],
    held: Mapping[Key, str],
    person_of: PersonOf,
    today: dt.date,
) -> list[Line]:
    """One line per answer, in their order.

    Args:
        given: the answers of all workbooks together.
        questions: what the last run asked.
        held: answers that count already.
        person_of: looks a person up.
        today: no answer is from a later day.
    """
    lines = [_judged(answer, questions, held, person_of, today) for answer in given]
    said: dict[Key, set[str]] = {key: {answer} for key, answer in held.items()}
    for line in lines:
        if line.outcome != REFUSED:
            said.setdefault(line.key, set()).add(line.given.answer)
    return [_without_conflict(line, said, held) for line in lines]


def _judged(
    given: Answer,
    questions: Mapping[Key, Question],
    held: Mapping[Key, str],
    person_of: PersonOf,
    today: dt.date,
) -> Line:
    if given.unreadable:
        return Line(given, REFUSED, given.unreadable)
    key = (given.kind, given.key)
    unsigned = [name for name in ("answer", "reason", "who", "when") if not getattr(given, name)]
    if unsigned:
        return Line(given, REFUSED, f"{', '.join(unsigned)} blank")
    if any(is_formula_like(text) for text in (given.reason, given.who)):
        return Line(given, REFUSED, "reason or who begins like a formula")
    day = _day(given.when)
    if day is None or day > today:
        return Line(given, REFUSED, "when is no date up to today (yyyy-mm-dd)")
    if key not in questions:
        return _no_longer_asked(given, held.get(key), person_of)
    answer = _allowed(given.answer, questions[key], person_of)
    if answer is None:
        return Line(given, REFUSED, "the answer is not one of the choices")
    return Line(replace(given, answer=answer, when=day.isoformat()), TAKEN)


def _no_longer_asked(given: Answer, held: str | None, person_of: PersonOf) -> Line:
    """The run has used an answer since: the same one says nothing new, another one is a conflict."""
    if held is None:
        return Line(given, REFUSED, "nobody asks this any more")
    is_same = held in (given.answer, given.answer.split(": ")[0], person_of(given.answer))
    return Line(replace(given, answer=held if is_same else given.answer), TAKEN)


def _allowed(text: str, question: Question, person_of: PersonOf) -> str | None:
    """The answer that `text` stands for: a choice as shown or its code alone, or a person looked up."""
    for choice in question.choices:
        if text in (choice.shown, choice.answer):
            return choice.answer
    return person_of(text) if question.is_open else None


def _day(text: str) -> dt.date | None:
    found = DAY.fullmatch(text)
    if found is None:
        return None
    year, month, day = (
        (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    )  # dd/mm/yyyy, as it is written here
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _without_conflict(line: Line, said: Mapping[Key, set[str]], held: Mapping[Key, str]) -> Line:
    """Never the last one wins: where two answers differ, neither is taken."""
    if line.outcome == REFUSED:
        return line
    if len(said[line.key]) > 1:
        where = f"decisions/{line.given.kind}.csv" if line.key in held else "another line or workbook"
        return replace(line, outcome=REFUSED, why=f"conflict: {where} has a different answer; none is taken")
    return replace(line, outcome=KNOWN) if line.key in held else line
