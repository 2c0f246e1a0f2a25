"""Bech32 (BIP-173) without its length limit: how age writes X25519 keys (age-encryption.org/v1)."""

from typing import Final

_SYMBOLS: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECK_SYMBOLS: Final = 6


def write_bech32(prefix: str, data: bytes) -> str:
    """Bytes as ``prefix1…`` in small letters."""
    values = _fives(data)
    check = _polymod([*_expanded(prefix), *values, *[0] * _CHECK_SYMBOLS]) ^ 1
    values += [check >> 5 * (5 - at) & 31 for at in range(_CHECK_SYMBOLS)]
    return f"{prefix}1{''.join(_SYMBOLS[value] for value in values)}"


def read_bech32(prefix: str, text: str) -> bytes:
    """The bytes of such a text; raises ValueError."""
    found, _, symbols = text.lower().rpartition("1")
    values = [_SYMBOLS.index(symbol) for symbol in symbols]
    if found != prefix or _polymod([*_expanded(prefix), *values]) != 1:
        raise ValueError("not bech32")
    bits = 0
    for value in values[:-_CHECK_SYMBOLS]:
        bits = bits << 5 | value
    spare = (len(values) - _CHECK_SYMBOLS) * 5 % 8
    return (bits >> spare).to_bytes((len(values) - _CHECK_SYMBOLS) * 5 // 8)


def _fives(data: bytes) -> list[int]:
    count = -(-len(data) * 8 // 5)
    bits = int.from_bytes(data) << (-len(data) * 8 % 5)
    return [bits >> 5 * (count - 1 - at) & 31 for at in range(count)]


def _expanded(prefix: str) -> list[int]:
    return [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for at, term in enumerate(_GENERATOR):
            if top >> at & 1:
                check ^= term
    return check
