"""Latitude and longitude as they are typed or pasted: degrees with a point, or degrees, minutes and seconds.

Positions are whole millionths of a degree, so that the same answers sign to the same bytes.
"""

import re
from decimal import Decimal, InvalidOperation
from typing import Final

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.text import ascii_digits, clean

MILLION: Final = 1_000_000
LONGEST: Final = 80
_NUMBER: Final = r"\d{1,3}(?:\.\d+)?"
_ONE: Final = re.compile(
    rf"(?P<sign>-?) ?(?P<degrees>{_NUMBER})(?: ?° ?| )?(?:(?P<minutes>{_NUMBER})(?: ?['′] ?| )?)?"
    rf"(?:(?P<seconds>{_NUMBER}) ?(?:[\"″]|''|′′)?)? ?(?P<side>[NSEWشج]?)"
)
_SOUTH_WEST: Final = frozenset("SWج")
_SIDES: Final = re.compile(r"(?<=[NSEWشج])[ ,;]+(?=[\d-])")


class PositionError(TarahumError):
    """A position that cannot be read."""

    code = "position_not_understood"


def read_degrees(text: str) -> int:
    """One latitude or longitude in millionths of a degree.

    Reads ``24.7136``, ``٢٤٫٧١٣٦``, ``24°42'49"N``, ``24 42.8`` and ``24 42 49``.

    Raises:
        PositionError: not a number of degrees, minutes or seconds beyond 60, or more than 180 degrees.
    """
    if len(text) > LONGEST:
        raise PositionError
    plain = _plain(text)
    found = _ONE.fullmatch(plain)
    if found is None:
        raise PositionError
    try:
        degrees, minutes, seconds = (Decimal(found[name] or 0) for name in ("degrees", "minutes", "seconds"))
    except InvalidOperation:
        raise PositionError from None
    if minutes >= 60 or seconds >= 60 or (found["minutes"] and degrees != int(degrees)):
        raise PositionError
    whole = degrees + minutes / 60 + seconds / 3600
    if whole > 180:
        raise PositionError
    negative = found["sign"] == "-" or found["side"] in _SOUTH_WEST
    return -round(whole * MILLION) if negative else round(whole * MILLION)


def read_pair(text: str) -> tuple[int, int] | None:
    """Latitude and longitude pasted together, as a telephone shares them; None when it is not a pair."""
    if len(text) > 2 * LONGEST:
        return None
    plain = _plain(text, pair=True)
    for parts in (plain.split(","), plain.split(";"), _SIDES.split(plain), plain.split(" ")):
        if len(parts) == 2 and all(part.strip() for part in parts):
            try:
                return read_degrees(parts[0]), read_degrees(parts[1])
            except PositionError:
                continue
    return None


def _plain(text: str, *, pair: bool = False) -> str:
    plain = ascii_digits(clean(text)).upper().replace("٫", ".").replace("،", ",")
    plain = plain.replace("’", "'").replace("”", '"').replace("“", '"')
    return plain if pair else plain.replace(",", ".").strip()
