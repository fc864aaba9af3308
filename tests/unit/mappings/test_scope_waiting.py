"""Nobody is asked what a code means that stands on rows which go nowhere."""

import polars as pl

from mappings.parsing.convert import convert
from mappings.parsing.out_of_scope import judge_scope, waiting_in_scope
from tests.spec.valid_rows import text_rows

NOBODY = pl.DataFrame(schema={"source_file": pl.String, "source_row": pl.String})
LIVE = {"status": "LIVE", "panel_decision": "APPROVED"}


def waiting(*changes: dict[str, str], kept_out: pl.DataFrame = NOBODY) -> list[tuple[str, str, int]]:
    """Code, first row, rows of the need areas that wait."""
    text = text_rows("programmes", "rar_activity", "C06", *({**LIVE, **change} for change in changes))
    converted = convert(text, "programmes", "rar_activity", "C06")
    frame, _ = judge_scope(converted.frame, "programmes", "rar_activity", kept_out)
    found = waiting_in_scope(converted.waiting, frame, kept_out)
    return found.select("code", "source_row", "rows").rows()


def test_a_need_that_is_no_structured_intervention_waits_for_nobody() -> None:
    assert waiting({"need_area": "ACC"}, {"need_area": "DA"}) == [("DA", "3", 1)]


def test_the_first_row_is_one_that_goes_on() -> None:
    closed = {"need_area": "EM", "status": "CLOSED"}
    assert waiting(closed, {"need_area": "EM"}, {"need_area": "EM"}) == [("EM", "3", 2)]


def test_a_row_that_is_kept_out_does_not_count() -> None:
    text = text_rows("programmes", "rar_activity", "C06", {"need_area": "EM"})
    assert waiting({"need_area": "EM"}, kept_out=text.select("source_file", "source_row")) == []
