"""One entity through stage map, block by block. Only keys and what was found are held of all rows."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import polars as pl

from extractors.blocks import EntityText
from mappings.parsing.coded_columns import NOTHING_WAITS, join_counted
from mappings.parsing.convert import NO_ROWS, Block, convert_block, join_blocks, typed_frame
from mappings.parsing.decided_codes import NOTHING_DECIDED, DecidedCodes
from mappings.parsing.duplicates import duplicates
from mappings.parsing.failures import NOTHING_LEFT_OUT, Failed, join_failed
from mappings.parsing.known_codes import NOTHING_KNOWN, KnownCodes
from mappings.parsing.out_of_scope import join_scope_findings, judge_scope, waiting_in_scope
from mappings.parsing.person_identifiers import (
    Checked,
    identifier_rules,
    postcode_rules,
    shared_identifier_rules,
)
from vocabulary.companies import BASELINE_COMPANY
from vocabulary.findings import PROVENANCE, collect, no_findings
from vocabulary.keys import key
from vocabulary.line_hash import LINE_HASH, line_hash
from vocabulary.source import CASE_SYSTEMS, NDELIUS, source_words
from vocabulary.stacking import stack

ROW = ["source_file", "source_row"]
PERSONS = "offender"
POSTCODES = ("address", "property", "employee")
SHARED = "noms_number"
"""What two persons cannot both be written with (P08)."""


@dataclass(frozen=True)
class Task:
    """What is mapped and with what. `aside`: source_file, source_row of rows that extract set aside.

    `decided`: answers about codes. `known`: codes that nDelius knows (mappings.parsing.known_codes).
    """

    export: str
    entity: str
    company: str
    extract_date: dt.date
    aside: pl.DataFrame
    decided: DecidedCodes = NOTHING_DECIDED
    known: KnownCodes = field(default_factory=lambda: NOTHING_KNOWN)

    @property
    def names_person(self) -> bool:
        """True where the P rules speak of the row: the person itself, or a satellite row (defects.md)."""
        words = (word.name for word in source_words(self.export)[self.entity])
        return self.entity == PERSONS or (self.export not in CASE_SYSTEMS and "crn" in words)

    @property
    def shares_identifiers(self) -> bool:
        """True where persons are compared now, because no matching comes between (P02, P08)."""
        return self.entity == PERSONS and self.export == NDELIUS


@dataclass(frozen=True)
class Found:
    """What was found in an entity: findings; values left out; codes that wait, and that no list has."""

    findings: pl.DataFrame
    left_out: pl.DataFrame
    waiting: pl.DataFrame
    unknown: pl.DataFrame


@dataclass(frozen=True)
class _Judged:
    """A block after the rules that look at one row: typed, `out` the rows not to be judged any further."""

    block: Block
    frame: pl.DataFrame
    checked: list[Checked]
    out: pl.DataFrame


@dataclass
class EntityMap:
    """Maps the text frame of an entity. `found` is whole when `frames` has come to its end."""

    text: EntityText
    task: Task
    repeated: pl.DataFrame = field(default_factory=no_findings)
    shared: Failed = field(default_factory=Failed)
    blocks: list[Block] = field(default_factory=list)
    checked: list[list[Failed]] = field(default_factory=list)
    outside: list[pl.DataFrame] = field(default_factory=list)
    waiting: list[pl.DataFrame] = field(default_factory=list)

    def frames(self) -> Iterator[pl.DataFrame]:
        """The typed rows with their `key`, of nDelius also with LINE_HASH, block by block."""
        task = self.task
        blocks = _in_order(self.text) if task.names_person or task.entity in POSTCODES else self.text
        if task.company == BASELINE_COMPANY:
            read = self._read_baseline
        else:
            self.repeated = duplicates(blocks.rows, task.export, task.entity, task.aside)
            read = self._finish_block
            if task.shares_identifiers:
                self.shared = self._compare_persons(blocks)
        for text in blocks.blocks():
            yield _with_keys(read(text), text, task)

    def found(self) -> Found:
        """What was found, in the order in which one block with all rows would have given it."""
        if not self.blocks:
            return Found(no_findings(), NOTHING_LEFT_OUT, NOTHING_WAITS, NOTHING_WAITS)
        task = self.task
        findings, left_out, waiting, unknown = join_blocks(self.blocks, task.export, task.entity)
        checked = [join_failed(pieces) for pieces in zip(*self.checked, strict=True)]
        # Persons are compared after they were judged alone, and before any postcode.
        checked[1:1] = [self.shared] if task.shares_identifiers else []
        outside = join_scope_findings(self.outside, task.export, task.entity)
        return Found(
            collect([findings, self.repeated, *(each.findings for each in checked), outside]),
            stack([left_out, *(each.left_out for each in checked)], NOTHING_LEFT_OUT),
            self._in_scope(waiting),
            unknown,
        )

    def _read_baseline(self, text: pl.DataFrame) -> pl.DataFrame:
        """The codes of the baseline are nDelius's own (codes.md): none is unknown, none is left out."""
        task = self.task
        frame = typed_frame(text, task.export, task.entity, task.company, task.decided, task.known)
        coded = [word.name for word in source_words(task.export)[task.entity] if word.code_list]
        own = text.select(pl.col(coded).str.strip_chars().replace("", None))
        return frame.with_columns(own.get_columns())

    def _judge(self, text: pl.DataFrame) -> _Judged:
        """The rules that look at one row by itself, on rows that nothing has set aside."""
        task = self.task
        block = convert_block(
            text, task.export, task.entity, task.company, task.aside, task.decided, task.known
        )
        out = stack([task.aside, block.aside, _kept_out(self.repeated)], NO_ROWS)
        frame, checked = (block.frame, []) if text.is_empty() else judge_persons(block.frame, task, out)
        refused = [_kept_out(told) for each in checked for told in each.failed.frames]
        return _Judged(block, frame, checked, stack([out, *refused], NO_ROWS))

    def _compare_persons(self, blocks: EntityText) -> Failed:
        """P02 and P08: of all persons at once only who they are and their two numbers."""
        persons = [
            judged.checked[0].frame.select(*PROVENANCE, "crn", SHARED)
            for judged in map(self._judge, blocks.blocks())
            if judged.checked
        ]
        return shared_identifier_rules(pl.concat(persons), PERSONS).failed if persons else Failed()

    def _finish_block(self, text: pl.DataFrame) -> pl.DataFrame:
        """What one block becomes; what was found in it is kept."""
        judged, task = self._judge(text), self.task
        frame, out = judged.frame, judged.out
        if self.shared.told:
            frame = _without_shared(frame, self.shared.left_out)
            out = stack([out, _kept_out(self.shared.findings)], NO_ROWS)
        frame, outside = judge_scope(frame, task.export, task.entity, out)
        self.blocks.append(replace(judged.block, frame=NO_ROWS))
        self.checked.append([each.failed for each in judged.checked])
        if not text.is_empty():
            self.outside.append(outside)
            self.waiting.append(waiting_in_scope(judged.block.waiting, frame, out))
        return frame

    def _in_scope(self, waiting: pl.DataFrame) -> pl.DataFrame:
        """`waiting` with the counts of rows in scope; a code of no such row is left out."""
        words = source_words(self.task.export)[self.task.entity]
        counted = join_counted(self.waiting, words)
        if counted.equals(waiting):
            return waiting
        places = waiting.select("column", "code").with_row_index("_place")
        return counted.join(places, on=["column", "code"], how="left").sort("_place").drop("_place")


