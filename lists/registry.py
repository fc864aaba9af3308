"""The lists of a book are registered by being defined.

A function under `@makes_lists` is found with its module. Its parameters name what it needs: `sources`
(lists.sources), or another fact of the case (mappings.case.context).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import lists as home
from lists.sources import Lists, ListSources
from vocabulary.declared import call, import_modules, name_of, require_export
from vocabulary.resources import text_table

Making = TypeVar("Making", bound=Callable[..., Lists])


@dataclass(frozen=True)
class Maker:
    """A function that makes the lists of a book; of companies that deliver `export`, None: of every one."""

    function: Callable[..., Lists]
    book: str
    export: str | None


_defined: list[Maker] = []


def makes_lists(book: str, export: str | None = None) -> Callable[[Making], Making]:
    """Register the lists of `book` (reports/region_lists.csv), from rows of `export`."""

    def register(function: Making) -> Making:
        _defined.append(Maker(function, book, export))
        return function

    return register


@cache
def makers() -> dict[str, Maker]:
    """Book to what makes its lists.

    Raises:
        ValueError: a book has no function or two, or a function a book or export that there is not. It ends
            the program, by name.
    """
    import_modules(home)
    books = text_table("reports", "region_lists.csv")["book"].unique(maintain_order=True).to_list()
    found: dict[str, Maker] = {}
    for each in _defined:
        if each.book not in books or each.book in found:
            told = (
                "another function makes" if each.book in found else "reports/region_lists.csv does not have"
            )
            raise ValueError(f"{name_of(each.function)} makes a book that {told}: {each.book}.")
        if each.export is not None:
            require_export(each.function, each.export)
        found[each.book] = each
    if lacking := [book for book in books if book not in found]:
        raise ValueError(f"reports/region_lists.csv has a book that no function makes: {', '.join(lacking)}.")
    return found


def make_lists(sources: ListSources, **given: object) -> Iterator[tuple[str, Lists]]:
    """Every book of the company with its lists; `given` are facts that only its plan knows.

    Raises:
        ValueError: the lists made are not those that reports/region_lists.csv has of the book.
    """
    for book, maker in makers().items():
        if maker.export is None or sources.batch.has(maker.export):
            made: Lists = call(maker.function, sources.case, sources=sources, **given)
            agreed = {*text_table("reports", "region_lists.csv").filter(book=book)["list"]}
            if wrong := {*made} ^ agreed:
                raise ValueError(
                    f"{name_of(maker.function)} and reports/region_lists.csv do not have the same lists "
                    f"of {book}: {', '.join(sorted(wrong))}."
                )
            yield book, made
