"""The consents of a family: as easy to withdraw as to give, with the partners who must then be told."""

import uuid
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from tarahum_desktop.casework.partners.choices import ConsentLine
from tarahum_desktop.casework.partners.consents import Receiver
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.partners.ports import Lists, PartnersBoard
from tarahum_desktop.ui.partners.words import (
    consent_detail,
    consent_purpose,
    consent_state,
    receiver_partner,
    receivers_line,
)
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.labels import hold_to_start, label
from tarahum_desktop.ui.widgets.state_panel import StatePanel
from tarahum_desktop.ui.widgets.table import Column, DataTable


class ConsentsPanel(Card):
    """Withdrawing asks once, saying what ends; Enter on a partner saves the notice."""

    def __init__(
        self,
        kit: Kit,
        withdraw: Callable[[uuid.UUID], None],
        notice: Callable[[uuid.UUID, uuid.UUID], None],
    ) -> None:
        super().__init__(kit)
        self.kit, self._withdraw, self._notice = kit, withdraw, notice
        self._lists: Lists = {}
        words = kit.words
        self.table = self._consents_table()
        self.table.moved.connect(self._tell)
        self.states = StatePanel(kit, self.table)
        self.add(self.states, 3)
        self.end = button(kit, words.t("Withdraw this consent"), self.ask, icon="undo")
        self.add(_at_start(self.end))
        self.asked = Banner(kit)
        self.add(self.asked)
        self.told = hold_to_start(kit, label("", tone="soft", wraps=True))
        self.add(self.told)
        self.holders = self._holders_table()
        self.holders.opened.connect(lambda _line: self.save_notice())
        self.add(self.holders, 2)
        self.paper = button(kit, words.t("Save the notice for this partner"), self.save_notice, icon="pdf")
        self.add(_at_start(self.paper))

    def show_board(self, board: PartnersBoard) -> None:
        """Show the family's consents, standing on the one stood on before."""
        words, before = self.kit.words, self.current()
        self._lists = board.lists
        rows = board.family.consents if board.family is not None else ()
        self.table.set_rows(rows)
        for at, line in enumerate(rows):
            if before is not None and line.id == before.id:
                self.table.setCurrentIndex(self.table.rows_model.index(at, 0))
        if rows:
            self.states.show_content()
        elif board.family is None:
            self.states.show_empty(
                words.t("No family is open here"), words.t("Open a family's file and choose “Refer to a partner”.")
            )  # fmt: skip
        else:
            self.states.show_empty(
                words.t("No consent is on record"), words.t("Consents are given in a visit, or when somebody is referred.")
            )  # fmt: skip
        self._tell(self.current())

    def current(self) -> ConsentLine | None:
        """The consent stood on."""
        line: ConsentLine | None = self.table.current_row()
        return line

    def ask(self) -> None:
        """Ask once, naming what ends."""
        line = self.current()
        if line is None or line.withdrawn_on is not None:
            return
        words = self.kit.words
        told = words.t("Nothing more is shared under this consent. {partners} Withdraw it?")
        self.asked.say(
            told.format(partners=receivers_line(self.kit, len(line.told))), "attention",
            words.t("Yes, withdraw it"), lambda: self._withdraw(line.id),
        )  # fmt: skip

    def save_notice(self) -> None:
        """Save the notice for the partner stood on."""
        line, receiver = self.current(), self.holders.current_row()
        if line is not None and receiver is not None and line.withdrawn_on is not None:
            self._notice(line.id, receiver.referral_id)

    def take_focus(self) -> None:
        """Stand in the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, line: ConsentLine | None) -> None:
        self.asked.clear()
        told = line.told if line is not None else ()
        ended = line is not None and line.withdrawn_on is not None
        self.end.setVisible(line is not None and not ended)
        self.holders.set_rows(told)
        self.holders.setVisible(bool(told))
        self.paper.setVisible(bool(told) and ended)
        if line is None:
            self.told.hide()
            return
        text = receivers_line(self.kit, len(told))
        if ended and told:
            text = self.kit.words.t(
                "These partners must be told. Please save a notice for each and hand it over."
            )
        self.told.setText(f"{consent_detail(line, self._lists)}\n{text}")
        self.told.show()

    def _consents_table(self) -> DataTable:
        kit, words = self.kit, self.kit.words
        columns = [
            Column[ConsentLine](words.t("Name"), lambda line: line.person_name, 5),
            Column[ConsentLine](words.t("Consent"), lambda line: consent_purpose(line, self._lists), 6),
            Column[ConsentLine](words.t("Date"), lambda line: kit.formats.date(line.given_on), 6),
            Column[ConsentLine](
                words.t("State"), lambda line: consent_state(kit, line), 4,
                lambda line: "danger" if line.withdrawn_on else "accent",
            ),
        ]  # fmt: skip
        return DataTable(kit, columns, words.t("Consents of the family"))

    def _holders_table(self) -> DataTable:
        kit, words = self.kit, self.kit.words
        columns = [
            Column[Receiver](words.t("Partner"), lambda line: receiver_partner(kit, line), 4),
            Column[Receiver](words.t("Name"), lambda line: line.person_name, 4),
            Column[Receiver](words.t("Date of referral"), lambda line: kit.formats.date(line.referred_on), 4),
        ]
        return DataTable(kit, columns, words.t("Partners who hold something under it"))


def _at_start(made: QPushButton) -> QWidget:
    """A button as wide as its words, at the side reading begins."""
    holder = QWidget()
    holder.setProperty("paper", "clear")
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(made)
    row.addStretch(1)
    return holder
