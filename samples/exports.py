"""Every export of the agreement: how its rows are drawn and how its files are written.

A module of samples/satellites says it in SENDS: the export, the function that draws and the one that writes.
"""

import pkgutil
from collections.abc import Callable, Collection
from importlib import import_module

from samples import facts, satellites
from samples.cut import add_slice
from samples.delius_files import write_delius
from samples.delivery import Delivery, SentFile
from samples.schedule import add_schedule, write_schedule
from samples.spg_files import add_interchange, write_spg
from samples.world import World

Draws = Callable[[World, Delivery], None]
Writes = Callable[[Delivery], list[SentFile]]

CASES: dict[str, tuple[Draws, Writes]] = {
    "spg": (add_interchange, write_spg),
    "delius": (add_slice, write_delius),
    "upw": (add_schedule, write_schedule),
}


def _exports() -> dict[str, tuple[Draws, Writes]]:
    """In the order of companies.csv: what is drawn first takes the first random numbers."""
    found = dict(CASES)
    for found_module in pkgutil.iter_modules(satellites.__path__, f"{satellites.__name__}."):
        module = import_module(found_module.name)
        if hasattr(module, "SENDS"):
            export, draw, write = module.SENDS
            found[export] = (draw, write)
    return {export: found[export] for export in facts.exports() if export in found}


EXPORTS = _exports()


def draw_delivery(
    world: World,
    company: str,
    cycle: str,
    spec_version: str = facts.LATEST_VERSION,
    *,
    but: Collection[str] = (),
) -> Delivery:
    """Everything `company` delivers, as rows, `but` some exports.

    Raises:
        MissingLineError: the company delivers an export that nothing here draws.
    """
    delivery = Delivery(company, cycle, spec_version=spec_version)
    for export in facts.exports():
        if facts.companies()[company][export] != "Y" or export in but:
            continue
        if export not in EXPORTS:
            raise facts.MissingLineError(
                f"samples/satellites: no module SENDS {export}, which {company} delivers; add one."
            )
        draw, _ = EXPORTS[export]
        draw(world, delivery)
    return delivery


def write_files(delivery: Delivery) -> list[SentFile]:
    """The files of a delivery, export by export."""
    return [file for export in delivery.exports() for file in EXPORTS[export][1](delivery)]
