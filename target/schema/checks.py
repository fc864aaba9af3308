"""CHECK constraints of the dictionary as SQL: one small builder per kind; an unknown kind is refused."""

from collections.abc import Callable

from target.schema.shape import Constraint, columns
from vocabulary.errors import ConfigError


def _one_of(rule: Constraint) -> str:
    name = rule.columns[0]
    is_text = columns(rule.table)[name].is_text
    values = ", ".join(f"'{value}'" if is_text else value for value in rule.argument.split())
    return f"{name} IN ({values})"


def _exactly_one(rule: Constraint) -> str:
    one, other = rule.columns
    return f"({one} IS NULL AND {other} IS NOT NULL) OR ({one} IS NOT NULL AND {other} IS NULL)"


def _zero_when_set(rule: Constraint) -> str:
    flag, date = rule.columns
    return f"({flag} = 0 AND {date} IS NOT NULL) OR ({flag} = 1 AND {date} IS NULL)"


def _one_when_set(rule: Constraint) -> str:
    flag, reference = rule.columns
    return f"({flag} = 1 AND {reference} IS NOT NULL) OR ({flag} <> 1 AND {reference} IS NULL)"


def _repeats(rule: Constraint) -> str:
    copy, one, other = rule.columns
    return f"{copy} = COALESCE({one}, {other})"


def _not_after(rule: Constraint) -> str:
    start, end = rule.columns
    return f"{end} IS NULL OR {start} <= {end}"


def _above_zero(rule: Constraint) -> str:
    return f"{rule.columns[0]} > 0"


def _contact_level(rule: Constraint) -> str:
    event, *components = rule.columns
    *under_event, _ = components  # the last, the NSI, may hang on the person without an event
    filled = " + ".join(f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END" for name in components)
    none_under_event = " AND ".join(f"{name} IS NULL" for name in under_event)
    return f"({filled}) <= 1 AND ({event} IS NOT NULL OR ({none_under_event}))"


def _one_family(rule: Constraint) -> str:
    main, sub, old_main, old_sub = rule.columns
    current = f"{main} IS NOT NULL AND {old_main} IS NULL AND {old_sub} IS NULL"
    older = f"{old_main} IS NOT NULL AND {main} IS NULL AND {sub} IS NULL"
    return f"({current}) OR ({older})"


_BUILDERS: dict[str, Callable[[Constraint], str]] = {
    "one_of": _one_of,
    "exactly_one": _exactly_one,
    "zero_when_set": _zero_when_set,
    "one_when_set": _one_when_set,
    "repeats": _repeats,
    "not_after": _not_after,
    "above_zero": _above_zero,
    "contact_level": _contact_level,
    "one_family": _one_family,
}

KEYS = frozenset({"primary_key", "refers_to", "unique"})
"""Kinds that are keys, not checks."""


def check_sql(rule: Constraint) -> str:
    """The condition of a CHECK in SQL that SQLite, PostgreSQL and Oracle read alike.

    Raises:
        ConfigError: the kind of the rule is unknown.
    """
    if rule.kind not in _BUILDERS:
        raise ConfigError(
            f"target/dictionary/constraints.csv: {rule.table} has a rule of kind {rule.kind!r}. "
            f"Known: {', '.join(sorted(KEYS | set(_BUILDERS)))}."
        )
    return _BUILDERS[rule.kind](rule)
