"""What a fund has, what is promised from it, and the parts in which a promise is kept; whole halalas throughout."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tarahum_desktop.domain.money import split


class EntryKind(StrEnum):
    """Why money entered or left a fund other than by a delivery."""

    OPENING = "opening"
    RECEIPT = "receipt"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class FundBalance:
    """One fund of one committee in halalas, since its opening; ``reserved`` is approved and not yet given."""

    opening: int = 0
    received: int = 0
    corrected: int = 0
    given: int = 0
    reserved: int = 0

    @property
    def balance(self) -> int:
        """What should lie in the fund."""
        return self.opening + self.received + self.corrected - self.given

    @property
    def free(self) -> int:
        """What may still be promised; below zero when more was promised than there is."""
        return self.balance - self.reserved


def balance_of(entries: Iterable[tuple[EntryKind, int]], given: int = 0, reserved: int = 0) -> FundBalance:
    """Add up the entries since the opening, itself included."""
    sums = dict.fromkeys(EntryKind, 0)
    for kind, halalas in entries:
        sums[kind] += halalas
    return FundBalance(
        sums[EntryKind.OPENING], sums[EntryKind.RECEIPT], sums[EntryKind.CORRECTION], given, reserved
    )


@dataclass(frozen=True, slots=True)
class Promise:
    """What was approved and what of it was given: counts and halalas."""

    quantity: int
    amount: int
    given_quantity: int = 0
    given_amount: int = 0
    parts: int = 0

    @property
    def left_quantity(self) -> int:
        """How many may still be given."""
        return max(self.quantity - self.given_quantity, 0)

    @property
    def left_amount(self) -> int:
        """How many halalas may still be given."""
        return max(self.amount - self.given_amount, 0)

    @property
    def kept(self) -> bool:
        """Whether nothing is left to give."""
        return not self.left_quantity and not self.left_amount

    def allows(self, quantity: int, amount: int) -> bool:
        """Whether so much may be given now."""
        return (
            0 <= quantity <= self.left_quantity and 0 <= amount <= self.left_amount and quantity + amount > 0
        )


def next_part(promise: Promise) -> tuple[int, int]:
    """Quantity and halalas of the next part; the last part takes all that is left, so that no halala is lost.

    An item of several units, or of several instalments (``parts``), is kept in that many parts.
    """
    parts = max(promise.parts or promise.quantity, 1)
    shares = split(promise.amount, [1] * parts)
    counts = split(promise.quantity, [1] * parts)
    done, given = 0, 0
    while done < parts - 1 and (counts[done], shares[done]) != (0, 0):
        if given + shares[done] > promise.given_amount or sum(counts[: done + 1]) > promise.given_quantity:
            break
        given += shares[done]
        done += 1
    if done == parts - 1:
        return promise.left_quantity, promise.left_amount
    return min(counts[done], promise.left_quantity), min(shares[done], promise.left_amount)
