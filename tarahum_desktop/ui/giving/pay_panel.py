"""What can be paid from a fund: payees checked, exceptions taken out, a sheet made of the rest."""

import uuid
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.casework.giving.payees import PayableLine, ProxyPayee
from tarahum_desktop.ui.giving.listing import Listing, side_by_side
from tarahum_desktop.ui.giving.ports import Lists
from tarahum_desktop.ui.giving.presenter import GivingPresenter
from tarahum_desktop.ui.giving.terms import issue_words, joined, named
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.theme import clear_layout
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.checked_fields import IbanField
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.field_row import FieldRow
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.line_field import LineField
from tarahum_desktop.ui.widgets.marked_table import MarkedTable
from tarahum_desktop.ui.widgets.reflow import Reflow
from tarahum_desktop.ui.widgets.table import Column


class PayPanel(QWidget):
    """All good payees are marked from the start; Space takes one out."""

    def __init__(self, kit: Kit, presenter: GivingPresenter) -> None:
        super().__init__()
        self.kit, self._presenter = kit, presenter
        self.setProperty("paper", "clear")
        self.proxies: dict[uuid.UUID, ProxyPayee] = {}
        words = kit.words
        columns = [
            Column[PayableLine](words.t("Beneficiary"), lambda one: one.line.person_name, 5),
            Column[PayableLine](
                words.t("Service"), lambda one: named(kit, one.line.service_ar, one.line.service_en), 4
            ),
            Column[PayableLine](words.t("Amount"), lambda one: kit.formats.money(one.line.due_amount), 3),
            Column[PayableLine](words.t("Account"), self._account, 8),
            Column[PayableLine](words.t("Check"), self._check, 6, self._tone),
        ]
        self.table = MarkedTable(
            kit, columns, words.t("To be paid"), lambda one: one.line.item_id, self._may_be_marked
        )
        self.table.marks_changed.connect(self._count)
        self.table.moved.connect(self._show_line)
        empty = (
            words.t("Nothing is to be paid from this fund"),
            words.t(
                "Approved money appears here until it is on a payment sheet. Choose another fund to see more."
            ),
        )
        self.listing = Listing(kit, self.table, empty, lambda: presenter.read("pay"), "money")
        self.banner = Banner(kit)
        self._total = label("", tone="soft")
        self.why = LineField(kit, limit=500)
        self.proxy_name, self.proxy_iban = LineField(kit), IbanField(kit)
        self.proxy_document = LineField(kit, limit=60)
        self._funds = Reflow(kit, 0)
        self._about = label("", tone="soft", wraps=True)
        self._lay_out()

    def set_lists(self, lists: Lists) -> None:
        """Offer the funds."""
        self.fund = ChoiceField(
            self.kit, [Option(one.code, named(self.kit, one.name_ar, one.name_en)) for one in lists.funds]
        )
        clear_layout(self._funds.row)
        self._funds.add(FieldRow(self.kit, self.kit.words.t("Fund"), self.fund), 1)
        self.fund.changed.connect(self._choose)
        if lists.funds and not self._presenter.fund:
            self._presenter.fund = lists.funds[0].code
        self.fund.set_value(self._presenter.fund)

    def show_rows(self, rows: Sequence[PayableLine]) -> None:
        """Show who can be paid, the good ones marked."""
        self._proxy.setVisible(False)
        self._about.setText("")
        self.listing.show_rows(rows)
        self.table.mark_all()

    def submit(self) -> None:
        """Make the sheet of what is marked."""
        marked = [one.line.item_id for one in self.table.marked_rows()]
        if marked:
            proxies = {item: proxy for item, proxy in self.proxies.items() if item in marked}
            self._presenter.make_sheet(marked, proxies, self.why.value())

    def use_proxy(self) -> None:
        """Pay the row stood on to the proxy that is written below; the sheet checks it once more."""
        one = self.table.current_row()
        if one is None:
            return
        proxy = ProxyPayee(self.proxy_name.value(), self.proxy_iban.value(), self.proxy_document.value())
        if not (proxy.name and proxy.document and self.proxy_iban.checked().warning is None):
            self.banner.say(
                self.kit.words.t(
                    "Please write the proxy's name, a right IBAN and the number of the document."
                ),
                "attention",
            )
            return
        self.banner.clear()
        self.proxies[one.line.item_id] = proxy
        for field in (self.proxy_name, self.proxy_iban, self.proxy_document):
            field.set_value("")
        self.table.marks.add(one.line.item_id)
        self.table.marks_changed.emit()
        self.table.viewport().update()

    def _choose(self) -> None:
        self._presenter.fund = self.fund.value() or ""
        self.proxies.clear()
        self._presenter.read("pay")

    def _may_be_marked(self, one: PayableLine) -> bool:
        return one.ready or one.line.item_id in self.proxies

    def _account(self, one: PayableLine) -> str:
        proxy = self.proxies.get(one.line.item_id)
        if proxy is not None:
            return joined(self.kit.formats.iban(proxy.iban), proxy.name)
        payee = one.payee
        other = payee.name if payee.name != one.line.person_name else ""
        return joined(self.kit.formats.iban(payee.iban) if payee.iban else "—", other)

    def _check(self, one: PayableLine) -> str:
        words = self.kit.words
        if one.line.item_id in self.proxies:
            return words.t("Paid to a proxy")
        before = words.t("failed before: {why}").format(why=one.failed_before) if one.failed_before else ""
        return joined(issue_words(self.kit, one.issues) or words.t("Checked"), before)

    def _tone(self, one: PayableLine) -> Tone:
        if one.line.item_id in self.proxies or not one.issues:
            return "accent"
        return "attention" if one.ready else "danger"

    def _count(self) -> None:
        marked = self.table.marked_rows()
        words = self.kit.words
        said = words.n("{count} payment marked, {total}", "{count} payments marked, {total}", len(marked))
        total = self.kit.formats.money(sum(one.line.due_amount for one in marked))
        self._total.setText(said.format(count=self.kit.formats.number(len(marked)), total=total))
        self._make.setEnabled(bool(marked))

    def _show_line(self, one: PayableLine) -> None:
        self._about.setText(self._check(one) if one.issues else "")
        self._proxy.setVisible(not one.ready)

    def _lay_out(self) -> None:
        kit, t = self.kit, self.kit.words.t
        card = Card(kit)
        upper = Reflow(kit, 700)
        upper.add(self._funds, 2)
        upper.add(FieldRow(kit, t("Why, if there is a warning or the balance does not suffice"), self.why), 4)
        self._make = button(kit, t("Make the payment sheet"), self.submit, role="primary", icon="file")
        upper.row.addWidget(self._make, 0, Qt.AlignmentFlag.AlignVCenter)
        self._proxy = side_by_side(
            kit, (t("Proxy's name"), self.proxy_name), (t("Proxy's IBAN"), self.proxy_iban),
            (t("Number of the proxy's document"), self.proxy_document),
        )  # fmt: skip
        self._use = button(kit, t("Pay this one to the proxy"), self.use_proxy, role="quiet", icon="user")
        self._proxy.row.addWidget(self._use, 0, Qt.AlignmentFlag.AlignVCenter)
        self._proxy.setVisible(False)
        card.add(upper)
        card.add(self._total)
        card.add(self.listing, 1)
        card.add(self._about)
        card.add(self.banner)
        card.add(self._proxy)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)
