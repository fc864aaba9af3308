"""Which row names which as its parent: one row of links.csv per key a row names in the same export."""

from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter

from vocabulary.resources import text_table
from vocabulary.source import source_words


@dataclass(frozen=True)
class Link:
    """`entity.word` names the row of `parent` whose `parent_word` is equal (keys and relations).

    `may_be_elsewhere`: nDelius gave the key, so the parent may stand in the baseline only (spg.md).
    """

    entity: str
    word: str
    parent: str
    parent_word: str
    may_be_elsewhere: bool


@cache
def links(export: str) -> dict[str, tuple[Link, ...]]:
    """The links of every entity of `export`; an entity without parents is absent."""
    found: dict[str, list[Link]] = {}
    for row in text_table("vocabulary", "links.csv").iter_rows(named=True):
        if row["export"] == export:
            link = Link(
                row["entity"], row["word"], row["parent"], row["parent_word"], row["elsewhere"] == "Y"
            )
            found.setdefault(link.entity, []).append(link)
    return {entity: tuple(named) for entity, named in found.items()}


@cache
def parents_first(export: str) -> tuple[str, ...]:
    """All entities of `export`, each after the parents it names."""
    graph = {
        entity: sorted({link.parent for link in links(export).get(entity, ())})
        for entity in source_words(export)
    }
    return tuple(TopologicalSorter(graph).static_order())
