"""Who is in nDelius, who is delivered, and whose row it is (matching.md), drawn as tables.

Two programs read them: the cascade that matches (test_m_rules) and the one that proves it
(tests/unit/reconcile/test_whose).
"""

from tests.spec.drawn_tables import drawn

BASELINE = drawn("""
offender_id | crn     | surname   | first_name | date_of_birth | pnc_number    | noms_number | cro_number | is_deleted
1           | X000001 | Ábbot-Zz  | Ann        | 1980-01-01    | 2003/0062845E | A1111ZZ     | 265416/21G |
2           | X000002 | Brown-Zz  | Bob        | 1981-02-02    | 78/0000002A   | A2222ZZ     |            |
3           | X000003 | Clark-Zz  | Cat        | 1982-03-03    |               | A9999ZZ     |            |
4           | X000004 | Drake-Zz  | Dan        | 1983-04-04    |               | A9999ZZ     |            |
5           | X000005 | Gone-Zz   | Guy        | 1984-05-05    | 1990/0000005A |             |            | Y
6           | X000006 | Twin-Zz   | Tom        | 1985-06-06    |               |             |            |
7           | X000007 | Twin-Zz   | Tom        | 1985-06-06    |               |             |            |
8           | X000008 | Swap-Zz   | Sam        | 1986-07-07    |               |             |            |
9           | X000008 | Else-Zz   | Eve        | 1987-08-08    |               |             |            |
10          | X000010 | Once-Zz   | Ola        | 1988-09-09    |               |             |            | Y
11          | X000011 | Ring-Zz   | Rob        | 1989-01-01    |               |             |            | Y
12          | X000012 | Łukas-Zz  | Robert     | 1990-12-03    |               |             |            |
""")  # noqa: E501 - a table is read by its columns

ADDITIONAL = drawn("""
offender_id | type  | identifier    | is_deleted
1           | PCRN  | X100001       |
2           | DOFF  | X100002       |
3           | PCRN  | X100003       | Y
4           | PCRN  | X100004       |
6           | PCRN  | X100004       |
5           | PCRN  | X100005       |
2           | APNC  | 1999/0000022B |
2           | XNOMS | A2323ZZ       |
2           | DNOMS | A2424ZZ       |
2           | XNOMS | wrong         |
2           | PCRN  | X000010       |
10          | DOFF  | X100010       |
11          | PCRN  | X000011       |
11          | PCRN  | X100011       |
10          | PCRN  | X100012       |
3           | DOFF  | X100012       |
2           | PCRN  | X000003       |
""")

ALIASES = drawn("""
offender_id | first_name | is_deleted
12          | Lukas      |
12          | Gone       | Y
""")

