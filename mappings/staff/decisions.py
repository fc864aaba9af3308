"""Answers that come back: what each changes in the assignment, and nothing else (S04, S07, S13, S15).

Answers about accounts (S14) change no assignment: mappings.staff.accounts takes them.
"""

from dataclasses import dataclass

import polars as pl

from mappings.staff.assignment import (
    APPEAL_OPEN,
    FUNCTIONS,
    MIXED_ROLE,
    OBJECTED,
    SUB_CONTRACTED,
    TRANSFERRING,
    with_function,
)
from mappings.staff.pension import CIVIL_SERVICE, LOCAL_GOVERNMENT
from vocabulary.batch import NOT_IN_SCOPE
from vocabulary.companies import company
from vocabulary.employment import (
    ACCOUNT_QUESTION,
    DYNAMIC_FRAMEWORK,
    GIVEN_LOGIN,
    NO_ACCOUNT,
    NO_SERVICE,
    OWN_ACCOUNT,
)
from vocabulary.errors import ConfigError

REGION, PENSION = "region", "pension"
ANSWER_OF = {
    MIXED_ROLE: "function", APPEAL_OPEN: "function", SUB_CONTRACTED: "function", REGION: "region",
    PENSION: "pension", ACCOUNT_QUESTION: "account",
}  # fmt: skip
"""Question to the column that holds its answer."""

DECISION_SCHEMA = dict.fromkeys(
    ("employee_ref", "decision", "function", "region", "pension", "account", "who", "when", "why"), pl.String
)
"""A line of an answered list: `decision` is the question, one column holds the answer, the last three say who
answered. A line without answer is still open. A list without `region`, `pension` or `account` answers
none of those."""


@dataclass(frozen=True)
class Decided:
    """`assigned` after the answers, with `decided_by, decided_on, decided_why` where one was used.

    `unused`: answers to a question that this employee does not, or no longer, raise.
    """

    assigned: pl.DataFrame
    unused: pl.DataFrame


def decide(assigned: pl.DataFrame, answers: pl.DataFrame, company_code: str) -> Decided:
    """Apply `answers` to the assignment of one company. `assigned` has pension columns already, and stands on
    the answers about sub-contracted roles: pay and rules look at whoever comes.

    Raises:
        ConfigError: an answer says neither who, when nor why, is not one of the choices, or is given twice.
    """
    given = _answered(answers)
    _demand(given, company_code)
    given = given.filter(pl.col("decision") != ACCOUNT_QUESTION)
    asked = pl.concat([open_questions(assigned), _answered_roles(assigned)])
    used = given.join(asked, on=["employee_ref", "decision"], how="semi", maintain_order="left")
    unused = given.join(asked, on=["employee_ref", "decision"], how="anti", maintain_order="left")
    return Decided(_applied(assigned, used), unused.select(list(DECISION_SCHEMA)))


def unused_account_answers(answers: pl.DataFrame, accounts: pl.DataFrame) -> pl.DataFrame:
    """DECISION_SCHEMA: answers about accounts of whoever does not raise the question or lacks that choice.

    `accounts`: mappings.staff.accounts.
    """
    given = _answered(answers).filter(pl.col("decision") == ACCOUNT_QUESTION)
    used = accounts.filter(pl.col("answer").is_not_null())
    return given.join(used, on="employee_ref", how="anti").select(list(DECISION_SCHEMA))


def open_questions(assigned: pl.DataFrame) -> pl.DataFrame:
    """`employee_ref, decision`: the questions that wait, several per employee where several do."""
    return pl.concat(
        [
            assigned.filter(condition).select("employee_ref", pl.lit(question).alias("decision"))
            for question, condition in _asked().items()
        ]
    )


def _asked() -> dict[str, pl.Expr]:
    """Where each question waits for an answer."""
    return {
        MIXED_ROLE: pl.col("outcome") == MIXED_ROLE,
        APPEAL_OPEN: pl.col("outcome") == APPEAL_OPEN,
        SUB_CONTRACTED: (pl.col("outcome") == SUB_CONTRACTED) & pl.col("role_answer").is_null(),
        REGION: pl.col("outcome").is_in(TRANSFERRING) & pl.col("region").is_null(),
        PENSION: pl.col("is_pension_open"),
    }


