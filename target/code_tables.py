"""The reference lists of one target, each read once; lists that share a table are read together."""

from dataclasses import dataclass, field

import polars as pl
import sqlalchemy as sa

from target.bulk import read
from target.schema.record import ReferenceList, reference_list
from target.schema.shape import naming_column
from vocabulary.stacking import stack

SETS, SET_ID, SET_NAME = "R_REFERENCE_DATA_MASTER", "REFERENCE_DATA_MASTER_ID", "CODE_SET_NAME"
CATEGORY = "REF_CATEGORY_CODE"

NO_CODES = pl.DataFrame(schema={"code": pl.String, "id": pl.Int64})


@dataclass
class CodeTables:
    """Codes and ids of the lists in one target. Whoever inserts codes says so (`learn`, `forget`)."""

    connection: sa.Connection
    _lists: dict[str, pl.DataFrame] = field(default_factory=dict)
    _shared: dict[str, dict[object, pl.DataFrame]] = field(default_factory=dict)
    _sets: dict[str, int] | None = None

    def codes(self, list_name: str) -> pl.DataFrame:
        """`code`, `id` of a list; of equal codes the lowest id counts, as no constraint makes them unique."""
        where = reference_list(list_name)
        if where.name not in self._lists:
            self._lists[where.name] = self._read(where)
        return self._lists[where.name]

    def learn(self, list_name: str, added: pl.DataFrame) -> None:
        """The list has the new codes `added` (code, id), whose ids are above those that it had."""
        known = self.codes(list_name)
        self._lists[reference_list(list_name).name] = stack([known, added], known)

    def forget(self, list_name: str) -> None:
        """The list has new rows: read it again when next asked."""
        where = reference_list(list_name)
        self._lists.pop(where.name, None)
        self._shared.pop(where.table, None)

    def code_set_id(self, name: str) -> int:
        """The id of a code set in R_REFERENCE_DATA_MASTER; 0 when the target has no such set."""
        if self._sets is None:
            sets = read(self.connection, SETS, [SET_NAME, SET_ID])
            self._sets = dict(sets.sort(SET_ID, descending=True).rows())
        return self._sets.get(name, 0)

    def forget_sets(self) -> None:
        """There are new code sets: read them again when next asked."""
        self._sets = None

    def _read(self, where: ReferenceList) -> pl.DataFrame:
        part: object = where.category if where.code_set is None else self.code_set_id(where.code_set)
        by = CATEGORY if where.category is not None else SET_ID if where.code_set is not None else None
        if by is None:
            return _of_table(self.connection, where, [])
        if where.table not in self._shared:
            whole = _of_table(self.connection, where, [by])
            parts = whole.partition_by(by, as_dict=True, include_key=False)
            self._shared[where.table] = {key: rows for (key,), rows in parts.items()}
        return self._shared[where.table].get(part, NO_CODES)


def _of_table(connection: sa.Connection, where: ReferenceList, by: list[str]) -> pl.DataFrame:
    key = "INSTITUTION_ID" if where.table == "R_INSTITUTION" else naming_column(where.table)
    found = read(connection, where.table, [where.code_column, key, *by])
    if not found[key].is_sorted():
        found = found.sort(key)
    if by or found[where.code_column].n_unique() < found.height:
        found = found.unique([*by, where.code_column], keep="first", maintain_order=True)
    return pl.DataFrame(
        {"code": found[where.code_column], "id": found[key], **{name: found[name] for name in by}}
    )
