"""nDelius on the evening before, as extract read it: on disk, and of each company its share in memory.

A nation does not fit into memory as text. It is read once, file by file, and laid down without what nDelius
does not hold; a company's proof reads the rows of the persons who concern it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from reconcile.sources.dangling import HOLDERS, NAMED, without_dangling, without_named
from reconcile.sources.delivery import ROW
from reconcile.sources.reading import blank_as_null
from vocabulary.links import links, parents_first

DELIUS, PERSON, DELETED = "delius", "offender_id", "is_deleted"
OWNER = "_owner"
"""Column beside the words: the person's number; null of an entity without persons, or where it is none."""

OF_EVERYONE = ("restriction", "exclusion")
"""Of persons, and asked for by logins, which any company may have: every share has all of them."""

NOT_READ = ("notes",)
"""Words of contacts, of which a nation has more than of all else, that no proof lays beside anything."""

ROWS_AT_A_TIME = 100_000
TIES = {"person": pl.Int64, "other": pl.Int64}


@dataclass(frozen=True)
class Baseline(Mapping[str, pl.DataFrame]):
    """Entity to its rows: the text of every word (blank as null) and provenance.

    `scans`: the same, not yet read. `ties`: person and other person one of whose rows hangs on a row of the
    first. Of a nation an entity is read whenever it is asked for; a share keeps in `kept` what was read.
    """

    scans: Mapping[str, pl.LazyFrame]
    ties: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=TIES))
    kept: dict[str, pl.DataFrame] | None = None

    @classmethod
    def of(cls, frames: Mapping[str, pl.DataFrame]) -> "Baseline":
        """Rows that are in memory already."""
        return cls({entity: frame.lazy() for entity, frame in frames.items()}, kept={})

    @classmethod
    def laid_down(cls, frames: Mapping[str, pl.DataFrame], place: Path) -> "Baseline":
        """`frames` on disk under `place`, none of them in memory."""
        place.mkdir(parents=True)
        for entity, frame in frames.items():
            frame.write_parquet(place / f"{entity}.parquet")
        return cls({entity: pl.scan_parquet(place / f"{entity}.parquet") for entity in frames})

    def __getitem__(self, entity: str) -> pl.DataFrame:
        """Every row of `entity`."""
        if self.kept is None:
            return self.rows(entity)
        if entity not in self.kept:
            self.kept[entity] = self.rows(entity)
        return self.kept[entity]

    def __iter__(self) -> Iterator[str]:
        return iter(self.scans)

    def __len__(self) -> int:
        return len(self.scans)

    def rows(self, entity: str, where: pl.Expr | None = None) -> pl.DataFrame:
        """The rows of `entity`, or those of them for which `where` holds; nothing else of it is kept."""
        scan = self.scans[entity] if where is None else self.scans[entity].filter(where)
        return scan.drop(OWNER, strict=False).collect()

    def share(self, persons: pl.Series) -> "Baseline":
        """The rows of `persons` (keys as text), of whoever is tied to one of them, and those of no person."""
        numbers = persons.cast(pl.Int64, strict=False).drop_nulls().alias("person")
        tied = self.ties.join(numbers.to_frame(), on="person", how="semi")["other"]
        own = pl.concat([numbers, tied]).unique().implode()
        is_own = pl.col(OWNER).is_null() | pl.col(OWNER).is_in(own)
        scans = {
            entity: scan.filter(is_own) if _has_owners(entity, scan) else scan
            for entity, scan in self.scans.items()
        }
        return Baseline(scans, self.ties, {})

    def owners(self, named: Mapping[str, pl.Series]) -> pl.Series:
        """Whose rows are named: `named` has, by the word of a key, keys as text. Persons' keys as text."""
        found = [pl.Series(PERSON, [], pl.Int64)]
        for entity, scan in self.scans.items():
            word = f"{entity}_id"
            if word in named and OWNER in scan.collect_schema():
                rows = scan.filter(pl.col(word).is_in(named[word].unique().implode()))
                found.append(rows.select(pl.col(OWNER).alias(PERSON)).collect()[PERSON])
        return pl.concat(found).drop_nulls().unique().cast(pl.String)


def _has_owners(entity: str, scan: pl.LazyFrame) -> bool:
    return entity not in OF_EVERYONE and OWNER in scan.collect_schema()


def read_baseline(text: Path, place: Path) -> Baseline:
    """nDelius from what extract left under `text`, laid down under `place` without deleted rows, rows that it
    cannot hold (reconcile.sources.dangling) and what hangs below them."""
    return _Settling(text / DELIUS, place).settle()


def read_dangling(text: Path, entities: Iterable[str]) -> dict[str, pl.DataFrame]:
    """The rows of `entities` that name a team, officer or login which nobody has, and are not deleted."""
    codes = _holders(text / DELIUS)
    found: dict[str, pl.DataFrame] = {}
    for entity in entities:
        parts = [
            whole.filter(_is_there(whole)).join(without_dangling(entity, whole, codes), on=ROW, how="anti")
            for whole in _read(text / DELIUS, entity)
        ]
        found[entity] = pl.concat(parts)
    return found


