"""Who may see, or may not see, each restricted person: per person and login, before the load and after it.

Logins are compared without case: `ZZUser` and `zzuser` log in as one (B1). A row of a user who stays with a
company may end where a finding names it and another user remains (L02), and an operator may let somebody in;
anything else is a difference, and sign-off waits.
"""

import polars as pl

from reconcile.differences import ACCESS, differences_of, no_differences
from reconcile.expected.changes import EXPECTED_CHANGE, expect
from reconcile.expected.stamps import DAY_1
from reconcile.proofs.fields import Expected
from reconcile.sources.delivery import PLACE
from reconcile.sources.evidence import Country, Evidence, closing_areas
from reconcile.sources.reading import read_day, read_word
from vocabulary.calendar import DAY_1 as NIGHT
from vocabulary.companies import BASELINE_COMPANY
from vocabulary.decisions import ACCESS as ANSWERS

RESTRICTION = "restriction"
ENTITIES = {RESTRICTION: "RESTRICTION", "exclusion": "EXCLUSION"}
LOST = "A user who could see this person before the load cannot any more, and no finding says so."
GAINED = "A user who could not see this person before the load can now."
COMES_IN = "A user who was kept out of this record before the load is no longer."
KEPT_OUT = "A user is kept out of this record who was not before the load."
OPEN_TO_ALL = "The person was restricted before the load, and everybody may see the record now."


def active_before(country: Country, entity: str) -> pl.DataFrame:
    """key, person, login (small letters), PLACE, until of the rows that are active on the evening before."""
    rows = country.baseline[entity]
    end = read_day("delius", entity, "end_date", BASELINE_COMPANY)
    return rows.filter(end.is_null() | (end > NIGHT)).select(
        pl.col(f"{entity}_id").alias("key"),
        pl.col("offender_id").alias("person"),
        pl.col("user").str.to_lowercase().alias("login"),
        *PLACE,
    )


def active_after(country: Country, entity: str) -> pl.DataFrame:
    """key, person, login of the rows of the target that are active after the load."""
    table = ENTITIES[entity]
    rows = country.lists.table(table)
    ends = pl.col(f"{table}_END_DATE")
    users = country.lists.table("USER_").select(
        pl.col("USER_ID"), pl.col("DISTINGUISHED_NAME").str.to_lowercase().alias("login")
    )
    return (
        rows.filter(ends.is_null() | (ends > DAY_1))
        .join(users, on="USER_ID", how="left", maintain_order="left")
        .select("key", pl.col("OFFENDER_ID").alias("person"), "login")
    )


