"""Delivered text as the proofs read it, drawn as tables: dates, times, minutes, flags, placeholders."""

import polars as pl
import pytest

from mappings.parsing.convert import convert
from reconcile.sources.reading import blank_as_null, read_word
from tests.spec.drawn_tables import drawn, label
from tests.spec.valid_rows import text_rows
from vocabulary.source import source_words


def read(export: str, entity: str, word: str, company: str, text: str, system: str = "1900") -> str | None:
    """One word, stripped and read."""
    rows = pl.DataFrame({word: [text], "date_system": [system]})
    blank = blank_as_null(rows, export, entity)
    return blank.select(read_word(export, entity, word, company)).item()


DATES = drawn("""
export       | company | entity           | word          | text                | read
delius       | C06     | event            | referral_date | 31/12/2020          | 2020-12-31 00:00:00
delius       | C06     | event            | referral_date | 29/02/2020          | 2020-02-29 00:00:00
delius       | C06     | event            | referral_date | 29/02/2021          |
delius       | C06     | event            | referral_date | 31/04/2021          |
delius       | C06     | event            | referral_date | 2020-12-31          |
delius       | C06     | event            | referral_date | 1/1/2021            |
delius       | C06     | event            | referral_date | 44197               |
spg          | C17     | event            | referral_date | 2020-12-31          | 2020-12-31 00:00:00
spg          | C17     | event            | referral_date | 31/12/2020          |
upw          | C12     | upw_project      | start_date    | 31-Dec-2020         | 2020-12-31 00:00:00
upw          | C12     | upw_project      | start_date    | 31-DEC-2020         | 2020-12-31 00:00:00
upw          | C12     | upw_project      | start_date    | 31-12-2020          | 2020-12-31 00:00:00
upw          | C12     | upw_project      | start_date    | 31-Dez-2020         |
justice_star | C18     | star             | date          | 01/03/2021          | 2021-03-01 00:00:00
referrals    | C17     | service_referral | referral_date | 2021-03-01          | 2021-03-01 00:00:00
referrals    | C06     | service_referral | referral_date | 01/03/2021          | 2021-03-01 00:00:00
documents    | C06     | document         | created_date  | 01/03/2021          | 2021-03-01 00:00:00
""")


@pytest.mark.parametrize("case", DATES, ids=label)
def test_a_date_is_read_as_its_dialect_writes_it(case: dict[str, str]) -> None:
    found = read(case["export"], case["entity"], case["word"], case["company"], case["text"])
    assert found == (case["read"] or None)


DAY_NUMBERS = drawn("""
system | number  | read
1900   | 1       |
1900   | 59      |
1900   | 60      |
1900   | 3653    |
1900   | 3654    | 1910-01-01 00:00:00
1900   | 44373   | 2021-06-26 00:00:00
1900   | 44373.5 | 2021-06-26 00:00:00
1900   | 0       |
1900   | 2958465 | 9999-12-31 00:00:00
1900   | 2958466 |
1900   | -1      |
1904   | 59      |
1904   | 2191    |
1904   | 2192    | 1910-01-01 00:00:00
1904   | 42911   | 2021-06-26 00:00:00
""")


@pytest.mark.parametrize("case", DAY_NUMBERS, ids=label)
def test_an_excel_day_number_is_a_day_of_its_system(case: dict[str, str]) -> None:
    found = read("upw", "upw_session", "date", "C11", case["number"], case["system"])
    assert found == (case["read"] or None)


BIRTHS = drawn("""
system | number | read
1900   | 0      |
1900   | 1      | 1900-01-01 00:00:00
1900   | 59     | 1900-02-28 00:00:00
1900   | 60     |
1900   | 61     | 1900-03-01 00:00:00
1904   | 60     | 1904-03-01 00:00:00
""")


@pytest.mark.parametrize("case", BIRTHS, ids=label)
def test_a_day_number_of_a_birth_may_be_an_early_one(case: dict[str, str]) -> None:
    found = read("upw", "upw_placement", "date_of_birth", "C11", case["number"], case["system"])
    assert found == (case["read"] or None)


OTHER_FORMS = drawn("""
export   | company | entity        | word          | text         | read
staff    | C06     | employee      | start_date    | 01/06/2014   | 2014-06-01 00:00:00
staff    | C06     | employee      | start_date    | 1/6/2014     |
staff    | C06     | employee      | end_date      | 1899-12-31   |
staff    | C06     | employee      | end_date      | 1909-12-31   |
staff    | C06     | employee      | date_of_birth | 1909-12-31   | 1909-12-31 00:00:00
delius   | C06     | disposal      | end_date      | 01/01/1900   |
delius   | C06     | disposal      | end_date      | 02/01/1900   | 1900-01-02 00:00:00
delius   | C06     | offender      | date_of_birth | 01/01/1900   | 1900-01-01 00:00:00
spg      | C17     | event         | end_date      | 0001-01-01   |
upw      | C17     | upw_session   | date          | 01/06/2021   |
delius   | C06     | event         | event_id      | 2500000420.0 | 2500000420
delius   | C06     | event         | event_id      | 1.000        |
eoc      | C06     | assessment    | ogrs3_one_year | 41.0        | 41
staff    | C06     | employee      | has_objected  | TRUE         | 1
staff    | C06     | employee      | has_objected  | false        | 0
upw      | C06     | upw_project   | is_women_only | true         | 1
delius   | C06     | event         | is_active     | TRUE         |
staff    | C06     | employee      | job_title     | #REF!        |
staff    | C06     | employee      | salary        | #div/0!      |
upw      | C17     | upw_session   | case_system_ref | #N/A       |
""")


