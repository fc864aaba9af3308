"""Treatments with a key that is nobody's."""

import pytest

from pseudonyms.columns import Treatments
from pseudonyms.key import Secret


@pytest.fixture(scope="session")
def secret() -> Secret:
    """The key of the tests."""
    return Secret(b"a key of the tests, of no use elsewhere")


@pytest.fixture(scope="session")
def treatments(secret: Secret) -> Treatments:
    """Every treatment with that key."""
    return Treatments(secret)
