"""A01 to A08: programme referrals, attendance and RAR activities, drawn as tables."""

import polars as pl
from drawn_tables import drawn

from mappings.parsing.out_of_scope import judge_scope
from tests.spec.drawn_batch import Cases, batch_of, drawn_rules, rules_of
from validators.rules import programmes

COMPONENTS = drawn("""
person_id | kind | component_id | main_category | is_live
1         | RQ   | 11           | F             | Y
1         | RQ   | 12           | F             | N
1         | RQ   | 13           | C             | Y
1         | LC   | 14           |               | Y
2         | RQ   | 21           | F             | Y
""")
OWN_SYSTEM, EXTRACT = "C17", "C06"


def components() -> pl.DataFrame:
    """The table above."""
    return pl.DataFrame(COMPONENTS).with_columns(
        pl.col("component_id").cast(pl.Int64), pl.col("is_live") == "Y"
    )


def found(company: str, **tables: Cases) -> list[pl.DataFrame]:
    """Findings of the export's rules; a company with its own case system delivers it."""
    exports = {"programmes": tables} | ({"spg": {}} if company == OWN_SYSTEM else {})
    batch = batch_of(company, **exports)
    return [*programmes.setting_aside(batch, components()), *programmes.warnings(batch, components())]


REFERRED = drawn("""
case                  | person_id | component_id | status    | row_outcome | rules
programme requirement | 1         | 13           | ONGOING   |             |
licence condition     | 1         | 14           | REFERRED  |             |
it has ended          | 1         | 12           | ONGOING   |             | A02
somebody else's       | 1         | 21           | REFERRED  |             | A02
nobody's              | 1         | 99           | ONGOING   |             | A02
none named            | 1         |              | REFERRED  |             | A02
none needed any more  | 1         |              | COMPLETE  |             |
none needed any more  | 1         | 12           | WITHDRAWN |             |
set aside             | 1         |              | ONGOING   | set_aside   |
""")


def test_an_open_referral_names_a_live_component_of_the_person() -> None:
    assert rules_of(
        found(EXTRACT, programme_referral=REFERRED), "programme_referral", REFERRED
    ) == drawn_rules(REFERRED)


def test_a_company_with_its_own_case_system_need_not_name_one() -> None:
    assert set(rules_of(found(OWN_SYSTEM, programme_referral=REFERRED), "programme_referral", REFERRED)) == {
        ""
    }


SESSIONS = drawn("""
session_ref | date
PAST        | 2021-06-24
EXTRACT     | 2021-06-25
DAY1        | 2021-06-26
""")
ATTENDED = drawn("""
case                        | session_ref | outcome | row_outcome  | rules
past, with outcome          | PAST        | AT      |              |
past, without               | PAST        |         |              | A03
day of the extract, with    | EXTRACT     | AB      |              |
day of the extract, without | EXTRACT     |         |              |
Day 1, with                 | DAY1        | AT      |              | A03
Day 1, without              | DAY1        |         |              |
no such session             | LOST        |         |              |
repeated word for word      | PAST        |         | not_in_scope |
""")


def test_only_what_has_happened_has_an_outcome() -> None:
    rows = found(EXTRACT, programme_session=SESSIONS, attendance=ATTENDED)
    assert rules_of(rows, "attendance", ATTENDED) == drawn_rules(ATTENDED)


TRAVEL = drawn("""
case             | travel_minutes | row_outcome | rules
an hour and half | 90             |             |
a minute more    | 91             |             | A04
a minute more    | 91             | set_aside   |
unknown          |                |             |
""")


def test_travel_to_a_programme_is_an_hour_and_a_half_each_way() -> None:
    rows = found(OWN_SYSTEM, programme_referral=TRAVEL)
    assert rules_of(rows, "programme_referral", TRAVEL) == drawn_rules(TRAVEL)


ACTIVITIES = drawn("""
case                   | person_id | component_id | row_outcome  | rules
a live RAR             | 1         | 11           |              |
it has ended           | 1         | 12           |              | A08
a programme            | 1         | 13           |              | A08
a licence condition    | 1         | 14           |              | A08
somebody else's        | 1         | 21           |              | A08
person is held         |           | 11           | set_aside    |
a closed activity      | 1         | 12           | not_in_scope |
""")


def test_an_activity_names_a_live_rar_of_the_person() -> None:
    for company in (EXTRACT, OWN_SYSTEM):
        rows = found(company, rar_activity=ACTIVITIES)
        assert rules_of(rows, "rar_activity", ACTIVITIES) == drawn_rules(ACTIVITIES)


def test_only_a_company_with_its_own_case_system_may_leave_the_rar_blank() -> None:
    blank = [{"person_id": "1", "component_id": ""}]
    assert rules_of(found(EXTRACT, rar_activity=blank), "rar_activity", blank) == ["A08"]
    assert rules_of(found(OWN_SYSTEM, rar_activity=blank), "rar_activity", blank) == [""]


def scope(entity: str, cases: Cases) -> tuple[pl.DataFrame, list[str]]:
    """The frame after map's last step, and the rules found per row."""
    frame = batch_of(EXTRACT, programmes={entity: cases}).all("programmes", entity)
    judged, findings = judge_scope(
        frame, "programmes", entity, frame.filter(pl.col("row_outcome") == "set_aside")
    )
    return judged, rules_of([findings], entity, cases)


DECIDED = drawn("""
case                   | need_area | status | panel_decision | row_outcome | goes to | rules
approved               | ATB       | LIVE   | APPROVED       |             | stays   |
approved               | DA        | LIVE   | APPROVED       |             | stays   |
approved               | EM        | LIVE   | APPROVED       |             | stays   |
no decision            | DA        | LIVE   |                |             |         | A05
rolled down            | EM        | LIVE   | ROLLED_DOWN    |             |         | A07
not structured         | ACC       | LIVE   | APPROVED       |             |         | A06
neither nor            | FBD       | LIVE   |                |             |         | A06
not structured, down   | DR        | LIVE   | ROLLED_DOWN    |             |         | A06 A07
closed                 | ATB       | CLOSED | APPROVED       |             |         |
closed, no decision    | ATB       | CLOSED |                |             |         |
set aside              | DA        | LIVE   |                | set_aside   |         |
""")


def test_only_approved_structured_interventions_go_on() -> None:
    judged, rules = scope("rar_activity", DECIDED)
    assert rules == drawn_rules(DECIDED)
    stays = [case["goes to"] == "stays" for case in DECIDED if case["row_outcome"] != "set_aside"]
    assert judged.filter(pl.col("row_outcome") == "carried")["is_out_of_scope"].not_().to_list() == stays


PROGRAMMES = drawn("""
case        | programme | status    | rules
Resolve     | RESOLVE   | REFERRED  | A01
Building    | BSR       | ONGOING   | A01
everywhere  | TSP       | ONGOING   |
everywhere  | BBR       | REFERRED  |
has ended   | RESOLVE   | COMPLETE  |
given up    | BSR       | WITHDRAWN |
""")


def test_some_programmes_go_on_where_the_regional_director_agrees() -> None:
    judged, rules = scope("programme_referral", PROGRAMMES)
    assert rules == drawn_rules(PROGRAMMES)
    assert not judged["is_out_of_scope"].any()
