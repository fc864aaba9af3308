"""Sample figures hold the sign-off of the day, not of a rehearsal."""

import pytest

from reports.basis import sign_off_sentence
from reports.data import CompanyReconciliation, Reconciliation, SampleInUse
from reports.readiness import GO, NO_GO, readiness


def run_with(*samples: SampleInUse) -> Reconciliation:
    company = CompanyReconciliation("C06", "Merseyside", "clean", samples=samples)
    return Reconciliation("", "day-1", "clean", (company,))


def sample(*, holds: bool) -> SampleInUse:
    return SampleInUse("pay", "employees at sample pay points", 7, holds)


@pytest.mark.parametrize(
    ("samples", "answer", "told"),
    [
        ((), GO, "no sample figure is in use"),
        ((sample(holds=False),), GO, "a rehearsal, which may be signed off"),
        ((sample(holds=True),), NO_GO, "waits: 7 employees at sample pay points"),
    ],
    ids=["none", "rehearsal", "day"],
)
def test_samples_hold_the_day(samples: tuple[SampleInUse, ...], answer: str, told: str) -> None:
    run = run_with(*samples)
    assert readiness(run).answer == answer
    assert sign_off_sentence(run).startswith(told)
