"""What an export writes runs because it is defined, and agrees with what the proofs say of it."""

from collections.abc import Callable, Iterator

import polars as pl
import pytest

from mappings import registry
from mappings.case.context import CaseContext
from mappings.registry import (
    Declared,
    changes,
    declared,
    finds,
    out_of_scope,
    scope_rules,
    write_exports,
    writes,
)
from tests.spec.drawn_batch import batch_of, ndelius
from vocabulary.companies import EXPORTS
from vocabulary.declared import name_of, needs
from vocabulary.resources import text_table

DERIVED = {"OFFICER"}
"""Tables that the load fills beside a planned one (target/derived)."""

NO_ROW_OF_ITS_OWN = {("staff", "RESTRICTION")}
"""Written for a row of the restricted person: fields.csv has it under `access`."""

ALL = [each for does in ("writes", "changes", "finds") for each in declared(does)]


def proved_tables(export: str) -> set[str]:
    """The tables that the proofs look for rows of `export` in, or judge columns of."""
    lines = text_table("reconcile", "destinations.csv").filter(export=export, destination="written")
    fields = text_table("reconcile", "fields.csv").filter(pl.col("writer").str.starts_with(f"{export}."))
    own = {table for tables in lines["tables"] for table in tables.split()}
    return (own | {*fields["table"]}) - DERIVED


@pytest.mark.parametrize("export", EXPORTS)
def test_the_tables_that_an_export_writes_are_those_that_the_proofs_look_in(export: str) -> None:
    written = {table for each in declared("writes") if each.export == export for table in each.about}
    apart = {table for name, table in NO_ROW_OF_ITS_OWN if name == export}
    assert written - apart == proved_tables(export)


@pytest.mark.parametrize("each", ALL, ids=lambda each: name_of(each.function))
def test_what_a_function_needs_is_a_fact_of_the_case(each: Declared) -> None:
    known = {*vars(CaseContext), *CaseContext.__dataclass_fields__}
    assert [need for need in needs(each.function) if need not in known] == []


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing is registered but what the test defines."""
    monkeypatch.setattr(registry, "_defined", [])
    declared.cache_clear()
    monkeypatch.setattr(registry, "import_modules", lambda room: None)  # noqa: ARG005
    yield
    declared.cache_clear()
    scope_rules.cache_clear()


CASE = CaseContext(batch_of("C06", documents={"document": [{}]}, delius={}), ndelius())


@pytest.mark.usefixtures("alone")
def test_a_function_is_given_the_facts_that_it_names() -> None:
    @writes("documents", tables="DOCUMENT")
    def rows(batch: object, components: pl.DataFrame) -> pl.DataFrame:
        assert batch is CASE.batch
        return components

    ((table, given),) = write_exports(CASE, CASE.batch.has)[0].items()
    assert (table, given is CASE.components) == ("DOCUMENT", True)


@pytest.mark.usefixtures("alone")
def test_an_export_that_is_not_delivered_writes_nothing() -> None:
    writes("eoc", tables="CONTACT")(lambda: pl.DataFrame())
    assert write_exports(CASE, CASE.batch.has) == []


def nothing() -> pl.DataFrame:
    """A function of mappings."""
    return pl.DataFrame()


@pytest.mark.parametrize(
    ("slip", "told"),
    [
        (lambda: writes("nothing", tables="DOCUMENT")(nothing), "'nothing', which is no export"),
        (lambda: writes("documents", tables="PAPER")(nothing), "PAPER, which target/records does not have"),
        (lambda: writes("documents", tables="")(nothing), "nothing, which target/records"),
        (lambda: changes("staff", tables="PAPER")(nothing), "changes PAPER"),
        (lambda: finds("upw", rules="Z99")(nothing), "Z99, which vocabulary/rules.csv"),
        (lambda: out_of_scope("upw", "employee")(nothing), "extractors/upw/fields.csv does not have"),
    ],
)
@pytest.mark.usefixtures("alone")
def test_a_function_that_is_registered_for_what_there_is_not_is_refused_by_name(
    slip: Callable[[], object], told: str
) -> None:
    slip()
    with pytest.raises(ValueError, match=told) as refused:
        declared("writes")
    assert "test_declared_writers.nothing" in str(refused.value)


@pytest.mark.usefixtures("alone")
def test_a_table_that_is_written_and_not_declared_ends_the_program() -> None:
    writes("documents", tables="DOCUMENT")(lambda: {"CONTACT": pl.DataFrame()})
    with pytest.raises(ValueError, match=r"writes \['CONTACT'\] and declares"):
        write_exports(CASE, CASE.batch.has)


@pytest.mark.usefixtures("alone")
def test_a_fact_that_nobody_knows_ends_the_program_by_name() -> None:
    def rows(weather: str) -> pl.DataFrame:
        return pl.DataFrame({"weather": [weather]})

    writes("documents", tables="DOCUMENT")(rows)
    with pytest.raises(ValueError, match="rows asks for 'weather', and CaseContext has none"):
        write_exports(CASE, CASE.batch.has)
