"""Two vaults, a centre and a stick for each test."""

from collections.abc import Iterator

import pytest

from tests.casework.pouches.desks import Places, make_places
from tests.server.centres import listening, make_centre


@pytest.fixture
def places(tmp_path) -> Iterator[Places]:
    with listening(make_centre(tmp_path / "centre")) as running:
        made = make_places(running, tmp_path)
        yield made
        made.office.lock()
