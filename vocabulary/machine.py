"""Tells a refusal of the machine (full disk, no permission) from a fault of the program."""

import errno
import os
import re

REFUSALS = {
    errno.ENOSPC: "Make room",
    errno.EDQUOT: "Make room",
    errno.EROFS: "Give a folder that can be written",
    errno.EACCES: "Permit it",
    errno.EPERM: "Permit it",
    errno.ENOTDIR: "Give a folder",
    errno.EISDIR: "Give a file",
    errno.EEXIST: "Give another name",
    errno.EMFILE: "Permit more open files",
    errno.EIO: "Have the disk looked at",
}
"""What the machine may refuse, and what helps. Nothing of it is a bug, and no company can mend it."""

RUST_ERROR = re.compile(r"\(os error (\d+)\)")
"""polars tells the number in the text of its errors only."""

CUT_SHORT = "Invalid thrift: transport error"
"""What polars says, without a number, where the disk takes rows of a Parquet file but not its end."""

OUT_OF_MEMORY = "Out of Memory Error"
"""What DuckDB says where its share of the memory is used up."""


def refusal(error: Exception) -> str | None:
    """The message for a refusal by the machine, naming the file if the error does; else None."""
    if CUT_SHORT in str(error):
        return (
            "writing the workspace: the disk took only a part of a file. Make room and run again; nothing "
            "half done was kept."
        )
    if isinstance(error, MemoryError) or OUT_OF_MEMORY in str(error):
        return (
            "memory is short. Give the machine more, or work on fewer companies at a time (--jobs), and run "
            "again; nothing half done was kept."
        )
    told = RUST_ERROR.search(str(error))
    number = getattr(error, "errno", None) or (int(told[1]) if told else None)
    if number not in REFUSALS:
        return None
    where = getattr(error, "filename", None) or "writing the workspace or target"
    return f"{where}: {os.strerror(number)}. {REFUSALS[number]} and run again; nothing half done was kept."
