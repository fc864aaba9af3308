"""What an export's rows must have become is registered by being defined, or stands as it was delivered."""

from collections.abc import Iterator

import polars as pl
import pytest

from reconcile import registry
from reconcile.expected.facts import ExpectedFacts
from reconcile.proofs.fields import Expected, require_fields
from reconcile.registry import Expectation, Placement, expectations, expects, placements, places
from vocabulary.declared import name_of, needs
from vocabulary.errors import ConfigError
from vocabulary.resources import text_table

OFFICERS = ("staff", "employee")
"""reconcile.allocation.officers expects these: who becomes one depends on what moves."""

LINES = text_table("reconcile", "destinations.csv").filter(destination="written")


GIVEN = {"rows", "entity"}
"""What the caller of a function under `@places` gives it (reconcile.proofs.whereabouts)."""


@pytest.mark.parametrize(
    "each", [*expectations(), *placements().values()], ids=lambda each: name_of(each.function)
)
def test_what_a_function_needs_is_known(each: Expectation | Placement) -> None:
    known = {*vars(ExpectedFacts), *ExpectedFacts.__dataclass_fields__}
    known |= GIVEN if isinstance(each, Placement) else set()
    assert [need for need in needs(each.function) if need not in known] == []


def test_rows_that_are_written_in_some_cases_only_have_a_function() -> None:
    spoken_for = {(each.export, entity) for each in expectations() for entity in each.entities}
    in_some_cases = LINES.filter(pl.col("when") != "always").select("export", "entity").unique().rows()
    assert {*in_some_cases} - spoken_for == {OFFICERS}


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing is registered but what the test defines."""
    monkeypatch.setattr(registry, "_defined", [])
    monkeypatch.setattr(registry, "_placing", [])
    expectations.cache_clear()
    placements.cache_clear()
    yield
    expectations.cache_clear()
    placements.cache_clear()


def nothing() -> list[Expected]:
    """A function of the proofs."""
    return []


def nothing_placed() -> pl.DataFrame:
    """Another one."""
    return pl.DataFrame()


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(
    ("export", "entities", "told"),
    [
        ("nothing", "document", "'nothing', which is no export"),
        ("documents", "paper", "documents.paper, which extractors/documents/fields.csv does not have"),
    ],
)
def test_a_function_for_what_there_is_not_is_refused_by_name(export: str, entities: str, told: str) -> None:
    expects(export, entities=entities)(nothing)
    with pytest.raises(ValueError, match=told) as refused:
        expectations()
    assert "test_expectations.nothing" in str(refused.value)


@pytest.mark.usefixtures("alone")
def test_conditions_that_nobody_tells_apart_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"conditions for spg\.offender, and no function under @places"):
        placements()


@pytest.mark.parametrize(
    ("export", "entity", "told"),
    [
        ("documents", "document", "places documents.document a second time"),
        ("estates", "property", r"only one line for"),
        ("documents", "paper", "documents.paper, which extractors/documents/fields.csv does not have"),
    ],
)
def test_a_function_that_places_what_it_cannot_is_refused_by_name(
    export: str, entity: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_placing", [*registry._placing])
    placements.cache_clear()
    places(export, entities=entity)(nothing_placed)
    with pytest.raises(ValueError, match=told) as refused:
        placements()
    placements.cache_clear()
    assert "test_expectations.nothing_placed" in str(refused.value)


def test_a_table_without_a_line_for_its_writer_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"no line for CONTACT written by documents\.document"):
        require_fields("CONTACT", "documents.document")
