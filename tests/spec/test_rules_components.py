"""R01, R02, R04, R05, R07: requirements, licence conditions, PSS requirements and NSIs, drawn as tables."""

import pytest
from drawn_tables import drawn

from mappings.case.context import CaseContext
from tests.spec.drawn_batch import Cases, batch_of, drawn_rules, ndelius, rules_of
from validators.rules import components

CLOSING = drawn("""
case                   | start_date | end_date   | is_active | is_deleted | rules
open                   | 2021-01-05 |            | Y         | N          |
closed with a date     | 2021-01-05 | 2021-05-05 | N         | N          |
closed without a date  | 2021-01-05 |            | N         | N          | R01
open with a date       | 2021-01-05 | 2021-05-05 | Y         | N          | R01
closed on the same day | 2021-01-05 | 2021-01-05 | N         | N          |
closed the day before  | 2021-01-05 | 2021-01-04 | N         | N          | R02
deleted                | 2021-01-05 | 2021-01-04 | Y         | Y          |
""")


@pytest.mark.parametrize("entity", ["requirement", "licence_condition", "pss_requirement", "nsi"])
def test_a_component_is_closed_by_flag_and_date(entity: str) -> None:
    batch = batch_of("C06", delius={entity: CLOSING})
    assert rules_of(components.setting_aside(batch, "delius"), entity, CLOSING) == drawn_rules(CLOSING)


COMMENCED = drawn("""
case                       | start_date | commenced_date | end_date   | is_active | rules
closed as it commenced     | 2021-01-05 | 2021-02-05     | 2021-02-05 | N         |
closed before it commenced | 2021-01-05 | 2021-02-05     | 2021-02-04 | N         | R02
never commenced            | 2021-01-05 |                | 2021-02-04 | N         |
""")


@pytest.mark.parametrize("entity", ["requirement", "licence_condition"])
def test_a_component_closes_after_it_commenced(entity: str) -> None:
    batch = batch_of("C06", delius={entity: COMMENCED})
    assert rules_of(components.setting_aside(batch, "delius"), entity, COMMENCED) == drawn_rules(COMMENCED)


SPG_CLOSING = drawn("""
case                   | start_date | end_date   | rules
open                   | 2021-01-05 |            |
closed on the same day | 2021-01-05 | 2021-01-05 |
closed the day before  | 2021-01-05 | 2021-01-04 | R02
""")


@pytest.mark.parametrize("entity", ["requirement", "licence_condition", "pss_requirement", "nsi"])
def test_an_spg_record_has_no_flag_to_disagree(entity: str) -> None:
    batch = batch_of("C17", spg={entity: SPG_CLOSING})
    assert rules_of(components.setting_aside(batch, "spg"), entity, SPG_CLOSING) == drawn_rules(SPG_CLOSING)


EVENTS = drawn("""
event_id | is_active
1        | Y
2        | N
""")
SENTENCES = drawn("""
disposal_id | event_id | sentence_date
1           | 1        | 2021-01-05
2           | 2        | 2021-01-05
""")
RAR = drawn("""
case                    | disposal_id | main_category | length | rar_days_done | end_date   | is_active | row_outcome | rules
states its days         | 1           | F             | 1      | 1             |            | Y         |             |
no days                 | 1           | F             |        |               |            | Y         |             | R04
nought days             | 1           | F             | 0      |               |            | Y         |             | R04
no days, ended          | 1           | F             |        |               | 2021-05-05 | N         |             |
no days, event closed   | 2           | F             |        |               |            | Y         |             |
no days, no RAR         | 1           | W             |        |               |            | Y         |             |
done all days           | 1           | F             | 20     | 20            |            | Y         |             |
done one more           | 1           | F             | 20     | 21            |            | Y         |             | R05
done one more, ended    | 1           | F             | 20     | 21            | 2021-05-05 | N         |             | R05
done one more, no RAR   | 1           | W             | 20     | 21            |            | Y         |             |
done, days unknown      | 1           | F             |        | 21            |            | Y         |             | R04
done one more, aside    | 1           | F             | 20     | 21            |            | Y         | set_aside   |
""")  # noqa: E501 - a table is read by its columns


def found_on_requirements(export: str, company: str, tables: dict[str, Cases]) -> list[str]:
    batch = batch_of(company, **{export: tables})
    live = CaseContext(batch, ndelius(**(tables if export == "delius" else {}))).live_requirements
    return rules_of(components.warnings(batch, export, live), "requirement", tables["requirement"])


def test_a_live_rar_states_its_days_and_does_no_more() -> None:
    tables = {"event": EVENTS, "disposal": SENTENCES, "requirement": RAR}
    assert found_on_requirements("delius", "C06", tables) == drawn_rules(RAR)


SPG_EVENTS = drawn("""
local_ref | end_date
E1        |
E2        | 2021-05-05
""")
SPG_RAR = drawn("""
case                   | local_event_ref | main_category | length | rar_days_done | end_date   | rules
states its days        | E1              | F             | 1      |               |            |
no days                | E1              | F             |        |               |            | R04
no days, ended         | E1              | F             |        |               | 2021-05-05 |
no days, event closed  | E2              | F             |        |               |            |
done one more          | E1              | F             | 20     | 21            |            | R05
""")


def test_a_live_rar_of_spg_states_its_days() -> None:
    events = [{**case, "event_id": "0"} for case in SPG_EVENTS]
    tables = {"event": events, "requirement": [{**case, "requirement_id": "0"} for case in SPG_RAR]}
    assert found_on_requirements("spg", "C17", tables) == drawn_rules(SPG_RAR)


REFERRED_EVENTS = drawn("""
event_id | referral_date | row_outcome
1        | 2021-02-01    |
2        | 2021-02-01    | set_aside
""")
NSI = drawn("""
case                   | event_id | referral_date | row_outcome | rules
after its event        | 1        | 2021-02-02    |             |
on the same day        | 1        | 2021-02-01    |             |
the day before         | 1        | 2021-01-31    |             | R07
before, but set aside  | 1        | 2021-01-31    | set_aside   |
event is set aside     | 2        | 2021-01-31    |             |
of the person only     |          | 2021-01-31    |             |
""")


def test_an_nsi_is_not_referred_before_its_event() -> None:
    batch = batch_of("C06", delius={"event": REFERRED_EVENTS, "nsi": NSI})
    found = components.warnings(batch, "delius", batch.carried("delius", "requirement"))
    assert rules_of(found, "nsi", NSI) == drawn_rules(NSI)


SPG_NSI = drawn("""
local_event_ref | referral_date | rules
E1              | 2021-02-01    |
E1              | 2021-01-31    | R07
                | 2021-01-31    |
""")


def test_an_nsi_of_spg_is_not_referred_before_its_event() -> None:
    events = drawn("""
    local_ref | referral_date
    E1        | 2021-02-01
    """)
    batch = batch_of("C17", spg={"event": events, "nsi": SPG_NSI})
    found = components.warnings(batch, "spg", batch.carried("spg", "requirement"))
    assert rules_of(found, "nsi", SPG_NSI) == drawn_rules(SPG_NSI)
