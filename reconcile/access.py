"""Who may see, or may not see, each restricted person: per person and login, before the load and after it.

Logins are compared without case: `ZZUser` and `zzuser` log in as one (B1). The reasons for a change are
findings (L02: another user remains) and answers of operators; anything else is a difference, and sign-off
waits.
"""

import polars as pl

from reconcile.changes import EXPECTED_CHANGE, expect
from reconcile.delivery import PLACE
from reconcile.differences import ACCESS, differences_of, no_differences
from reconcile.evidence import Country, Evidence
from reconcile.fields import Expected
from reconcile.reading import read_day, read_word
from reconcile.stamps import DAY_1
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
    """entity, key of restrictions and exclusions whose end a finding of the company names (L02)."""
    named = evidence.delivery.findings.filter(pl.col("rule") == "L02").select(PLACE).unique()
    found = [pl.DataFrame(schema={"entity": pl.String, "key": pl.String})]
    for entity in ENTITIES:
        frames = [evidence.country.baseline[entity]]
        if evidence.delivery.has("delius"):
            frames.append(evidence.delivery.all("delius", entity))
        for frame in frames:
            told = frame.join(named, on=PLACE, how="semi")
            found.append(told.select(pl.lit(entity).alias("entity"), pl.col(f"{entity}_id").alias("key")))
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
    """Rows that stand for old ones under the user's new account, and EXPECTED_CHANGE: the ends of old rows.

    A new row repeats the old one that its crosswalk entry names: person, reason, end; from Day 1, for the
    account of the same login, or of whom an operator named.
    """
    found: list[Expected] = []
    changes = [pl.DataFrame(schema=EXPECTED_CHANGE)]
    named = named_logins(evidence).rename({"login": "_named"}).unique("person")
    for entity, table in ENTITIES.items():
        old = _old_rows(evidence, entity).join(named, on="person", how="left", maintain_order="left")
        written = evidence.inserted(table).select("key", "USER_ID")
        rows = evidence.trail.of_table(table).select("key", *PLACE).join(old, on=PLACE, how="inner")
        users = written.join(_accounts(evidence), on="USER_ID", how="left").drop("USER_ID")
        placed = rows.join(users, on="key", how="inner", maintain_order="left")
        found.append(Expected(table, "access", _with_account(evidence, placed)))
        ended = pl.concat([rows["old_key"], told_rows(evidence).filter(entity=entity)["key"]]).unique()
        ending = active_before(evidence.country, entity).filter(pl.col("key").is_in(ended.implode()))
        for column in (f"{table}_END_DATE", f"{table}_END_TIME"):
            changes.append(expect(ending, table, column, pl.lit(DAY_1)))
    return found, pl.concat(changes)


def _old_rows(evidence: Evidence, entity: str) -> pl.DataFrame:
    """PLACE, old_key, person, login, reason, end_date of rows as delivered and as nDelius has them."""
    frames = [(evidence.country.baseline[entity], BASELINE_COMPANY)]
    if evidence.delivery.has("delius"):
        frames.append((evidence.delivery.all("delius", entity), evidence.company))
    known = evidence.country.baseline[entity].select(
        pl.col(f"{entity}_id").alias("old_key"),
        pl.col("reason"),
        pl.col("user").str.to_lowercase().alias("login"),
        pl.col("offender_id").alias("person"),
        read_word("delius", entity, "end_date", BASELINE_COMPANY).alias("end_date"),
    )
    places = [frame.select(*PLACE, pl.col(f"{entity}_id").alias("old_key")) for frame, _ in frames]
    # Where company and nDelius differ, nDelius counts.
    return pl.concat(places).join(known.unique("old_key"), on="old_key", how="inner")


def _accounts(evidence: Evidence) -> pl.DataFrame:
    """USER_ID, account (login in small letters) of every user of the target."""
    return evidence.country.lists.table("USER_").select(
        "USER_ID", pl.col("DISTINGUISHED_NAME").str.to_lowercase().alias("account")
    )


def _with_account(evidence: Evidence, rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` with user_id, staff, start_team: the newest account of the login, its officer, the first
    team."""
    users = evidence.country.lists.table("USER_").select(
        pl.col("USER_ID").alias("user_id"),
        pl.col("STAFF_ID").alias("staff"),
        pl.col("DISTINGUISHED_NAME").str.to_lowercase().alias("login"),
    )
    new = evidence.country.inserted("USER_")["key"]
    ranked = users.with_columns(pl.col("user_id").is_in(new.implode()).alias("_new")).sort(
        "_new", pl.col("user_id").cast(pl.Int64), descending=[True, False]
    )
    codes = evidence.country.lists.codes("TEAM").rename({"id": "TEAM_ID"})
    teams = (
        evidence.country.lists.table("STAFF_TEAM")
        .select(pl.col("STAFF_ID").alias("staff"), "TEAM_ID")
        .join(codes, on="TEAM_ID")
        .sort("staff", "code")
        .unique("staff", keep="first", maintain_order=True)
        .select("staff", pl.col("TEAM_ID").alias("start_team"))
    )
    named = rows.with_columns(
        pl.when((pl.col("account") == pl.col("_named")).fill_null(False))
        .then("_named")
        .otherwise("login")
        .alias("login"),
        pl.lit("1970-01-01 00:00:00").alias("start_time"),
    )
    return named.join(ranked.unique("login", keep="first", maintain_order=True), on="login", how="left").join(
        teams, on="staff", how="left"
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
