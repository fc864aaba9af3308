"""Stage map: text frames become typed, coded frames; rows are judged by themselves (T, Q,
P rules, repeated rows). A block of rows at a time (map_entity)."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl

from extractors.blocks import EntityText, text_of
from mappings.parsing.coded_columns import waiting_findings
from mappings.parsing.decided_codes import NOTHING_DECIDED, DecidedCodes
from mappings.parsing.known_codes import NOTHING_KNOWN, KnownCodes
from mappings.parsing.panel_answers import ACTIVITY, UNDECIDED, with_panel_answers
from pipeline.stages.map_entity import EntityMap, Found, Task
from pipeline.storage.store import read_findings, write_frame
from pipeline.storage.streamed import write_blocks
from vocabulary.batch import Batch
from vocabulary.findings import collect
from vocabulary.links import parents_first
from vocabulary.source import NDELIUS, notes

ROW = ["source_file", "source_row"]


def map_delivery(
    extracted: Path,
    out: Path,
    exports: list[str],
    company: str,
    extract_date: dt.date,
    decided: DecidedCodes = NOTHING_DECIDED,
    panel: pl.DataFrame = UNDECIDED,
    known: KnownCodes = NOTHING_KNOWN,
) -> dict[str, Any]:
    """Map every entity of `exports`.

    Writes <export>/<entity>, each row with its `key`, findings, left_out, waiting and unknown under `out`.
    `decided`: answers about codes; `panel`: about activities (mappings.parsing.panel_answers). `known`:
    codes that nDelius knows (mappings.parsing.known_codes).
    """
    before = read_findings(extracted).filter(pl.col("severity") == "set_aside")
    found, rows = list[Found](), 0
    for export in exports:
        aside = before.filter(pl.col("export") == export).select(ROW)
        for entity in parents_first(export):
            text = _text(extracted / export, entity, panel)
            mapped = EntityMap(text, Task(export, entity, company, extract_date, aside, decided, known))
            rows += write_blocks(out / export, entity, mapped.frames())
            found.append(mapped.found())
    waiting = [each.waiting for each in found]
    write_frame(out, "left_out", pl.concat([each.left_out for each in found]))
    write_frame(out, "waiting", pl.concat(waiting))
    write_frame(out, "unknown", pl.concat([each.unknown for each in found]))
    write_frame(out, "findings", collect([*(each.findings for each in found), waiting_findings(waiting)]))
    return {"rows": rows}


def _text(extracted: Path, entity: str, panel: pl.DataFrame) -> EntityText:
    text = text_of(extracted, entity)
    if entity != ACTIVITY or panel.is_empty():
        return text
    return EntityText((with_panel_answers(text.lazy().collect(), entity, panel),))


def delivered_batch(
    company: str,
    cycle: str,
    extract_date: dt.date,
    folder: Path,
    exports: list[str],
    words: Callable[[str, str, pl.LazyFrame], pl.LazyFrame],
) -> Batch:
    """The frames that map wrote under `folder`, as a batch; of each the `words` that the caller wants.

    Notes of nDelius's rows are left on disk: nDelius has them, nothing is written of them, and the extract is
    compared with the baseline as text.
    """
    places = [(export, entity) for export in exports for entity in parents_first(export)]
    scans = [
        words(
            export,
            entity,
            pl.scan_parquet(folder / export / f"{entity}.parquet").drop(
                notes(entity) if export == NDELIUS else ()
            ),
        )
        for export, entity in places
    ]
    frames: dict[str, dict[str, pl.DataFrame]] = {export: {} for export in exports}
    for (export, entity), frame in zip(places, pl.collect_all(scans), strict=True):
        frames[export][entity] = frame
    return Batch(company, cycle, extract_date, frames)
