"""Whom a number names: a CRN, one that was merged into another, OFFENDER_ID, or a company's own number."""

import re
from dataclasses import dataclass, field

import polars as pl

from matching.baseline import FORMER_CRN, survivors
from pipeline.cases.told import PERSON_ENTITY, TOLD_SCHEMA, candidates_of, told_by_match
from pipeline.standing import standing_target
from pipeline.storage.batches import scan_nation
from pipeline.workspace import Workspace
from target.bulk import read
from target.database import transaction
from target.ledger import CROSSWALK
from target.schema.tables import table
from vocabulary.errors import UsageError

CRN_FORM = re.compile(r"[A-Z]\d{6}")
PLACE = ["company", "source_file", "source_row"]
OFFENDER = PERSON_ENTITY.upper()


@dataclass(frozen=True)
class Person:
    """`key`: OFFENDER_ID as text, the natural key of a new person of `company`, or blank of one whom nobody
    knows yet. `company` is blank for a person of nDelius. `standing`: what becomes of the person, in words.
    `told`: TOLD_SCHEMA of the rows that name the person, or may."""

    key: str
    company: str
    standing: str
    told: pl.DataFrame = field(repr=False)

    @property
    def is_of_ndelius(self) -> bool:
        """nDelius had the person on the evening before."""
        return self.key.isdecimal()


def find_persons(workspace: Workspace, number: str) -> list[Person]:
    """Everybody whom `number` names in the cycle; a number of a company among the chosen companies only.

    Raises:
        UsageError: it names nobody.
    """
    wanted = number.strip().upper()
    whole = workspace.whole
    told = pl.concat(
        [pl.DataFrame(schema=TOLD_SCHEMA), *(told_by_match(whole, code) for code in everybody(whole))]
    )
    known = _persons_of_ndelius(whole, wanted)
    is_own = pl.col("company").is_in(workspace.looked_at().company_codes)
    bears = (pl.col("crn").str.to_uppercase() == wanted) | (
        (pl.col("person_ref").str.to_uppercase() == wanted) & is_own
    )
    named = told.filter(bears.fill_null(False))
    if not known and named.is_empty():
        told_of = _added_on_day_1(whole, wanted)
        named = told.join(told_of, on=["company", "person_id"], how="semi")
    found = _of_keys(whole, told, {**_keys(named), **known}) + _of_nobody(named, known)
    if not found:
        raise UsageError(_not_there(workspace, number, wanted))
    return found


def everybody(workspace: Workspace) -> list[str]:
    """The companies of the cycle, and of the cycles that a cycle of deltas continues."""
    seen = {code for cycle in workspace.line for code in workspace.of_cycle(cycle).seen_codes}
    return sorted(seen)


def _persons_of_ndelius(workspace: Workspace, wanted: str) -> dict[tuple[str, str], str]:
    """("", OFFENDER_ID) of those of nDelius who bear the number or whom its bearer was merged into."""
    scans = scan_nation(workspace, (PERSON_ENTITY, "identifier"))
    nation = scans[PERSON_ENTITY].select("offender_id", "crn", "is_deleted").collect()
    is_key = pl.col("offender_id").cast(pl.String) == wanted
    bearers = nation.filter((pl.col("crn") == wanted) | is_key)
    gone = pl.col("is_deleted").fill_null(False)
    is_former = pl.col("type").is_in(FORMER_CRN) & ~gone
    former = scans["identifier"].filter(is_former).select(pl.col("identifier").alias("crn"), "offender_id")
    crns = pl.concat([bearers.filter(gone)["crn"], pl.Series("crn", [wanted])]).drop_nulls()
    left = survivors(former.collect(), nation).filter(pl.col("crn").is_in(crns.implode()))
    told = {
        ("", str(key)): "in nDelius; the number was merged into this person" for key in left["offender_id"]
    }
    for key, is_gone in bearers.select("offender_id", gone).iter_rows():
        told["", str(key)] = "in nDelius, deleted there" if is_gone else "in nDelius"
    return told


def _keys(named: pl.DataFrame) -> dict[tuple[str, str], str]:
    """(company or blank, key) of the persons whom rows that bear the number are, to a first standing."""
    found = {}
    for company, key in named.select("company", "person_id").drop_nulls().unique(maintain_order=True).rows():
        is_known = str(key).isdecimal()
        found["" if is_known else company, key] = "in nDelius" if is_known else "new: nDelius had nobody"
    return found


def _of_keys(workspace: Workspace, told: pl.DataFrame, keys: dict[tuple[str, str], str]) -> list[Person]:
    schema = {**dict.fromkeys(PLACE, pl.String), "offender_id": pl.Int64}
    codes = told["company"].unique(maintain_order=True)
    held = pl.concat(
        [
            pl.DataFrame(schema=schema),
            *(candidates_of(workspace, code).select(list(schema)) for code in codes),
        ]
    )
    found = []
    for (company, key), standing in keys.items():
        own = pl.col("person_id") == key
        if company:
            own &= pl.col("company") == company
        rows = told.filter(own.fill_null(False))
        may_be = held.filter(pl.col("offender_id").cast(pl.String) == key).select(PLACE).unique()
        waiting = told.filter("is_held").join(may_be, on=PLACE, how="semi", maintain_order="left")
        found.append(Person(key, company, standing, pl.concat([rows, waiting]).unique(maintain_order=True)))
    return found


def _of_nobody(named: pl.DataFrame, known: dict[tuple[str, str], str]) -> list[Person]:
    """Rows that bear the number and are nobody yet, a person for each company; those that bear the CRN of
    somebody of nDelius are told of with that person."""
    if known:
        return []
    nobody = named.filter(pl.col("person_id").is_null())
    return [
        Person("", str(company), "nobody knows yet who it is" if rows["is_held"].any() else "nobody", rows)
        for (company,), rows in nobody.group_by("company", maintain_order=True)
    ]


def _added_on_day_1(workspace: Workspace, wanted: str) -> pl.DataFrame:
    """company, person_id of the person to whom a load gave the CRN."""
    engine = standing_target(workspace)
    schema = {"company": pl.String, "person_id": pl.String}
    if engine is None:
        return pl.DataFrame(schema=schema)
    crosswalk = table(CROSSWALK).c
    with transaction(engine, dry_run=True) as connection:
        bearers = read(connection, OFFENDER, ["OFFENDER_ID"], table(OFFENDER).c["CRN"] == wanted)
        of_them = crosswalk["TARGET_ID"].in_(bearers["OFFENDER_ID"].to_list())
        entries = read(
            connection, CROSSWALK, ["COMPANY", "NATURAL_KEY"], of_them & (crosswalk["TABLE_NAME"] == OFFENDER)
        )
    return entries.rename({"COMPANY": "company", "NATURAL_KEY": "person_id"})


def _not_there(workspace: Workspace, number: str, wanted: str) -> str:
    """Why nobody was found. No other person's number stands in it."""
    seen = ", ".join(workspace.looked_at().company_codes) or "no company"
    form = (
        "A CRN is a letter and six digits, such as X123456. "
        if not CRN_FORM.fullmatch(wanted) and not any(sign in number for sign in "-/ ")
        else ""
    )
    return (
        f"Nobody bears {number!r}: neither in nDelius's baseline of {workspace.cycle}, nor in what {seen} "
        f"delivered, nor in the target. {form}A company's own number is given as the company writes it; "
        "`day1 status` says who has been run."
    )
