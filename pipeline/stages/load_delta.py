"""Stage load of a delta: its plan against that of the delivery before it."""

import sqlalchemy as sa

from pipeline.stages.edited import keep_edited
from pipeline.stages.plan import PLAN
from pipeline.stages.receive import required_account
from pipeline.storage.plans import read_plan
from pipeline.storage.whole import require_before
from pipeline.workspace import Workspace
from target.continuing import load_delta
from target.ledger import LoadAccount
from target.plan import Plan


def write_delta(
    workspace: Workspace, code: str, connection: sa.Connection, plan: Plan, snapshot: str
) -> LoadAccount:
    """What the delta says otherwise than what its company delivered before; what users of nDelius changed
    since is kept as T14."""
    received = required_account(workspace, code, "receive")
    earlier = workspace.of_cycle(str(received["previous"]))
    require_before(earlier, code, "load")
    before = required_account(earlier, code, PLAN)
    continued = load_delta(
        connection,
        plan,
        read_plan(earlier.stage_folder(code, PLAN) / "plan"),
        str(required_account(workspace, code, PLAN)["inputs"]),
        str(before["inputs"]),
        snapshot_hash=snapshot,
    )
    if not continued.account.is_repeat:
        keep_edited(workspace, code, continued.edited)
    return continued.account
