"""The card in which a hand-over is recorded: evidence, who took it, how much, which day."""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from tarahum_desktop.casework.giving.catalogue import GivenService
from tarahum_desktop.casework.giving.deliver import MEMBER, PROXY, RECEIVERS, SELF, NewDelivery, Proof
from tarahum_desktop.casework.giving.waiting import WaitingLine
from tarahum_desktop.domain.partial_date import PartialDate
from tarahum_desktop.ui.giving.listing import column_of, side_by_side
from tarahum_desktop.ui.giving.terms import joined, named, part_words, promise_words, receiver_kind
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.theme import clear_layout
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.check_field import CheckField
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.field_row import FieldRow
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.line_field import LineField
from tarahum_desktop.ui.widgets.money_field import MoneyField
from tarahum_desktop.ui.widgets.number_field import NumberField
from tarahum_desktop.ui.widgets.partial_date_field import PartialDateField

Record = Callable[[NewDelivery], None]
RecordAll = Callable[[Sequence[uuid.UUID], tuple[Proof, ...], dt.date | None], None]


class HandOverForm(Card):
    """Shows one line, or several marked ones of one service; ``submit`` records them."""

    def __init__(self, kit: Kit, today: Callable[[], dt.date], record: Record, record_all: RecordAll) -> None:
        super().__init__(kit, kit.words.t("Hand over"), icon="check")
        self.kit, self._today, self._record, self._record_all = kit, today, record, record_all
        self.lines: tuple[WaitingLine, ...] = ()
        self._service: GivenService | None = None
        self.checks: list[CheckField] = []
        t = kit.words.t
        self.who = label("", size="strong", wraps=True)
        self.what = label("", tone="soft", wraps=True)
        self.banner = Banner(kit)
        self._evidence = QWidget()
        self._evidence.setProperty("paper", "clear")
        self.receiver = ChoiceField(kit, [Option(code, receiver_kind(kit, code)) for code in RECEIVERS])
        self.receiver.changed.connect(self._show_receiver)
        self.name, self.document = LineField(kit), LineField(kit, limit=60)
        self.number = LineField(kit, limit=60)
        self.quantity, self.amount = NumberField(kit, maximum=9_999), MoneyField(kit)
        self.day = PartialDateField(kit, today)
        self._name_row = FieldRow(kit, t("Name of who takes it"), self.name)
        self._document_row = FieldRow(kit, t("Number of the proxy's document"), self.document)
        self._one = side_by_side(kit, (t("Quantity"), self.quantity), (t("Amount or value"), self.amount))
        self._receiver_row = FieldRow(kit, t("Who takes it"), self.receiver)
        self._button = button(kit, t("Record the hand-over"), self.submit, role="primary", icon="check")
        self._lay_out()
        self.show_lines((), None)

    def show_lines(self, lines: Sequence[WaitingLine], service: GivenService | None) -> None:
        """Offer these lines; what was typed for the same ones stays."""
        same = [line.item_id for line in lines] == [line.item_id for line in self.lines]
        self.lines, words = tuple(lines), self.kit.words
        one = self.lines[0] if len(self.lines) == 1 else None
        self.who.setText(self._title(one))
        self.what.setText(self._detail(one))
        self.setEnabled(bool(self.lines))
        for part in (self._one, self._receiver_row):
            part.setVisible(one is not None)
        if service is not self._service:
            self._service = service
            self._offer_evidence(service)
        if not same:
            self.banner.clear()
            self.receiver.set_value(SELF)
            for line in (self.name, self.document):
                line.set_value("")
            self.quantity.set_value(one.due_quantity if one else None)
            self.amount.set_value(one.due_amount if one else None)
            self.day.set_value(PartialDate.of_day(self._today()))
        self._button.setText(
            words.t("Record the hand-over")
            if one or not self.lines
            else words.t("Record all that are marked")
        )
        self._show_receiver()

    def submit(self) -> None:
        """Record what is shown, or say what is missing."""
        day = self.day.value()
        span = day.range() if day else None
        if span is not None and span.first != span.last:
            self.banner.say(self.kit.words.t("Please write the whole date of the hand-over."), "attention")
            return
        if not self.lines:
            return
        proofs = tuple(
            Proof(at, self.number.value()) for at, check in enumerate(self.checks) if check.value()
        )
        on = span.first if span else None
        if len(self.lines) > 1:
            self._record_all([line.item_id for line in self.lines], proofs, on)
            return
        kind = self.receiver.value() or SELF
        self._record(
            NewDelivery(
                self.lines[0].item_id, self.quantity.value(), self.amount.value(), on, receiver_kind=kind,
                receiver=self.name.value() if kind in {MEMBER, PROXY} else "",
                proxy_document=self.document.value() if kind == PROXY else "", proofs=proofs,
            )
        )  # fmt: skip

    def focus_first(self) -> None:
        """Stand on the first thing to answer."""
        (self.checks[0] if self.checks else self.receiver).setFocus()

    def _title(self, one: WaitingLine | None) -> str:
        words = self.kit.words
        if one is not None:
            return one.person_name or words.t("Name not recorded")
        if not self.lines:
            return words.t("Choose a line of the list")
        count = words.n("{count} line marked", "{count} lines marked", len(self.lines))
        return count.format(count=self.kit.formats.number(len(self.lines)))

    def _detail(self, one: WaitingLine | None) -> str:
        if one is not None:
            service = named(self.kit, one.service_ar, one.service_en)
            return joined(service, promise_words(self.kit, one.promise))
        if not self.lines:
            return self.kit.words.t("Space marks lines to be handed over together. Enter goes on here.")
        first = self.lines[0]
        total = part_words(
            self.kit,
            sum(line.due_quantity for line in self.lines),
            sum(line.due_amount for line in self.lines),
        )
        return joined(named(self.kit, first.service_ar, first.service_en), total)

    def _offer_evidence(self, service: GivenService | None) -> None:
        box = self._evidence.layout()
        assert box is not None
        clear_layout(box)
        self.checks = [
            CheckField(self.kit, named(self.kit, one.name_ar, one.name_en))
            for one in (service.evidence if service else ())
        ]
        if self.checks:
            box.addWidget(label(self.kit.words.t("Evidence that was seen"), wraps=True))
        for check in self.checks:
            box.addWidget(check)

    def _show_receiver(self) -> None:
        kind = self.receiver.value()
        one = len(self.lines) == 1
        self._name_row.setVisible(one and kind in {MEMBER, PROXY})
        self._document_row.setVisible(one and kind == PROXY)

    def _lay_out(self) -> None:
        """Everything scrolls where the window is low, except the button that records."""
        inside = QVBoxLayout(self._evidence)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        t = self.kit.words.t
        day = FieldRow(self.kit, t("Day of the hand-over"), self.day)
        paper = FieldRow(self.kit, t("Number of the paper"), self.number)
        column = column_of(
            self.kit, self.who, self.what, self._evidence, self._one, day, paper, self._receiver_row, self._name_row,
            self._document_row,
        )  # fmt: skip
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(column)
        self.add(scroll, 1)
        self.add(self.banner)
        self.add(self._button)
