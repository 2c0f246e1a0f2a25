"""Where a program without windows gets a passphrase: a terminal, or a file descriptor its caller opened.

Arguments and environment variables are readable by other programs and end up in histories; there is deliberately
no way to hand a passphrase over through them.
"""

import getpass
import os
import warnings

from tarahum_desktop.vault.errors import PassphraseUnreadable

_MAXIMUM_BYTES = 4096


def read_passphrase(*, prompt: str, descriptor: int | None = None) -> str:
    """Return the passphrase: the first line of ``descriptor`` when given, else what is typed unseen at ``prompt``.

    The descriptor is read up to its first line end, and left open: it is the caller's.

    Raises:
        PassphraseUnreadable: no terminal that can hide typing; a closed, empty, endless or non-UTF-8 descriptor.
    """
    return _typed(prompt) if descriptor is None else _from_descriptor(descriptor)


def _typed(prompt: str) -> str:
    with warnings.catch_warnings():
        # getpass would go on and show the words on the screen.
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(prompt)
        except (getpass.GetPassWarning, EOFError, OSError) as error:
            raise PassphraseUnreadable from error


def _from_descriptor(descriptor: int) -> str:
    line = bytearray()
    try:
        # One byte at a time: what follows the line belongs to the caller's next read.
        while len(line) <= _MAXIMUM_BYTES and (byte := os.read(descriptor, 1)) not in (b"", b"\n"):
            line += byte
        text = line.decode("utf-8").removesuffix("\r")
    except (OSError, UnicodeDecodeError):
        raise PassphraseUnreadable from None  # the decoder's error carries the words themselves
    finally:
        length = len(line)
        line[:] = bytes(length)
    if not text or length > _MAXIMUM_BYTES:
        raise PassphraseUnreadable
    return text
