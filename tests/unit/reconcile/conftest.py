"""The small real targets of tests/unit/target, for the proofs to look at."""

from tests.unit.target.conftest import filled_file, postgres, postgres_url, target

__all__ = ["filled_file", "postgres", "postgres_url", "target"]
