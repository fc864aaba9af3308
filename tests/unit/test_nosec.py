"""What bandit is told to pass over says why, and is counted in docs/dependencies.md."""

import re
from pathlib import Path

from test_house import FILES

ROOT = Path(__file__).parents[2]
EXPLAINED = re.compile(r"# nosec B\d{3} # \w+ \w+")


def passed_over() -> list[str]:
    """Every line of ours with a `# nosec`."""
    return [line for path in FILES for line in path.read_text("utf-8").splitlines() if "# nosec" in line]


def test_every_line_that_bandit_passes_over_says_why() -> None:
    assert [line.strip() for line in passed_over() if not EXPLAINED.search(line)] == []


def test_the_documents_say_how_many_there_are() -> None:
    told = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    assert f"{len(passed_over())} lines bear a `# nosec`" in told
