"""`make fuzz`: files changed at random, thousands for each reader and the manifest.

Whatever stands in a file, a reader gives rows or says why not: no traceback, nothing over five seconds.
`python -m tests.hostile.fuzz --cases 100000 --kind csv --seed 7` goes on where another run stopped.
"""

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from extractors.delivery import read_delivery
from extractors.folder import check_names, is_there
from extractors.layout import agreed_exports
from extractors.readers.source import Chunk
from extractors.receive import check_file
from tests.hostile.clean_files import clean_files
from tests.hostile.mutator import mutated, mutated_workbook
from tests.hostile.pair import Clean, manifest_text
from vocabulary.errors import Day1Error

KINDS = {
    "text": "persons",
    "csv": "csv mark",
    "jsonl": "jsonl",
    "xml": "xml",
    "xlsx": "estates",
    "manifest": "csv mark",
}
MOST_SECONDS = 5.0
FEW_MESSAGES = 20


def small(clean: Clean) -> Clean:
    """The file as it is, of an interchange only the first messages: a case is to take milliseconds."""
    if not clean.name.endswith(".xml"):
        return clean
    messages = clean.content.split(b"</SPGMessage>\n")
    return replace(clean, content=b"</SPGMessage>\n".join([*messages[:FEW_MESSAGES], messages[-1]]))


def read_case(kind: str, clean: Clean, folder: Path, seed: int) -> str:
    """What went wrong with one case, in words; blank for nothing."""
    text = manifest_text({**clean.manifest, "file": [clean.entry]}).encode()
    content = clean.content
    if kind == "manifest":
        text = mutated(text, seed)
    elif kind == "xlsx":
        content = mutated_workbook(content, seed)
    else:
        content = mutated(content, seed)
    (folder / "delivery.toml").write_bytes(text)
    (folder / clean.name).write_bytes(content)
    began = time.perf_counter()
    try:
        _read(folder, clean)
    except Day1Error:
        pass
    except BaseException as error:
        return f"{kind} seed {seed}: {type(error).__name__}: {str(error)[:200]}"
    seconds = time.perf_counter() - began
    return f"{kind} seed {seed}: {seconds:.1f} s" if seconds > MOST_SECONDS else ""


def _read(folder: Path, clean: Clean) -> None:
    delivery, _ = read_delivery(folder, clean.company, clean.manifest["cycle"])
    if delivery is None:
        return
    list(check_names(delivery))
    for file in delivery.files:
        if is_there(delivery, file) and file.export in agreed_exports(clean.company):
            list(
                check_file(
                    delivery, file, {}, lambda piece: piece.findings if isinstance(piece, Chunk) else None
                )
            )


def run(kind: str, first: int, cases: int) -> Iterator[str]:
    """What went wrong in `cases` cases of one kind, from seed `first` on."""
    with tempfile.TemporaryDirectory() as drawn:
        clean = small(clean_files(Path(drawn) / "clean")[KINDS[kind]])
        folder = Path(drawn) / "case"
        folder.mkdir()
        for seed in range(first, first + cases):
            if told := read_case(kind, clean, folder, seed):
                yield told


def _told(kind: str, first: int, cases: int) -> list[str]:
    return list(run(kind, first, cases))


def main() -> None:
    """Run the cases in blocks, each in a process that may die; exit code 1 where anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000, help="of each kind")
    parser.add_argument("--kind", choices=[*KINDS], action="append")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--block", type=int, default=2_000)
    given = parser.parse_args()
    wrong: list[str] = []
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=20) as pool:
        for kind in given.kind or KINDS:
            for first in range(given.seed, given.seed + given.cases, given.block):
                block = min(given.block, given.seed + given.cases - first)
                try:
                    wrong += pool.apply_async(_told, (kind, first, block)).get(block)
                except multiprocessing.TimeoutError:
                    sys.exit(f"{kind}: a case from seed {first} on does not come back")
            print(
                f"{kind}: {given.cases:,} cases, {sum(one.startswith(kind) for one in wrong)} wrong",
                flush=True,
            )
    print("\n".join(wrong))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
