"""First names and what they are called for short: a list that a person can open and add to."""

from functools import cache

from vocabulary.resources import text_table


@cache
def short_forms() -> frozenset[tuple[str, str]]:
    """Pairs of a name and a short form of it, in capitals; a short form may be that of several names."""
    table = text_table("vocabulary", "short_forms.csv")
    return frozenset(table.select("name", "short_form").iter_rows())
