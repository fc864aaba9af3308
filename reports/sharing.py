"""For whom each book of a region's pack is, and under which agreement it may be shared (sharing.csv)."""

from dataclasses import dataclass
from functools import cache

from vocabulary.resources import text_table


@dataclass(frozen=True)
class Sharing:
    """One line of sharing.csv. `certainty`: public, with its year, or assumed until somebody confirms it."""

    for_whom: str
    agreement: str
    certainty: str

    @property
    def sentence(self) -> str:
        """What stands below the title of every list."""
        return f"For: {self.for_whom}. Under: {self.agreement} ({self.certainty})."


@cache
def sharing_of(book: str) -> Sharing:
    """For whom the book is.

    Raises:
        ValueError: sharing.csv has no line of it. It ends the program: a list for nobody is made by nobody.
    """
    for row in text_table("reports", "sharing.csv").iter_rows(named=True):
        if row["book"] == book:
            return Sharing(row["for_whom"], row["agreement"], row["certainty"])
    raise ValueError(f"reports/sharing.csv does not say for whom the book {book} is.")