PERSONS = drawn("""
case                             | crn     | pnc_number    | noms_number | cro_number  | surname  | first_name | date_of_birth | answer | is
CRN, surname agrees              | X000001 |               |             |             | ABBOT ZZ | Ann        | 1999-09-09    | M01    | 1
CRN, birth date agrees           | X000001 |               |             |             | Other    | Zoe        | 1980-01-01    | M01    | 1
CRN outweighs other numbers      | X000001 |               | A2222ZZ     |             | Abbot-Zz | Ann        | 1980-01-01    | M01    | 1
CRN of somebody else             | X000002 |               |             |             | Abbot-Zz | Ann        | 1980-01-01    | M02    |
CRN in small letters is another  | x000003 |               |             |             | Clark-Zz | Cat        | 1982-03-03    | M05    |
previous CRN                     | X100001 |               |             |             | Other    | Zoe        | 1999-09-09    | M03    | 1
duplicate CRN                    | X100002 |               |             |             | Brown-Zz | Bob        | 1981-02-02    | M03    | 2
previous CRN outweighs numbers    | X100001 |               | A2222ZZ     |             | Brown-Zz | Bob        | 1981-02-02    | M03    | 1
previous CRN, identifier deleted | X100003 |               |             |             | Clark-Zz | Zoe        | 1999-09-09    | M07    |
previous CRN of two persons      | X100004 |               |             |             | Drake-Zz | Dan        | 1983-04-04    | M06    |
previous CRN of a deleted person | X100005 |               |             |             | Gone-Zz  | Guy        | 1984-05-05    | M07    |
CRN nowhere, PNC finds           | X999999 | 2003/0062845E |             |             | Abbot-Zz | Ann        | 1999-09-09    | M04    | 1
PNC, short form                  |         | 03/0062845E   |             |             | Other    | Zoe        | 1980-01-01    | M04    | 1
PNC, last century                |         | 1978/0000002A |             |             | Brown-Zz | Bob        | 1999-09-09    | M04    | 2
additional PNC                   |         | 1999/0000022B |             |             | Brown-Zz | Bob        | 1999-09-09    | M04    | 2
prison number                    |         |               | A2222ZZ     |             | Brown-Zz | Bob        | 1999-09-09    | M04    | 2
former prison number             |         |               | A2323ZZ     |             | Brown-Zz | Bob        | 1999-09-09    | M04    | 2
duplicate prison number          |         |               | A2424ZZ     |             | Brown-Zz | Zoe        | 1999-09-09    | M07    |
CRO, apart from case and blanks  |         |               |             | 265416/ 21g | Abbot-Zz | Ann        | 1999-09-09    | M04    | 1
PNC finds, prison number does not |        | 2003/0062845E | A7777ZZ     |             | Abbot-Zz | Ann        | 1999-09-09    | M04    | 1
PNC, name and birth date differ  |         | 2003/0062845E |             |             | Other    | Ann        | 1999-09-09    | M08    |
PNC of one, prison number of two |         | 2003/0062845E | A2222ZZ     |             | Abbot-Zz | Ann        | 1980-01-01    | M06    |
prison number of two persons     |         |               | A9999ZZ     |             | Clark-Zz | Cat        | 1982-03-03    | M06    |
PNC of a deleted person          |         | 1990/0000005A |             |             | Gone-Zz  | Guy        | 1984-05-05    | M07    |
wrong identifiers are blank      |         | 62845         | wrong       | 265416      | Other    | Zoe        | 1999-09-09    | M07    |
all names agree                  |         |               |             |             | Clark Zz | CAT        | 1982-03-03    | M05    |
all names agree with two persons |         |               |             |             | Twin-Zz  | Tom        | 1985-06-06    | M05    |
first name differs               |         |               |             |             | Clark-Zz | Kat        | 1982-03-03    | M07    |
first name in a short form       |         |               |             |             | Swap-Zz  | Samuel     | 1986-07-07    | M05    |
an initial                       |         |               |             |             | Swap-Zz  | S          | 1986-07-07    | M05    |
names changed over               |         |               |             |             | Sam      | Swap Zz    | 1986-07-07    | M05    |
changed over, in a short form    |         |               |             |             | Samuel   | Swap-Zz    | 1986-07-07    | M05    |
changed over, another day        |         |               |             |             | Sam      | Swap-Zz    | 1986-07-08    | M07    |
CRN of two persons               | X000008 |               |             |             | Swap-Zz  | Sam        | 1986-07-07    | M06    |
CRN of two persons, a PNC of one | X000008 | 2003/0062845E |             |             | Abbot-Zz | Ann        | 1980-01-01    | M06    |
CRN of a deleted person, merged  | X000010 |               |             |             | Other    | Zoe        | 1999-09-09    | M03    | 2
merged twice, to the last one    | X100010 |               |             |             | Other    | Zoe        | 1999-09-09    | M03    | 2
merged twice, one way to another | X100012 |               |             |             | Other    | Zoe        | 1999-09-09    | M06    |
merged in a ring                 | X100011 |               |             |             | Other    | Zoe        | 1999-09-09    | M07    |
unmerged, still listed elsewhere | X000003 |               |             |             | Clark-Zz | Cat        | 1982-03-03    | M01    | 3
CRN, possible twin               | X000001 |               |             |             | Abbot-Zz | Zoe        | 1980-01-01    | M10    |
PNC, possible twin               |         | 2003/0062845E |             |             | Abbot-Zz | Zoe        | 1980-01-01    | M10    |
CRN, father or son               | X000002 |               |             |             | Brown-Zz | Zoe        | 1951-02-02    | M10    |
prison number, father or son     |         |               | A2222ZZ     |             | Brown-Zz | Zoe        | 1951-02-02    | M10    |
first name the same, other date  | X000002 |               |             |             | Brown-Zz | Bob        | 1951-02-02    | M01    | 2
PNC, both names are others       |         | 2003/0062845E |             |             | Other    | Zoe        | 1980-01-01    | M04    | 1
surname alone, years apart       | X000002 |               |             |             | Brown-Zz |            | 1951-02-02    | M10    |
surname alone, few years apart   | X000002 |               |             |             | Brown-Zz |            | 1978-02-02    | M01    | 2
surname alone, five years apart  | X000002 |               |             |             | Brown-Zz |            | 1976-02-02    | M01    | 2
surname alone, a day more        | X000002 |               |             |             | Brown-Zz |            | 1976-02-01    | M10    |
""")  # noqa: E501 - a table is read by its columns

