"""H01 to H03 on the document manifest, and X02 on who holds an asset, drawn as tables."""

from drawn_tables import drawn

from tests.spec.drawn_batch import batch_of, drawn_rules, ndelius, rules_of
from validators.rules import documents, estates

BASELINE = ndelius(
    offender=drawn("""
    offender_id
    1
    2
    """),
    event=drawn("""
    event_id | offender_id | is_deleted
    11       | 1           | 0
    12       | 1           | 1
    """),
    nsi=drawn("""
    nsi_id | offender_id
    21     | 2
    """),
    contact=drawn("""
    contact_id | offender_id
    31         | 1
    """),
    court_report=drawn("""
    court_report_id | offender_id
    41              | 1
    """),
    upw_session=drawn("""
    upw_session_id | offender_id
    51             | 1
    """),
)
SUM = "0123456789abcdefABCDEF" + "0" * 42

DOCUMENTS = drawn(f"""
case                    | person_id | owner_table    | owner_id | alfresco_id | checksum | rules
the person              | 1         | OFFENDER       | 1        | a           | {SUM}    |
the person, no key yet  | spg:new:1 | OFFENDER       | 0        | b           | {SUM}    |
another person          | 1         | OFFENDER       | 2        | c           | {SUM}    | H03
their event             | 1         | EVENT          | 11       | d           | {SUM}    |
a deleted event         | 1         | EVENT          | 12       | e           | {SUM}    | H03
an event of nobody      | 1         | EVENT          | 99       | f           | {SUM}    | H03
somebody else's NSI     | 1         | NSI            | 21       | g           | {SUM}    | H03
their NSI               | 2         | NSI            | 21       | h           | {SUM}    |
their contact           | 1         | CONTACT        | 31       | i           | {SUM}    |
their court report      | 1         | COURT_REPORT   | 41       | j           | {SUM}    |
their session           | 1         | UPW_APPOINTMENT| 51       | k           | {SUM}    |
an event numbered 0     | 1         | EVENT          | 0        | l           | {SUM}    | H03
one store number        | 1         | OFFENDER       | 1        | twice       | {SUM}    | H02
the same store number   | 2         | OFFENDER       | 2        | twice       | {SUM}    | H02
a digit short           | 1         | OFFENDER       | 1        | m           | {SUM[:-1]} | H01
a letter too far        | 1         | OFFENDER       | 1        | n           | {SUM[:-1]}g | H01
two at once             | 1         | OFFENDER       | 2        | o           | {SUM}0   | H01 H03
nobody known            |           | EVENT          | 99       | p           | {SUM}    |
""")


def test_a_document_has_an_owner_a_place_and_a_checksum() -> None:
    batch = batch_of("C06", documents={"document": DOCUMENTS})
    found = documents.setting_aside(batch, BASELINE)
    assert rules_of(found, "document", DOCUMENTS) == drawn_rules(DOCUMENTS)


ASSETS = drawn("""
case           | employee_ref | rules
in the return  | P1           |
held by nobody |              |
not in it      | P9           | X02
""")


def test_who_holds_an_asset_is_in_the_staff_return() -> None:
    employees = drawn("""
    employee_ref
    P1
    """)
    batch = batch_of("C06", estates={"asset": ASSETS}, staff={"employee": employees})
    assert rules_of(estates.setting_aside(batch), "asset", ASSETS) == drawn_rules(ASSETS)
