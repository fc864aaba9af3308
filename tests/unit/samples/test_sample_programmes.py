"""A part of the country in which nobody was referred has no session that nobody leads."""

import pytest

from samples.delivery import Delivery
from samples.draw import Draw
from samples.satellites import programmes
from samples.world import World


def test_without_a_referral_there_is_no_session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programmes, "live_requirements", lambda *_: [])
    world = World(Draw(1))
    delivery = Delivery("C13", "day-1")
    programmes.add_programmes(world, delivery)
    assert delivery.rows("programmes", "sessions") == []
