"""One use case, one transaction: everything it wrote is kept and recorded as changes, or nothing is."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType, TracebackType
from typing import Self

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.sync.capture import CapturedSession, captured_session


@dataclass(frozen=True, slots=True)
class ChangeSummary:
    """Which rows a use case wrote, by entity: what screens look at to know whether to refresh."""

    touched: Mapping[str, frozenset[uuid.UUID]]


NOTHING_CHANGED = ChangeSummary(MappingProxyType({}))


class UnitOfWork:
    """``with UnitOfWork(desk) as work: work.session...`` commits at the end, undoes everything on an error.

    Attributes:
        session: the captured session; its author is the desk's person.
        summary: what was written; complete once the block has ended.
    """

    def __init__(self, desk: Desk) -> None:
        self.session: CapturedSession = captured_session(desk.replica, desk.user.id)
        self.summary = NOTHING_CHANGED

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.commit()
        finally:
            self.session.close()  # gives the connection back, and undoes what was not committed

    def commit(self) -> ChangeSummary:
        """Keep what was written so far and say what it was."""
        self.session.commit()
        touched = {entity: frozenset(ids) for entity, ids in self.session.touched.items()}
        self.summary = ChangeSummary(MappingProxyType(touched))
        return self.summary
