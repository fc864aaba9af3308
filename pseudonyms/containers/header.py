"""The header of a file: which treatment each column takes. A column that nobody agreed to is refused."""

from collections.abc import Sequence

from extractors.layout import Part
from extractors.readers.header import RECOGNISED_SHARE
from extractors.readers.source import CHANGE, Source
from pseudonyms.columns import KEEP, Treatments, treatment_of
from pseudonyms.lines import Columns
from vocabulary.errors import DeliveryError


def columns_of(cells: Sequence[str], source: Source, part: Part, treatments: Treatments) -> Columns:
    """The columns of a header made of `cells`; one without a name holds text.

    Raises:
        DeliveryError: a column was not agreed, so that nobody has said what is in it.
    """
    words = headers(source, part)
    names = [cell.strip() for cell in cells]
    unknown = sorted({name for name in names if name and name not in words})
    if unknown:
        raise DeliveryError(_unagreed(source, part, names, unknown))
    return Columns(treatments, tuple(words.get(name, "text") for name in names))


def headers(source: Source, part: Part) -> dict[str, str]:
    """Header, path or member to the name of its treatment; the `change` of a delta among them.

    Raises:
        ConfigError: nobody has said how a field is treated.
    """
    found = {header: treatment_of(source.export, part.entity, word) for header, word in part.headers.items()}
    return {CHANGE: KEEP, **found}


def _unagreed(source: Source, part: Part, names: Sequence[str], unknown: Sequence[str]) -> str:
    known = sum(name in part.headers for name in names)
    # A line of which most is unknown may be no header but somebody's row: it is not repeated.
    is_header = known >= len(part.headers) * RECOGNISED_SHARE
    told = f"has columns that nobody agreed to: {', '.join(unknown)}" if is_header else "has no header"
    return (
        f"{source.path}: {told}. What is in them nobody has said, so nothing was pseudonymised. Take them "
        f"out, or add them to extractors/{source.export}/fields.csv and to pseudonyms/columns.csv."
    )
