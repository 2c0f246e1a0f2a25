"""What the review desk needs from the rest of the program."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tarahum_desktop.casework.conflicts.desk import OpenConflict
from tarahum_desktop.casework.conflicts.told import SetAside
from tarahum_desktop.casework.duplicates.merge import Choice, Merged
from tarahum_desktop.casework.duplicates.queue import Pair, PairLine
from tarahum_desktop.casework.duplicates.undo import Unmerged
from tarahum_desktop.casework.exceptions.double import GrantSide
from tarahum_desktop.casework.exceptions.queue import ExceptionLine
from tarahum_desktop.casework.unit_of_work import ChangeSummary

Lists = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class ReviewBoard:
    """Everything that waits for this desk, and the words of codes: list code → item code → words.

    ``sides`` are the two grants of each double grant, by the exception's subject; ``settled`` what was decided before.
    """

    conflicts: tuple[OpenConflict, ...]
    pairs: tuple[PairLine, ...]
    exceptions: tuple[ExceptionLine, ...]
    lists: Lists
    services: Mapping[str, str]
    sides: Mapping[str, tuple[GrantSide, GrantSide]] = field(default_factory=dict)
    settled: tuple[SetAside, ...] = ()

    def without(self, item: object) -> "ReviewBoard":
        """The board once an item is decided."""
        return replace(
            self,
            conflicts=tuple(one for one in self.conflicts if one is not item),
            pairs=tuple(one for one in self.pairs if one is not item),
            exceptions=tuple(one for one in self.exceptions if one is not item),
        )


@dataclass(frozen=True)
class ReviewPorts:
    """Functions of the casework room; all run on the database worker's thread but ``look`` and ``today``.

    Attributes:
        board: reads the three lists.
        pair: reads two records side by side.
        settle: lets a value stand in a conflict; the third argument is the reason, perhaps empty.
        settle_harmless: takes the latest value of the harmless ones among some conflicts.
        take_back_decision: undoes decisions by their rulings, and asks again.
        mark_seen: these decisions against the person's own values were read.
        put_back: puts the value back that a ruling set aside.
        merge: makes two records one: kept, gone, choices, reason.
        undo_merge: takes a merge back.
        different: rules that two records are two people.
        take_back: undoes one's own ruling on a pair.
        later: moves a pair to the end of the queue.
        settle_exception: lets an exception stand for a reason.
        keep: of a double grant keeps one side for a reason: exception, entitlement, reason.
        correct: takes the one step that puts an exception right.
        look: begins a pass over the replica; False when one is running. Called on the Qt thread.
        looking: whether a pass runs, what it does, and how many rows it has seen. Called on the Qt thread.
        today: the day, for dates that are typed. Called on the Qt thread.
    """

    board: Callable[[], ReviewBoard]
    pair: Callable[[uuid.UUID, uuid.UUID], Pair]
    settle: Callable[[OpenConflict, Any, str], ChangeSummary]
    settle_harmless: Callable[[Iterable[OpenConflict]], ChangeSummary]
    take_back_decision: Callable[[Iterable[uuid.UUID]], ChangeSummary]
    mark_seen: Callable[[Iterable[uuid.UUID]], None]
    put_back: Callable[[uuid.UUID], ChangeSummary]
    merge: Callable[[uuid.UUID, uuid.UUID, Mapping[str, Choice], str], Merged]
    undo_merge: Callable[[uuid.UUID], Unmerged]
    different: Callable[[uuid.UUID, uuid.UUID], ChangeSummary]
    take_back: Callable[[uuid.UUID, uuid.UUID], ChangeSummary]
    later: Callable[[str], None]
    settle_exception: Callable[[ExceptionLine, str], ChangeSummary]
    keep: Callable[[ExceptionLine, uuid.UUID, str], ChangeSummary]
    correct: Callable[[ExceptionLine], ChangeSummary]
    look: Callable[[], bool]
    looking: Callable[[], tuple[str, int]]
    today: Callable[[], date]
