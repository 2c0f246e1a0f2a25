"""The form in which headquarters writes a new version of a service's rules; it begins with the rules that hold."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from tarahum_desktop.casework.plans.publish import NewRules
from tarahum_desktop.casework.plans.rules import RulesInForce
from tarahum_desktop.domain.approval import ApprovalLevel
from tarahum_desktop.domain.dates import PartialDate, Precision
from tarahum_desktop.domain.service_rules import NUMBERS as LIMITS
from tarahum_desktop.domain.service_rules import Fund
from tarahum_desktop.i18n.plan_words import fund_words, level_words
from tarahum_desktop.ui.catalogue.terms import AMOUNTS, FLAGS, KINDS, MONEY, NUMBERS, service_name
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.check_field import CheckField
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.field import Field
from tarahum_desktop.ui.widgets.field_row import FieldRow
from tarahum_desktop.ui.widgets.line_field import LineField
from tarahum_desktop.ui.widgets.money_field import MoneyField
from tarahum_desktop.ui.widgets.multi_choice_field import MultiChoiceField
from tarahum_desktop.ui.widgets.number_field import NumberField
from tarahum_desktop.ui.widgets.partial_date_field import PartialDateField


class RulesForm(Card):
    """Emits ``closed`` when the person thinks better of it."""

    closed = Signal()

    def __init__(self, kit: Kit, publish: Callable[[NewRules], None]) -> None:
        words = kit.words
        super().__init__(kit, words.t("New version of the rules"), icon="edit")
        self._publish, self._code, self._before = publish, "", dict[str, Any]()
        self.banner = Banner(kit)
        self.first_day = PartialDateField(kit)
        self.level = ChoiceField(
            kit, [Option(one.value, level_words(words, one.value)) for one in ApprovalLevel]
        )
        self.amount = ChoiceField(kit, [Option(code, words.t(title)) for code, title in AMOUNTS.items()])
        self.kinds = MultiChoiceField(kit, [Option(code, words.t(title)) for code, title in KINDS.items()])
        self.funds = MultiChoiceField(kit, [Option(one.value, fund_words(words, one.value)) for one in Fund])
        self.numbers = {name: NumberField(kit, maximum=LIMITS[name]) for name in NUMBERS}
        self.money = {name: MoneyField(kit) for name in MONEY}
        self.flags = {name: CheckField(kit, words.t(title)) for name, title in FLAGS.items()}
        self.note = LineField(kit, limit=500)
        self.kit = kit
        self._lay_out()

    def begin(self, service: RulesInForce, today: date) -> None:
        """Start from the rules that hold."""
        document = dict(service.document)
        self._code, self._before = service.service_code, document
        self.banner.clear()
        self.title.setText(
            self.kit.words.t("New version: {name}").format(name=service_name(self.kit, service))
        )
        self.first_day.set_value(PartialDate.of_day(today))
        self.level.set_value(service.rules.level.value)
        self.amount.set_value(service.amount_kind)
        self.kinds.set_value(
            tuple(kind for kind in KINDS if kind in {one.value for one in service.rules.kinds})
        )
        self.funds.set_value(service.funds)
        for name, number in self.numbers.items():
            number.set_value(document.get(name))
        for name, money in self.money.items():
            money.set_value(document.get(name))
        for name, flag in self.flags.items():
            flag.set_value(document.get(name) is True)
        self.note.set_value("")
        self.first_day.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Publish what the form says, once everything on it can be read."""
        given = self.first_day.value()
        unread = any(
            field.edit.text().strip() and field.value() is None
            for field in (*self.numbers.values(), *self.money.values())
        )
        if given is None or given.precision is not Precision.DAY or unread:
            self.banner.say(self.kit.words.t("Please write a whole date, and numbers in digits."), "danger")
            return
        self._publish(
            NewRules(
                self._code, given.midpoint(), self.level.value() or "", self.amount.value() or "",
                tuple(self.kinds.value() or ()), self._document(), self.note.value(),
            )
        )  # fmt: skip

    def _document(self) -> dict[str, Any]:
        document: dict[str, Any] = {
            "amount_model": self._before.get("amount_model"), "fund_sources": list(self.funds.value() or ()),
        }  # fmt: skip
        document |= {name: field.value() for name, field in (*self.numbers.items(), *self.money.items())}
        return document | {name: field.value() for name, field in self.flags.items()}

    def _lay_out(self) -> None:
        kit, words = self.kit, self.kit.words
        grid = QGridLayout()
        grid.setHorizontalSpacing(kit.look.sizes.space_4)
        narrow: list[tuple[str, Field]] = [
            (words.t("Holds from"), self.first_day),
            *((words.t(NUMBERS[name]), field) for name, field in self.numbers.items()),
            *((words.t(MONEY[name]), field) for name, field in self.money.items()),
        ]
        self.add(self.banner)
        for title, wide in (
            (words.t("For"), self.kinds), (words.t("Paid from"), self.funds), (words.t("Amount"), self.amount),
            (words.t("Lowest level"), self.level),
        ):  # fmt: skip
            self.add(FieldRow(kit, title, wide))
        for place, (title, field) in enumerate(narrow):
            grid.addWidget(FieldRow(kit, title, field), place // 2, place % 2)
        self.body.addLayout(grid)
        for flag in self.flags.values():
            self.add(flag)
        self.add(FieldRow(kit, words.t("Why the rules change"), self.note))
        buttons = QHBoxLayout()
        buttons.addWidget(button(kit, words.t("Publish"), self.submit, role="primary", icon="check"))
        buttons.addWidget(button(kit, words.t("Not now"), self.closed.emit))
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self.body.addStretch(1)
