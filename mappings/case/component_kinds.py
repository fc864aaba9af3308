"""The eight component kinds: which row is the component, which its manager,
which table records its transfer."""

from dataclasses import dataclass
from functools import cache

from vocabulary.resources import text_table

OM = "OM"
"""The kind of the person itself: offender management."""


@dataclass(frozen=True)
class Kind:
    """One row of kinds.csv. Source: delius.md, live components; transfers are per component (target.md).

    `word` is the component's key, `manager_word` the same key on the manager row. `pending_table` holds
    PENDING_TRANSFER, blank where the kind has no such flag. `contact_type` is the contact that nDelius writes
    when the manager changes, blank where it writes none.
    """

    code: str
    entity: str
    word: str
    manager: str
    manager_word: str
    table: str
    manager_table: str
    transfer_table: str
    pending_table: str
    contact_type: str


@cache
def kinds() -> tuple[Kind, ...]:
    """All kinds, the person first."""
    return tuple(
        Kind(
            code=row["kind"],
            entity=row["entity"],
            word=row["word"],
            manager=row["manager"],
            manager_word=row["manager_word"],
            table=row["table"],
            manager_table=row["manager_table"],
            transfer_table=row["transfer_table"],
            pending_table=row["pending_table"] or "",
            contact_type=row["contact_type"] or "",
        )
        for row in text_table("mappings", "kinds.csv").iter_rows(named=True)
    )


def kind(code: str) -> Kind:
    """The kind of `code`."""
    return next(found for found in kinds() if found.code == code)