def compare_access(country: Country, told: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
    """Differences of access over the whole country, each with the `company` whose login it is about.

    Args:
        told: entity, key of rows whose end a finding names (L02).
        named: person, login of whom operators let in.
    """
    found, pair = [no_differences()], ["person", "login"]
    for entity, table in ENTITIES.items():
        before, after = active_before(country, entity), active_after(country, entity)
        explained = before.join(told.filter(entity=entity), on="key", how="semi").select(pair)
        gone = before.join(after, on=pair, how="anti").join(explained, on=pair, how="anti")
        come = after.join(before, on=pair, how="anti").join(named, on=pair, how="anti")
        sentences = (LOST, GAINED) if entity == RESTRICTION else (COMES_IN, KEPT_OUT)
        for rows, what in zip((gone, come), sentences, strict=True):
            found.append(_differences(country, rows, table, what))
    before, after = active_before(country, RESTRICTION), active_after(country, RESTRICTION)
    opened = before.unique("person", keep="first").join(after, on="person", how="anti")
    return pl.concat([*found, _differences(country, opened, ENTITIES[RESTRICTION], OPEN_TO_ALL)])


def told_rows(evidence: Evidence) -> pl.DataFrame:
    """entity, key of restrictions and exclusions that a finding names (L02) and that must end by that rule.

    The finding alone explains nothing: the user must be of a company and have stayed there, and another user,
    or one whom an operator named, must remain.
    """
    told = evidence.delivery.findings.filter(pl.col("rule") == "L02").select(PLACE).unique()
    named = named_logins(evidence)["person"]
    found = [pl.DataFrame(schema={"entity": pl.String, "key": pl.String})]
    for entity in ENTITIES:
        ending = _of_who_stays(evidence.country, entity).filter(
            pl.col("another_remains") | pl.col("person").is_in(named.implode())
        )
        rows = _places(evidence, entity).join(told, on=PLACE, how="semi")
        own = ending.join(rows.select("key").unique(), on="key", how="semi")
        found.append(own.select(pl.lit(entity).alias("entity"), "key"))
    return pl.concat(found).unique()


def named_logins(evidence: Evidence) -> pl.DataFrame:
    """person, login of whom an operator lets see a person whose users all stay behind (L03)."""
    answers = evidence.delivery.decided.get(ANSWERS)
    if answers is None:
        return pl.DataFrame(schema=dict.fromkeys(("person", "login"), pl.String))
    return answers.select(
        pl.col("offender_id").cast(pl.String).alias("person"),
        pl.col("answer").str.to_lowercase().alias("login"),
    )


def expected_access(evidence: Evidence) -> tuple[list[Expected], pl.DataFrame]:
    """Rows for users whom operators named, and EXPECTED_CHANGE: the ends of rows of users who stay behind.

    Nothing else is written of restrictions and exclusions: a user who moves keeps account and rows. A named
    user's row repeats the old one that its crosswalk entry names: person, reason, end; from Day 1.
    """
    changes = [pl.DataFrame(schema=EXPECTED_CHANGE)]
    told = told_rows(evidence)
    for entity, table in ENTITIES.items():
        own = told.filter(entity=entity)["key"]
        ending = active_before(evidence.country, entity).filter(pl.col("key").is_in(own.implode()))
        for column in (f"{table}_END_DATE", f"{table}_END_TIME"):
            changes.append(expect(ending, table, column, pl.lit(DAY_1)))
    named = _named_rows(evidence, told.filter(entity=RESTRICTION)["key"])
    return [Expected(ENTITIES[RESTRICTION], "access", named)], pl.concat(changes)


def _of_who_stays(country: Country, entity: str) -> pl.DataFrame:
    """key, person, another_remains of active rows whose user is of a company and has stayed with it."""
    name = f"stays:{entity}"
    if name not in country.kept:
        homes = _open_accounts(country).select("login", "is_left")
        rows = active_before(country, entity).join(homes, on="login", how="left", maintain_order="left")
        remains = ~pl.col("is_left").fill_null(True)
        country.kept[name] = rows.with_columns(remains.any().over("person").alias("another_remains")).filter(
            pl.col("is_left").fill_null(False)
        )
    return country.kept[name]


def _open_accounts(country: Country) -> pl.DataFrame:
    """login, user_id, staff, is_left (with a closing company) of the open account of each login now.

    Of two of one login, which `find_double_logins` tells, the one that did not stay with a company.
    """
    if "accounts" not in country.kept:
        areas = country.lists.codes("PROBATION AREA").rename({"id": "PROBATION_AREA_ID"})
        staff = country.lists.table("STAFF").join(areas, on="PROBATION_AREA_ID", how="left")
        ends = pl.col("END_DATE")
        country.kept["accounts"] = (
            country.lists.table("USER_")
            .filter(ends.is_null() | (ends >= DAY_1))
            .join(staff.select("STAFF_ID", "code"), on="STAFF_ID", how="left")
            .select(
                pl.col("DISTINGUISHED_NAME").str.to_lowercase().alias("login"),
                pl.col("USER_ID").alias("user_id"),
                pl.col("STAFF_ID").alias("staff"),
                pl.col("code").is_in(closing_areas()).fill_null(False).alias("is_left"),
            )
            .sort("is_left", "user_id")
            .unique("login", keep="first", maintain_order=True)
        )
    return country.kept["accounts"]


def _places(evidence: Evidence, entity: str) -> pl.DataFrame:
    """PLACE, key of every row, as delivered and as nDelius has it."""
    frames = [evidence.country.baseline[entity]]
    if evidence.delivery.has("delius"):
        frames.append(evidence.delivery.all("delius", entity))
    return pl.concat([frame.select(*PLACE, pl.col(f"{entity}_id").alias("key")) for frame in frames])


def _named_rows(evidence: Evidence, told: pl.Series) -> pl.DataFrame:
    """Once per person whose rows end and for whom an operator named a user: what the new row must hold."""
    old = evidence.country.baseline[RESTRICTION].select(
        pl.col(f"{RESTRICTION}_id").alias("old_key"),
        pl.col("offender_id").alias("person"),
        pl.col("reason"),
        read_word("delius", RESTRICTION, "end_date", BASELINE_COMPANY).alias("end_date"),
    )
    ending = old.filter(pl.col("old_key").is_in(told.implode())).join(
        named_logins(evidence).unique("person"), on="person", how="inner", maintain_order="left"
    )
    places = _places(evidence, RESTRICTION).rename({"key": "old_key"})
    written = evidence.trail.of_table(ENTITIES[RESTRICTION]).select("key", *PLACE)
    rows = written.join(places, on=PLACE, how="inner").join(
        _stayed_alone(evidence.country, ending), on="old_key", how="inner"
    )
    lost = ending.join(rows.select("person"), on="person", how="anti").unique("person", keep="first")
    nowhere = lost.with_columns(pl.lit(None, pl.String).alias(name) for name in ("key", *PLACE))
    return _with_account(evidence, pl.concat([rows, nowhere], how="diagonal"))


def _stayed_alone(country: Country, ending: pl.DataFrame) -> pl.DataFrame:
    """`ending` of persons whom no other user may see: a user was named because nobody else remains."""
    alone = _of_who_stays(country, RESTRICTION).filter(~pl.col("another_remains"))["key"]
    return ending.filter(pl.col("old_key").is_in(alone.implode()))


def _with_account(evidence: Evidence, rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` (login) with user_id, staff, start_team: the account, its officer, the officer's first team."""
    users = _open_accounts(evidence.country).drop("is_left")
    codes = evidence.country.lists.codes("TEAM").rename({"id": "TEAM_ID"})
    teams = (
        evidence.country.lists.table("STAFF_TEAM")
        .select(pl.col("STAFF_ID").alias("staff"), "TEAM_ID")
        .join(codes, on="TEAM_ID")
        .sort("staff", "code")
        .unique("staff", keep="first", maintain_order=True)
        .select("staff", pl.col("TEAM_ID").alias("start_team"))
    )
    named = rows.with_columns(pl.lit("1970-01-01 00:00:00").alias("start_time"))
    return named.join(users, on="login", how="left", maintain_order="left").join(
        teams, on="staff", how="left", maintain_order="left"
    )


def _differences(country: Country, rows: pl.DataFrame, table: str, what: str) -> pl.DataFrame:
    """The rows as differences, each with the company that had the login."""
    areas = country.baseline["staff"].select("staff_id", pl.col("area").alias("company")).unique("staff_id")
    homes = (
        country.baseline["user"]
        .select(pl.col("user").str.to_lowercase().alias("login"), "staff_id")
        .join(areas, on="staff_id")
        .unique("login")
        .select("login", "company")
    )
    named = rows.join(homes, on="login", how="left", maintain_order="left").with_columns(
        pl.lit(table).alias("table"), pl.lit("USER_ID").alias("column")
    )
    return differences_of(named, ACCESS, what)
