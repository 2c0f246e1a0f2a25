"""What each fund has, what is promised from it, every movement behind the figure, and entering what came in."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.casework.giving.fund_book import FundLine, FundRow, NewEntry
from tarahum_desktop.domain.funds import EntryKind
from tarahum_desktop.ui.giving.listing import Listing
from tarahum_desktop.ui.giving.ports import Lists
from tarahum_desktop.ui.giving.presenter import GivingPresenter
from tarahum_desktop.ui.giving.terms import entry_kind, joined, named
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.check_field import CheckField
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.field_row import FieldRow
from tarahum_desktop.ui.widgets.line_field import LineField
from tarahum_desktop.ui.widgets.money_field import MoneyField
from tarahum_desktop.ui.widgets.reflow import Reflow
from tarahum_desktop.ui.widgets.scrolling import scrolling
from tarahum_desktop.ui.widgets.table import Column, DataTable


class FundsPanel(QWidget):
    """Balances above, the movements of the fund stood on below, the entry beside them."""

    def __init__(self, kit: Kit, presenter: GivingPresenter) -> None:
        super().__init__()
        self.kit, self._presenter = kit, presenter
        self.setProperty("paper", "clear")
        t, formats = kit.words.t, kit.formats
        self.table = DataTable(
            kit,
            [
                Column[FundLine](t("Fund"), lambda one: named(kit, one.name_ar, one.name_en), 3),
                Column[FundLine](t("Opened"), lambda one: formats.money(one.money.opening) if one.since else t("not entered"), 3),
                Column[FundLine](kit.words.p("money", "Received"), lambda one: formats.money(one.money.received + one.money.corrected), 3),
                Column[FundLine](t("Given"), lambda one: formats.money(one.money.given), 3),
                Column[FundLine](t("Balance"), lambda one: formats.money(one.money.balance), 3),
                Column[FundLine](t("Promised"), lambda one: formats.money(one.money.reserved), 3),
                Column[FundLine](
                    t("Free"), lambda one: formats.money(one.money.free), 3,
                    lambda one: "danger" if one.money.free < 0 else "accent",
                ),
            ],
            t("Funds"),
        )  # fmt: skip
        self.table.moved.connect(self._show_fund)
        self.rows = DataTable(
            kit,
            [
                Column[FundRow](t("Day"), lambda row: formats.date(row.day), 7),
                Column[FundRow](t("What"), self._what, 7),
                Column[FundRow](t("Amount"), lambda row: formats.money(row.halalas), 4),
                Column[FundRow](t("Reference"), lambda row: joined(row.reference, row.note), 3),
            ],
            t("Movements of the fund"),
        )
        self.listing = Listing(
            kit, self.table, (t("No funds here"), t("Funds are kept by the office of a committee.")),
            lambda: presenter.read("funds"), "money",
        )  # fmt: skip
        self.movements = Listing(
            kit, self.rows, (t("Nothing moved yet"), t("Enter the opening balance, and what the fund receives.")),
            lambda: presenter.read("fund_rows"), "money",
        )  # fmt: skip
        self.kind = ChoiceField(kit, [Option(kind.value, entry_kind(kit, kind.value)) for kind in EntryKind])
        self.kind.set_value(EntryKind.RECEIPT.value)
        self.amount, self.reference, self.note = MoneyField(kit), LineField(kit, limit=60), LineField(kit)
        self.down = CheckField(kit, t("The correction takes money away"))
        self.banner = Banner(kit)
        self.kind.changed.connect(self._show_down)
        self._entry = Card(kit, t("Enter money"), icon="add")
        self._lay_out()

    def sizeHint(self) -> QSize:
        """As little as it needs: both lists and the entry scroll in the room that is left."""
        return self.minimumSizeHint()

    def set_lists(self, lists: Lists) -> None:
        """Only who keeps the funds enters money."""
        self._side.setVisible(lists.may_keep_funds)

    def show_rows(self, rows: Sequence[FundLine]) -> None:
        """Show the balances, standing where one stood."""
        at = max(self.table.currentIndex().row(), 0)
        self.listing.show_rows(rows)
        if 0 < at < len(rows):
            self.table.setCurrentIndex(self.table.rows_model.index(at, 0))

    def submit(self) -> None:
        """Enter what is written."""
        fund, amount = self.table.current_row(), self.amount.value()
        if fund is None:
            return
        kind = EntryKind(self.kind.value() or EntryKind.RECEIPT.value)
        if amount is None:
            self.banner.say(self.kit.words.t("Please write the amount."), "attention")
            return
        sign = -1 if kind is EntryKind.CORRECTION and self.down.value() else 1
        self.banner.clear()
        self._presenter.enter_money(
            NewEntry(
                fund.committee_code, fund.fund, kind, sign * amount, reference=self.reference.value(),
                note=self.note.value(),
            )
        )  # fmt: skip

    def entered(self) -> None:
        """The entry is on record: empty the lines."""
        for field in (self.amount, self.reference, self.note):
            field.set_value(None if field is self.amount else "")

    def _show_fund(self, one: FundLine) -> None:
        self._presenter.of_fund = (one.committee_code, one.fund)
        self._presenter.read("fund_rows")

    def _show_down(self) -> None:
        self.down.setVisible(self.kind.value() == EntryKind.CORRECTION.value)

    def _what(self, row: FundRow) -> str:
        service = named(self.kit, row.service_ar, row.service_en)
        return joined(entry_kind(self.kit, row.kind), service, row.person_name)

    def _lay_out(self) -> None:
        kit, t = self.kit, self.kit.words.t
        balances, movements = Card(kit), Card(kit, t("Movements of the fund"), icon="money")
        balances.add(self.listing, 1)
        movements.add(self.movements, 1)
        for widget in (
            self.banner, FieldRow(kit, t("Kind"), self.kind), self.down, FieldRow(kit, t("Amount"), self.amount),
            FieldRow(kit, t("Number of the paper (if it has one)"), self.reference),
            FieldRow(kit, t("Note"), self.note),
            button(kit, t("Enter it in the fund chosen above"), self.submit, role="primary", icon="check"),
        ):  # fmt: skip
            self._entry.add(widget)
        self._entry.body.addStretch(1)
        self._show_down()
        self._side = scrolling(self._entry)
        lower = Reflow(kit, 900)
        lower.add(movements, 5)
        lower.add(self._side, 3)
        self.listing.turned.connect(lambda state: lower.setVisible(state == "content"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(kit.look.sizes.space_3)
        box.addWidget(balances, 4)
        box.addWidget(lower, 5)
