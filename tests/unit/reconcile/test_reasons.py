"""What explains a row that is left: a restriction that waits, told of a row that the company never sent."""

import polars as pl
import pytest
import sqlalchemy as sa
from text_world import NO_TRAIL, baseline, country_of, delivery

from reconcile.proofs.reasons import reasons_of
from reconcile.sources.evidence import Evidence
from reconcile.target.trail import Trail
from vocabulary.findings import findings_of


@pytest.mark.parametrize(("rule", "told"), [("L03", [("RESTRICTION", "8", "L03")]), ("L02", [])])
def test_a_restriction_that_waits_is_a_reason_and_one_that_ends_is_none(
    rule: str, told: list[tuple[str, ...]], target: sa.Engine
) -> None:
    frames = baseline(restriction=[{"restriction_id": "8", "offender_id": "1", "user": "zz.leaves"}])
    rows = frames["restriction"].with_columns(company=pl.lit("C17"))
    sent = delivery("C17", findings_of(rows, rule, "restriction", "user"), spg={})
    with target.connect() as connection:
        found = reasons_of(Evidence(sent, country_of(frames, connection), Trail(NO_TRAIL)))
    assert found.select("table", "key", "because").rows() == told
