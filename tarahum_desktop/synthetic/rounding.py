"""Splitting whole numbers into whole shares, so that totals stay exact at every scale."""

from collections.abc import Sequence


def largest_remainder(weights: Sequence[int], total: int) -> list[int]:
    """Split ``total`` in proportion to ``weights`` (Hamilton's method); the shares sum to ``total``.

    Integer arithmetic only, so the answer is the same on every machine. Ties go to the earlier place.
    """
    whole = sum(weights)
    if whole == 0:
        return [0] * len(weights)
    shares = [weight * total // whole for weight in weights]
    rests = [weight * total % whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda place: (-rests[place], place))
    for place in order[: total - sum(shares)]:
        shares[place] += 1
    return shares


def capped_shares(weights: Sequence[int], total: int, caps: Sequence[int]) -> list[int]:
    """Split ``total`` like ``largest_remainder`` but never above ``caps``; what is cut goes to the roomiest places.

    Shares sum to the smaller of ``total`` and the sum of the caps.
    """
    shares = [min(share, cap) for share, cap in zip(largest_remainder(weights, total), caps, strict=True)]
    missing = min(total, sum(caps)) - sum(shares)
    while missing > 0:
        room = [cap - share for share, cap in zip(shares, caps, strict=True)]
        extra = largest_remainder(room, min(missing, sum(room)))
        shares = [share + min(more, free) for share, more, free in zip(shares, extra, room, strict=True)]
        missing = min(total, sum(caps)) - sum(shares)
    return shares


def share_of(count: int, per_mille: int) -> int:
    """``per_mille`` thousandths of ``count``, rounded to the nearest whole, halves up."""
    return (count * per_mille * 2 + 1000) // 2000
