"""The text frames as delivered, found again by company, export and entity."""

import polars as pl

from extractors.base import read_entity
from pipeline.workspace import Workspace
from reports.values import ROW, TextOf


def delivered_text(workspace: Workspace) -> TextOf:
    """Fetches a text frame as extract kept it; an empty one where there is none."""

    def text_of(company: str, export: str, entity: str) -> pl.DataFrame:
        extracted = workspace.stage_folder(company, "extract") / export
        if (extracted / entity).is_dir():
            return read_entity(extracted, entity)
        return pl.DataFrame(schema=dict.fromkeys(ROW, pl.String))

    return text_of
