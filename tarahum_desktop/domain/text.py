"""Text as it enters and leaves the program, before any rule reads it.

Invisible characters make two equal-looking names different, and bidi controls can reorder what a person
signs. They are removed once, on the way in; isolation is added only on the way out.
"""

import unicodedata
from typing import Final

FSI: Final = "\u2068"
LRI: Final = "\u2066"
PDI: Final = "\u2069"

# Cc controls, Cf zero-width and bidi marks, Cs lone surrogates (which no file or database can store).
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs"})
_ASCII_DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def clean(text: str) -> str:
    """Return one line in NFKC, without invisible characters, with single inner spaces."""
    return " ".join(unicodedata.normalize("NFKC", _visible(text)).split())


def clean_lines(text: str) -> str:
    """Clean every line of a longer note, keeping its line breaks but not blank edges."""
    return "\n".join(clean(line) for line in text.splitlines()).strip("\n")


def ascii_digits(text: str) -> str:
    """Return the text with Arabic-Indic (٠-٩) and extended (۰-۹) digits as 0-9."""
    return text.translate(_ASCII_DIGITS)


def without_marks(text: str) -> str:
    """Return the text without vowel marks and tatweel; written hamza and madda stay."""
    return "".join([char for char in text if char != "ـ" and unicodedata.category(char) != "Mn"])


def isolate(text: str) -> str:
    """Wrap text of unknown direction so that it cannot reorder its neighbours (UAX #9)."""
    return FSI + _visible(text) + PDI


def isolate_code(text: str) -> str:
    """Wrap an identifier (IBAN, ID, receipt number) so that it always reads left to right."""
    return LRI + _visible(text) + PDI


def _visible(text: str) -> str:
    if text.isprintable():  # the usual case, and the cheap one
        return text
    return "".join(
        " " if char.isspace() else char
        for char in text
        if char.isspace() or unicodedata.category(char) not in _INVISIBLE
    )
