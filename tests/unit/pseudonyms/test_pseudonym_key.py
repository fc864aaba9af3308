"""The key: from a file that is its owner's alone or from the environment, and from nowhere else."""

from pathlib import Path

import pytest

from pseudonyms.key import VARIABLE, read_key
from vocabulary.errors import UsageError

KEY = "0123456789abcdef" * 4


def written(folder: Path, key: str = KEY, mode: int = 0o600) -> Path:
    """A file with a key."""
    file = folder / "pseudonym.key"
    file.write_text(key + "\n", "utf-8")
    file.chmod(mode)
    return file


def test_file_and_environment_give_the_same_key(tmp_path: Path) -> None:
    one, other = read_key(written(tmp_path), {}), read_key(None, {VARIABLE: KEY})
    assert one.bits("name", "a") == other.bits("name", "a")


def test_another_key_draws_otherwise(tmp_path: Path) -> None:
    one, other = read_key(written(tmp_path), {}), read_key(None, {VARIABLE: KEY[::-1]})
    assert one.bits("name", "a") != other.bits("name", "a")
    assert one.fingerprint != other.fingerprint


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_file_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    with pytest.raises(UsageError, match="chmod 600"):
        read_key(written(tmp_path, mode=mode), {})


def test_a_short_key_is_refused_and_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has 6 characters, 32 are needed") as told:
        read_key(written(tmp_path, "secret"), {})
    assert "secret" not in str(told.value).replace("pseudonym.key", "")


def test_no_key_two_keys_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no key"):
        read_key(None, {})
    with pytest.raises(UsageError, match="There are two keys"):
        read_key(written(tmp_path), {VARIABLE: KEY})
    with pytest.raises(UsageError, match="cannot be read: No such file"):
        read_key(tmp_path / "other.key", {})
