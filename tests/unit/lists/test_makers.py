"""A book of lists has one function that makes it, and the lists that region_lists.csv says."""

from collections.abc import Callable, Iterator

import polars as pl
import pytest

from lists import registry
from lists.registry import make_lists, makers, makes_lists
from lists.sources import ListSources
from mappings.case.context import CaseContext
from tests.spec.drawn_batch import batch_of, ndelius
from vocabulary.declared import needs
from vocabulary.resources import text_table

OF_THE_PLAN = ("sources", "lost", "assigned", "officers", "claims")
"""What pipeline/stages/region_packs.py gives beside the facts of the case."""

BOOKS = text_table("reports", "region_lists.csv")["book"].unique(maintain_order=True).to_list()


@pytest.mark.parametrize("book", BOOKS)
def test_every_book_has_a_maker_whose_needs_are_known(book: str) -> None:
    known = {*vars(CaseContext), *CaseContext.__dataclass_fields__, *OF_THE_PLAN}
    assert [need for need in needs(makers()[book].function) if need not in known] == []


@pytest.fixture
def twins(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[registry.Maker]]:
    """What is registered, to be changed by the test; as before afterwards."""
    makers.cache_clear()
    own = [*registry._defined]
    monkeypatch.setattr(registry, "_defined", own)
    yield own
    makers.cache_clear()


def nothing(sources: ListSources) -> dict[str, pl.DataFrame]:  # noqa: ARG001
    """A function of lists."""
    return {}


@pytest.mark.parametrize(
    ("slip", "told"),
    [
        (lambda _: makes_lists("chess")(nothing), r"test_makers.nothing makes .* not have: chess"),
        (lambda _: makes_lists("estates")(nothing), "another function makes: estates"),
        (lambda own: own.clear(), "a book that no function makes: staff, cases"),
    ],
)
def test_a_book_without_a_maker_or_a_maker_without_a_book_is_refused(
    twins: list[registry.Maker], slip: Callable[[list[registry.Maker]], object], told: str
) -> None:
    slip(twins)
    with pytest.raises(ValueError, match=told):
        makers()


def test_a_list_that_is_not_made_is_told_by_name(twins: list[registry.Maker]) -> None:
    makes_lists("estates", "estates")(nothing)
    others = [one for one in twins[:-1] if one.book != "estates"]
    twins[:] = [twins[-1], *others]  # first, so that no other list needs anything
    case = CaseContext(batch_of("C06", estates={}), ndelius())
    sources = ListSources(case, pl.DataFrame(), pl.DataFrame(), pl.DataFrame())
    with pytest.raises(ValueError, match="same lists of estates: assets, properties"):
        next(make_lists(sources))
