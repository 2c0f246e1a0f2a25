"""Who must approve how much: four levels, each with a limit that the central office may edit."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from tarahum_desktop.domain.money import SAR


class ApprovalLevel(StrEnum):
    """L1 office supervisor, L2 executive director, L3 aid panel, L4 board with notice to the Secretariat."""

    L1 = "L1"
    L2 = "L2"
    L3 = "L3"
    L4 = "L4"


DEFAULT_LIMITS: Final[Mapping[ApprovalLevel, int]] = MappingProxyType(
    {ApprovalLevel.L1: 1_000 * SAR, ApprovalLevel.L2: 10_000 * SAR, ApprovalLevel.L3: 50_000 * SAR},
)
"""Halalas a level may approve; a level without an entry has no limit."""


def approval_level(
    service_level: ApprovalLevel,
    amount: int,
    limits: Mapping[ApprovalLevel, int] = DEFAULT_LIMITS,
) -> ApprovalLevel:
    """Return the level that may approve ``amount`` halalas of a service whose own level is given.

    An amount over a level's limit moves up one level, again and again; the last level takes the rest.
    """
    ladder = list(ApprovalLevel)
    for level in ladder[ladder.index(service_level) :]:
        if level not in limits or amount <= limits[level]:
            return level
    return ladder[-1]
