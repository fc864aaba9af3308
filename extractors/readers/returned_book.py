"""Holds a workbook of answers that came back against its limits, before a library opens it (day1 decisions
import)."""

import zipfile
import zlib
from pathlib import Path

from extractors.readers.odd_cells import sheet_parts
from extractors.readers.sheet_survey import SurveyError, survey
from extractors.readers.zip_bounds import archive_complaints, fits
from vocabulary.errors import DeliveryError, UsageError
from vocabulary.limits import Limits

ASK = "Hand back the workbook of `day1 decisions export` with its answers, and nothing else in it"
RAISE = "or raise the limit under [limits.decisions] of day1.toml"


def check_returned(path: Path, limits: Limits) -> None:
    """The workbook at `path` keeps within its limits. One that is not there is told by who reads it.

    Raises:
        DeliveryError: it does not. UsageError: it is no workbook.
    """
    if not path.is_file():
        return
    bounds = limits.of("decisions")
    size = path.stat().st_size
    if size > bounds["bytes"]:
        raise DeliveryError(
            f"{path.name} has {size:,} bytes, {bounds['bytes']:,} are allowed. {ASK}, {RAISE}."
        )
    try:
        with zipfile.ZipFile(path) as archive:
            for told in archive_complaints(archive, bounds):
                raise DeliveryError(f"{path.name} {told}. {ASK}, {RAISE}.")
            if not fits(archive, min(bounds["unpacked_bytes"], bounds["times"] * size)):
                most = f"{bounds['unpacked_bytes']:,} bytes or {bounds['times']} times its size"
                raise DeliveryError(
                    f"{path.name} unpacks to more than {most}; it was not opened. {ASK}, {RAISE}."
                )
            for _, part in sheet_parts(archive):
                survey(archive, part, bounds)
    except SurveyError as error:
        raise DeliveryError(f"{path.name}: {error}. {ASK}, {RAISE}.") from error
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, KeyError, ValueError, EOFError,
            SyntaxError, OSError) as error:  # fmt: skip
        raise UsageError(
            f"{path.name} is not readable as an .xlsx workbook. Save it as .xlsx and hand it back."
        ) from error
