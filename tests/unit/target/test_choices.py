"""What a list of the target offers as an answer."""

import sqlalchemy as sa
from small_plan import PLAN
from small_target import CODES

from target.database import transaction
from target.load import load
from target.reference_data.choices import choices_held, choices_of_sample

WAITING = PLAN.provisional.row(0, named=True)


def test_a_code_of_the_list_is_offered_with_its_plain_description(target: sa.Engine) -> None:
    with transaction(target) as connection:
        offered = dict(choices_held(connection, "DISPOSAL TYPE").iter_rows())
    assert offered["329"] == "ORA Community Order"


def test_a_code_that_waits_itself_is_no_answer(target: sa.Engine) -> None:
    with transaction(target) as connection:
        before = choices_held(connection, WAITING["list_name"])
        load(connection, PLAN, "one")
        assert choices_held(connection, WAITING["list_name"]).equals(before)


def test_a_target_that_is_still_to_be_made_offers_its_sample() -> None:
    assert ("329", "ORA Community Order") in choices_of_sample("DISPOSAL TYPE", CODES).rows()


def test_a_list_that_nobody_knows_offers_nothing() -> None:
    assert choices_of_sample("NO SUCH LIST", CODES).is_empty()