@pytest.mark.parametrize("case", OTHER_FORMS, ids=label)
def test_a_value_in_another_form(case: dict[str, str]) -> None:
    found = read(case["export"], case["entity"], case["word"], case["company"], case["text"])
    assert found == (case["read"] or None)


TIMES = drawn("""
export | company | entity      | word       | text                | read
delius | C06     | contact     | start_time | 01/01/1970 09:05:00 | 1970-01-01 09:05:00
delius | C06     | contact     | start_time | 01/01/1970 23:59:59 | 1970-01-01 23:59:59
delius | C06     | contact     | start_time | 01/01/1970 24:00:00 |
spg    | C17     | contact     | start_time | 09:05:00            | 1970-01-01 09:05:00
spg    | C17     | contact     | start_time | 09:05               | 1970-01-01 09:05:00
spg    | C17     | contact     | start_time | 9:05                |
upw    | C06     | upw_session | start_time | 09:05               | 1970-01-01 09:05:00
upw    | C06     | upw_session | start_time | 09:60               |
""")


@pytest.mark.parametrize("case", TIMES, ids=label)
def test_a_time_of_day_stands_behind_1_january_1970(case: dict[str, str]) -> None:
    found = read(case["export"], case["entity"], case["word"], case["company"], case["text"])
    assert found == (case["read"] or None)


MINUTES = drawn("""
unit          | company | text     | read
minutes       | C17     | 450      | 450
minutes       | C17     | 450.4    | 450
minutes       | C17     | 450.5    | 451
minutes       | C17     | -0.5     | 0
decimal hours | C13     | 7.5      | 450
decimal hours | C13     | 0.0083   | 0
decimal hours | C13     | 0.008333 | 0
decimal hours | C13     | 0.008334 | 1
decimal hours | C13     | 1.675    | 101
decimal hours | C13     | 7,5      |
decimal hours | C03     | 7,5      | 450
HH:MM         | C12     | 07:30    | 450
HH:MM         | C12     | 7:30     | 450
HH:MM         | C12     | 07:60    |
HH:MM         | C12     | -1:30    | -90
HH:MM         | C12     | 7.5      |
""")


@pytest.mark.parametrize("case", MINUTES, ids=label)
def test_minutes_are_whole_and_rounded_half_up(case: dict[str, str]) -> None:
    assert read("upw", "upw_session", "credited", case["company"], case["text"]) == (case["read"] or None)


FLAGS = drawn("""
export       | company | entity           | word               | text  | read
delius       | C06     | event            | is_active          | 1     | 1
delius       | C06     | event            | is_active          | 0     | 0
delius       | C06     | event            | is_active          | Y     |
spg          | C17     | address          | is_no_fixed_abode  | Y     | 1
spg          | C17     | address          | is_no_fixed_abode  | N     | 0
spg          | C17     | address          | is_no_fixed_abode  | Yes   |
""")


@pytest.mark.parametrize("case", FLAGS, ids=label)
def test_a_flag_is_1_or_0(case: dict[str, str]) -> None:
    found = read(case["export"], case["entity"], case["word"], case["company"], case["text"])
    assert found == (case["read"] or None)


BLANKS = drawn("""
entity   | word         | text      | read
address  | postcode     | n/a       |
address  | postcode     | "NULL"    |
address  | postcode     | -         |
address  | house_number | TBC       |
address  | postcode     | LS1 1AA   | LS1 1AA
offender | surname      | None      | None
offender | first_name   | NA        | NA
offender | gender       | UNKNOWN   | UNKNOWN
contact  | notes        | NONE      | NONE
""")


@pytest.mark.parametrize("case", BLANKS, ids=label)
def test_a_placeholder_is_blank_but_in_names_notes_and_codes(case: dict[str, str]) -> None:
    assert read("spg", case["entity"], case["word"], "C17", f"  {case['text']} ") == (case["read"] or None)


def test_blanks_around_a_value_are_no_part_of_it() -> None:
    assert read("spg", "offender", "surname", "C17", "   ") is None
    assert read("spg", "offender", "surname", "C17", " Zzdell ") == "Zzdell"


SHARED = [
    (export, company, entity, word.name)
    for export, company in (("delius", "C06"), ("spg", "C17"), ("upw", "C12"), ("upw", "C16"), ("upw", "C11"))
    for entity, words in source_words(export).items()
    for word in words
    if word.type.split("(")[0] in ("date", "isodate", "unit", "minutes", "time", "isotime", "hh:mm")
]


def test_the_two_readers_agree_on_every_dated_and_timed_word() -> None:
    """They share no code: where they part on a valid value, one of them is wrong."""
    apart = []
    for export, company, entity, word in SHARED:
        text = text_rows(export, entity, company, {}).with_columns(pl.lit("1900").alias("date_system"))
        found = text.select(read_word(export, entity, word, company).alias("found")).item()
        value = convert(text, export, entity, company).frame[word].item()
        written = str(value).split(" ")[-1]
        if found is None or written not in found:
            apart.append((export, entity, word, text[word].item(), str(found), str(value)))
    assert apart == []
