"""What the satellite exports write: one function for each export that writes something."""

import polars as pl

from mappings.assessments.contacts import assessment_contacts, star_contacts
from mappings.assessments.oasys import oasys_inserts
from mappings.documents import document_inserts
from vocabulary.batch import Batch

Inserts = dict[str, pl.DataFrame]


def satellite_inserts(batch: Batch, baseline: Batch, regions: pl.DataFrame) -> list[Inserts]:
    """New rows by table, one dict for each export.

    Args:
        baseline: nDelius on the evening before, for who is in charge and which records are there.
        regions: person_id, region, pdu_code of the persons (mappings.regions).
    """
    inserts: list[Inserts] = []
    if batch.has("documents"):
        inserts.append({"DOCUMENT": document_inserts(batch)})
    if batch.has("eoc"):
        inserts.append({"CONTACT": assessment_contacts(batch, baseline)})
        inserts.append(oasys_inserts(batch, baseline, regions))
    if batch.has("justice_star"):
        inserts.append({"CONTACT": star_contacts(batch, baseline)})
    return inserts
