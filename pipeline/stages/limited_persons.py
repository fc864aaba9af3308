"""Stage report, limited access: who must not stand in what everybody reads, and who may see them on Day 1."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from lists.limited_book import SAYS
from mappings.staff.limited_access import RESTRICTION, as_login, is_active, logins
from mappings.staff.restricted_persons import ENTITIES
from pipeline.failures import is_through
from pipeline.stages.plan import PLAN
from pipeline.storage.batches import baseline_batch, recorded_rows
from pipeline.storage.store import read_frame
from pipeline.workspace import Workspace
from vocabulary.companies import companies

KEY = pl.col("offender_id").cast(pl.String).alias("person_id")


@dataclass(frozen=True)
class LimitedPersons:
    """Persons of all companies with an active restriction or exclusion, of nDelius or delivered.

    `persons`: person_id, crn, surname, first_name. `users`, one row per person, limit and account:
    person_id, limit, says (may see, may not see), account (nDelius's key), login, on_day_1 (what becomes of
    the account).
    """

    persons: pl.DataFrame
    users: pl.DataFrame

    @property
    def keys(self) -> frozenset[str]:
        """Their person_id."""
        return frozenset(self.persons["person_id"])


def limited_persons(workspace: Workspace) -> LimitedPersons:
    """Everybody whom not all may see on Day 1, whichever company is chosen: a list may name another's person.

    A delivered row counts whatever became of it: until somebody has looked at it, it may be true.
    """
    nation = baseline_batch(workspace, ("offender", "staff", "user", *ENTITIES))
    known = nation.known("offender").select(KEY, "crn", "surname", "first_name")
    rows = [_active(nation.known(entity), entity) for entity in ENTITIES]
    persons = [known]
    for code in companies():
        if delivered := recorded_rows(workspace, code, ("offender", *ENTITIES)):
            rows += [_active(delivered[entity], entity) for entity in ENTITIES]
            persons.append(delivered["offender"].select(KEY, "crn", "surname", "first_name"))
    limits = pl.concat([*rows, *(_named(workspace, code) for code in companies())])
    limited = limits["person_id"].unique()
    found = pl.concat(persons).unique("person_id", keep="first", maintain_order=True)
    return LimitedPersons(
        found.filter(pl.col("person_id").is_in(limited.implode())).sort("crn"),
        _with_accounts(limits, logins(nation), _moving(workspace)),
    )


def _active(rows: pl.DataFrame, entity: str) -> pl.DataFrame:
    """Active rows as person_id, entity, user (a login), user_id (not known yet), becomes."""
    return rows.filter(is_active()).select(
        KEY,
        pl.lit(entity).alias("entity"),
        pl.col("user"),
        pl.lit(None, pl.Int64).alias("user_id"),
        pl.lit(None, pl.String).alias("becomes"),
    )


def _named(workspace: Workspace, company: str) -> pl.DataFrame:
    """The same of users whom an operator named: rows that the company's plan adds."""
    inserts = workspace.stage_folder(company, PLAN) / "plan" / "inserts"
    added = _frame(workspace, company, inserts, RESTRICTION.upper())
    schema = dict.fromkeys(("person_id", "entity", "user"), pl.String)
    if added is None:
        return pl.DataFrame(schema={**schema, "user_id": pl.Int64, "becomes": pl.String})
    account = pl.col("user").cast(pl.Int64, strict=False)  # a natural key is of an account yet to be made
    made = pl.when(account.is_null()).then(pl.lit("named: account is made"))
    return added.select(
        pl.col("offender_id").cast(pl.String).alias("person_id"),
        pl.lit(RESTRICTION).alias("entity"),
        pl.lit(None, pl.String).alias("user"),
        account.alias("user_id"),
        made.otherwise(pl.lit("named")).alias("becomes"),
    )


def _with_accounts(limits: pl.DataFrame, known: pl.DataFrame, moving: pl.Series) -> pl.DataFrame:
    """`limits` with the account of each login and whether it moves, once per person, entity and login."""
    by_login = known.select("login", pl.col("user_id").alias("_user"), "area")
    by_key = known.select("user_id", pl.col("login").alias("_login")).unique("user_id", keep="first")
    is_closing = pl.col("area").is_in(list(companies())).fill_null(False)
    becomes = (
        pl.when(pl.col("user_id").is_null())
        .then(pl.lit("nDelius has no such account in use"))
        .when(pl.col("user_id").is_in(moving.implode()))
        .then(pl.lit("moves"))
        .when(is_closing)
        .then(pl.lit("stays behind"))
        .otherwise(pl.lit("is of no company, stays"))
    )
    return (
        limits.with_columns(as_login(pl.col("user")).alias("login"))
        .join(by_login, on="login", how="left", maintain_order="left")
        .with_columns(pl.coalesce("user_id", "_user").alias("user_id"))
        .join(by_key, on="user_id", how="left", maintain_order="left")
        .with_columns(pl.coalesce("login", "_login").alias("login"))
        .with_columns(pl.coalesce("becomes", becomes).alias("becomes"))
        .select(
            *["person_id", pl.col("entity").alias("limit")],
            pl.col("entity").replace_strict(SAYS).alias("says"),
            pl.col("user_id").cast(pl.String).alias("account"),
            *["login", pl.col("becomes").alias("on_day_1")],
        )
        .unique(maintain_order=True)
        .sort("person_id", "limit", "account", "login", maintain_order=True)
    )


def _moving(workspace: Workspace) -> pl.Series:
    """user_id of the accounts that move, of all companies."""
    found = [pl.Series("user_id", [], pl.Int64)]
    for code in companies():
        accounts = _frame(workspace, code, workspace.stage_folder(code, PLAN) / "staff", "accounts")
        if accounts is not None:
            found.append(accounts["user_id"].drop_nulls())
    return pl.concat(found).unique()


def _frame(workspace: Workspace, company: str, folder: Path, name: str) -> pl.DataFrame | None:
    """A frame of the company's plan; None without one."""
    if is_through(workspace, company, PLAN) and (folder / f"{name}.parquet").exists():
        return read_frame(folder, name)
    return None
