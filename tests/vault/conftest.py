"""Small vaults that open quickly; the cost of stretching is not what these tests are about."""

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from tarahum_desktop.vault.key_wrapping import KdfProfile
from tarahum_desktop.vault.vault import OpenVault, UserSlot, create_vault

OFFICER = UserSlot("huda", uuid.UUID("018f0000-0000-7000-8000-000000000001"))
WORDS = "نخلة على باب الدار"


@pytest.fixture
def cheap() -> KdfProfile:
    return KdfProfile(memory_kib=64, passes=1, lanes=1)


@pytest.fixture
def officer() -> UserSlot:
    return OFFICER


@pytest.fixture
def words() -> str:
    return WORDS


@pytest.fixture
def vault_folder(tmp_path: Path, cheap: KdfProfile) -> Path:
    """A locked vault with 400 rows on about 60 pages."""
    folder = tmp_path / "vault"
    with create_vault(folder, OFFICER, WORDS, profile=cheap) as vault, vault.engine.begin() as connection:
        connection.execute(text("CREATE TABLE note (body TEXT)"))
        connection.execute(text("INSERT INTO note VALUES (:body)"), [{"body": "سطر " * 60}] * 400)
    return folder


@pytest.fixture
def count_notes() -> Callable[..., int]:
    def count(vault: OpenVault) -> int:
        with vault.engine.execution_options(read_only=True).connect() as connection:
            return int(connection.execute(text("SELECT count(*) FROM note")).scalar_one())

    return count
