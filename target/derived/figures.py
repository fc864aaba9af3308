"""Counts and flags that nDelius keeps on a row and derives from others.

A load computes them for the rows it inserts; what stood in the baseline stays and is only checked, since
Day 1 writes nothing else: but for CURRENT_DISPOSAL, which readers go by, of everybody whom the load touched.
A row of which nothing says what its figure is keeps the delivered one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl
import sqlalchemy as sa

from target.bulk import read_rows, update
from target.derived.managers import PERSON, Rows
from target.derived.persons import staged_persons
from target.resolve import MIGRATION_MOMENT
from target.schema.shape import key_column
from target.schema.tables import table

SENTENCE_FLAG = "CURRENT_DISPOSAL"
"""Column of OFFENDER: 1 while a sentence is live."""


@dataclass(frozen=True)
class Figure:
    """`rows` gives, for a table of persons, two columns: the row's id and what its `column` ought to hold."""

    table: str
    column: str
    rows: Callable[[sa.FromClause], Rows]


def write_figures(connection: sa.Connection, persons: pl.Series, inserted: pl.DataFrame) -> None:
    """Set the figures of rows `inserted` (TABLE_NAME, TARGET_ID), which belong to `persons`."""
    own = [figure for figure in figures() if (inserted["TABLE_NAME"] == figure.table).any()]
    if not own:
        return
    with staged_persons(connection, persons) as stage:
        for figure in own:
            ids = inserted.filter(pl.col("TABLE_NAME") == figure.table)["TARGET_ID"]
            computed = computed_figures(connection, figure, stage)
            rows = computed.filter(pl.col("id").is_in(ids.implode()))
            key = key_column(figure.table)
            update(connection, figure.table, key, rows.rename({"id": key, "value": figure.column}))


def wrong_figures(connection: sa.Connection, persons: pl.Series) -> Iterator[tuple[str, str, pl.DataFrame]]:
    """Table, column, and `id`, `value` of the rows of `persons` that say otherwise than the target's own
    rows; but for those of the person, which are nobody's of a load."""
    for figure in figures():
        if figure.table == "OFFENDER" or persons.is_empty():
            continue
        with staged_persons(connection, persons) as stage:
            computed = computed_figures(connection, figure, stage).drop_nulls("id")
        key = key_column(figure.table)
        stored = read_rows(connection, figure.table, key, computed["id"], [key, figure.column])
        wrong = computed.join(stored, left_on="id", right_on=key).filter(
            pl.col("value").ne_missing(pl.col(figure.column))
        )
        yield figure.table, figure.column, wrong.select("id", "value").sort("id")


def wrong_sentence_flags(connection: sa.Connection, persons: pl.Series) -> pl.DataFrame:
    """`key`, CURRENT_DISPOSAL as it ought to be, of those of `persons` of whom the target says another."""
    (figure,) = (one for one in figures() if one.column == SENTENCE_FLAG)
    with staged_persons(connection, persons) as stage:
        computed = computed_figures(connection, figure, stage)
    stored = read_rows(connection, figure.table, PERSON, computed["id"], [PERSON, SENTENCE_FLAG])
    wrong = computed.join(stored, left_on="id", right_on=PERSON).filter(
        pl.col("value") != pl.col(SENTENCE_FLAG)
    )
    return wrong.sort("id").select(pl.col("id").alias("key"), pl.col("value").alias(SENTENCE_FLAG))


def computed_figures(connection: sa.Connection, figure: Figure, persons: sa.FromClause) -> pl.DataFrame:
    """`id`, `value` of every row of `persons` of which the target's own rows tell the figure."""
    rows = [tuple(row) for row in connection.execute(figure.rows(persons))]
    return pl.DataFrame(rows, schema={"id": pl.Int64, "value": pl.Int64}, orient="row")


def figures() -> tuple[Figure, ...]:
    """Every figure, in the order of the dictionary's tables."""
    return (
        Figure("EVENT", "FTC_COUNT", _failures_to_comply),
        Figure("NSI", "RAR_COUNT", _rar_days_of_nsi),
        Figure("OFFENDER", SENTENCE_FLAG, _has_sentence),
        Figure("OFFENDER", "CURRENT_EXCLUSION", lambda persons: _has_limit(persons, "EXCLUSION")),
        Figure("OFFENDER", "CURRENT_RESTRICTION", lambda persons: _has_limit(persons, "RESTRICTION")),
        Figure("RQMNT", "RAR_COUNT", _rar_days),
    )


