"""The command line as a script calls it: secrets over descriptors, a centre that listens, cheap stretching."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tarahum_desktop.cli import main
from tarahum_desktop.vault import open_vault, vault
from tarahum_desktop.vault.key_wrapping import KdfProfile, wrap_key
from tests.server.centres import Running, listening, make_centre

WORDS = "نخلة على باب الدار"


@pytest.fixture(autouse=True)
def cheap_stretching(monkeypatch) -> None:
    """The cost of stretching is not what these tests are about."""
    cheap = KdfProfile(memory_kib=64, passes=1, lanes=1)
    monkeypatch.setattr(
        open_vault, "wrap_key", lambda key, words, _profile, bound: wrap_key(key, words, cheap, bound)
    )
    assert vault.document_with_user is open_vault.document_with_user


@pytest.fixture
def running(tmp_path) -> Iterator[Running]:
    with listening(make_centre(tmp_path / "centre")) as running:
        yield running


@pytest.fixture
def secret() -> Iterator[Callable[[str], str]]:
    """A descriptor from which a secret can be read once."""
    opened: list[int] = []

    def give(text: str) -> str:
        reader, writer = os.pipe()
        os.write(writer, text.encode() + b"\n")
        os.close(writer)
        opened.append(reader)
        return str(reader)

    yield give
    for descriptor in opened:
        os.close(descriptor)


@pytest.fixture
def tarahum(secret) -> Callable[..., Result]:
    """Run a command in English; the passphrase goes over a descriptor."""

    def call(*arguments: object, words: str | None = WORDS) -> Result:
        given = [str(one) for one in arguments]
        if words is not None:
            given += ["--passphrase-fd", secret(words)]
        return CliRunner().invoke(main.make_app(), ["--language", "en", *given])

    return call


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "vault"
