"""Receive: is a delivery what its manifest says, and what was agreed? One block finding refuses all of it.

What is counted must be read to the end: the text frames are kept on the way, for stage extract.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import polars as pl

from extractors.account import check_readable, check_rows, check_totals, count
from extractors.base import ExtractAccount, Texts, source_of
from extractors.delivery import DeliveredFile, Delivery, read_delivery
from extractors.expected import Held, check_encoding, check_exports, check_predecessor
from extractors.folder import check_bytes, check_names, is_there
from extractors.layout import agreed_exports
from extractors.problem import Problem, problem_findings
from extractors.readers.bounds import LimitError, check_size, limit_problem
from extractors.readers.source import Chunk
from extractors.readers.zip_bounds import check_workbook
from vocabulary.limits import Limits


@dataclass(frozen=True)
class Receipt:
    """What receive found. `rows` counts data rows by file; `problems` are messages of blocking findings.

    `delivery` is None when the manifest itself cannot be used (F01); `texts` where none were kept.
    """

    company: str
    cycle: str
    delivery: Delivery | None
    findings: pl.DataFrame
    rows: dict[str, int]
    problems: tuple[str, ...]
    texts: ExtractAccount | None = None

    @property
    def is_blocked(self) -> bool:
        """True when the whole delivery is refused."""
        return bool(self.problems)


def receive(
    folder: Path,
    company: str,
    cycle: str,
    previous_cycles: Sequence[str] = (),
    out: Path | None = None,
    limits: Limits | None = None,
    held: Held | None = None,
) -> Receipt:
    """Checks the delivery in `folder`; every failed rule is listed, not only the first.

    `previous_cycles` are the cycles of the company that were accepted, in order, and `held` what the target
    holds (F13). `out`: where the text frames are kept (extractors.base, Texts); of one that is refused they
    are no use. `limits`: how large a file may be, where it is not as extractors/limits.toml says.
    """
    delivery, problems = read_delivery(folder, company, cycle, limits)
    if delivery is None:
        return _receipt(company, cycle, None, list(problems), {})
    found = [
        *check_names(delivery),
        *check_exports(delivery),
        *check_predecessor(delivery, previous_cycles, held),
    ]
    rows: dict[str, int] = {}
    texts = Texts(delivery, out) if out else None
    for file in delivery.files:
        if is_there(delivery, file):
            found += check_file(delivery, file, rows, partial(texts.add, file) if texts else None, limits)
    return _receipt(company, cycle, delivery, found, rows, texts)


def check_file(
    delivery: Delivery,
    file: DeliveredFile,
    rows: dict[str, int],
    keep: Callable[[Chunk | Problem], None] | None,
    limits: Limits | None = None,
) -> Iterator[Problem]:
    """The checks of one file; rows are counted into `rows` when they can be, and each piece goes to
    `keep`."""
    if file.export not in agreed_exports(delivery.company):
        yield from check_bytes(delivery, file)
        return
    source = source_of(delivery, file, limits)
    beyond = list(check_size(source, file.rows))
    yield from beyond
    if beyond:  # not even its checksum: that reads all of it
        return
    yield from check_bytes(delivery, file)
    yield from check_encoding(delivery, file)
    if not source.parts:
        return
    if source.dialect.container == "xlsx" and (unsafe := list(check_workbook(source))):
        yield from unsafe
        return
    try:
        found = count(source, keep)
    except LimitError as error:
        yield limit_problem(source, str(error))
        return
    yield from found.problems
    unreadable = list(check_readable(found, source))
    yield from unreadable
    if found.is_whole and not unreadable:
        rows[file.name] = found.rows
        yield from check_rows(file, found, source)
        yield from check_totals(file, found, source)


def _receipt(
    company: str,
    cycle: str,
    delivery: Delivery | None,
    problems: list[Problem],
    rows: dict[str, int],
    texts: Texts | None = None,
) -> Receipt:
    blocking = tuple(problem.message for problem in problems if problem.blocks)
    return Receipt(
        company=company,
        cycle=cycle,
        delivery=delivery,
        findings=problem_findings(problems, company),
        rows=rows,
        problems=blocking,
        texts=texts.finish() if texts and not blocking else None,
    )
