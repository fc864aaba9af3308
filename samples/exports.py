"""Every export of the agreement: how its rows are drawn and how its files are written."""

from collections.abc import Callable

from samples import facts
from samples.cut import add_slice
from samples.delius_files import write_delius
from samples.delivery import Delivery, SentFile
from samples.satellites.documents import add_documents, write_documents
from samples.satellites.eoc import add_assessments, write_assessments
from samples.satellites.estates import add_estates, write_estates
from samples.satellites.justice_star import add_stars, write_stars
from samples.satellites.programmes import add_programmes, write_programmes
from samples.satellites.referrals import add_referrals, write_referrals
from samples.satellites.staff import add_staff, write_staff
from samples.schedule import add_schedule, write_schedule
from samples.spg_files import add_interchange, write_spg
from samples.world import World

Draws = Callable[[World, Delivery], None]
Writes = Callable[[Delivery], list[SentFile]]
EXPORTS: dict[str, tuple[Draws, Writes]] = {
    "spg": (add_interchange, write_spg),
    "delius": (add_slice, write_delius),
    "upw": (add_schedule, write_schedule),
    "eoc": (add_assessments, write_assessments),
    "justice_star": (add_stars, write_stars),
    "programmes": (add_programmes, write_programmes),
    "referrals": (add_referrals, write_referrals),
    "staff": (add_staff, write_staff),
    "estates": (add_estates, write_estates),
    "documents": (add_documents, write_documents),
}


def draw_delivery(
    world: World, company: str, cycle: str, spec_version: str = facts.LATEST_VERSION
) -> Delivery:
    """Everything `company` delivers, as rows."""
    delivery = Delivery(company, cycle, spec_version=spec_version)
    for export, (draw, _) in EXPORTS.items():
        if facts.companies()[company][export] == "Y":
            draw(world, delivery)
    return delivery


def write_files(delivery: Delivery) -> list[SentFile]:
    """The files of a delivery, export by export."""
    return [file for export in delivery.exports() for file in EXPORTS[export][1](delivery)]
