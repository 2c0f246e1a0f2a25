"""Who was referred to whom: all, those without an answer, or those of one family; and what came of each."""

import uuid
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from tarahum_desktop.casework.partners.lists import ReferralLine
from tarahum_desktop.casework.partners.referrals import ACCEPTED, COMPLETED, DECLINED, STEPS, WITHDRAWN
from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.partners.ports import ALL, FAMILY, UNANSWERED, PartnersBoard
from tarahum_desktop.ui.partners.words import named, referral_detail, referral_tone, state_of
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.flow_layout import FlowLayout
from tarahum_desktop.ui.widgets.labels import hold_to_start, label
from tarahum_desktop.ui.widgets.line_field import LineField
from tarahum_desktop.ui.widgets.state_panel import StatePanel
from tarahum_desktop.ui.widgets.table import Column, DataTable

_STEPS = (
    (ACCEPTED, msgid("The partner accepted"), "check"), (COMPLETED, msgid("The service is completed"), "success"),
    (DECLINED, msgid("The partner declined"), "close"), (WITHDRAWN, msgid("Take the referral back"), "undo"),
)  # fmt: skip


class ReferralsPanel(Card):
    """Enter on a referral saves its letter; the steps that follow from its state stand below."""

    def __init__(
        self,
        kit: Kit,
        choose: Callable[[str], None],
        answer: Callable[[uuid.UUID, str, str], None],
        letter: Callable[[uuid.UUID], None],
    ) -> None:
        super().__init__(kit)
        self.kit, self._choose, self._answer, self._letter = kit, choose, answer, letter
        self._board: PartnersBoard | None = None
        words = kit.words
        self.which: ChoiceField | None = None
        self.table = _table(kit)
        self.table.moved.connect(self._tell)
        self.table.opened.connect(lambda _line: self.save_letter())
        self.states = StatePanel(kit, self.table)
        self.add(self.states, 1)
        self.told = hold_to_start(kit, label("", wraps=True))
        self.add(self.told)
        self.outcome = LineField(kit, placeholder=words.t("What the partner said, in a few words"), limit=400)
        self.outcome.set_label(words.t("What the partner said, in a few words"))
        self.add(self.outcome)
        holder = QWidget()
        holder.setProperty("paper", "clear")
        row = FlowLayout(holder, kit.look.sizes.space_2)
        self.steps: dict[str, QPushButton] = {}
        for state, title, icon in _STEPS:
            self.steps[state] = button(kit, words.t(title), partial(self.step, state), icon=icon)
            row.addWidget(self.steps[state])
        self.paper = button(kit, words.t("Save the letter"), self.save_letter, icon="pdf")
        row.addWidget(self.paper)
        self._row = holder
        self.add(holder)

    def show_board(self, board: PartnersBoard, which: str) -> None:
        """Show the referrals that were asked for."""
        self._board = board
        self._offer_lists(board, which)
        before = self.current()
        self.table.set_rows(board.referrals)
        for at, line in enumerate(board.referrals):
            if before is not None and line.id == before.id:
                self.table.setCurrentIndex(self.table.rows_model.index(at, 0))
        if board.referrals:
            self.states.show_content()
        else:
            self.states.show_empty(*self._empty(which))
        self._tell(self.current())

    def current(self) -> ReferralLine | None:
        """The referral stood on."""
        line: ReferralLine | None = self.table.current_row()
        return line

    def may(self, state: str) -> bool:
        """Whether the referral stood on takes this step."""
        line = self.current()
        return line is not None and line.may_answer and state in STEPS.get(line.state, ())

    def step(self, state: str) -> None:
        """Record a step of the referral stood on."""
        line = self.current()
        if line is not None and self.may(state):
            self._answer(line.id, state, self.outcome.value())

    def save_letter(self) -> None:
        """Save the letter of the referral stood on."""
        line = self.current()
        if line is not None and not line.withheld:
            self._letter(line.id)

    def saved(self) -> None:
        """The answer is on record."""
        self.outcome.set_value("")

    def take_focus(self) -> None:
        """Stand in the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_lists(self, board: PartnersBoard, which: str) -> None:
        words = self.kit.words
        late = words.t("Unanswered over 14 days")
        if board.unanswered:
            late = f"{late} ({self.kit.formats.number(board.unanswered)})"
        options = [Option(ALL, words.t("All referrals")), Option(UNANSWERED, late)]
        if board.family is not None:
            options.insert(0, Option(FAMILY, words.t("Of this family")))
        if self.which is None or self.which.options != tuple(options):
            fresh = ChoiceField(self.kit, options)
            fresh.set_label(words.t("Which referrals"))
            fresh.finished.connect(lambda: self._choose(fresh.value() or ALL))
            if self.which is not None:
                self.body.removeWidget(self.which)
                self.which.hide()
                self.which.deleteLater()
            self.which = fresh
            self.body.insertWidget(0, fresh)
        self.which.set_value(which)

    def _empty(self, which: str) -> tuple[str, str]:
        words = self.kit.words
        if which == UNANSWERED:
            return words.t("Every partner has answered"), words.t(
                "Referrals without an answer after two weeks appear here."
            )
        return words.t("Nobody was referred yet"), words.t("Open a family's file and refer somebody from there.")  # fmt: skip

    def _tell(self, line: ReferralLine | None) -> None:
        lists = self._board.lists if self._board is not None else {}
        self.told.setText(referral_detail(self.kit, line, lists) if line is not None else "")
        self.told.setVisible(line is not None)
        for state, made in self.steps.items():
            made.setVisible(self.may(state))
        self.outcome.setVisible(any(self.may(state) for state in self.steps))
        self.paper.setVisible(line is not None and not line.withheld and line.intact)
        self._row.setVisible(line is not None)


def _table(kit: Kit) -> DataTable:
    words, formats = kit.words, kit.formats
    columns = [
        Column[ReferralLine](words.t("Name"), lambda line: line.person_name, 6),
        Column[ReferralLine](words.t("Partner"), lambda line: named(kit, line.partner_ar, line.partner_en), 4),
        Column[ReferralLine](words.t("Date of referral"), lambda line: formats.date(line.referred_on), 6),
        Column[ReferralLine](words.t("State"), lambda line: state_of(kit, line), 4, referral_tone),
    ]  # fmt: skip
    return DataTable(kit, columns, words.t("Referrals"))
