"""What an outcome of a contact means for the person, in plain words: an answer may lead to enforcement."""

from dataclasses import replace
from functools import cache

from reports.decisions.question import Choice
from vocabulary.resources import text_table

OUTCOMES = "CONTACT OUTCOME TYPE"
"""The list of the target that holds them."""

ATTENDED = {"Y": "attended", "N": "did not attend"}
COMPLIED = {"Y": "complied", "N": "did not comply"}
ENFORCEABLE = {"Y": "can be enforced against the person", "N": "cannot be enforced"}
UNKNOWN = "whether it can be enforced is not known"


def with_meaning(choice: Choice) -> Choice:
    """`choice` with what it means for the person behind its label; as it is where nobody has said so."""
    line = _lines().get(choice.answer)
    if line is None:
        return choice
    words = [ATTENDED.get(line["attended"] or ""), COMPLIED.get(line["complied"] or "")]
    meaning = ", ".join(word for word in words if word)
    label = (
        f"{choice.label or line['label']} ({meaning}; {ENFORCEABLE.get(line['enforceable'] or '', UNKNOWN)})"
    )
    return replace(choice, label=label)


def beside(outcome: str) -> list[str]:
    """The outcomes that must be weighed where `outcome` is proposed: the same word with another meaning."""
    line = _lines().get(outcome)
    return (line["beside"] or "").split() if line else []


@cache
def _lines() -> dict[str, dict[str, str | None]]:
    """mappings/outcomes.csv by outcome."""
    rows = text_table("mappings", "outcomes.csv").iter_rows(named=True)
    return {row["outcome"]: row for row in rows}
