"""Texts and places: nothing of what was said, everything of how it was written."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pseudonyms.kept import no_postcodes
from pseudonyms.key import Secret
from pseudonyms.places import authority, postcode
from pseudonyms.texts import file_name, keep, text

SECRET = Secret(b"a key of the tests, of no use elsewhere")


@settings(deadline=None)
@given(st.text(min_size=1, max_size=60))
def test_length_and_every_other_character_stay(value: str) -> None:
    said = text(SECRET, value)
    assert len(said) == len(value)
    pairs = [*zip(value, said, strict=True)]
    assert [one for one, other in pairs if not one.isalnum() and one != other] == []
    if said != value:
        ascii_letters = [(one, other) for one, other in pairs if re.match(r"[A-Za-z0-9]", one)]
        assert [one for one, other in ascii_letters if one == other] == []


def test_the_same_text_is_the_same_whatever_blanks_are_around_it() -> None:
    assert text(SECRET, "Ring him at 5") == text(SECRET, "  Ring him at 5 ").strip()
    assert text(SECRET, "Ring him at 5") != text(SECRET, "Ring him at 6")[:-1] + "5"


def test_what_a_rule_looks_for_stays() -> None:
    said = text(SECRET, "=Zoë Ã« rang\x00 \x0b|'s\tä")
    assert (said[0], said[5:7], said[12]) == ("=", "Ã«", "\x00")
    assert said.endswith(tuple("äëïöüåáàâãèéêìíîòóôõùúûçñšžýÿ"))


@pytest.mark.parametrize("value", ["N/A", " none ", "-", "#VALUE!"])
def test_placeholders_are_kept(value: str) -> None:
    assert text(SECRET, value) == value


def test_the_ending_of_a_file_is_kept() -> None:
    said = file_name(SECRET, "J Smith letter.docx")
    assert said.endswith(".docx")
    assert "Smith" not in said


def test_words_in_a_column_of_codes_are_replaced() -> None:
    assert keep(SECRET, "COMPLETE") == "COMPLETE"
    assert keep(SECRET, "01/01/1970 09:30:00.000") == "01/01/1970 09:30:00.000"
    assert "Smith" not in keep(SECRET, "ask John Smith, 07700 900000")


@pytest.mark.parametrize("value", ["L1 9ZZ", "ch41 9zz", "BD230AB", "W1A 1AA"])
def test_a_postcode_keeps_its_district_and_how_it_is_written(value: str) -> None:
    said = postcode(SECRET, value)
    assert said[:-3] == value[:-3]
    assert said != value
    assert [one.islower() for one in said] == [one.islower() for one in value]


def test_listed_postcodes_lead_where_they_led() -> None:
    from vocabulary.resources import text_table

    rows = text_table("mappings", "routing", "postcode_units.csv")
    places = {unit: tuple(place) for unit, *place in rows.iter_rows()}
    some = [*places][::500]
    assert [one for one in some if places[postcode(SECRET, one)] != places[one]] == []
    free = [one for one in ("BD23 9ZZ", "BD20 1AA", "L1 1AA") if one not in places]
    assert [one for one in free if postcode(SECRET, one) in places] == []


def test_postcodes_of_nowhere_and_wrong_ones_stay_so() -> None:
    assert {postcode(SECRET, one) for one in no_postcodes()} == no_postcodes()
    assert re.fullmatch(r"[A-Z]{2}\d [A-Z]{3}", postcode(SECRET, "AB1 XYZ"))


def test_a_local_authority_stays_and_a_village_does_not() -> None:
    assert authority(SECRET, "Barnsley") == "Barnsley"
    assert authority(SECRET, "Little Hamlet") != "Little Hamlet"
