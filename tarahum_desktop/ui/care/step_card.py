"""Where a case stands, and the steps this person may take: one key each, with a reason where one is due."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tarahum_desktop.casework.cases import NextStep
from tarahum_desktop.domain.case_states import CaseState, ClosureReason
from tarahum_desktop.i18n.care_words import closure_words, step_words
from tarahum_desktop.i18n.case_words import case_state_words
from tarahum_desktop.ui.care.ports import CareBoard
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.theme import clear_layout
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.flow_layout import FlowLayout
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.note_field import NoteField


class StepCard(Card):
    """Signals ``wanted(target, reason, closure)``, and ``moving_wanted()`` for a transfer, which needs its offer."""

    wanted = Signal(object, str, object)
    moving_wanted = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, kit.words.t("Where the case stands"), icon="next")
        self.kit = kit
        self._step: NextStep | None = None
        self._from = ""
        self.state = label("", size="strong", wraps=True)
        self.hint = label("", tone="soft", wraps=True)
        self.add(self.state)
        self.add(self.hint)
        steps = QWidget()
        steps.setProperty("paper", "clear")
        self._steps = FlowLayout(steps, kit.look.sizes.space_2)
        self.add(steps)
        self.buttons: dict[CaseState, QWidget] = {}
        self._ask_panel()

    def show_case(self, board: CareBoard) -> None:
        """Show the state and the steps from it."""
        words, chain = self.kit.words, board.chain
        self._from = chain.state
        state = case_state_words(words, chain.state)
        closed = closure_words(words, chain.closure_reason)
        told = closed in state  # a state that is itself the reason says it once; no reason is in every state
        self.state.setText(state if told else f"{state} · {closed}")
        self.hint.setText(
            words.t("You may take these steps:")
            if board.steps
            else words.t("The next step belongs to somebody else. Nothing waits for you here.")
        )
        clear_layout(self._steps)
        self.buttons = {}
        for step in board.steps:
            text = step_words(words, step.target.value)
            made = button(self.kit, text, partial(self.ask, step), icon="next")
            self.buttons[step.target] = made
            self._steps.addWidget(made)
            made.show()
        self.leave()

    def ask(self, step: NextStep) -> None:
        """Take a step at once, or ask for what it needs."""
        if CaseState.TRANSFER_OUT.value in (step.target.value, self._from):
            self.moving_wanted.emit()
            return
        if not step.needs_reason:
            self.wanted.emit(step.target, "", None)
            return
        self._step = step
        words = self.kit.words
        self.about.setText(words.t("Why: {state}?").format(state=step_words(words, step.target.value)))
        self.closure.setVisible(bool(step.closure_reasons))
        self.closure.set_value(None)
        self.reason.set_value("")
        self.panel.show()
        first = self.closure if step.closure_reasons else self.reason
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def settle(self) -> None:
        """Take the step with its reason; what is missing gets the keyboard."""
        step = self._step
        if step is None:
            return
        code = self.closure.value() if step.closure_reasons else None
        if step.closure_reasons and code is None:
            self.closure.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        reason = self.reason.value() or closure_words(self.kit.words, code or "")
        if not reason:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.wanted.emit(step.target, reason, ClosureReason(code) if code else None)
        self.leave()

    def leave(self) -> None:
        """Close the question."""
        self._step = None
        self.panel.hide()

    def _ask_panel(self) -> None:
        kit, words = self.kit, self.kit.words
        self.panel = Card(kit)
        self.about = label("", size="strong", wraps=True)
        reasons = [reason for reason in ClosureReason if reason is not ClosureReason.SUFFICIENCY]
        self.closure = ChoiceField(
            kit, [Option(reason.value, closure_words(words, reason.value)) for reason in reasons]
        )
        self.closure.set_label(words.t("Reason for closing"))
        self.reason = NoteField(
            kit, rows=2, limit=1000, placeholder=words.t("In your own words; it stays in the file")
        )
        self.reason.set_label(words.t("Reason"))
        across = QHBoxLayout()
        self.keep = button(kit, words.t("Take this step"), self.settle, role="primary", icon="check")
        across.addWidget(self.keep)
        across.addWidget(button(kit, words.t("Leave it"), self.leave, role="quiet", icon="close"))
        across.addStretch(1)
        for widget in (self.about, self.closure, self.reason):
            self.panel.add(widget)
        self.panel.body.addLayout(across)
        self.panel.hide()
        self.add(self.panel)
