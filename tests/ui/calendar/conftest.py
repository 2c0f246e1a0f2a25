"""A real office for the calendar."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.casework.worlds import Office, new_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "vault")
    with made.vault:
        yield made
