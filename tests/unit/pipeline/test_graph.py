"""The table of stages: what follows from it, and that there is somebody who does each stage."""

import pytest

from pipeline.graph import (
    BY_NAME,
    COMMANDS,
    COMPANY,
    CYCLE,
    GRAPH,
    SOURCES,
    TARGET,
    group_by_scope,
    list_finding_stages,
    select_stages,
)
from pipeline.run import CYCLE_STAGES
from pipeline.stages.source_stages import COMPANY_STAGES


def test_each_stage_before_the_target_has_a_function_and_no_function_is_of_none() -> None:
    sources = [stage for stage in GRAPH if stage.side == SOURCES]
    assert [stage.name for stage in sources if stage.scope == COMPANY] == list(COMPANY_STAGES)
    assert [stage.name for stage in sources if stage.scope == CYCLE] == list(CYCLE_STAGES)


def test_a_stage_needs_an_earlier_one_that_leaves_an_account() -> None:
    for place, stage in enumerate(GRAPH):
        earlier = {one.name for one in GRAPH[:place] if one.leaves_account}
        assert stage.needs in earlier or (not stage.needs and place == 0), stage.name


@pytest.mark.parametrize(
    ("wanted", "done"),
    [
        (["validate"], ("across", "validate")),
        (["plan"], ("plan",)),
        (["match", "receive"], ("receive", "match")),
        (["load", "report"], ()),
    ],
)
def test_stages_come_in_their_order_with_what_goes_before_them(
    wanted: list[str], done: tuple[str, ...]
) -> None:
    assert select_stages(wanted, SOURCES) == done


def test_a_company_goes_through_its_own_stages_before_the_next_begins() -> None:
    assert group_by_scope(select_stages(COMMANDS, SOURCES)) == [
        (COMPANY, ("receive", "extract", "map", "match")),
        (CYCLE, ("across",)),
        (COMPANY, ("validate",)),
        (CYCLE, ("plan",)),
    ]


def test_findings_are_read_up_to_the_stage_asked_for() -> None:
    assert list_finding_stages("across") == ("receive", "extract", "map", "match", "across")
    assert "load" not in list_finding_stages("report")


def test_what_needs_a_target_is_not_done_before_the_plan() -> None:
    names = [stage.name for stage in GRAPH]
    assert min(names.index(name) for name in select_stages(COMMANDS, TARGET)) > names.index("plan")
    assert BY_NAME["plan"].has_command
