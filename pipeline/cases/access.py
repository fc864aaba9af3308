"""Who may see a person: nobody but the owner is told more of one whom not everybody may see."""

from collections.abc import Iterator

import polars as pl

from pipeline.cases.find import Person
from pipeline.cases.line import ACCESS, CaseLine
from pipeline.cases.told import candidates_of
from pipeline.failures import is_through
from pipeline.limited import Limited
from pipeline.stages.plan import PLAN
from pipeline.storage.store import read_frame
from pipeline.workspace import Workspace
from vocabulary.companies import company as known_company
from vocabulary.limited_access import ASK

PLACE = ["source_file", "source_row"]
MOVING, TEAMS = "moving", "n_team"


EVERYBODY = "everybody in nDelius: no restriction or exclusion holds on Day 1"


def is_limited(workspace: Workspace, person: Person) -> bool:
    """True where a restriction or exclusion holds on Day 1, of the person or of one whom a row of it may be:
    the one place in which a case asks."""
    return bool({person.key, *_perhaps(workspace, person)} & Limited.of(workspace).keys)


def limited_lines(workspace: Workspace, person: Person) -> Iterator[CaseLine]:
    """Whom to ask, and nothing else."""
    for company in dict.fromkeys(person.told["company"]) or ("",):
        yield CaseLine(ACCESS, company, what=f"{ASK} ({', '.join(_owners(workspace, company, person))})")


def _perhaps(workspace: Workspace, person: Person) -> set[str]:
    """OFFENDER_ID of those whom held rows of the person may be."""
    found: set[str] = set()
    for (company,), rows in person.told.filter("is_held").group_by("company", maintain_order=True):
        own = candidates_of(workspace, str(company)).join(rows.select(PLACE), on=PLACE, how="semi")
        found |= {str(number) for number in own["offender_id"].drop_nulls()}
    return found


def _owners(workspace: Workspace, company: str, person: Person) -> list[str]:
    """Who keeps the book in which the person is: the region that receives, as far as the plan knows it."""
    if not company:
        return ["nDelius's own administrators: no company delivered the person"]
    regions = known_company(company).regions
    if is_through(workspace, company, PLAN):
        moving = read_frame(workspace.stage_folder(company, PLAN), MOVING)
        teams = moving.filter(pl.col("person_id") == person.key)[TEAMS].drop_nulls()
        receiving = tuple(one for one in regions if any(team.startswith(one) for team in teams))
        regions = receiving or regions
    return [f"the keeper of limited_access.xlsx of region {region}" for region in regions]
