"""The two digit sets people read and type, and the signs that go with them."""

from typing import Literal

DigitSet = Literal["arabic", "latin"]

_TO_ARABIC = str.maketrans("0123456789,.%", "٠١٢٣٤٥٦٧٨٩٬٫٪")


def shown_digits(text: str, digits: DigitSet) -> str:
    """An ASCII number such as ``1,234.50`` in the chosen digit set with its own separators."""
    return text.translate(_TO_ARABIC) if digits == "arabic" else text
