"""Damage that only shows when two companies' deliveries lie beside each other."""

from collections.abc import Callable, Sequence

from samples.defects.below import expect_held
from samples.defects.gateway_rows import local_person, messages_of
from samples.defects.site import Site

SAME_PERSON = ("FirstName", "Surname", "DateOfBirth", "PNCNumber", "NOMSNumber", "CRONumber")


def one_document(first: Site, second: Site) -> None:
    """D71: one Alfresco id in two companies."""
    rows = [site.delivery.rows("documents", "documents")[-1] for site in (first, second)]
    rows[1]["alfresco_id"] = rows[0]["alfresco_id"]
    for site, row in zip((first, second), rows, strict=True):
        site.expect("documents", "documents", row, "H02")


def one_new_person(first: Site, second: Site) -> None:
    """D72: a person whom nDelius does not know, in the case systems of two companies."""
    sites = (first, second)
    persons = [local_person(site) for site in sites]
    profiles = [
        messages_of(site, person, "OffenderProfile")[0] for site, person in zip(sites, persons, strict=True)
    ]
    profiles[0]["PNCNumber"] = profiles[0]["PNCNumber"] or first.world.draw.pnc()
    profiles[1].update({word: profiles[0][word] for word in SAME_PERSON})
    for site, person in zip(sites, persons, strict=True):
        expect_held(site, person, "M09")


ACROSS: dict[str, tuple[str, Callable[[Site, Site], None]]] = {
    "D71": ("documents", one_document),
    "D72": ("spg", one_new_person),
}
"""Defect to the export that both companies must deliver, and what plants it."""


def plant_across(sites: Sequence[Site], defects: Sequence[str], exports: Sequence[str]) -> None:
    """Plant those of `defects` in the first two companies that deliver what they need."""
    for defect, (export, damage) in ACROSS.items():
        able = [site for site in sites if export in site.delivery.exports()]
        if defect in defects and export in exports and len(able) > 1:
            for site in able[:2]:
                site.defect = defect
            damage(*able[:2])
