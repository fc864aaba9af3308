"""The region of everybody a satellite row is about: also of persons the case system does not carry.

A satellite row does not wait for the extract of its company (matching.md): its person may be set aside there,
or never have been the company's. What is written for such a person goes where the company's persons go.
"""

import polars as pl

from mappings.person_rules import postcode_rules
from mappings.regions import PERSON_SCHEMA, geographic_regions, person_regions
from mappings.routing import only_region
from vocabulary.batch import Batch
from vocabulary.companies import company
from vocabulary.source import satellites


def named_regions(batch: Batch, baseline: Batch) -> pl.DataFrame:
    """PERSON_SCHEMA: the company's persons as in mappings.regions, then those of carried satellite rows.

    A company of two regions asks nDelius where such a person lives; the first of its regions has the others.
    """
    own = person_regions(batch).persons
    named = _named(batch).join(own, on="person_id", how="anti", maintain_order="left")
    if named.is_empty():
        return own
    regions = pl.DataFrame(schema=PERSON_SCHEMA)
    if only_region(batch.company) is None:
        regions = _by_baseline(batch, baseline, named)
    further = named.join(regions, on="person_id", how="left", maintain_order="left").with_columns(
        pl.col("region").fill_null(company(batch.company).regions[0])
    )
    return pl.concat([own, further.select(list(PERSON_SCHEMA))])


def _named(batch: Batch) -> pl.DataFrame:
    """person_id of every person of a carried satellite row, once."""
    found = [pl.DataFrame(schema={"person_id": pl.String})]
    for export in batch.frames:
        for entity in satellites(export):
            found.append(batch.carried(export, entity).select("person_id").drop_nulls())
    return pl.concat(found).unique(maintain_order=True)


def _by_baseline(batch: Batch, baseline: Batch, named: pl.DataFrame) -> pl.DataFrame:
    """PERSON_SCHEMA of `named` as far as the addresses and managers of nDelius say it."""
    known = {entity: baseline.carried("delius", entity) for entity in baseline.frames["delius"]}
    known["address"] = postcode_rules(known["address"], "address").frame  # the baseline itself is not judged
    persons = known["offender"].filter(
        pl.col("offender_id").cast(pl.String).is_in(named["person_id"].implode())
    )
    there = Batch(batch.company, batch.cycle, batch.extract_date, {"delius": known}, batch.decided)
    return geographic_regions(there, persons).persons
