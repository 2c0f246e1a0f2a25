"""Riyals as whole halalas: money is an ``int`` everywhere and never a float.

Typed amounts come with both digit sets and both kinds of marks. What could be read in two ways is
refused with its own code, because a silent factor of a thousand is a wrong payment.
"""

import re
from collections.abc import Sequence
from typing import Final

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.text import ascii_digits, clean

SAR: Final = 100
"""Halalas in one riyal."""
MAX_HALALAS: Final = 10**12 * SAR
_LONGEST: Final = 64

_AMOUNT: Final = re.compile(
    r"(?P<riyals>[0-9]+|[1-9][0-9]{0,2}(?P<mark>[,٬])[0-9]{3}(?:(?P=mark)[0-9]{3})*)"
    r"(?:[.٫](?P<halalas>[0-9]{1,2}))?",
)
# What would be a valid amount if the comma were the decimal mark and the dot the grouping mark.
_COMMA_READING: Final = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:[.٬][0-9]{3})+)(?:,[0-9]{1,3})?")
_MINUS: Final = ("-", "−", "–")


class AmountError(TarahumError):
    """A typed amount that cannot be taken as it is."""

    code = "amount_invalid"


def parse_amount(text: str) -> int:
    """Read an amount in riyals and return halalas, 0 to ``MAX_HALALAS``.

    ``٬`` or ``,`` (also ``،``) group thousands, ``٫`` or ``.`` is the decimal mark with at most two digits.

    Raises:
        AmountError: ``amount_invalid``, ``amount_ambiguous`` (1,5 or 1.234,5), ``amount_negative``
            or ``amount_too_large``.
    """
    # Compatibility folding would read 5² as 52.
    if len(text) > _LONGEST or any(char.isdigit() and not char.isdecimal() for char in text):
        raise AmountError
    plain = ascii_digits(clean(text)).replace("،", ",")
    if plain.startswith(_MINUS) or plain.endswith(_MINUS):
        raise AmountError("amount_negative")
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        raise AmountError("amount_ambiguous" if _COMMA_READING.fullmatch(plain) else "amount_invalid")
    riyals = int(re.sub("[,٬]", "", found["riyals"]))
    amount = riyals * SAR + int((found["halalas"] or "").ljust(2, "0"))
    if amount > MAX_HALALAS:
        raise AmountError("amount_too_large")
    return amount


def amount_text(halalas: int) -> str:
    """Return the plain form ``1,234.50``, which ``parse_amount`` reads back to the same halalas."""
    sign = "-" if halalas < 0 else ""
    riyals, rest = divmod(abs(halalas), SAR)
    return f"{sign}{riyals:,}.{rest:02d}"


def share(total: int, part: int, whole: int) -> int:
    """Return ``total * part / whole`` in halalas, a half rounded away from zero; ``whole`` is positive."""
    product = total * part
    rounded = (abs(product) * 2 + whole) // (whole * 2)
    return rounded if product >= 0 else -rounded


def round_to_riyal(halalas: int) -> int:
    """Round to whole riyals, a half away from zero; the result is still in halalas."""
    return share(halalas, 1, SAR) * SAR


def split(total: int, weights: Sequence[int]) -> list[int]:
    """Split a total by weights so that the pieces add up exactly (largest remainders, first come first).

    Weights are whole and not negative, and at least one is positive; ``[1, 1, 1]`` splits evenly.
    """
    whole = sum(weights)
    pieces = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: -(total * weights[i] % whole))
    for i in by_remainder[: total - sum(pieces)]:
        pieces[i] += 1
    return pieces
