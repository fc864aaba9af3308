"""day1.toml: what its people decide, and what is said of a word that is not as it must be."""

import re
from pathlib import Path

import pytest

from pipeline.workspace import Workspace
from vocabulary.errors import ConfigError, UsageError


def opened(root: Path, text: str, **more: object) -> Workspace:
    (root / "day1.toml").write_text(text, encoding="utf-8")
    return Workspace.open(root, **more)  # type: ignore[arg-type]


def test_what_init_writes_can_be_read(tmp_path: Path) -> None:
    Workspace.init(tmp_path)
    told = (tmp_path / "day1.toml").read_text(encoding="utf-8")
    settings = opened(tmp_path, re.sub(r"^# (?=\[|[\w-]+ = )", "", told, flags=re.MULTILINE)).settings
    assert (settings.waves, settings.gates["contact"]) == ({"first": ("C10",)}, 100)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[thresholds]\nassign_min = 0\n", "assign_min under [thresholds]"),
        ('[waves]\nfirst = ["C99"]\n', "first under [waves]"),
        ("[waves]\nfirst = []\n", "first under [waves]"),
        ("waves = 3\n", "waves is no table"),
        ("[gates]\nall = -1\n", "all under [gates]"),
        ("[gates]\nZ99 = 1\n", "Z99 under [gates] is unknown"),
        ('[accept]\nwaiting = "director"\n', "waiting under [accept]"),
        ('[night]\nstarts = "tonight"\n', "starts under [night]"),
        ("[night]\nends = 2021-06-27T06:00:00\n", "ends under [night] is unknown"),
    ],
)
def test_a_word_that_is_wrong_is_named_with_its_table(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ConfigError) as refused:
        opened(tmp_path, text)
    assert told in str(refused.value)


def test_a_wave_chooses_its_companies(tmp_path: Path) -> None:
    assert opened(tmp_path, '[waves]\nfirst = ["C17", "C06"]\n', wave="first").chosen == ("C06", "C17")


@pytest.mark.parametrize("more", [{"wave": "second"}, {"wave": "first", "companies": ("C06",)}])
def test_a_wave_that_is_none_is_refused(tmp_path: Path, more: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        opened(tmp_path, '[waves]\nfirst = ["C17"]\n', **more)
