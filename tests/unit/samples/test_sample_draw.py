"""Invented names and identifiers have the forms the rules ask for."""

import re

from samples.draw import CHECK_LETTERS, Draw


def test_check_letter_is_that_of_the_published_example() -> None:
    assert CHECK_LETTERS[(3 * 10_000_000 + 62_845) % 23] == "E"  # 2003/0062845E


def test_pnc_numbers_end_with_their_check_letter() -> None:
    number = Draw(1).pnc()
    year, serial, letter = number[2:4], number[5:12], number[12]
    assert letter == CHECK_LETTERS[int(year + serial) % 23]


def test_names_are_visibly_invented() -> None:
    draw = Draw(1)
    assert draw.surname().startswith("Zz")
    assert draw.first_name().startswith("Qx")


def test_nobody_shares_a_surname() -> None:
    draw = Draw(1)
    names = [draw.surname() for _ in range(20_000)]
    assert len(set(names)) == len(names)


def test_prison_numbers_have_their_form_and_are_given_once() -> None:
    draw = Draw(1)
    numbers = [draw.noms() for _ in range(2_000)]
    assert all(re.fullmatch(r"[A-Z]\d{4}[A-Z]{2}", number) for number in numbers)
    assert len(set(numbers)) == len(numbers)


def test_keys_of_two_tables_differ() -> None:
    draw = Draw(1)
    assert draw.key("EVENT") != draw.key("DISPOSAL")
