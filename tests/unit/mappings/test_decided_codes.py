"""What an answer about a code does to the list it belongs to."""

import polars as pl
import pytest

from mappings.parsing.code_lists import code_list
from mappings.parsing.decided_codes import DecidedCodes

WAITING, UNKNOWN = "MON", "QQ"
COMPANY, OWNER, OTHER = "C17", "MTC", "PURPLE"


def decided(scope: str, name: str, code: str, answer: str) -> DecidedCodes:
    line = {"scope": scope, "list": name, "code": code, "answer": answer}
    return DecidedCodes.of(pl.DataFrame([line]))


def test_a_code_that_waited_is_mapped() -> None:
    codes = decided(OWNER, "weekday", WAITING, "1").code_list("weekday", "upw", COMPANY)
    assert WAITING not in codes.waiting
    assert codes.targets[WAITING] == "1"


def test_a_code_that_nobody_knew_is_known() -> None:
    codes = decided(OWNER, "upw_outcome", UNKNOWN, "ATTC").code_list("upw_outcome", "upw", COMPANY)
    assert codes.targets[UNKNOWN] == "ATTC"


def test_a_dropped_code_is_junk() -> None:
    codes = decided(OWNER, "upw_outcome", UNKNOWN, "drop").code_list("upw_outcome", "upw", COMPANY)
    assert UNKNOWN in codes.junk
    assert UNKNOWN not in codes.targets


def test_a_retired_code_stays_retired() -> None:
    codes = decided("delius", "tier", "B1", "B2").code_list("tier", "delius", COMPANY)
    assert "B1" in codes.retired


@pytest.mark.parametrize(("scope", "name"), [(OTHER, "upw_outcome"), (OWNER, "weekday")])
def test_other_scopes_and_lists_stay_as_they_are(scope: str, name: str) -> None:
    codes = decided(scope, name, UNKNOWN, "ATTC").code_list("upw_outcome", "upw", COMPANY)
    assert codes == code_list("upw_outcome", "upw", COMPANY)
