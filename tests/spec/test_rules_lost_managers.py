"""A manager row whose team nobody has: nDelius cannot hold it, and it still says whose the component is (O01,
O03). Drawn as a table, which mapping and proof must answer alike."""

import polars as pl
import pytest
from drawn_tables import drawn

from mappings.allocation.regions import person_regions
from mappings.case.case_model import CaseModel
from mappings.case.components import company_components
from reconcile.sources.baseline import Baseline
from reconcile.sources.cases import company_cases, live_components, national_cases
from tests.spec.drawn_batch import Cases, batch_of, ndelius
from tests.unit.reconcile import text_world

WORLD: dict[str, Cases] = {
    "offender": [{"offender_id": "1"}],
    "event": [{"event_id": "1", "offender_id": "1", "is_active": "Y"}],
    "disposal": [{"disposal_id": "1", "event_id": "1", "offender_id": "1"}],
    "requirement": [
        {"requirement_id": "1", "disposal_id": "1", "offender_id": "1", "is_active": "Y"},
        {"requirement_id": "2", "disposal_id": "1", "offender_id": "1", "is_active": "Y"},
    ],
}

# Who manages the person, the order and requirement 1; nobody manages requirement 2. In brackets: the row
# names a team that nobody has.
CASES = drawn("""
case                                    | company | OM    | OS    | RQ    | moves
all is well                             | C06     | C06   | C06   | C06   | OM OS RQ1 RQ2
the person's row                        | C06     | (C06) | C06   | C06   | OM OS RQ1 RQ2
the person's row alone                  | C06     | (C06) | N51   | N51   | OM RQ2
the requirement's row                   | C06     | C06   | C06   | (C06) | OM OS RQ1 RQ2
the requirement's, person of the region | C06     | N51   | N51   | (C06) | RQ1
the same without supervision            | C10     | N03   | N03   | (C10) | RQ1
every row                               | C06     | (C06) | (C06) | (C06) | OM OS RQ1 RQ2
rows of the region                      | C06     | (N51) | (N51) | C06   | OM RQ1
another company's row                   | C06     | N51   | N51   | (C17) |
lost, and another that stands           | C06     | N51   | N51   | N51 (C06) |
""")
MANAGERS = {"OM": "offender_manager", "OS": "order_manager", "RQ": "requirement_manager"}


def managers(case: dict[str, str], *, lost: bool) -> dict[str, Cases]:
    """The manager rows that stand, or those that are lost; the text of a flag is the caller's."""
    found: dict[str, Cases] = {entity: [] for entity in MANAGERS.values()}
    for kind, entity in MANAGERS.items():
        key = {"OM": "offender_id", "OS": "event_id", "RQ": "requirement_id"}[kind]
        for number, area in enumerate(case[kind].split(), 1):
            if (area[0] == "(") == lost:
                found[entity].append({"manager_id": str(number), key: "1", "area": area.strip("()")})
    return found


def active(tables: dict[str, Cases], word: str) -> dict[str, Cases]:
    return {entity: [{**row, "is_active": word} for row in rows] for entity, rows in tables.items()}


def names(rows: pl.DataFrame, component: str) -> str:
    """The components as the table writes them."""
    pairs = rows.select("kind", component).sort("kind", component).rows()
    return " ".join(kind + (key if kind == "RQ" else "") for kind, key in pairs)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_the_plan_moves_what_the_row_says(case: dict[str, str]) -> None:
    baseline = ndelius(**WORLD, **active(managers(case, lost=False), "Y"))
    baseline.held = ndelius(**active(managers(case, lost=True), "Y")).frames["delius"]
    batch = batch_of(case["company"], delius=WORLD)
    model = CaseModel(batch, baseline)
    components = company_components(model, person_regions(model).persons["person_id"])
    assert names(components.moving, "component_ref") == case["moves"]
    told = {"OM": "O01", "RQ": "O03"}
    opened = components.moving.filter("goes_unallocated")
    assert set(components.findings.filter(pl.col("rule") != "O07")["rule"]) == {
        told.get(kind, "O03") for kind in opened["kind"]
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_the_proof_demands_the_same(case: dict[str, str]) -> None:
    word = {"event": "1", "requirement": "1"}
    world = {
        entity: [row | ({"is_active": word[entity]} if entity in word else {}) for row in rows]
        for entity, rows in WORLD.items()
    }
    standing = text_world.baseline(**world, **active(managers(case, lost=False), "1"))
    dangling = text_world.baseline(**active(managers(case, lost=True), "1"))
    cases = national_cases(Baseline.of(standing), dangling)
    assert live_components(standing).height
    nobody = pl.Series("person", [], pl.String)
    moved = company_cases(cases, case["company"], nobody, has_sentence_management=case["company"] != "C10")
    assert names(moved, "component") == case["moves"]
    assert set(cases.persons_of(case["company"])) <= {"1"}
