"""What is asked before a decision about cases or families is carried out."""

import uuid
from typing import TYPE_CHECKING

from tarahum_desktop.casework.moving.in_hand import CaseInHand
from tarahum_desktop.domain.relocation import RelocationState
from tarahum_desktop.ui.moving.ask_bar import AskBar
from tarahum_desktop.ui.moving.presenter import MovingPresenter
from tarahum_desktop.ui.moving.words import named
from tarahum_desktop.ui.widgets.choice_field import Option

if TYPE_CHECKING:
    from tarahum_desktop.ui.moving.view import MovingView


class Asking:
    """Turns a press of a button into a question, and its answer into a call of the presenter."""

    def __init__(self, view: "MovingView", presenter: MovingPresenter, bar: AskBar) -> None:
        self._view, self._presenter, self._bar = view, presenter, bar
        self._kit = view.kit

    def hand_over(self) -> None:
        """To whom, and perhaps why."""
        cases = self._chosen()
        takers = self._view.officers.takers()
        if not cases or not takers:
            self._nothing_chosen(bool(cases))
            return
        ids = [case.case_id for case in cases]
        words = self._kit.words
        title = words.n("Hand {count} case over to…", "Hand {count} cases over to…", len(ids))
        self._bar.ask(
            title.format(count=self._kit.formats.number(len(ids))), words.t("Give the cases"),
            lambda officer, reason: self._presenter.hand_over(ids, uuid.UUID(officer), reason), takers,
            needs_reason=False,
        )  # fmt: skip

    def offer(self) -> None:
        """To which committee, and why."""
        homes = [case.household_id for case in self._chosen() if case.household_id is not None]
        board = self._presenter.board
        if not homes or board is None or not board.committees:
            self._nothing_chosen(bool(homes))
            return
        words = self._kit.words
        title = words.n("Offer {count} family to…", "Offer {count} families to…", len(homes))
        options = [
            Option(line.code, named(self._kit, line.name_ar, line.name_en)) for line in board.committees
        ]
        self._bar.ask(
            title.format(count=self._kit.formats.number(len(homes))), words.t("Offer"),
            lambda committee, reason: self._presenter.offer(homes, committee, reason), options, needs_reason=True,
        )  # fmt: skip

    def restrict(self) -> None:
        """Why."""
        ids = [case.case_id for case in self._chosen()]
        if not ids:
            self._nothing_chosen(cases=False)
            return
        words = self._kit.words
        title = words.n(
            "Restrict {count} case: only who has an access of their own will see it.",
            "Restrict {count} cases: only who has an access of their own will see them.",
            len(ids),
        )
        self._bar.ask(
            title.format(count=self._kit.formats.number(len(ids))), words.t("Restrict"),
            lambda _none, reason: self._presenter.restrict(ids, reason), needs_reason=True,
        )  # fmt: skip

    def accept(self) -> None:
        """Nothing more: it can be offered back."""
        offer = self._view.incoming.current()
        if offer is not None and offer.state is RelocationState.OFFERED:
            self._presenter.accept(offer.id)

    def refuse(self) -> None:
        """Why."""
        offer = self._view.incoming.current()
        if offer is None or offer.state is not RelocationState.OFFERED:
            return
        words = self._kit.words
        self._bar.ask(
            words.t("Why is the family refused? The other office reads this."), words.t("Refuse"),
            lambda _none, reason: self._presenter.refuse(offer.id, reason), needs_reason=True,
        )  # fmt: skip

    def take_back(self) -> None:
        """Nothing more."""
        offer = self._view.outgoing.current()
        if offer is not None and offer.can_take_back:
            self._presenter.take_back(offer.id)
        elif offer is not None:
            self._view.context.announce(
                self._kit.words.t("There is nothing to take back: the case is not waiting."), "attention"
            )

    def take(self) -> None:
        """Nothing more: the detail shows what is written."""
        line = self._view.late.current()
        if line is not None:
            self._presenter.take(line.id)

    def set_aside(self) -> None:
        """Nothing more: it stays on record."""
        line = self._view.late.current()
        if line is not None:
            self._presenter.set_aside(line.id)

    def _chosen(self) -> list[CaseInHand]:
        return self._view.officers.chosen()

    def _nothing_chosen(self, cases: bool) -> None:
        words = self._kit.words
        told = (
            words.t("There is nobody else to give it to.")
            if cases
            else words.t("Please mark the cases first.")
        )
        self._view.context.announce(told, "attention")
