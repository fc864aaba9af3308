"""What the machine refuses is told as that, and not as a fault of the program."""

import errno

import polars as pl
import pytest

from vocabulary.machine import refusal


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device", "work/frame.parquet"),
        pl.exceptions.ComputeError("No space left on device (os error 28)"),
        pl.exceptions.ComputeError("parquet: File out of specification: Invalid thrift: transport error"),
    ],
)
def test_a_full_disk_is_told_however_it_is_said(error: Exception) -> None:
    told = refusal(error)
    assert told is not None
    assert "Make room and run again" in told


def test_a_fault_of_the_program_is_none_of_the_machine() -> None:
    assert refusal(pl.exceptions.ComputeError("parquet: File out of specification: no magic number")) is None
