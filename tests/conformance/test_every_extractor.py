"""What every extractor promises, for every company that delivers its export; a new one is held to it too."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from extraction import Extracted
from raw_rows import cells_of_row

from extractors.base import read_entity
from extractors.delivery import Delivery
from extractors.layout import parts_of_file
from extractors.receive import receive
from vocabulary.companies import EXPORTS, companies
from vocabulary.source import source_words

Extract = Callable[[str, str], Extracted]

CASES = [
    (code, export) for code, company in companies().items() for export in EXPORTS if export in company.exports
]
CASES.append(("N00", "delius"))
every_case = pytest.mark.parametrize(
    ("company", "export"), CASES, ids=[f"{code}-{export}" for code, export in CASES]
)


@pytest.mark.parametrize("company", [*companies(), "N00"])
def test_a_clean_delivery_is_received_without_a_finding(sample_cycle: Path, company: str) -> None:
    folder = sample_cycle / ("baseline" if company == "N00" else company)
    assert receive(folder, company, "day-1").findings.rows() == []


@every_case
def test_its_files_are_recognised_by_it_and_no_other(extracted: Extract, company: str, export: str) -> None:
    delivery, _, _ = extracted(company, export)
    for file in delivery.files:
        assert [kind for kind in EXPORTS if parts_of_file(kind, company, file.name)] == [file.export]


@every_case
def test_all_source_words_and_none_extra(extracted: Extract, company: str, export: str) -> None:
    _, frames, _ = extracted(company, export)
    provenance = ["company", "export", "source_file", "source_row", "row_number"]
    for entity, words in source_words(export).items():
        columns = [name for name in read_entity(frames, entity).columns if name != "date_system"]
        assert columns == [*provenance, *(word.name for word in words)]


@every_case
def test_values_are_still_text(extracted: Extract, company: str, export: str) -> None:
    _, frames, _ = extracted(company, export)
    for entity in source_words(export):
        schema = read_entity(frames, entity).schema
        assert schema.pop("row_number") == pl.Int64
        assert set(schema.values()) == {pl.String()}


@every_case
def test_every_row_is_there_once(extracted: Extract, company: str, export: str) -> None:
    delivery, frames, account = extracted(company, export)
    assert account.findings.is_empty()
    rows = pl.concat(
        read_entity(frames, entity).select("source_file", "source_row") for entity in source_words(export)
    )
    assert rows.is_unique().all()
    counted = dict(rows.group_by("source_file").len().iter_rows())
    assert counted == {file.name: file.rows for file in delivery.of(export) if file.rows}


@every_case
def test_row_numbers_point_at_the_very_row(extracted: Extract, company: str, export: str) -> None:
    delivery, frames, _ = extracted(company, export)
    for entity, words in source_words(export).items():
        key = "local_ref" if export == "spg" else words[0].name
        for file, row, value in (
            read_entity(frames, entity).select("source_file", "source_row", key).iter_rows()
        ):
            assert value in cells_of_row(path(delivery, file), row)


@every_case
def test_required_dates_look_as_the_agreement_says(extracted: Extract, company: str, export: str) -> None:
    _, frames, _ = extracted(company, export)
    form = r"^(\d\d/\d\d/\d{4}|\d{4}-\d\d-\d\d|\d\d-[A-Z][a-z]{2}-\d{4})$"
    for entity, words in source_words(export).items():
        dates = [word.name for word in words if word.type in ("date", "isodate") and word.is_required]
        frame = read_entity(frames, entity).select(dates)
        assert (
            frame.select(pl.all().str.contains(form).all()).transpose().to_series().all() if dates else True
        )


def path(delivery: Delivery, file: str) -> Path:
    """Where a delivered file lies."""
    return delivery.folder / file
