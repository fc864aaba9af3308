"""What a person may be asked to decide: a kind of question per file of decisions/, and what names one."""

from dataclasses import dataclass

CODES, MATCHES, REGIONS, TEAMS, STAFF = "codes", "matches", "regions", "teams", "staff"
ACCESS, INTERVENTIONS, PROGRAMMES = "access", "interventions", "programmes"
ACROSS, SESSIONS = "across", "sessions"
SIGNED = ("who", "when", "why")
"""Columns of every answer: nobody's answer counts."""


@dataclass(frozen=True)
class Kind:
    """One kind: `name` is its file in decisions/ and `key` the columns that name one question.

    `title` and `ask` tell a reader what it is about and how to answer. `answers`: the only ones there are,
    where they are the same for every question. `of_persons`: every question is about persons on probation, so
    it must say which.
    """

    name: str
    key: tuple[str, ...]
    title: str
    ask: str
    answers: tuple[str, ...] = ()
    of_persons: bool = False


APPROVED, ROLLED_DOWN = "APPROVED", "ROLLED_DOWN"
"""Answers about a structured intervention, the words of the panel itself (A05)."""

CONTINUES, STOPS = "continues", "stops"
"""Answers about a programme that goes on only where the regional director agrees (A01)."""

KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            CODES,
            ("scope", "list", "code"),
            "Codes",
            "What does this code mean in nDelius? Choose the target code, or drop where it means nothing.",
        ),
        Kind(
            MATCHES,
            ("company", "export", "entity", "evidence"),
            "Persons",
            "Who is this in nDelius? Choose a person by OFFENDER_ID, or write another one's CRN; new or none "
            "where it is nobody.",
            of_persons=True,
        ),
        Kind(
            ACROSS,
            ("rule", "shared"),
            "Across companies",
            "Two companies deliver one new person or one document. Choose the company whose row counts; all "
            "where they are different persons; none where no row does.",
            of_persons=True,
        ),
        Kind(
            REGIONS,
            ("company", "offender_id"),
            "Regions",
            "Which region receives this person? Postcode, local authority and team do not say.",
            of_persons=True,
        ),
        Kind(
            TEAMS,
            ("company", "team"),
            "Teams",
            "Which team receives the cases of this team? Routing does not know it.",
        ),
        Kind(
            STAFF,
            ("company", "employee_ref", "decision"),
            "Staff",
            "Where does this employee go? Choose the function, the region or the pension scheme asked for; "
            "dynamic_framework or no_service where the role at a supplier has no service; officer, login or "
            "none where the login is not the officer's.",
        ),
        Kind(
            SESSIONS,
            ("company", "session_ref", "day"),
            "Sessions",
            "Is this session of the schedule the appointment that nDelius has at that time? Choose the "
            "appointment, or another where the person worked twice.",
            of_persons=True,
        ),
        Kind(
            ACCESS,
            ("company", "offender_id"),
            "Limited access",
            "Who may see this person from Day 1 on? Choose the login of somebody who comes along or is in a "
            "region.",
            of_persons=True,
        ),
        Kind(
            INTERVENTIONS,
            ("company", "activity_ref"),
            "Interventions",
            "Did the panel approve this structured intervention, or is it rolled down?",
            (APPROVED, ROLLED_DOWN),
            of_persons=True,
        ),
        Kind(
            PROGRAMMES,
            ("company", "region", "programme"),
            "Programmes",
            "Does the region go on with this programme? The answer is the regional director's.",
            (CONTINUES, STOPS),
        ),
    )
}
"""Every kind, in the order of the workbook."""

DROP = "drop"
"""Answer about a code: it means nothing and is not carried (Q04)."""

ALL_OF_THEM, NONE_OF_THEM = "all", "none"
"""Answers about what two companies deliver, beside a company's code (M09, H02)."""

NEW, NOBODY = "new", "none"
"""Answers about a person beside an OFFENDER_ID: not in nDelius yet (spg), and nobody there (satellites)."""

ANOTHER = "another"
"""Answer about a session beside an appointment: it is none of them, and is added (U20)."""
