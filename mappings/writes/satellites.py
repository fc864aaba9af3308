"""What the satellite exports write: one function for each export that writes something."""

import polars as pl

from mappings.allocation.receivers import receivers
from mappings.assessments.contacts import assessment_contacts, star_contacts
from mappings.assessments.oasys import oasys_inserts
from mappings.case.person_components import person_components
from mappings.writes.documents import document_inserts
from mappings.writes.programmes import attendance_contacts, structured_interventions
from mappings.writes.service_referrals import framework_referrals, placed_referrals
from vocabulary.batch import Batch

Inserts = dict[str, pl.DataFrame]


def satellite_inserts(
    batch: Batch, baseline: Batch, regions: pl.DataFrame, moving: pl.DataFrame
) -> list[Inserts]:
    """New rows by table, one dict for each export.

    Args:
        baseline: nDelius on the evening before, for who is in charge and which records are there.
        regions: person_id, region, pdu_code of everybody the exports name
            (mappings.allocation.named_regions).
        moving: the components that move, with n_team and n_officer.
    """
    inserts: list[Inserts] = []
    if batch.has("documents"):
        inserts.append({"DOCUMENT": document_inserts(batch)})
    if batch.has("eoc"):
        inserts.append({"CONTACT": assessment_contacts(batch, baseline)})
        inserts.append(oasys_inserts(batch, baseline, regions))
    if batch.has("justice_star"):
        inserts.append({"CONTACT": star_contacts(batch, baseline)})
    if batch.has("programmes"):
        components, people = person_components(baseline), receivers(moving, regions, baseline)
        inserts.append({"CONTACT": attendance_contacts(batch, baseline, components)})
        inserts.append(structured_interventions(batch, components, people, regions))
    if batch.has("referrals"):
        inserts.append(framework_referrals(placed_referrals(batch, baseline, regions)))
    return inserts
