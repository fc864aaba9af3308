"""Whom no identifier finds, beside whom nDelius has: what a clerk would expect of each (record 156).

Two programs read them: the model that weighs (test_linkage) and the rule of the proofs that counts
(tests/unit/reconcile/test_likeness).
"""

from tests.spec.drawn_tables import drawn

KNOWN = drawn("""
offender_id | surname      | first_name  | second_name | date_of_birth | pnc_number    | postcode | sentence_date
1           | Ashbyzz      | Robert      | Zeno        | 1980-03-14    | 1999/0062845E | ZZ1 1AA  | 2019-05-07
2           | Brookzz      | Margaret    |             | 1975-11-23    |               | ZZ1 2BB  | 2018-02-19
3           | Carterzz     | Thomas      |             | 1991-06-09    |               | ZZ1 3CC  | 2020-09-15
4           | Dunnzz       | William     |             | 1958-04-17    |               | ZZ1 4DD  | 2017-01-10
5           | Ellis-Fordzz | Hannah      |             | 1988-12-30    |               | ZZ1 5EE  | 2020-03-03
6           | Grangezz     | Samuel      |             | 1993-01-01    |               | ZZ1 6FF  | 2020-07-21
7           | Hollyzz      | Oliver      | Zeno        | 1985-08-25    |               | ZZ9 9HH  | 2019-10-01
8           | Irvinezz     | Jonathan    |             | 1979-02-13    | 1997/0071122A | ZZ1 8JJ  | 2016-06-16
9           | Jarviszz     | Katherine   |             | 1990-10-05    |               | ZZ1 9KK  | 2021-01-12
""")  # noqa: E501 - a table is read by its columns

CASES = drawn("""
case                                | surname      | first_name | second_name | date_of_birth | pnc_number    | postcode | sentence_date | answer | is
everything the same, two beside     | Ashbyzz      | Robert     |             | 1980-03-14    |               | ZZ1 1AA  | 2019-05-07    | M11    | 1
the same, second name and address   | Ashbyzz      | Robert     | Zeno        | 1980-03-14    |               | ZZ1 1AA  |               | M11    | 1
the same, nothing beside            | Ashbyzz      | Robert     |             | 1980-03-14    |               |          |               | M05    |
the same, moved house               | Ashbyzz      | Robert     |             | 1980-03-14    |               | ZZ5 5ZZ  | 2019-05-07    | M05    |
the same, PNC of another            | Ashbyzz      | Robert     |             | 1980-03-14    | 2001/0011111B | ZZ1 1AA  | 2019-05-07    | M05    |
changed over (E6)                   | Robert       | Ashbyzz    |             | 1980-03-14    |               | ZZ1 1AA  | 2019-05-07    | M05    |
short form                          | Ashbyzz      | Bob        |             | 1980-03-14    |               | ZZ1 1AA  | 2019-05-07    | M11    | 1
short form, nothing beside          | Brookzz      | Peggy      |             | 1975-11-23    |               |          |               | M12    |
a slip in the surname               | Brokozz      | Margaret   |             | 1975-11-23    |               | ZZ1 2BB  | 2018-02-19    | M11    | 2
a slip in the first name, or a twin | Brookzz      | Margeret   |             | 1975-11-23    |               | ZZ1 2BB  | 2018-02-19    | M12    |
such a slip, one second name        | Ashbyzz      | Robret     | Zeno        | 1980-03-14    |               | ZZ1 1AA  |               | M11    | 1
such a slip, part of a PNC          | Ashbyzz      | Robret     |             | 1980-03-14    | 1999/0062846E | ZZ1 1AA  |               | M11    | 1
slips in both names                 | Brokozz      | Margeret   |             | 1975-11-23    |               | ZZ1 2BB  | 2018-02-19    | M12    |
day and month changed over          | Jarviszz     | Katherine  |             | 1990-05-10    |               | ZZ1 9KK  | 2021-01-12    | M11    | 9
digits changed over                 | Jarviszz     | Katherine  |             | 1990-01-05    |               | ZZ1 9KK  | 2021-01-12    | M11    | 9
ten years off                       | Jarviszz     | Katherine  |             | 1980-10-05    |               | ZZ1 9KK  | 2021-01-12    | M12    |
1 January, a placeholder            | Jarviszz     | Katherine  |             | 1990-01-01    |               | ZZ1 9KK  | 2021-01-12    | M12    |
1 January in both                   | Grangezz     | Samuel     |             | 1993-01-01    |               | ZZ1 6FF  | 2020-07-21    | M05    |
part of a surname                   | Fordzz       | Hannah     |             | 1988-12-30    |               | ZZ1 5EE  | 2020-03-03    | M11    | 5
hyphen or none                      | Ellis Fordzz | Hannah     |             | 1988-12-30    |               | ZZ1 5EE  | 2020-03-03    | M11    | 5
a married name                      | Quillzz      | Hannah     |             | 1988-12-30    |               | ZZ1 5EE  | 2020-03-03    | M12    |
a twin                              | Carterzz     | Simon      |             | 1991-06-09    |               | ZZ1 3CC  |               | M12    |
a twin with a name alike            | Carterzz     | Thomasz    |             | 1991-06-09    |               | ZZ1 3CC  |               | M05    |
twins sentenced together            | Carterzz     | Simon      |             | 1991-06-09    |               | ZZ1 3CC  | 2020-09-15    | M12    |
a son with his father's name        | Dunnzz       | William    |             | 1986-09-02    |               | ZZ1 4DD  |               | M12    |
a son, same day thirty years on     | Dunnzz       | William    |             | 1988-04-17    |               | ZZ1 4DD  | 2017-01-10    | M12    |
a son with another name             | Dunnzz       | Gavin      |             | 1986-09-02    |               | ZZ1 4DD  |               | M07    |
a hostel says nothing               | Hollyzz      | Olliver    |             | 1985-08-25    |               | ZZ9 9HH  |               | M12    |
another person of the hostel        | Vossyzz      | Uriah      |             | 1966-05-05    |               | ZZ9 9HH  |               | M07    |
PNC, one digit off                  | Irvinezz     | Jonathan   |             | 1979-02-13    | 1997/0071123A | ZZ1 8JJ  |               | M11    | 8
somebody else altogether            | Mosszz       | Peter      |             | 1983-07-07    |               | ZZ6 6MM  | 2020-01-06    | M07    |
one surname, another birth date     | Brookzz      | Norman     |             | 1999-01-20    |               |          |               | M07    |
""")  # noqa: E501 - a table is read by its columns
