"""Which row names which as its parent: column `parent` of the export's fields.csv."""

from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter

import polars as pl

from vocabulary.errors import ConfigError
from vocabulary.fields import export_fields
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
    named_parents = export_fields(export).filter(pl.col("parent").is_not_null())
    for row in named_parents.iter_rows(named=True):
        parent, parent_word = row["parent"].split(".", 1)
        link = Link(row["entity"], row["field"], parent, parent_word, row["elsewhere"] == "Y")
        _demand_field(export, link)
        found.setdefault(link.entity, []).append(link)
    return {entity: tuple(named) for entity, named in found.items()}


def _demand_field(export: str, link: Link) -> None:
    if link.parent_word not in {word.name for word in source_words(export).get(link.parent, ())}:
        raise ConfigError(
            f"extractors/{export}/fields.csv: the parent of {link.entity}.{link.word} is "
            f"{link.parent}.{link.parent_word}, which is no field of the export. Mend the name."
        )


@cache
def parents_first(export: str) -> tuple[str, ...]:
    """All entities of `export`, each after the parents it names."""
    graph = {
        entity: sorted({link.parent for link in links(export).get(entity, ())})
        for entity in source_words(export)
    }
    return tuple(TopologicalSorter(graph).static_order())
