"""Sheets that left for finance, and what finance answers."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.casework.giving.confirmations import ConfirmationRow, Confirmations
from tarahum_desktop.casework.giving.sheets import SheetLine, SheetState
from tarahum_desktop.i18n.error_words import code_sentence
from tarahum_desktop.reports.payment_sheet.returned import Outcome
from tarahum_desktop.ui.giving.listing import Listing
from tarahum_desktop.ui.giving.presenter import GivingPresenter
from tarahum_desktop.ui.giving.terms import joined, sheet_state
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.field_row import FieldRow
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.line_field import LineField
from tarahum_desktop.ui.widgets.reflow import Reflow
from tarahum_desktop.ui.widgets.shown_stack import ShownStack
from tarahum_desktop.ui.widgets.table import Column, DataTable


class SheetsPanel(QWidget):
    """The sheets, and in their place the preview of an answer."""

    def __init__(self, kit: Kit, presenter: GivingPresenter) -> None:
        super().__init__()
        self.kit, self._presenter = kit, presenter
        self.setProperty("paper", "clear")
        t, formats = kit.words.t, kit.formats
        self.table = DataTable(
            kit,
            [
                Column[SheetLine](t("Sheet"), lambda one: formats.code(one.number), 4),
                Column[SheetLine](t("Made on"), lambda one: formats.date(one.made_on), 6),
                Column[SheetLine](t("Total"), lambda one: formats.money(one.total_halalas), 3),
                Column[SheetLine](t("State"), lambda one: sheet_state(kit, one.state), 2, self._state_tone),
                Column[SheetLine](t("Answers"), self._answers, 5),
                Column[SheetLine](t("Justification"), lambda one: one.justification, 3),
            ],
            t("Payment sheets"),
        )
        self.table.opened.connect(lambda one: presenter.save_sheet(one.id))
        empty = (
            t("No payment sheet yet"),
            t("Make one under “To be paid”; it is kept here with its answers."),
        )
        self.listing = Listing(kit, self.table, empty, lambda: presenter.read("sheets"), "file")
        self.reason = LineField(kit, limit=500)
        self.preview = self._preview_table()
        self._told = label("", size="strong", wraps=True)
        self._apply = button(
            kit, t("Take over the good rows"), presenter.apply_answers, role="primary", icon="check"
        )
        self.pages = ShownStack()
        self._lay_out()

    def show_preview(self, preview: Confirmations) -> None:
        """Show what the file says, what is wrong in it, and what would be taken over."""
        words, formats = self.kit.words, self.kit.formats
        paid, failed = preview.news(Outcome.PAID), preview.news(Outcome.FAILED)
        parts = (
            words.n("{count} paid", "{count} paid", paid).format(count=formats.number(paid)),
            words.n("{count} could not be paid", "{count} could not be paid", failed).format(
                count=formats.number(failed)
            ),
            words.n("{count} row with a problem", "{count} rows with a problem", preview.problems).format(
                count=formats.number(preview.problems)
            ),
        )
        self._told.setText(joined(*parts))
        self._apply.setEnabled(paid + failed > 0)
        self.preview.set_rows(sorted(preview.rows, key=lambda row: not row.problem))
        self.pages.setCurrentIndex(1)

    def show_sheets(self) -> None:
        """Back to the list."""
        self.pages.setCurrentIndex(0)
        self.table.setFocus()

    def withdraw(self) -> None:
        """Take the sheet stood on back."""
        one = self.table.current_row()
        if one is not None:
            self._presenter.withdraw(one.id, self.reason.value())

    def rows_shown(self, rows: Sequence[SheetLine]) -> None:
        """Show the sheets."""
        self.listing.show_rows(rows)

    def _answers(self, one: SheetLine) -> str:
        t, formats = self.kit.words.t, self.kit.formats
        said = t("{paid} paid, {failed} failed, {waiting} unanswered")
        return said.format(
            paid=formats.number(one.paid),
            failed=formats.number(one.failed),
            waiting=formats.number(one.listed),
        )

    def _state_tone(self, one: SheetLine) -> Tone:
        return (
            "attention"
            if one.state == SheetState.OPEN
            else "soft"
            if one.state == SheetState.CLOSED
            else "text"
        )

    def _preview_table(self) -> DataTable:
        t, formats = self.kit.words.t, self.kit.formats
        columns = [
            Column[ConfirmationRow](t("Row"), lambda row: formats.number(row.returned.row), 1),
            Column[ConfirmationRow](t("Payee"), lambda row: row.payee_name or "—", 4),
            Column[ConfirmationRow](t("Account"), lambda row: formats.iban(row.returned.iban), 8),
            Column[ConfirmationRow](
                t("Amount"),
                lambda row: (
                    "—" if row.returned.amount_halalas is None else formats.money(row.returned.amount_halalas)
                ),
                2,
            ),
            Column[ConfirmationRow](t("What it says"), self._says, 4),
            Column[ConfirmationRow](t("What happens"), self._happens, 7, self._row_tone),
        ]
        made = DataTable(self.kit, columns, t("Answers of finance"))
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return made

    def _says(self, row: ConfirmationRow) -> str:
        t = self.kit.words.t
        known = {
            Outcome.PAID: t("Paid"),
            Outcome.FAILED: t("Could not be paid"),
            Outcome.WAITING: t("No answer yet"),
        }
        return joined(known[row.returned.outcome], row.returned.reference, row.returned.reason)

    def _happens(self, row: ConfirmationRow) -> str:
        t = self.kit.words.t
        if row.problem:
            return code_sentence(self.kit.words, row.problem)
        if row.applied:
            return t("On record")
        return t("Will be taken over") if row.news else t("Stays as it is")

    def _row_tone(self, row: ConfirmationRow) -> Tone:
        return "danger" if row.problem else "accent" if row.news else "soft"

    def _lay_out(self) -> None:
        kit, t = self.kit, self.kit.words.t
        first = Card(kit)
        buttons = Reflow(kit, 500)
        buttons.add(
            button(
                kit,
                t("Read the answers of finance"),
                self._presenter.choose_answers,
                role="primary",
                icon="inbox",
            )
        )
        buttons.add(button(kit, t("Save the file again"), self._save_again, icon="file"))
        buttons.row.addStretch(1)
        first.add(buttons)
        first.add(self.listing, 1)
        back = Reflow(kit, 600)
        back.add(FieldRow(kit, t("Why the sheet is taken back"), self.reason), 1)
        back.add(button(kit, t("Take the sheet back"), self.withdraw, icon="undo"))
        back.hide()
        self.listing.turned.connect(lambda state: back.setVisible(state == "content"))
        first.add(back)
        second = Card(kit, t("Answers of finance"), icon="inbox")
        second.add(self._told)
        second.add(self.preview, 1)
        below = Reflow(kit, 400)
        below.add(self._apply)
        below.add(button(kit, t("Back to the sheets"), self.show_sheets, role="quiet"))
        below.row.addStretch(1)
        second.add(below)
        self.pages.addWidget(first)
        self.pages.addWidget(second)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.pages)

    def _save_again(self) -> None:
        one = self.table.current_row()
        if one is not None:
            self._presenter.save_sheet(one.id)
