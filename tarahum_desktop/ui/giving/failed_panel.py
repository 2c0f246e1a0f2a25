"""Payments that finance could not make, each with its reason and a line for the right account."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.casework.giving.sheet_rows import FailedLine
from tarahum_desktop.ui.giving.listing import Listing
from tarahum_desktop.ui.giving.presenter import GivingPresenter
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.checked_fields import IbanField
from tarahum_desktop.ui.widgets.field_row import FieldRow
from tarahum_desktop.ui.widgets.reflow import Reflow
from tarahum_desktop.ui.widgets.table import Column, DataTable


class FailedPanel(QWidget):
    """Enter goes to the account; Ctrl+S puts it on record."""

    def __init__(self, kit: Kit, presenter: GivingPresenter) -> None:
        super().__init__()
        self.kit, self._presenter = kit, presenter
        self.setProperty("paper", "clear")
        t, formats = kit.words.t, kit.formats
        self.table = DataTable(
            kit,
            [
                Column[FailedLine](t("Payee"), lambda one: one.payee_name, 4),
                Column[FailedLine](t("Amount"), lambda one: formats.money(one.amount_halalas), 2),
                Column[FailedLine](t("Why it failed"), lambda one: one.failure, 5, lambda _one: "danger"),
                Column[FailedLine](t("Account"), lambda one: formats.iban(one.iban), 7),
                Column[FailedLine](t("Sheet"), lambda one: formats.code(one.sheet_number), 4),
            ],
            t("Failed payments"),
        )
        self.iban = IbanField(kit)
        self.table.opened.connect(lambda _one: self.iban.setFocus())
        self.table.moved.connect(lambda one: self.iban.set_value(one.iban))
        empty = (t("No payment failed"), t("When finance could not pay somebody, the reason stands here."))
        self.listing = Listing(kit, self.table, empty, lambda: presenter.read("failed"), "success")
        card = Card(kit)
        card.add(self.listing, 1)
        below = Reflow(kit, 600)
        below.add(FieldRow(kit, t("The right IBAN"), self.iban), 1)
        below.add(button(kit, t("Correct the account"), self.submit, role="primary", icon="check"))
        card.add(below)
        below.hide()
        self.listing.turned.connect(lambda state: below.setVisible(state == "content"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)

    def show_rows(self, rows: Sequence[FailedLine]) -> None:
        """Show what failed."""
        self.listing.show_rows(rows)

    def submit(self) -> None:
        """Put the account on the payee's record."""
        one = self.table.current_row()
        if one is not None:
            self._presenter.correct_iban(one.payee_id, self.iban.value())
