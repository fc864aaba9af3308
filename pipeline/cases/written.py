"""What the target holds of a person now: rows by table, which of them loads added, and which they changed."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl
import sqlalchemy as sa

from mappings.staff.restricted_persons import ENTITIES
from pipeline.cases.find import OFFENDER, Person
from pipeline.cases.line import CLOSED, TARGET, CaseLine
from pipeline.standing import standing_target
from pipeline.workspace import Workspace
from target.bulk import read, read_rows
from target.database import transaction
from target.derived.managers import manager_kinds
from target.edited import STAMPS
from target.ledger import BEFORE_IMAGE, CROSSWALK
from target.schema.shape import constraints, is_membership, load_order, naming_column, primary_key
from target.schema.tables import table

CLOSES = "close"
ACCESS_TABLES = tuple(entity.upper() for entity in ENTITIES)
ACCESS_ENDS = "its user stays behind (L02)"
KINDS = {
    "close": "closed",
    "repoint": "given to the new team and officer",
    "withdraw": "pending transfer withdrawn",
    "rebuild": "worked out anew",
    "flag": "flag set",
}
"""What a load does to a row that stands (target.plan.Change), in words."""


@dataclass(frozen=True)
class Written:
    """`ids`: table to the keys of the person's rows. `added`: rows of the crosswalk, `changed`: before-images
    of them."""

    ids: dict[str, pl.Series]
    added: pl.DataFrame = field(repr=False)
    changed: pl.DataFrame = field(repr=False)

    @property
    def loads(self) -> list[tuple[str, str]]:
        """Company and cycle of the loads that wrote something of the person."""
        both = pl.concat([each.select("COMPANY", "CYCLE") for each in (self.added, self.changed)])
        return [(str(code), str(cycle)) for code, cycle in both.unique().sort(both.columns).iter_rows()]


def written_of(workspace: Workspace, person: Person, rows: pl.DataFrame) -> Written | None:
    """None where there is no target. `rows`: pipeline.cases.delivered.SCHEMA."""
    engine = standing_target(workspace)
    if engine is None:
        return None
    with transaction(engine, dry_run=True) as connection:
        sources = rows.select("company", "source_file", "source_row").unique()
        seeds = _added_for(connection, sources)
        ids = _rows_below(connection, _offender(connection, person), seeds)
        return Written(ids, _of_ids(connection, CROSSWALK, ids), _of_ids(connection, BEFORE_IMAGE, ids))


def written_lines(written: Written | None, *, reveal: bool) -> Iterator[CaseLine]:
    """A line for each table, before and after, and below it one for each row that a load wrote."""
    if written is None:
        yield CaseLine(TARGET, what="no target stands yet")
        return
    for name, ids in written.ids.items():
        added, changed = (each.filter(TABLE_NAME=name) for each in (written.added, written.changed))
        now = ids.len()
        before = now - added["TARGET_ID"].n_unique()
        tally = f"{before:,} before, {now:,} now"
        others = changed.select("TARGET_ID").unique().join(added, on="TARGET_ID", how="anti").height
        if others:
            tally += f", {others:,} changed"
        yield CaseLine(TARGET, table=name, what=tally)
        for line in added.sort("TARGET_ID").to_dicts():
            yield _line(TARGET, line, "added", file=line["SOURCE_FILE"], row=line["SOURCE_ROW"])
        for line in changed.sort("TARGET_ID", "CHANGE_NUMBER").to_dicts():
            yield _line(TARGET, line, told_change(line, reveal=reveal))


def closed_lines(written: Written | None) -> Iterator[CaseLine]:
    """Each row that a load closed: when, and what follows it."""
    if written is None:
        return
    for line in written.changed.filter(KIND=CLOSES).sort("TABLE_NAME", "TARGET_ID").to_dicts():
        name = line["TABLE_NAME"]
        after = written.added.filter(TABLE_NAME=name, COMPANY=line["COMPANY"], CYCLE=line["CYCLE"])
        follows = f"handed over, {after.height:,} new of this table" if after.height else "nobody follows"
        why = ACCESS_ENDS if name in ACCESS_TABLES else follows
        yield _line(CLOSED, line, f"closed on {_end(line)}; {why}")


def _line(about: str, line: dict[str, object], what: str, *, file: str = "", row: str = "") -> CaseLine:
    company, cycle = str(line["COMPANY"]), str(line["CYCLE"])
    return CaseLine(about, company, cycle, file, row, str(line["TABLE_NAME"]), str(line["TARGET_ID"]), what)


def told_change(line: dict[str, str], *, reveal: bool = False) -> str:
    """What a before-image tells that a load did to its row; values only to who asked for them."""
    old, new = (json.loads(line[name]) for name in ("OLD_VALUES", "NEW_VALUES"))
    other = [name for name in new if name not in STAMPS and old.get(name) != new[name]]
    told = [f"{name} {old.get(name)} -> {new[name]}" if reveal else name for name in other]
    return f"{KINDS.get(line['KIND'], line['KIND'])}: {', '.join(told)}"


def closed_beside(connection: sa.Connection, entries: pl.DataFrame) -> pl.DataFrame:
    """Before-images of the rows that a load closed when it added those of `entries` (crosswalk): of the same
    load, table, and person or component."""
    own = table(BEFORE_IMAGE).c
    found = [read(connection, BEFORE_IMAGE, None, own["COMPANY"] == "")]
    for (company, cycle, name), added in entries.group_by(
        "COMPANY", "CYCLE", "TABLE_NAME", maintain_order=True
    ):
        is_of_load = (own["COMPANY"] == company) & (own["CYCLE"] == cycle) & (own["KIND"] == CLOSES)
        closed = read(connection, BEFORE_IMAGE, None, is_of_load & (own["TABLE_NAME"] == name))
        if closed.height:
            key = naming_column(str(name))
            ids = [frame["TARGET_ID"].alias(key) for frame in (added, closed)]
            new, old = (
                read_rows(connection, str(name), key, each, [key, *_owners(str(name))]) for each in ids
            )
            beside = old.join(new, on=_owners(str(name)), how="semi", nulls_equal=True)
            found.append(closed.join(beside, left_on="TARGET_ID", right_on=key, how="semi"))
    return pl.concat(found)


def _owners(name: str) -> list[str]:
    """Columns that say whose or of what a row of `name` is."""
    own = [rule for rule in constraints(name) if rule.kind == "refers_to" and len(rule.columns) == 1]
    managed = {kind.path[0] for kind in manager_kinds() if kind.table == name and kind.path} or {OFFENDER}
    return [rule.columns[0] for rule in own if rule.argument in managed]


def _end(line: dict[str, str]) -> str:
    new = json.loads(line["NEW_VALUES"])
    return next((str(new[name])[:10] for name in new if name.endswith("END_DATE")), "its day")


def _offender(connection: sa.Connection, person: Person) -> pl.Series:
    """OFFENDER_ID in the target; none of somebody who was not added."""
    if person.is_of_ndelius:
        return pl.Series([int(person.key)])
    own = table(CROSSWALK).c
    is_it = (own["COMPANY"] == person.company) & (own["NATURAL_KEY"] == person.key)
    return read(connection, CROSSWALK, ["TARGET_ID"], is_it & (own["TABLE_NAME"] == OFFENDER))["TARGET_ID"]


def _added_for(connection: sa.Connection, sources: pl.DataFrame) -> dict[str, list[int]]:
    """Table to the ids of rows that loads added for source rows of the person."""
    found: dict[str, list[int]] = {}
    own = table(CROSSWALK).c
    for (company, file), group in sources.group_by("company", "source_file", maintain_order=True):
        place = (own["COMPANY"] == company) & (own["SOURCE_FILE"] == file)
        entries = read(connection, CROSSWALK, ["TABLE_NAME", "TARGET_ID", "SOURCE_ROW"], place)
        for name, number in (
            entries.join(group, left_on="SOURCE_ROW", right_on="source_row", how="semi")
            .select("TABLE_NAME", "TARGET_ID")
            .iter_rows()
        ):
            found.setdefault(name, []).append(number)
    return found


def _rows_below(
    connection: sa.Connection, offender: pl.Series, seeds: dict[str, list[int]]
) -> dict[str, pl.Series]:
    """Table to the keys of the person's rows that stand: the person, what refers to it, and so on down."""
    found: dict[str, pl.Series] = {}
    for name in load_order():
        if is_membership(name) or not primary_key(name):
            continue  # no key that crosswalk and before-images could name
        key = naming_column(name)
        own = pl.Series(key, offender if name == OFFENDER else [], pl.Int64)
        known = pl.concat([own, pl.Series(key, seeds.get(name, []), pl.Int64)])
        below = [read_rows(connection, name, key, known, [key])[key]]
        for column, parents in _references(name, found):
            below.append(read_rows(connection, name, column, parents.alias(column), [key])[key])
        ids = pl.concat([one.cast(pl.Int64).alias(key) for one in below]).unique().sort()
        if ids.len():
            found[name] = ids
    return found


def _references(name: str, found: dict[str, pl.Series]) -> Iterator[tuple[str, pl.Series]]:
    """Columns of `name` that refer to rows found, and those; of a table that names the person that alone."""
    rules = [
        rule
        for rule in constraints(name)
        if rule.kind == "refers_to" and len(rule.columns) == 1 and rule.argument in found
    ]
    own = [rule for rule in rules if rule.argument == OFFENDER]
    for rule in own or rules:
        if rule.argument != name:
            yield rule.columns[0], found[rule.argument]


def _of_ids(connection: sa.Connection, name: str, ids: dict[str, pl.Series]) -> pl.DataFrame:
    """The rows of one of our own tables about those of `ids`."""
    own = table(name).c
    found: Sequence[pl.DataFrame] = [
        read_rows(connection, name, "TARGET_ID", numbers.alias("TARGET_ID")).filter(TABLE_NAME=one)
        for one, numbers in ids.items()
    ]
    return pl.concat(found) if found else read(connection, name, None, own["COMPANY"] == "")
