"""What a decider reads and says about one item: the rules' answers, an amount, a reason, and four decisions."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from tarahum_desktop.casework.plans.answers import RuleAnswers
from tarahum_desktop.casework.plans.states import Verdict
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.plans.rules_card import RulesBox
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.buttons import Role, button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.field_row import FieldRow
from tarahum_desktop.ui.widgets.flow_layout import FlowLayout
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.line_field import LineField
from tarahum_desktop.ui.widgets.money_field import MoneyField


class DecisionPanel(Card):
    """Emits ``chosen(verdict)`` by button or by Enter in the reason that was asked for, ``left`` on Esc there."""

    chosen = Signal(object)
    left = Signal()
    amount_given = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self.kit = kit
        self.asked: Verdict | None = None
        self.banner = Banner(kit)
        self.title = label("", size="strong", wraps=True)
        self.facts = label("", tone="soft", wraps=True)
        self.rules = RulesBox(kit)
        self.amount = MoneyField(kit)
        self.amount.finished.connect(self.amount_given)
        self.reason = LineField(kit, limit=1000)
        self.reason.edit.installEventFilter(self)
        words = kit.words
        self._amount_row = FieldRow(kit, words.t("Amount to approve"), self.amount)
        self._reason_row = FieldRow(kit, words.t("Reason"), self.reason)
        self.buttons = QWidget()
        self.buttons.setProperty("paper", "clear")
        flow = FlowLayout(self.buttons, kit.look.sizes.space_2)
        for verdict, text, role in self._choices():
            flow.addWidget(button(kit, text, self._choose(verdict), role=role))
        self.keys = label(
            words.t("Keys: 1 approve · 2 refuse · 3 return · 4 postpone"),
            size="caption",
            tone="soft",
            wraps=True,
        )
        for part in (
            self.banner, self.title, self.facts, self.rules, self._amount_row, self._reason_row, self.buttons, self.keys,
        ):  # fmt: skip
            self.add(part)
        self.body.addStretch(1)

    def show_item(self, title: str, facts: str, answers: RuleAnswers | None, rules_now: int | None) -> None:
        """Show another item; a reason being typed for the last one is gone."""
        self.title.setText(title)
        self.facts.setText(facts)
        self.rules.show_answers(answers, rules_now)
        self.reason.set_value("")
        self.asked = None
        self.banner.clear()

    def allow(self, *, decisions: bool, amount: bool) -> None:
        """Show or hide what can be said."""
        self.buttons.setVisible(decisions)
        self.keys.setVisible(decisions)
        self._reason_row.setVisible(decisions)
        self._amount_row.setVisible(decisions and amount)

    def ask_reason(self, verdict: Verdict, name: str) -> None:
        """Stand in the reason, for a decision that needs one; Enter sends it."""
        self.asked = verdict
        words = self.kit.words
        sentence = {
            Verdict.REFUSE: words.t("Why is {name} refused? Write it and press Enter."),
            Verdict.RETURN: words.t("What must be completed for {name}? Write it and press Enter."),
        }.get(verdict, "")
        self.banner.say(sentence.format(name=isolate(name)), "attention")
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the reason sends the decision that asked for it, before the row goes on to the next field."""
        if isinstance(event, QKeyEvent) and self.asked is not None:
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()  # or the window would go back
                return True
            if event.type() != QEvent.Type.KeyPress:
                return super().eventFilter(watched, event)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.chosen.emit(self.asked)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def _choose(self, verdict: Verdict) -> Callable[[], None]:
        return lambda: self.chosen.emit(verdict)

    def _choices(self) -> tuple[tuple[Verdict, str, Role], ...]:
        words = self.kit.words
        return (
            (Verdict.APPROVE, words.t("Approve"), "primary"),
            (Verdict.REFUSE, words.p("of a plan", "Refuse"), "plain"),
            (Verdict.RETURN, words.t("Return"), "plain"),
            (Verdict.POSTPONE, words.t("Postpone"), "plain"),
        )
