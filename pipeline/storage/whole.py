"""Before a stage reads what earlier ones left: it is as they left it."""

from pipeline.graph import BY_NAME, ROAD, SOURCES
from pipeline.storage.store import require_whole
from pipeline.workspace import Workspace
from vocabulary.companies import BASELINE_COMPANY


def require_before(workspace: Workspace, company: str, stage: str) -> None:
    """What `stage` of `company` may read of the stages before it, those of the baseline among them, is whole.

    Raises:
        ConfigError: names the first file that is another, or gone; its stage counts as not run from now on.
    """
    known = BY_NAME[stage]
    wanted = [(company, each) for each in ROAD[: ROAD.index(stage)]]
    if known.on_baseline or known.side != SOURCES:
        wanted += [(BASELINE_COMPANY, name) for name in ROAD if BY_NAME[name].of_baseline]
    require_whole(workspace.stage_folder(*one) for one in wanted)
