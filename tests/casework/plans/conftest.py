"""The office of ``plan_world`` for each test."""

import pytest

from tests.casework.plans.plan_world import furnish
from tests.casework.worlds import Office


@pytest.fixture
def plans(office: Office) -> Office:
    return furnish(office)
