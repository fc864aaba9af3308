"""Errors of a bare driver's cursor are told like all others: without statement, value or traceback."""

from pathlib import Path

import pytest

from reconcile.target.rows import read_column_parts
from target.database import connect, transaction
from vocabulary.errors import TargetError


def test_what_the_cursor_refuses_is_told_as_the_targets_concern(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path}/target.db")
    with (
        pytest.raises(TargetError, match="cannot be read or written") as told,
        transaction(engine) as reading,
    ):
        list(read_column_parts(reading, "OFFENDER", ["CRN"], "CRN = 'A secret value'"))
    assert "secret" not in str(told.value)