def _failures_to_comply(persons: sa.FromClause) -> Rows:
    """Contacts of the national standards, not complied with (target.md, section 9, rule 18).

    Which types those are the type's own row says; a sample set does not say it, so nothing is computed.
    """
    contact, kind = table("CONTACT"), table("R_CONTACT_TYPE")
    failed = sa.case((_by_outcome("COMPLIED", "OUTCOME_COMPLIANT_ACCEPTABLE") == "N", 1), else_=0)
    return (
        sa.select(contact.c["EVENT_ID"], sa.func.sum(failed))
        .select_from(_contacts(persons).join(kind, kind.c["CONTACT_TYPE_ID"] == contact.c["CONTACT_TYPE_ID"]))
        .where(kind.c["NATIONAL_STANDARDS_CONTACT"] == "Y", contact.c["SOFT_DELETED"] == 0)
        .where(contact.c["EVENT_ID"].is_not(None))
        .group_by(contact.c["EVENT_ID"])
    )


def _rar_days(persons: sa.FromClause) -> Rows:
    """Days with an activity on the requirement or on an NSI of it; two on one day are one day (section 6)."""
    contact, nsi = table("CONTACT"), table("NSI")
    under_nsi = _contacts(persons).join(nsi, nsi.c["NSI_ID"] == contact.c["NSI_ID"])
    hanging = sa.union_all(
        _activities(contact.c["RQMNT_ID"], _contacts(persons)), _activities(nsi.c["RQMNT_ID"], under_nsi)
    )
    return _days(hanging.subquery("HANGING"))


def _rar_days_of_nsi(persons: sa.FromClause) -> Rows:
    return _days(_activities(table("CONTACT").c["NSI_ID"], _contacts(persons)).subquery("HANGING"))


def _activities(component: sa.ColumnElement[Any], contacts: sa.FromClause) -> Rows:
    """`id` of the component and `day` of each RAR contact; the day is null when it was missed."""
    contact = table("CONTACT")
    attended = sa.func.coalesce(_by_outcome("ATTENDED", "OUTCOME_ATTENDANCE"), "Y")
    day = sa.case((attended == "Y", contact.c["CONTACT_DATE"]))
    return (
        sa.select(component.label("id"), day.label("day"))
        .select_from(contacts)
        .where(contact.c["RAR_ACTIVITY"] == "Y", contact.c["SOFT_DELETED"] == 0, component.is_not(None))
    )


def _days(hanging: sa.Subquery) -> Rows:
    return sa.select(hanging.c.id, sa.func.count(sa.distinct(hanging.c.day))).group_by(hanging.c.id)


def _contacts(persons: sa.FromClause) -> sa.Join:
    """The contacts of `persons`, each beside the type of its outcome."""
    contact, outcome = table("CONTACT"), table("R_CONTACT_OUTCOME_TYPE")
    return persons.join(contact, contact.c[PERSON] == persons.c[PERSON]).outerjoin(
        outcome, outcome.c["CONTACT_OUTCOME_TYPE_ID"] == contact.c["CONTACT_OUTCOME_TYPE_ID"]
    )


def _by_outcome(word: str, of_type: str) -> sa.ColumnElement[str]:
    """What the contact says, else what its outcome means (target.md, section 9, rule 16)."""
    return sa.func.coalesce(table("CONTACT").c[word], table("R_CONTACT_OUTCOME_TYPE").c[of_type])


def _has_limit(persons: sa.FromClause, name: str) -> Rows:
    """1 when a restriction or exclusion is active: it has no end or ends after the night of the migration."""
    limit = table(name)
    end = limit.c[f"{name}_END_DATE"]
    is_active = sa.or_(end.is_(None), end > MIGRATION_MOMENT)
    return _of_persons(persons, sa.select(limit.c[PERSON]).where(is_active))


def _has_sentence(persons: sa.FromClause) -> Rows:
    """1 when an undeleted event has an active sentence (section 9, rule 33)."""
    sentence, event = table("DISPOSAL"), table("EVENT")
    live = (
        sa.select(sentence.c[PERSON])
        .join_from(sentence, event, event.c["EVENT_ID"] == sentence.c["EVENT_ID"])
        .where(sentence.c["ACTIVE_FLAG"] == 1, sentence.c["SOFT_DELETED"] == 0, event.c["SOFT_DELETED"] == 0)
    )
    return _of_persons(persons, live)


def _of_persons(persons: sa.FromClause, concerned: Rows) -> Rows:
    flag = sa.case((persons.c[PERSON].in_(concerned), 1), else_=0)
    return sa.select(persons.c[PERSON], flag)
