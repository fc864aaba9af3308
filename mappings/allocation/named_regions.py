"""The region of everybody a satellite row is about: also of persons the case system does not carry.

A satellite row does not wait for the extract of its company (matching.md): its person may be set aside there,
or never have been the company's. What is written for such a person goes where the company's persons go.
"""

import polars as pl

from mappings.allocation.regions import PERSON_SCHEMA, regions_of
from mappings.case.case_model import CaseModel
from vocabulary.batch import Batch
from vocabulary.companies import company
from vocabulary.source import satellites


def named_regions(model: CaseModel, own: pl.DataFrame) -> pl.DataFrame:
    """PERSON_SCHEMA: `own`, the company's persons (mappings.allocation.regions), then those of carried
    satellite rows.

    A company of two regions asks nDelius where such a person lives; the first of its regions has the others.
    """
    named = _named(model.batch).join(own, on="person_id", how="anti", maintain_order="left")
    if named.is_empty():
        return own
    regions = regions_of(named["person_id"], model).persons
    further = named.join(regions, on="person_id", how="left", maintain_order="left").with_columns(
        pl.col("region").fill_null(company(model.batch.company).regions[0])
    )
    return pl.concat([own, further.select(list(PERSON_SCHEMA))])


def _named(batch: Batch) -> pl.DataFrame:
    """person_id of every person of a carried satellite row, once."""
    found = [pl.DataFrame(schema={"person_id": pl.String})]
    for export in batch.frames:
        for entity in satellites(export):
            found.append(batch.carried(export, entity).select("person_id").drop_nulls())
    return pl.concat(found).unique(maintain_order=True)
