"""One line of a case, as every part of it tells them."""

from dataclasses import dataclass

PERSON, MATCHED, EVIDENCE, DECIDED, ROWS, TARGET, CLOSED, ASIDE, RUNS, ACCESS = (
    "person",
    "matched",
    "evidence",
    "decided",
    "source rows",
    "target",
    "closed",
    "not carried",
    "runs",
    "access",
)
"""What a line is about, in the order of a case; evidence stands behind the match that it speaks for."""


@dataclass(frozen=True)
class CaseLine:
    """`about`: one of the words above. Where it stands: company, cycle, file and row of a delivery, table and
    id of the target, as far as it has them. `what`: what there is to say."""

    about: str
    company: str = ""
    cycle: str = ""
    file: str = ""
    row: str = ""
    table: str = ""
    id: str = ""
    what: str = ""
