"""Everything done about conflicts: deciding, taking a decision back, marking a notice seen, putting a value back."""

import uuid
from typing import TYPE_CHECKING, Any

from tarahum_desktop.casework.conflicts.desk import OpenConflict
from tarahum_desktop.casework.unit_of_work import ChangeSummary

if TYPE_CHECKING:
    from tarahum_desktop.ui.review.presenter import ReviewPresenter


class ConflictActs:
    """Acts on the conflict or the decision that its presenter stands on."""

    def __init__(self, desk: "ReviewPresenter") -> None:
        self._desk = desk
        self.reason = ""

    def press(self, number: int) -> None:
        """What a digit stands for here; on an earlier decision 1 marks it seen, 2 puts back, 3 opens the file."""
        if self._desk.conflict is not None:
            self.keep_value(number)
        elif act := {1: self.mark_seen, 2: self.put_back, 3: self.open_file}.get(number):
            act()

    def keep_value(self, number: int) -> None:
        """Let the first (mine), second (theirs) or a further value of the conflict stand."""
        conflict = self._desk.conflict
        sides = conflict.sides if conflict else ()
        if 1 <= number <= len(sides):
            self.settle(sides[number - 1].value)

    def explain(self, reason: str) -> None:
        """Keep what was typed as the reason of the coming decision."""
        self.reason = reason

    def settle(self, value: Any) -> None:
        """Let a value stand, one of those written or a third; the reason typed goes with it."""
        desk, reason = self._desk, self.reason
        if (conflict := desk.conflict) is not None:
            told = desk.kit.words.t("Decided. Whoever wrote another value will be told.")
            desk.command(
                lambda: desk.ports.settle(conflict, value, reason), lambda done: self._settled(done, told)
            )

    def settle_harmless(self) -> None:
        """Take the latest value of all harmless conflicts shown."""
        desk = self._desk
        some = [one for one in desk.items("conflicts") if isinstance(one, OpenConflict) and one.harmless]
        if some:
            message = desk.kit.words.n(
                "The latest value was kept in {count} field.", "The latest value was kept in {count} fields.", len(some)
            )  # fmt: skip
            told = message.format(count=desk.kit.formats.number(len(some)))
            desk.command(
                lambda: desk.ports.settle_harmless(some), lambda done: self._settled(done, told, out=False)
            )

    def mark_seen(self) -> None:
        """The decision stood on was read: it leaves Today."""
        desk = self._desk
        if (line := desk.settled) is not None and line.mine and not line.seen:
            words = desk.kit.words
            desk.command(
                lambda: desk.ports.mark_seen([line.id]),
                lambda _done: desk.decided(
                    None, words.t("Seen. It is no longer listed in Today."), out=False
                ),
            )

    def put_back(self) -> None:
        """Put the value back that the decision stood on set aside."""
        desk = self._desk
        if (line := desk.settled) is not None and line.known and line.may_put_back and not line.back:
            told = desk.kit.words.t("The value stands in the record again, with your name.")
            desk.command(
                lambda: desk.ports.put_back(line.id), lambda done: desk.decided(done, told, out=False)
            )

    def open_file(self) -> None:
        """Open the file of the family that the decision stood on is about."""
        line = self._desk.settled
        home: uuid.UUID | None = line.about.household_id if line else None
        if home is not None:
            self._desk.open_family(home)

    def _settled(self, done: ChangeSummary, told: str, *, out: bool = True) -> None:
        desk = self._desk
        self.reason = ""
        desk.decided(done, "", out=out)
        rulings = done.touched.get("ruling", frozenset())
        if not rulings:
            desk.screen.say(told)
            return
        desk.screen.say(told, "accent", desk.kit.words.t("Undo"), lambda: self._take_back(rulings))

    def _take_back(self, rulings: frozenset[uuid.UUID]) -> None:
        desk = self._desk
        told = desk.kit.words.t("The question is open again.")
        desk.command(
            lambda: desk.ports.take_back_decision(rulings), lambda done: desk.decided(done, told, out=False)
        )
