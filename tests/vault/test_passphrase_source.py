"""Words come from a hidden prompt or a descriptor, and from nowhere else."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from tarahum_desktop.vault.errors import PassphraseUnreadable
from tarahum_desktop.vault.passphrase_source import read_passphrase

Pipe = Callable[[bytes], int]


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    opened = []

    def filled(content: bytes) -> int:
        reader, writer = os.pipe()
        opened.append(reader)
        os.write(writer, content)
        os.close(writer)
        return reader

    yield filled
    for descriptor in opened:
        os.close(descriptor)


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n", b"\nnext line"])
def test_the_first_line_of_a_descriptor_is_the_passphrase(pipe: Pipe, end: bytes) -> None:
    assert read_passphrase(prompt="", descriptor=pipe("نخلة على الباب ".encode() + end)) == "نخلة على الباب "


def test_what_follows_the_line_is_left_for_the_next_reader(pipe: Pipe) -> None:
    descriptor = pipe(b"old words here\nnew words here\n")
    assert read_passphrase(prompt="", descriptor=descriptor) == "old words here"
    assert read_passphrase(prompt="", descriptor=descriptor) == "new words here"


@pytest.mark.parametrize("content", [b"", b"\n", b"\r\n", b"\xff\xfe secret", b"x" * 5000])
def test_unusable_content_is_refused_without_repeating_it(pipe: Pipe, content: bytes) -> None:
    with pytest.raises(PassphraseUnreadable) as refused:
        read_passphrase(prompt="", descriptor=pipe(content))
    assert refused.value.__cause__ is None
    assert refused.value.facts == {}


def test_a_closed_descriptor_is_refused() -> None:
    with pytest.raises(PassphraseUnreadable):
        read_passphrase(prompt="", descriptor=9999)


def test_without_a_terminal_nothing_is_asked_in_the_open() -> None:
    program = (
        "from tarahum_desktop.vault.passphrase_source import read_passphrase\n"
        "from tarahum_desktop.vault.errors import PassphraseUnreadable\n"
        "try:\n    read_passphrase(prompt='words: ')\n"
        "except PassphraseUnreadable:\n    print('refused')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        input="typed in the open\n",
        capture_output=True,
        text=True,
        start_new_session=True,  # no controlling terminal, as under a service
        check=True,
    )
    assert done.stdout == "refused\n"
