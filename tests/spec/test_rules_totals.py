"""K03 and K04: totals of the sources against those of the target's own rows, drawn as tables."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa
from bare_target import bare_target, put
from drawn_tables import drawn

from reconcile.figures.totals import component_totals, person_rows, person_totals, sum_totals
from reconcile.figures.work_totals import order_totals, rar_totals
from reconcile.prove_company import CompanyProof
from reports.data import Total
from reports.totals import count_persons_once
from tests.unit.reconcile.text_world import Cases, baseline, delivery, evidence_of

ORDERS = drawn("""
order | region | moved | explained | ordered | source credited | target credited | source adjusted | target adjusted
1     | N51    | Y     |           | 6000    | 1200            | 1200            | 60              | 60
2     | N51    | Y     |           | 2400    | 2500            | 2500            | 0               | 0
3     | N51    |       | Y         | 3000    | 600             |                 | 0               |
4     | N50    | Y     |           | 4800    | 0               | 0               | -60             | -60
""")  # noqa: E501 - a table is read by its columns


@pytest.fixture(scope="module")
def engine() -> sa.Engine:
    """Tables, made once; each test rolls back."""
    return bare_target()


@pytest.fixture
def connection(engine: sa.Engine) -> Iterator[sa.Connection]:
    """The reference rows that an unpaid work or RAR requirement needs."""
    with engine.connect() as connection, connection.begin() as running:
        for key, code in ((91, "W"), (92, "F")):
            put(connection, "R_RQMNT_TYPE_MAIN_CATEGORY", RQMNT_TYPE_MAIN_CATEGORY_ID=key, CODE=code)
        yield connection
        running.rollback()


def proof_of(connection: sa.Connection, folder: Path, tables: dict[str, Cases]) -> CompanyProof:
    """What the totals look at: the sources and the target."""
    evidence = evidence_of(delivery("C07", delius={}), baseline(**tables), connection, folder)
    nothing = pl.DataFrame()
    return CompanyProof(
        evidence, None, nothing, nothing, nothing, {}, (), nothing, {}, nothing, (), None, nothing
    )  # fmt: skip


def moves_of(cases: Cases, kind: str = "RQ") -> pl.DataFrame:
    """The requirements of the orders as moves with their state."""
    return pl.DataFrame(
        {
            "kind": [kind] * len(cases),
            "component": [case["order"] for case in cases],
            "region": [case["region"] for case in cases],
            "stands": [case["region"] if case["moved"] else None for case in cases],
            "is_moved": [case["moved"] == "Y" for case in cases],
            "is_explained": [case["explained"] == "Y" for case in cases],
        }
    )


def minutes(connection: sa.Connection, folder: Path, cases: Cases) -> dict[tuple[str, str], tuple[int, ...]]:
    """Name and region to source, target and explained minutes of orders that stand on both sides."""
    tables: dict[str, Cases] = {"requirement": [], "upw_order": [], "upw_session": [], "upw_adjustment": []}
    for case in cases:
        key = case["order"]
        tables["requirement"].append({"requirement_id": key, "disposal_id": key, "main_category": "W"})
        tables["upw_order"].append({"upw_order_id": key, "disposal_id": key, "ordered": case["ordered"]})
        tables["upw_session"].append({"upw_order_id": key, "credited": case["source credited"]})
        tables["upw_adjustment"].append({"upw_order_id": key} | adjusted(case["source adjusted"]))
        put_order(connection, case)
    found = order_totals(proof_of(connection, folder, tables), moves_of(cases))
    return {
        (row["name"].removeprefix("upw_minutes_"), row["region"]): (
            row["source"],
            row["target"],
            row["explained"],
        )
        for row in sum_totals(found).iter_rows(named=True)
    }


def adjusted(amount: str) -> dict[str, str]:
    return {"amount": amount.strip("-"), "direction": "NEGATIVE" if amount.startswith("-") else "POSITIVE"}


def put_order(connection: sa.Connection, case: dict[str, str]) -> None:
    """The order, its session and its adjustment in the target."""
    key, change = int(case["order"]), adjusted(case["target adjusted"] or "0")
    put(connection, "RQMNT", RQMNT_ID=key, DISPOSAL_ID=key, RQMNT_TYPE_MAIN_CATEGORY_ID=91)
    put(
        connection,
        "UPW_DETAILS",
        UPW_DETAILS_ID=key,
        DISPOSAL_ID=key,
        UPW_LENGTH_MINUTES=int(case["ordered"]),
    )
    credited = int(case["target credited"] or 0)
    put(connection, "UPW_APPOINTMENT", UPW_APPOINTMENT_ID=key, UPW_DETAILS_ID=key, MINUTES_CREDITED=credited)
    put(
        connection, "UPW_ADJUSTMENT", UPW_ADJUSTMENT_ID=key, UPW_DETAILS_ID=key,
        ADJUSTMENT_AMOUNT=int(change["amount"]), ADJUSTMENT_TYPE=change["direction"],
    )  # fmt: skip


def differing(totals: dict[tuple[str, str], tuple[int, ...]]) -> set[tuple[str, str]]:
    return {name for name, (source, target, explained) in totals.items() if source != target + explained}


def test_k03_minutes_agree_apart_from_explained_orders(connection: sa.Connection, tmp_path: Path) -> None:
    totals = minutes(connection, tmp_path, ORDERS)
    assert totals["ordered", "N51"] == (11400, 8400, 3000)
    assert totals["credited", "N51"] == (4300, 3700, 600)
    assert totals["adjusted", "N50"] == (-60, -60, 0)
    assert differing(totals) == set()


def test_k03_remaining_is_never_below_zero(connection: sa.Connection, tmp_path: Path) -> None:
    totals = minutes(connection, tmp_path, ORDERS)
    assert totals["remaining", "N51"] == (4740 + 0 + 2400, 4740, 2400)


def test_k03_a_lost_minute_is_told(connection: sa.Connection, tmp_path: Path) -> None:
    lost = [{**ORDERS[0], "target credited": "1199"}, *ORDERS[1:]]
    told = differing(minutes(connection, tmp_path, lost))
    assert told == {("credited", "N51"), ("remaining", "N51")}


def test_k03_minutes_moved_between_regions_are_told(connection: sa.Connection, tmp_path: Path) -> None:
    lost = [{**ORDERS[0], "target credited": "1140"}, *ORDERS[1:3], {**ORDERS[3], "target credited": "60"}]
    told = {name for name in differing(minutes(connection, tmp_path, lost)) if name[0] == "credited"}
    assert told == {("credited", "N50"), ("credited", "N51")}


def test_k03_an_order_that_nothing_explains_is_told(connection: sa.Connection, tmp_path: Path) -> None:
    bare = [*ORDERS[:2], {**ORDERS[2], "explained": ""}, ORDERS[3]]
    assert ("ordered", "N51") in differing(minutes(connection, tmp_path, bare))


def test_k03_rar_days_are_those_of_the_requirement(connection: sa.Connection, tmp_path: Path) -> None:
    days = {"requirement_id": "1", "disposal_id": "1", "main_category": "F", "length": "20"}
    tables: dict[str, Cases] = {"requirement": [{**days, "rar_days_done": "5"}]}
    put(
        connection, "RQMNT", RQMNT_ID=1, DISPOSAL_ID=1, RQMNT_TYPE_MAIN_CATEGORY_ID=92, LENGTH=20, RAR_COUNT=4
    )
    found = rar_totals(proof_of(connection, tmp_path, tables), moves_of(ORDERS[:1]))
    assert sum_totals(found).rows() == [
        ("rar_days", "N51", 20, 20, 0),
        ("rar_days_done", "N51", 5, 4, 0),
    ]


MOVES = drawn("""
kind | person | region | stands | moved | explained
OM   | 1      | N51    | N51    | Y     |
RQ   | 1      | N51    | N51    | Y     |
OM   | 2      | N50    | N50    | Y     |
OM   | 3      | N51    |        |       | Y
RQ   | 1      | N50    | N50    | Y     |
""")


def moving(*changed: dict[str, str]) -> pl.DataFrame:
    rows = [*changed, *MOVES[len(changed) :]]
    return pl.DataFrame(
        {
            "kind": [row["kind"] for row in rows],
            "person": [row["person"] or None for row in rows],
            "region": [row["region"] for row in rows],
            "stands": [row["stands"] or None for row in rows],
            "is_moved": [row["moved"] == "Y" for row in rows],
            "is_explained": [row["explained"] == "Y" for row in rows],
            "source_file": "C07_delius_OFFENDER.txt",
            "source_row": [str(number) for number in range(2, len(rows) + 2)],
        },
        schema_overrides={"person": pl.String, "stands": pl.String},
    )


def told_persons(moves: pl.DataFrame) -> pl.DataFrame:
    return sum_totals(person_totals(moves))


def by_region(frame: pl.DataFrame) -> dict[str, tuple[int, ...]]:
    return {row[1]: row[2:] for row in frame.rows()}


def test_k04_persons_count_once_per_region_and_agree_apart_from_those_explained() -> None:
    assert by_region(told_persons(moving())) == {"N50": (2, 2, 0), "N51": (2, 1, 1)}


def test_k04_a_person_who_did_not_arrive_is_told() -> None:
    lost = {**MOVES[2], "stands": "", "moved": ""}
    first = [MOVES[0], MOVES[1], lost]
    assert by_region(told_persons(moving(*first)))["N50"] == (2, 1, 0)


def test_k04_a_person_who_arrived_in_another_region_is_told_in_both() -> None:
    astray = {**MOVES[2], "stands": "N51"}
    assert by_region(told_persons(moving(MOVES[0], MOVES[1], astray))) == {
        "N50": (2, 1, 0),
        "N51": (2, 2, 1),
    }


def test_k04_somebody_new_who_is_not_in_the_target_still_counts() -> None:
    nobody = {**MOVES[2], "person": "", "stands": "", "moved": ""}
    assert by_region(told_persons(moving(MOVES[0], MOVES[1], nobody)))["N50"] == (2, 1, 0)


def test_k04_components_agree_by_kind_and_region() -> None:
    assert sum_totals(component_totals(moving())).rows() == [
        ("components_OM", "N50", 1, 1, 0),
        ("components_OM", "N51", 2, 1, 1),
        ("components_RQ", "N50", 1, 1, 0),
        ("components_RQ", "N51", 1, 1, 0),
    ]


def test_k04_a_component_left_without_a_reason_is_told() -> None:
    left = {**MOVES[0], "stands": "", "moved": ""}
    assert sum_totals(component_totals(moving(left))).rows()[1] == ("components_OM", "N51", 2, 0, 1)


ONCE = drawn("""
case                                      | rows                                                  | source | target | explained
one company                               | 1 source N51, 1 target N51                            | 1      | 1      | 0
of two companies                          | 1 source N51, 1 target N51, 1 source N51, 1 target N51 | 1     | 1      | 0
of two regions                            | 1 source N51, 1 target N51, 1 source N50, 1 target N50 | 1     | 1      | 0
moves with one, is explained with another | 1 source N51, 1 target N51, 1 explained N51           | 1      | 1      | 0
moves with one, is lost with another      | 1 source N51, 1 target N51, 1 source N50              | 1      | 1      | 0
explained alone                           | 1 source N51, 1 explained N51                         | 1      | 0      | 1
lost                                      | 1 source N51                                          | 1      | 0      | 0
""")  # noqa: E501 - a table is read by its columns


@pytest.mark.parametrize("case", ONCE, ids=lambda case: case["case"])
def test_k04_the_nation_counts_each_person_once(case: dict[str, str]) -> None:
    rows = [tuple(row.split()) for row in case["rows"].split(", ")]
    persons = pl.DataFrame(rows, schema=["person", "side", "region"], orient="row")
    (total,) = count_persons_once((Total("persons", "national", 9, 9, 9),), persons)
    assert (total.source, total.target, total.explained) == tuple(
        int(case[side]) for side in ("source", "target", "explained")
    )


def test_k04_each_region_counts_its_own() -> None:
    wanted = {"N50": (2, 2, 0), "N51": (2, 1, 1), "national": (3, 2, 1)}
    totals = tuple(Total("persons", scope, 0, 0, 0) for scope in wanted)
    found = count_persons_once(totals, person_rows(moving()))
    assert found == tuple(Total("persons", scope, *figures) for scope, figures in wanted.items())
