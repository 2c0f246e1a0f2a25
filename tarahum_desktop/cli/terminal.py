"""What every command shares: the reader's words, where the passphrase comes from, how failures end.

A failure is one sentence on the error stream and an exit status: 1 refused, 2 wrongly called, 3 no line (try later).
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import Words, load_words
from tarahum_desktop.sync.exchange.carrier import LineFailed
from tarahum_desktop.vault.errors import UnknownLogin
from tarahum_desktop.vault.passphrase_source import read_passphrase
from tarahum_desktop.vault.slots import list_users

REFUSED: Final = 1
NO_LINE: Final = 3

Folder = Annotated[Path, typer.Argument(help="The folder of the vault.", show_default=False)]
Login = Annotated[
    str, typer.Option("--login", help="Who signs in; may be left out when the vault has one user.")
]
PassphraseFd = Annotated[
    int | None,
    typer.Option(
        "--passphrase-fd", help="Read the passphrase from this open file descriptor instead of asking."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="For scripts.")]


class Tongue(StrEnum):
    """The reader's language."""

    ARABIC = "ar"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Terminal:
    """One run of the command line."""

    words: Words
    formats: Formatter

    def say(self, sentence: str) -> None:
        """One line for the person."""
        typer.echo(sentence)

    def passphrase(self, descriptor: int | None, *, new: bool = False) -> str:
        """The passphrase, asked for twice when it is new and typed."""
        prompt = self.words.t("Passphrase: ")
        first = read_passphrase(prompt=prompt, descriptor=descriptor)
        if new and descriptor is None:
            again = read_passphrase(prompt=self.words.t("Once more: "))
            if again != first:
                raise PassphrasesDiffer
        return first


class PassphrasesDiffer(TarahumError):
    """A new passphrase was typed in two ways."""

    code = "passphrases_differ"


def terminal_for(language: Tongue) -> Terminal:
    """The words and formats of a language; digits plain, because they are copied and piped."""
    words = load_words(language.value)
    return Terminal(words, Formatter(words, digits="latin"))


@contextmanager
def plain_failures(terminal: Terminal) -> Iterator[None]:
    """Turn an expected failure into one sentence and an exit status."""
    try:
        yield
    except TarahumError as error:
        typer.echo(error_sentence(terminal.words, error), err=True)
        raise typer.Exit(NO_LINE if isinstance(error, LineFailed) else REFUSED) from error


def login_for(folder: Path, given: str) -> str:
    """The login given, or the vault's only one; raises UnknownLogin when there are several to choose from."""
    if given:
        return given
    users = list_users(folder)
    if len(users) != 1:
        raise UnknownLogin
    return users[0]


def wall_ms() -> int:
    """This machine's clock in UTC milliseconds; an exchange finds out when it is wrong."""
    return time.time_ns() // 1_000_000


def progress_line(terminal: Terminal) -> Callable[[str, int, int], None]:
    """Shows how far an exchange is on one line of a terminal; silent when the output is not one."""

    def show(phase: str, pushed: int, pulled: int) -> None:
        if sys.stderr.isatty():
            number = terminal.formats.number
            typer.echo(f"\r{phase}  ↑{number(pushed)} ↓{number(pulled)}   ", err=True, nl=False)

    return show
