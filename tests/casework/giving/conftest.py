"""The small office with services that can be given."""

import pytest

from tests.casework.conftest import furnished, office  # noqa: F401 - fixtures are found by their names here
from tests.casework.giving.giving_worlds import furnish


@pytest.fixture
def giving(office):  # noqa: F811 - the fixture above
    furnish(office)
    return office
