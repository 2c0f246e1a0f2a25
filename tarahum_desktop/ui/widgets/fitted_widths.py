"""How wide each column of a table must be, so that words are cut only where there is no room at all."""

from collections.abc import Sequence


def fitted(needs: Sequence[int], shares: Sequence[int], width: int) -> list[int]:
    """Widths that fill ``width`` exactly.

    Room to spare goes to the columns by their shares. Where there is too little, the widest columns give way first,
    down to one common width. All in pixels.
    """
    if not needs:
        return []
    spare = width - sum(needs)
    if spare >= 0:
        widths = [need + spare * share // sum(shares) for need, share in zip(needs, shares, strict=True)]
    else:
        level = _level(needs, width)
        widths = [min(need, level) for need in needs]
    widths[0] += width - sum(widths)
    return widths


def _level(needs: Sequence[int], width: int) -> int:
    """The greatest common width under which the columns fit."""
    left, low = width, sorted(needs)
    for at, need in enumerate(low):
        level = left // (len(low) - at)
        if need > level:
            return max(0, level)
        left -= need
    return low[-1]
