"""The answers of operators: decisions/<kind>.csv of the workspace, sorted, one line per question.

A list about staff keeps the columns of the printed decision list (mappings.staff.decisions); its answers are
read from there and written to there.
"""

from functools import cache
from pathlib import Path

import polars as pl

from mappings.parsing.code_lists import EVERYONE, NDELIUS
from mappings.staff.decisions import ANSWER_OF, DECISION_SCHEMA
from pipeline.decisions.write import finish_interrupted
from pipeline.workspace import Workspace
from vocabulary.companies import BASELINE_COMPANY
from vocabulary.companies import company as known_company
from vocabulary.decisions import CODES, KINDS, SIGNED, STAFF
from vocabulary.errors import ConfigError

ANSWER = "answer"


def columns(kind: str) -> list[str]:
    """The columns of a list of answers, whatever its file looks like."""
    return [*KINDS[kind].key, ANSWER, *SIGNED]


def path_of(workspace: Workspace, kind: str) -> Path:
    """Where the answers of `kind` lie."""
    return workspace.decisions / f"{kind}.csv"


def decided_for(workspace: Workspace, kind: str, company: str) -> pl.DataFrame:
    """The answers that count for one company: `columns(kind)`, all text.

    Raises:
        ConfigError: as `decided`.
    """
    every = decided(workspace, kind)
    if every.is_empty():
        return every
    if kind != CODES:
        return every.filter(pl.col("company") == company)
    # The codes of the baseline are nDelius's own: nobody is asked what they mean.
    scopes = [] if company == BASELINE_COMPANY else [EVERYONE, NDELIUS, known_company(company).owner]
    return every.filter(pl.col("scope").is_in(scopes))


def decided(workspace: Workspace, kind: str) -> pl.DataFrame:
    """Every answer of `kind`; none when there is no file. Lines without an answer are left out.

    Raises:
        ConfigError: the file cannot be read, lacks a column, has an unsigned answer, one that
            is none of the choices, or answers twice.
    """
    lines = read_lines(workspace, kind)
    if lines.is_empty():
        return _no_lines(tuple(columns(kind)))
    if kind == STAFF:
        lines = _staff_answers(lines)
    answers = lines.select(columns(kind)).filter(pl.col(ANSWER).is_not_null())
    # Staff lists are judged where they are applied: that knows the employees (mappings.staff.decisions).
    if kind != STAFF:
        _demand(answers, kind, path_of(workspace, kind))
    return answers


def read_lines(workspace: Workspace, kind: str) -> pl.DataFrame:
    """The file as it is, trimmed, blank as null; with the columns of an empty one when there is none.

    Raises:
        ConfigError: it cannot be read as CSV in UTF-8, or a column is missing.
    """
    finish_interrupted(workspace.decisions)
    path = path_of(workspace, kind)
    own = ["company", *DECISION_SCHEMA] if kind == STAFF else columns(kind)
    if not path.exists():
        return _no_lines(tuple(own))
    try:
        lines = pl.read_csv(path, infer_schema=False)
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"{path} is not readable as CSV in UTF-8. Save the list as CSV and put it there again."
        ) from error
    needed = (*KINDS[kind].key, *SIGNED) if kind == STAFF else own
    missing = [name for name in needed if name not in lines.columns]
    if missing:
        raise ConfigError(
            f"{path} lacks the columns {', '.join(missing)}. Keep the header of the list that day1 wrote."
        )
    return lines.with_columns(pl.all().str.strip_chars().replace("", None))


@cache
def _no_lines(names: tuple[str, ...]) -> pl.DataFrame:
    return pl.DataFrame(schema=dict.fromkeys(names, pl.String))


def _staff_answers(lines: pl.DataFrame) -> pl.DataFrame:
    """The column that answers the question of each line, as `answer`."""
    words = {question: word for question, word in ANSWER_OF.items() if word in lines.columns}
    picked = [pl.when(pl.col("decision") == question).then(word) for question, word in words.items()]
    return lines.with_columns(pl.coalesce([*picked, pl.lit(None, pl.String)]).alias(ANSWER))


def _demand(answers: pl.DataFrame, kind: str, path: Path) -> None:
    allowed = KINDS[kind].answers
    faults = {
        "do not say who, when and why": pl.any_horizontal(pl.col(SIGNED).is_null()),
        f"are none of {', '.join(allowed)}": ~pl.col(ANSWER).is_in(allowed) if allowed else pl.lit(False),
        "are given twice for one question": pl.struct(KINDS[kind].key).is_duplicated(),
    }
    for fault, condition in faults.items():
        if count := answers.filter(condition).height:
            raise ConfigError(
                f"{path}: {count} answers {fault}. Mend the list, or import the workbook again."
            )