@dataclass
class _Settling:
    """One pass over every entity, parents first.

    `owners`: entity to `key` (text) and owner of the rows that stand and that others hang on. `gone`: entity
    to the rows that nDelius cannot hold, as far as others name them.
    """

    text: Path
    place: Path
    owners: dict[str, pl.DataFrame] = field(default_factory=dict)
    gone: dict[str, pl.DataFrame] = field(default_factory=dict)
    ties: list[pl.DataFrame] = field(default_factory=lambda: [pl.DataFrame(schema=TIES)])

    def settle(self) -> Baseline:
        codes, in_order = _holders(self.text), parents_first(DELIUS)
        last = {entity for entity, *_ in NAMED}  # they name rows of entities that are not their parents
        for entity in sorted(in_order, key=lambda one: one in last):
            (self.place / entity).mkdir(parents=True)
            keys = [pl.DataFrame(schema={"key": pl.String, OWNER: pl.Int64})]
            for number, whole in enumerate(_read(self.text, entity)):
                placed = self._with_owner(entity, self._standing(entity, whole, codes))
                keys.append(_keys(entity, placed))
                placed.write_parquet(self.place / entity / f"{number:06}.parquet")
            self.owners[entity] = pl.concat(keys)
        scans = {entity: pl.scan_parquet(self.place / entity / "*.parquet") for entity in in_order}
        return Baseline(scans, pl.concat(self.ties).unique())

    def _standing(self, entity: str, whole: pl.DataFrame, codes: Mapping[str, pl.Series]) -> pl.DataFrame:
        held = without_dangling(entity, whole, codes)
        for holding in {holding for _, _, holder, holding in NAMED if holder == entity}:
            lost = whole.join(held, on=ROW, how="anti").select(holding)
            self.gone[entity] = pl.concat([self.gone.get(entity, lost.clear()), lost])
        kept = held.filter(_is_there(held))
        for link in links(DELIUS).get(entity, ()):
            above = self.owners[link.parent]["key"]
            kept = kept.filter(pl.col(link.word).is_null() | pl.col(link.word).is_in(above.implode()))
        return without_named({entity: kept}, self.gone)[entity]

    def _with_owner(self, entity: str, rows: pl.DataFrame) -> pl.DataFrame:
        """`rows` with OWNER: the row's own person, else that of the row it hangs on; null where two rows bear
        the key that it names."""
        numbered = rows.select(pl.all(), pl.int_range(pl.len()).alias("_number"))
        person = pl.col(PERSON) if PERSON in rows.columns else pl.lit(None)
        own = person.cast(pl.Int64, strict=False)
        named = [pl.DataFrame(schema={"_number": pl.Int64, **TIES})]
        for link in links(DELIUS).get(entity, ()):
            above = self.owners[link.parent].rename({"key": link.word, OWNER: "other"})
            hanging = numbered.join(above, on=link.word, how="inner")
            named.append(hanging.select("_number", own.alias("person"), "other"))
        pairs = pl.concat(named)
        if PERSON in rows.columns:
            apart = pairs.filter(pl.col("person") != pl.col("other")).select("person", "other").unique()
            self.ties += [apart, apart.select(person="other", other="person")]
            return rows.with_columns(own.alias(OWNER))
        if not links(DELIUS).get(entity):
            return rows
        alone = pairs.group_by("_number").agg(
            pl.when(pl.col("other").n_unique() == 1).then(pl.col("other").first()).alias(OWNER)
        )
        return numbered.join(alone, on="_number", how="left", maintain_order="left").drop("_number")


def _keys(entity: str, placed: pl.DataFrame) -> pl.DataFrame:
    """`key` and owner of `placed`, as far as rows of other entities hang on them."""
    words = {link.parent_word for own in links(DELIUS).values() for link in own if link.parent == entity}
    nothing = pl.DataFrame(schema={"key": pl.String, OWNER: pl.Int64})
    named = [placed.select(pl.col(word).alias("key"), OWNER).drop_nulls("key") for word in words]
    return pl.concat([nothing, *named]).unique()


def _read(folder: Path, entity: str) -> Iterator[pl.DataFrame]:
    """The rows of `entity` as the proofs read them, some at a time, in the order of the files."""
    for path in sorted((folder / entity).glob("*.parquet")):
        names = pl.read_parquet_schema(path)
        whole = pl.read_parquet(path, columns=[name for name in names if not _is_left(entity, name)])
        for part in whole.iter_slices(ROWS_AT_A_TIME) if whole.height else [whole]:
            yield blank_as_null(part, DELIUS, entity)


def _is_left(entity: str, name: str) -> bool:
    return entity == "contact" and name in NOT_READ


def _is_there(rows: pl.DataFrame) -> pl.Expr:
    return pl.col(DELETED).fill_null("0") != "1" if DELETED in rows.columns else pl.lit(True)


def _holders(folder: Path) -> dict[str, pl.Series]:
    """Word of HOLDERS to the codes that there are."""
    return {
        word: pl.concat([part[holding] for part in _read(folder, holder)]).drop_nulls()
        for word, (holder, holding) in HOLDERS.items()
    }
