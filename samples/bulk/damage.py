"""Damage to the first part of each company, and the key of what it must lead to."""

from collections.abc import Sequence
from pathlib import Path

from samples.defects.across import plant_across
from samples.defects.plan import expected_lines, plant
from samples.defects.site import Site, expected_text
from samples.delivery import Delivery, SentFile
from samples.exports import EXPORTS, draw_delivery
from samples.make import KEY, break_delivery
from samples.world import World


class Damaged:
    """The first parts of all companies, damaged, and the findings they must lead to.

    The baseline of the first parts is damaged with them: write it afterwards.
    """

    def __init__(
        self, world: World, baseline: Delivery, cycle: str, companies: Sequence[str], defects: Sequence[str]
    ) -> None:
        self._defects = defects
        self._sites: dict[str, Site] = {
            company: plant(world, draw_delivery(world, company, cycle), baseline, defects, list(EXPORTS))
            for company in companies
        }
        plant_across(list(self._sites.values()), defects, list(EXPORTS))
        self._lines: list[list[str]] = []

    def delivery(self, company: str) -> Delivery:
        """The damaged first part of a company."""
        return self._sites[company].delivery

    def note(self, company: str, files: list[SentFile]) -> None:
        """Add what the damage to a company must lead to; `files` tell in which row each row stands."""
        self._lines += expected_lines(self._sites[company], files)

    def break_files(self, company: str, folder: Path) -> None:
        """Do the damage that refuses a whole delivery to the written one."""
        self._lines += break_delivery(folder, company, self._defects)

    def write_key(self, out: Path) -> None:
        """Write the key beside the cycle."""
        (out / KEY).write_bytes(expected_text(self._lines).encode())