def judge_persons(frame: pl.DataFrame, task: Task, out: pl.DataFrame) -> tuple[pl.DataFrame, list[Checked]]:
    """The P rules that look at one row, on rows in scope that are not `out`."""
    has_postcode = task.entity in POSTCODES
    if not task.names_person and not has_postcode:
        return frame, []
    is_out = frame.select(pl.concat_str(ROW, separator="\n").is_in(_row_ids(out).implode())).to_series()
    if "is_deleted" in frame.columns:
        is_out = is_out | frame["is_deleted"].fill_null(False)
    judged = frame.filter(~is_out)
    checked = [identifier_rules(judged, task.entity, task.extract_date)] if task.names_person else []
    checked += [postcode_rules(judged, task.entity)] if has_postcode else []
    whole = pl.concat([checked[-1].frame, frame.filter(is_out)], how="diagonal")
    return whole.sort("source_file", "row_number"), checked


def _with_keys(frame: pl.DataFrame, text: pl.DataFrame, task: Task) -> pl.DataFrame:
    keys = key(task.export, task.entity).alias("key")
    if task.export != NDELIUS:
        return frame.with_columns(keys)
    lines = text.select(*ROW, line_hash(task.export, task.entity))
    if all(lines[name].equals(frame[name]) for name in ROW):
        return frame.with_columns(keys, lines[LINE_HASH])
    # Persons were sorted.
    return frame.with_columns(keys).join(lines, on=ROW, how="left", maintain_order="left")


def _in_order(text: EntityText) -> EntityText:
    """`text` as it is where its rows are sorted by file and number, else as one piece, to be sorted."""
    if len(text.pieces) == 1:
        return text
    places = text.lazy().select("source_file", "row_number").collect()
    is_sorted = places.equals(places.sort("source_file", "row_number"))
    return text if is_sorted else EntityText((text.lazy().collect(),))


def _without_shared(frame: pl.DataFrame, left_out: pl.DataFrame) -> pl.DataFrame:
    rows = left_out.select(*ROW, pl.lit(True).alias("_shared"))
    joined = frame.join(rows, on=ROW, how="left", maintain_order="left")
    return joined.with_columns(pl.when(pl.col("_shared").is_null()).then(SHARED).alias(SHARED)).drop(
        "_shared"
    )


def _kept_out(findings: pl.DataFrame) -> pl.DataFrame:
    """ROW of the rows that `findings` set aside or call repeated."""
    if findings.is_empty():
        return NO_ROWS
    return findings.filter((pl.col("severity") == "set_aside") | (pl.col("rule") == "T10")).select(ROW)


def _row_ids(rows: pl.DataFrame) -> pl.Series:
    return rows.select(pl.concat_str(ROW, separator="\n").alias("_row"))["_row"]
