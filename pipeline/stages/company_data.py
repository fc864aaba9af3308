"""Do our CSV files say everything of a company? Asked before its delivery is opened.

What is forgotten is named with the file it belongs in (docs/add-a-company.md), so that a new company is
not read half: its rows set aside for want of a code list, or its cases sent to nobody's team.
"""

import polars as pl

from extractors.layout import agreed_exports, parts
from mappings.allocation.routing import pdu_teams, teams, unallocated
from mappings.parsing.code_lists import code_list
from vocabulary.companies import Company, company
from vocabulary.dialects import dialect
from vocabulary.errors import ConfigError
from vocabulary.resources import text_table
from vocabulary.source import source_words

ROUTING = "mappings/routing"


def require_company_data(code: str) -> None:
    """Everything that reading and routing the company's delivery will ask for is there.

    Raises:
        ConfigError: something is not; the message names the file and what to add.
    """
    ours = company(code)
    for export in sorted(agreed_exports(code)):
        dialect(export, code)
        parts(export, code)
        _require_codes(export, ours)
    _require_regions(ours)
    _require_teams(ours)


def _require_codes(export: str, ours: Company) -> None:
    lists = {word.code_list for words in source_words(export).values() for word in words if word.code_list}
    for name in sorted(lists):
        if not code_list(name, export, ours.code).codes:
            raise ConfigError(
                f"mappings/codes/{name}.csv has no code of owner {ours.owner!r}, and {ours.code} delivers "
                f"export {export!r}. Add a row for each code that the owner writes, its name as the scope."
            )


def _require_regions(ours: Company) -> None:
    known = unallocated()["region"].to_list()
    strange = sorted(set(ours.regions) - set(known))
    if strange:
        raise ConfigError(
            f"vocabulary/companies.csv sends {ours.code} to region {strange[0]!r}, which is not in "
            f"{ROUTING}/regions.csv. Name one of {', '.join(known)}, or add the region there."
        )
    if len(ours.regions) > 1:
        _require_geography(ours)


def _require_geography(ours: Company) -> None:
    """Where a company lands in two regions, each person's address decides (routing.md)."""
    for name in ("postcode_districts.csv", "local_authorities.csv"):
        if text_table("mappings", "routing", name).filter(company=ours.code).is_empty():
            raise ConfigError(
                f"{ours.code} lands in {' and '.join(ours.regions)}, and {ROUTING}/{name} has no row of it. "
                "Add where its districts lie, or name one region in vocabulary/companies.csv."
            )
    if "delius" not in ours.exports:
        raise ConfigError(
            f"{ours.code} lands in {' and '.join(ours.regions)} without export 'delius'. Addresses of other "
            "exports are not routed yet: name one region in vocabulary/companies.csv."
        )


def _require_teams(ours: Company) -> None:
    own = teams().filter(company=ours.code)
    if own.is_empty():
        raise ConfigError(
            f"{ROUTING}/teams.csv has no team of {ours.code}. Add a row for each of its teams, with the "
            "receiving team and its default officer: without one, every case would go to nobody's team."
        )
    receivers = pl.concat([pdu_teams()["pdu_team"], unallocated()["unallocated_team"]])
    told = {
        "the region": ("team_region", ours.regions, "vocabulary/companies.csv does not send it to"),
        "the receiving team": ("n_team", receivers.to_list(), "neither pdus.csv nor regions.csv there has"),
    }
    for what, (word, known, problem) in told.items():
        # Between two regions the person's address decides, so a team may leave both blank.
        strange = own.filter((~pl.col(word).is_in(known)).fill_null(len(ours.regions) == 1))
        if strange.height:
            team, value = strange.select("team", word).row(0)
            raise ConfigError(f"{ROUTING}/teams.csv gives team {team} {what} {value!r}, which {problem}.")
