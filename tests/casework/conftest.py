"""An office for each test, from a vault that is made once and copied."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.casework.worlds import Office, Wall, new_office, reopen, replica_on


@pytest.fixture(scope="session")
def furnished(tmp_path_factory) -> tuple[Path, Office]:
    folder = tmp_path_factory.mktemp("office") / "vault"
    office = new_office(folder)
    office.vault.lock()
    return folder, office


@pytest.fixture
def office(furnished, tmp_path) -> Iterator[Office]:
    folder, made = furnished
    here = tmp_path / "vault"
    shutil.copytree(folder, here)
    vault, _ = reopen(here)
    wall = Wall()
    with vault:
        yield Office(
            vault,
            replica_on(vault.engine, wall),
            wall,
            made.household,
            made.head,
            made.child,
            made.prisoner,
            made.case,
        )
