"""A transfer or officer row that is about another person than the source row behind it is named."""

from pathlib import Path

import polars as pl
import pytest
from text_world import baseline, country_of, delivery

from reconcile.expected.managers import WRONG_PERSON, find_wrong_persons
from reconcile.sources.evidence import Evidence
from reconcile.target.snapshot import Snapshot, take_snapshot
from reconcile.target.trail import NAMES, Trail
from tests.spec.bare_target import bare_target, put
from tests.spec.drawn_tables import drawn

WRITTEN = drawn("""
table               | about | what
RESPONSIBLE_OFFICER | 1     |
RESPONSIBLE_OFFICER | 2     | wrong
MASTER_TRANSFER     | 2     | wrong
OFFENDER_TRANSFER   | 2     | wrong
OFFENDER_TRANSFER   | 1     |
""")
KEYS = {
    "RESPONSIBLE_OFFICER": "RESPONSIBLE_OFFICER_ID", "MASTER_TRANSFER": "MASTER_TRANSFER_ID",
    "OFFENDER_TRANSFER": "OFFENDER_TRANSFER_ID",
}  # fmt: skip


@pytest.mark.parametrize("case", WRITTEN, ids=lambda case: f"{case['table']} of {case['about']}")
def test_a_row_of_another_person_is_named(case: dict[str, str], tmp_path: Path) -> None:
    """The source row is that of person 1."""
    table = case["table"]
    known = baseline(offender=[{"crn": "X000001"}, {"crn": "X000002"}])
    place = known["offender"].row(0, named=True)
    names = list(NAMES.values())
    entry = dict.fromkeys(names, "") | {"company": "C06", "table": table, "key": "9"}
    entry |= {name: str(place[name]) for name in ("export", "source_file", "source_row")}
    trail = Trail(pl.DataFrame([entry], schema=dict.fromkeys(names, pl.String)))
    with bare_target().connect() as connection:
        take_snapshot(connection, tmp_path)
        put(connection, table, **{KEYS[table]: 9, "OFFENDER_ID": int(case["about"])})
        country = country_of(known, connection, Snapshot.open(tmp_path), trail)
        found = find_wrong_persons(Evidence(delivery("C06", delius={}), country, trail), None)
    told = found.select("table", "key", "column", "source_row", "what").rows()
    wrong = (table, "9", "OFFENDER_ID", place["source_row"], WRONG_PERSON)
    assert told == ([wrong] if case["what"] else [])
