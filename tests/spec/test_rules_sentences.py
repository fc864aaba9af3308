"""E01 to E05: events, offences and sentences, drawn as tables. The extract is of 25 June 2021."""

from drawn_tables import drawn

from tests.spec.drawn_batch import batch_of, drawn_rules, rules_of
from validators.rules import sentences

EVENTS = drawn("""
case                    | offender_id | event_number | is_deleted | row_outcome  | rules
first use               | 1           | 1            | N          |              |
another number          | 1           | 2            | N          |              |
later use               | 1           | 1            | N          |              | E01
third use               | 1           | 1            | N          |              | E01
another person          | 2           | 1            | N          |              |
deleted, does not count | 3           | 1            | Y          |              |
so this is the first    | 3           | 1            | N          |              |
repeated word for word  | 2           | 1            | N          | not_in_scope |
set aside for more      | 2           | 1            | N          | set_aside    | E01
number is missing       | 2           |              | N          | set_aside    |
missing once more       | 2           |              | N          | set_aside    |
""")


def test_an_event_number_is_used_once_for_a_person() -> None:
    batch = batch_of("C06", delius={"event": EVENTS})
    assert rules_of(sentences.setting_aside(batch, "delius"), "event", EVENTS) == drawn_rules(EVENTS)


SPG_EVENTS = drawn("""
case             | person_ref | event_number | sentence_date | end_date   | offence_date | row_outcome | rules
first use        | OM-1       | 1            | 2021-06-25    |            | 2021-06-25   |             |
later use        | OM-1       | 1            | 2021-06-25    |            | 2021-01-01   |             | E01
another person   | OM-2       | 1            | 2021-06-25    | 2021-06-25 | 2021-01-01   |             |
future sentence  | OM-2       | 2            | 2021-06-26    |            | 2021-01-01   |             | E03
ends before      | OM-2       | 3            | 2021-06-25    | 2021-06-24 | 2021-01-01   |             | E05
offence after    | OM-2       | 4            | 2021-06-24    |            | 2021-06-25   |             | E02
no sentence yet  | OM-2       | 5            |               |            | 2021-06-25   |             |
offence after    | OM-2       | 6            | 2021-06-24    |            | 2021-06-25   | set_aside   |
""")


def test_an_spg_event_holds_offence_and_sentence() -> None:
    batch = batch_of("C17", spg={"event": SPG_EVENTS})
    found = [*sentences.setting_aside(batch, "spg"), *sentences.warnings(batch, "spg")]
    assert rules_of(found, "event", SPG_EVENTS) == drawn_rules(SPG_EVENTS)


SENTENCES = drawn("""
case                       | sentence_date | end_date   | is_active | is_deleted | rules
on the day of the extract  | 2021-06-25    |            | Y         | N          |
the day after              | 2021-06-26    |            | Y         | N          | E03
deleted                    | 2021-06-26    |            | Y         | Y          |
closed with a date         | 2021-01-05    | 2021-05-05 | N         | N          |
closed without a date      | 2021-01-05    |            | N         | N          | E04
open with a date           | 2021-01-05    | 2021-05-05 | Y         | N          | E04
ends the day it begins     | 2021-01-05    | 2021-01-05 | N         | N          |
ends the day before        | 2021-01-05    | 2021-01-04 | N         | N          | E05
ends early and is open     | 2021-01-05    | 2021-01-04 | Y         | N          | E04 E05
""")


def test_a_sentence_has_dates_that_agree() -> None:
    batch = batch_of("C06", delius={"disposal": SENTENCES})
    assert rules_of(sentences.setting_aside(batch, "delius"), "disposal", SENTENCES) == drawn_rules(SENTENCES)


SENTENCED = drawn("""
event_id | sentence_date | row_outcome
1        | 2021-03-01    |
2        | 2021-03-01    | set_aside
""")
OFFENCES = drawn("""
case                      | event_id | offence_date | row_outcome | rules
day before the sentence   | 1        | 2021-02-28   |             |
day of the sentence       | 1        | 2021-03-01   |             |
day after                 | 1        | 2021-03-02   |             | E02
day after, but set aside  | 1        | 2021-03-02   | set_aside   |
sentence is set aside     | 2        | 2021-03-02   |             |
no sentence yet           | 3        | 2021-03-02   |             |
""")


def test_an_offence_is_not_later_than_its_sentence() -> None:
    batch = batch_of("C06", delius={"disposal": SENTENCED, "offence": OFFENCES})
    assert rules_of(sentences.warnings(batch, "delius"), "offence", OFFENCES) == drawn_rules(OFFENCES)
