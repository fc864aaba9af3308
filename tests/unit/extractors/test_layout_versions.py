"""The layout is that of the version the manifest names: what a later one added is blank, or refused."""

from pathlib import Path

import pytest
from delivery_copies import Copy

from extractors.base import read_entity
from samples.make import make

ADDED = [("delius", "responsible_officer", "prison_manager_id"), ("staff", "employee", "sub_contracted_role")]
"""Export, entity and word that version 2.0 added."""


@pytest.fixture(scope="module")
def cycles(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Version to a cycle folder with one company's delivery."""
    folders = {version: tmp_path_factory.mktemp("cycle") for version in ("1.0", "2.0")}
    for version, folder in folders.items():
        make(folder, companies=["C06"], people=4, spec_version=version)
    return {version: folder / "day-1" for version, folder in folders.items()}


@pytest.mark.parametrize("version", ["1.0", "2.0"])
@pytest.mark.parametrize(("export", "entity", "word"), ADDED)
def test_a_word_that_the_version_lacks_is_null(
    cycles: dict[str, Path], tmp_path: Path, version: str, export: str, entity: str, word: str
) -> None:
    texts = Copy(cycles[version] / "C06", "C06").receive(out=tmp_path).texts
    assert texts is not None
    assert texts.findings.is_empty()
    assert read_entity(tmp_path / export, entity)[word].is_null().all() == (version == "1.0")


@pytest.mark.parametrize(("laid_out", "stated"), [("1.0", "2.0"), ("2.0", "1.0")])
def test_a_file_in_the_layout_of_the_other_version(
    cycles: dict[str, Path], laid_out: str, stated: str
) -> None:
    copy = Copy(cycles[laid_out] / "C06", "C06")
    copy.manifest["spec_version"] = stated
    copy.save()
    assert {rule for rule, _ in copy.rules()} == {"F11"}
    copy.manifest["spec_version"] = laid_out
    copy.save()
    assert copy.rules() == []