PARTLY = drawn("""
case                              | surname  | first_name | second_name | date_of_birth | answer
L for Ł is another surname        | Lukas-Zz | Tim        |             | 1990-12-03    | M01
another first name                | ŁUKAS ZZ | Tim        |             | 1990-12-03    | M10
a short form                      | Łukas-Zz | Rob        |             | 1991-12-04    | M01
an initial                        | Łukas-Zz | R          |             | 1950-12-04    | M01
a longer form                     | Łukas-Zz | Robert Jan |             | 1950-12-04    | M01
the first name is a second one    | Łukas-Zz | Tim        | Robert      | 1990-12-03    | M01
an alias                          | Łukas-Zz | Lukas      |             | 1990-12-03    | M01
a deleted alias                   | Łukas-Zz | Gone       |             | 1990-12-03    | M10
day and month changed over        | Łukas-Zz | Tim        |             | 1990-03-12    | M01
digits of the day changed over    | Łukas-Zz | Tim        |             | 1990-12-30    | M01
digits of the year changed over   | Łukas-Zz | Tim        |             | 1909-12-03    | M01
digits of two parts changed over  | Łukas-Zz | Tim        |             | 1990-02-13    | M10
one digit is another              | Łukas-Zz | Tim        |             | 1990-12-04    | M10
no date of birth                  | Łukas-Zz | Tim        |             |               | M01
""")

SAME_PERSON = drawn("""
crn     | pnc_number    | surname  | date_of_birth | answer
X000001 |               | Abbot-Zz | 1980-01-01    | M06
X000002 |               | Brown-Zz | 1981-02-02    | M01
        | 2003/0062845E | Abbot-Zz | 1980-01-01    | M06
X000001 |               | Other    | 1999-09-09    | M02
""")

OWN_PERSONS = drawn("""
person_ref | crn     | surname  | first_name | date_of_birth | answer
OM-1       | X000001 | Abbot-Zz | Ann        | 1980-01-01    | M01
OM-2       | X000002 | Other    | Zoe        | 1999-09-09    | M02
OM-3       |         | New-Zz   | Nel        | 1990-09-09    | M07
""")

PLACEMENTS = drawn("""
case                              | crn     | person_ref | surname  | date_of_birth | answer | is
CRN, surname agrees               | X000001 |            | Abbot-Zz | 1984-09-09    | M01    | 1
CRN and surname of the father     | X000001 |            | Abbot-Zz | 1940-09-09    | M10    |
CRN of two persons                | X000008 |            | Swap-Zz  | 1986-07-07    | M06    |
CRN of somebody else              | X000002 |            | Abbot-Zz | 1980-01-01    | M02    |
CRN that was merged               | X100001 |            | Abbot-Zz | 1980-01-01    | M03    | 1
nobody knows the CRN              | X999999 |            | Abbot-Zz | 1980-01-01    | X02    |
nobody knows the number           |         | OM-9       | Abbot-Zz | 1980-01-01    | X02    |
number of a matched person        |         | OM-1       | Abbot-Zz | 1980-01-01    | M01    | 1
number of a held person           |         | OM-2       | Other    | 1999-09-09    | M02    |
number of a new person            |         | OM-3       | New-Zz   | 1990-09-09    | M07    |
CRN counts before the number      | X000002 | OM-1       | Brown-Zz | 1981-02-02    | M01    | 2
unknown CRN, number counts        | X999999 | OM-1       | Abbot-Zz | 1980-01-01    | M01    | 1
""")

NAMELESS = drawn("""
crn     | answer
X000002 | M01
X100001 | M03
X999999 | X02
""")
