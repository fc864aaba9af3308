"""The catalogue of checks. Rule ids are stable: operators' notes and acceptance checks depend on them."""

from dataclasses import dataclass
from functools import cache

from vocabulary.resources import text_table

SEVERITIES = {
    "block delivery": "block",
    "set row aside": "set_aside",
    "carry with warning": "warning",
    "information": "info",
    "block sign-off": "block_signoff",
}


@dataclass(frozen=True)
class Rule:
    """One line of rules.csv; `severity` is one of block, set_aside, warning, info, block_signoff.

    `what_to_do`: one sentence for whoever reads a finding, naming sheet and command.
    """

    id: str
    stage: str
    entity: str
    statement: str
    severity: str
    what_to_do: str
    source: str


@cache
def catalogue() -> dict[str, Rule]:
    """All rules by id."""
    rows = text_table("vocabulary", "rules.csv").iter_rows(named=True)
    return {
        row["rule_id"]: Rule(
            id=row["rule_id"],
            stage=row["stage"],
            entity=row["entity"],
            statement=row["statement"],
            severity=SEVERITIES[row["severity"]],
            what_to_do=row["what_to_do"],
            source=row["source"],
        )
        for row in rows
    }