def choices(question: str, company_code: str) -> tuple[str, ...]:
    """The answers that there are to a question about an employee of the company; about an account all that
    anybody may have (mappings.staff.account_claims says which an employee has)."""
    if question == SUB_CONTRACTED:
        return (*FUNCTIONS, DYNAMIC_FRAMEWORK, NO_SERVICE)
    by_column = {
        "function": FUNCTIONS,
        "region": company(company_code).regions,
        "pension": (LOCAL_GOVERNMENT, CIVIL_SERVICE),
        "account": (OWN_ACCOUNT, GIVEN_LOGIN, NO_ACCOUNT),
    }
    return by_column[ANSWER_OF[question]]


def _answered_roles(assigned: pl.DataFrame) -> pl.DataFrame:
    """`employee_ref, decision` of roles that the assignment had an answer to, whatever set the row aside."""
    is_used = pl.col("role_answer").is_not_null() & ~pl.col("outcome").is_in([OBJECTED, NOT_IN_SCOPE])
    return assigned.filter(is_used).select("employee_ref", pl.lit(SUB_CONTRACTED).alias("decision"))


def _answered(answers: pl.DataFrame) -> pl.DataFrame:
    """The lines with an answer, in `answer`; blank cells are null."""
    lines = answers.select(
        (pl.col(word) if word in answers.columns else pl.lit(None)).cast(pl.String).alias(word)
        for word in DECISION_SCHEMA
    ).with_columns(pl.all().str.strip_chars().replace("", None))
    answer = pl.coalesce(
        [pl.when(pl.col("decision") == question).then(word) for question, word in ANSWER_OF.items()]
    )
    return lines.with_columns(answer.alias("answer")).filter(pl.col("answer").is_not_null())


def _demand(given: pl.DataFrame, company_code: str) -> None:
    allowed = {question: list(choices(question, company_code)) for question in ANSWER_OF}
    is_unsigned = pl.any_horizontal(pl.col("who", "when", "why").is_null())
    is_choice = pl.any_horizontal(
        (pl.col("decision") == question) & pl.col("answer").is_in(found)
        for question, found in allowed.items()
    )
    faults = {
        "do not say who, when and why": is_unsigned,
        f"are none of the choices ({allowed})": ~is_choice,
        "are given twice for one employee": pl.struct("employee_ref", "decision").is_duplicated(),
    }
    for fault, condition in faults.items():
        count = given.filter(condition).height
        if count:
            raise ConfigError(
                f"Decisions about staff of {company_code}: {count} answers {fault}. "
                "Mend the list and import it again."
            )


def _applied(assigned: pl.DataFrame, used: pl.DataFrame) -> pl.DataFrame:
    decided = assigned
    for question in _asked():
        word = ANSWER_OF[question]
        answers = used.filter(pl.col("decision") == question).select("employee_ref", pl.col("answer"))
        target = "outcome" if word == "function" else word
        decided = (
            decided.join(answers, on="employee_ref", how="left", maintain_order="left")
            .with_columns(_replaced(question, target))
            .drop("answer")
        )
    is_open = pl.col("is_pension_open") & pl.col("pension").is_null()
    return with_function(decided.with_columns(is_open.alias("is_pension_open"))).join(
        _signatures(used), on="employee_ref", how="left", maintain_order="left"
    )


def _replaced(question: str, target: str) -> pl.Expr:
    """The answer where this question is asked: one employee number may stand on several rows (S01)."""
    is_answered = _asked()[question] & pl.col("answer").is_not_null()
    return pl.when(is_answered).then("answer").otherwise(target).alias(target)


def _signatures(used: pl.DataFrame) -> pl.DataFrame:
    return used.group_by("employee_ref", maintain_order=True).agg(
        pl.col("who").unique(maintain_order=True).str.join(";").alias("decided_by"),
        pl.col("when").unique(maintain_order=True).str.join(";").alias("decided_on"),
        pl.col("why").unique(maintain_order=True).str.join(";").alias("decided_why"),
    )
