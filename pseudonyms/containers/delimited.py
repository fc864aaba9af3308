"""Text without quoting (delius.md): line by line, line ends, marks and undecodable bytes as they are."""

from collections.abc import Iterator
from typing import BinaryIO

from extractors.readers.bounds import lines
from extractors.readers.mark import MARK, encoding
from extractors.readers.source import Source
from pseudonyms.columns import Treatments
from pseudonyms.containers.header import columns_of

LOSSLESS = "surrogateescape"
"""How a byte is read, and written again, that its encoding does not have."""


def copied(source: Source, treatments: Treatments) -> Iterator[bytes]:
    """The lines of the copy. A line that repeats the header stays (T01).

    Raises:
        DeliveryError: a column was not agreed.
        LimitError: a line is longer than any may be.
    """
    (part,) = source.parts
    separator, coding = source.dialect.delimiter, encoding(source)
    with source.path.open("rb") as file:
        yield skipped_mark(file)
        numbered = lines(file, source.limits.of("text")["line_bytes"])
        first = next(numbered, b"")
        yield first
        head = _body(first.decode(coding, LOSSLESS))[0].split(separator)
        columns = columns_of(head, source, part, treatments)
        for line in numbered:
            body, end = _body(line.decode(coding, LOSSLESS))
            fields = body.split(separator)
            if fields == head:
                yield line
                continue
            yield (separator.join(columns.treat(fields)) + end).encode(coding, LOSSLESS)


def skipped_mark(file: BinaryIO) -> bytes:
    """The byte order mark at the start of `file`, if there is one."""
    mark = file.read(len(MARK))
    if mark == MARK:
        return MARK
    file.seek(0)
    return b""


def _body(line: str) -> tuple[str, str]:
    body = line.rstrip("\r\n")
    return body, line[len(body) :]
