"""The review desk without widgets: three lists, the one stood on, and what is decided about it."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from tarahum_desktop.casework.conflicts.desk import OpenConflict
from tarahum_desktop.casework.conflicts.told import SetAside
from tarahum_desktop.casework.duplicates.merge import Choice, Merged
from tarahum_desktop.casework.duplicates.queue import Pair, PairLine
from tarahum_desktop.casework.duplicates.undo import Unmerged
from tarahum_desktop.casework.exceptions.queue import CORRECTABLE, ExceptionLine
from tarahum_desktop.casework.unit_of_work import ChangeSummary
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.review.conflict_acts import ConflictActs
from tarahum_desktop.ui.review.parts import TABS, Item, ReviewScreen, Tab
from tarahum_desktop.ui.review.ports import ReviewBoard, ReviewPorts
from tarahum_desktop.ui.review.troubles import trouble_of
from tarahum_desktop.ui.worker import Background

SHOWN_KINDS = frozenset(
    {"conflict", "finding", "ruling", "person", "person_merge", "custody_episode", "household", "case_file", "plan_item"}
)  # fmt: skip

OVERTAKEN = frozenset({"conflict_gone", "conflict_changed", "value_stands", "value_in_question"})
"""Refusals that say the lists are older than the record."""


class ReviewPresenter:
    """The review desk. Call ``open`` on each opening."""

    def __init__(self, ports: ReviewPorts, background: Background, kit: Kit, screen: ReviewScreen) -> None:
        self.ports, self._background = ports, background
        self.kit, self.screen = kit, screen
        self.board: ReviewBoard | None = None
        self.tab: Tab | None = None
        self.at = 0
        self.pair: Pair | None = None
        self.deciding = ConflictActs(self)
        self._wanted = ""
        self._busy = False

    def open(self, tab: Tab | None = None, item: str = "") -> None:
        """Read the lists anew; what was shown stays until the new is there. ``item`` names the one to stand on."""
        if tab is not None:
            self.tab, self.at = tab, 0
        self._wanted = item
        if self.board is None:
            self.screen.show_loading()
        self._background.query(self.ports.board, self._read, self._failed, replaces="board")

    def refresh(self, changed: frozenset[str]) -> None:
        """Read again if rows shown here changed."""
        if changed & SHOWN_KINDS:
            self.open()

    def items(self, tab: Tab) -> tuple[Item, ...]:
        """The items of a list."""
        return getattr(self.board, tab) if self.board else ()

    @property
    def current(self) -> Item | None:
        """The item stood on."""
        items = self.items(self.tab) if self.tab else ()
        return items[self.at] if self.at < len(items) else None

    @property
    def conflict(self) -> OpenConflict | None:
        """The conflict stood on."""
        return self.current if isinstance(self.current, OpenConflict) else None

    @property
    def settled(self) -> SetAside | None:
        """The earlier decision stood on."""
        return self.current if isinstance(self.current, SetAside) else None

    @property
    def pair_line(self) -> PairLine | None:
        """The pair stood on."""
        return self.current if isinstance(self.current, PairLine) else None

    @property
    def trouble(self) -> ExceptionLine | None:
        """The exception stood on."""
        return self.current if isinstance(self.current, ExceptionLine) else None

    def choose_tab(self, tab: Tab) -> None:
        """Go to another list."""
        if self.board is not None and tab != self.tab:
            self.tab, self.at = tab, 0
            self._show()

    def stand_on(self, at: int) -> None:
        """Another item is current."""
        if at != self.at:
            self.at, self.deciding.reason = at, ""
            self._begin_item()

    def merge(self, kept: int, choices: Mapping[str, Choice], reason: str = "") -> None:
        """Make the pair one record; ``kept`` is 0 or 1."""
        if self.pair is None or self.pair_line is None:
            return
        stays, goes = self.pair.sides[kept].person_id, self.pair.sides[1 - kept].person_id
        self.command(lambda: self.ports.merge(stays, goes, choices, reason), self._merged)

    def different(self) -> None:
        """Rule that the pair are two people."""
        if (line := self.pair_line) is None:
            return

        def done(summary: ChangeSummary) -> None:
            self.decided(summary, "")
            words = self.kit.words
            self.screen.say(
                words.t("Two people, and not asked again."), "accent", words.t("Undo"),
                lambda: self.command(
                    lambda: self.ports.take_back(line.first_id, line.second_id), lambda back: self.decided(back, "", out=False)
                ),
            )  # fmt: skip

        self.command(lambda: self.ports.different(line.first_id, line.second_id), done)

    def later(self) -> None:
        """Move the pair to the end."""
        if (line := self.pair_line) is not None and self.board is not None:
            self.command(lambda: self.ports.later(line.subject), lambda _done: None)
            rest = tuple(one for one in self.board.pairs if one is not line)
            self.board = replace(self.board, pairs=(*rest, line))
            self._show()

    def settle_exception(self, reason: str) -> None:
        """Let the exception stand for a reason."""
        if (line := self.trouble) is not None:
            told = self.kit.words.t("Kept as it is, with your reason.")
            self.command(
                lambda: self.ports.settle_exception(line, reason), lambda done: self.decided(done, told)
            )

    def keep_grant(self, entitlement: uuid.UUID, reason: str) -> None:
        """Of two grants of the same keep this one, for a reason."""
        if (line := self.trouble) is not None:
            told = self.kit.words.t("Kept. The other office will see that its grant was released.")
            self.command(
                lambda: self.ports.keep(line, entitlement, reason), lambda done: self.decided(done, told)
            )

    @property
    def correctable(self) -> bool:
        """Whether one step puts the exception right."""
        return self.trouble is not None and self.trouble.kind in CORRECTABLE

    def go_to_place(self) -> None:
        """Put the exception right, or open the screen where that is done."""
        line = self.trouble
        if line is None:
            return
        if self.correctable:
            told = self.kit.words.t("Put right.")
            self.command(lambda: self.ports.correct(line), lambda done: self.decided(done, told))
            return
        screen = trouble_of(line.kind).screen
        home = line.about.household_id or line.other.household_id
        if screen == "family" and home is None:
            self.screen.show_refusal(
                self.kit.words.t(
                    "This record belongs to no family on this machine. Exchange with the centre first."
                )
            )
            return
        self.screen.go(screen, {"household": str(home)} if screen == "family" else {})

    def open_family(self, household: uuid.UUID) -> None:
        """Open a family's file."""
        self.screen.go("family", {"household": str(household)})

    def look(self) -> None:
        """Begin a pass over the replica."""
        if self.ports.look():
            self.screen.say(self.kit.words.t("Looking through all records. You can go on meanwhile."), "info")

    @property
    def looking(self) -> tuple[str, int]:
        """What a running pass does, and how many rows it has seen; empty when none runs."""
        return self.ports.looking()

    def command(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Do something in the background, one thing at a time; a refusal is said."""
        if self._busy:
            return  # a key held down decides once
        self._busy = True

        def finished(answer: Any) -> None:
            self._busy = False
            done(answer)

        self._background.command(work, finished, self._refused)

    def _refused(self, error: TarahumError) -> None:
        self._busy = False
        self.screen.show_refusal(error_sentence(self.kit.words, error))
        if error.code in OVERTAKEN:
            self.open()

    def _merged(self, merged: Merged) -> None:
        self.decided(merged.summary, "")
        words = self.kit.words
        told = words.n(
            "One record now. {count} entry was moved to it.", "One record now. {count} entries were moved to it.", merged.rows
        )  # fmt: skip
        self.screen.say(
            told.format(count=self.kit.formats.number(merged.rows)), "accent", words.t("Undo"),
            lambda: self.command(lambda: self.ports.undo_merge(merged.merge_id), self._unmerged),
        )  # fmt: skip

    def _unmerged(self, undone: Unmerged) -> None:
        self.decided(undone.summary, "", out=False)
        words, left = self.kit.words, len(undone.left)
        if left:
            told = words.n(
                "Two records again. {count} value was changed since and stayed as it is.",
                "Two records again. {count} values were changed since and stayed as they are.",
                left,
            )
            self.screen.say(told.format(count=self.kit.formats.number(left)), "attention")
        else:
            self.screen.say(words.t("Two records again, as before."))

    def decided(self, summary: ChangeSummary | None, told: str, *, out: bool = True) -> None:
        """Take the item out and go on with the next, before the lists are read again."""
        if out and self.board is not None and self.tab is not None:
            self.board = self.board.without(self.current)
            self.at = min(self.at, max(0, len(self.items(self.tab)) - 1))
            self._show()
        if told:
            self.screen.say(told)
        touched = frozenset(summary.touched) if summary else frozenset()
        self.screen.tell_changed(touched | {"conflict", "finding"})

    def _read(self, board: ReviewBoard) -> None:
        before, self._wanted = self._wanted or _key(self.current), ""
        self.board = board
        tab: Tab = (
            self.tab if self.tab is not None else next((one for one in TABS[:3] if self.items(one)), TABS[0])
        )
        self.tab = tab
        keys = [_key(one) for one in self.items(tab)]
        self.at = keys.index(before) if before in keys else min(self.at, max(0, len(keys) - 1))
        self._show()

    def _failed(self, error: TarahumError) -> None:
        self.board = None
        self.screen.show_error(error_sentence(self.kit.words, error))

    def _show(self) -> None:
        assert self.board is not None
        assert self.tab is not None
        self.screen.show_board(self.board, self.tab, self.at)
        self._begin_item()

    def _begin_item(self) -> None:
        self.pair = None
        if (line := self.pair_line) is not None:

            def read(pair: Pair) -> None:
                if self.pair_line is line:
                    self.pair = pair
                    self.screen.show_pair(line, pair)

            self._background.query(
                lambda: self.ports.pair(line.first_id, line.second_id), read, self._refused, replaces="pair"
            )


def _key(item: Item | None) -> str:
    return "" if item is None else item.key if isinstance(item, OpenConflict) else item.subject
