"""Corrections on the screen: a queue of cards, each decided where it stands."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.actions import Action
from tarahum_desktop.ui.amending.correction_card import CorrectionCard
from tarahum_desktop.ui.amending.ports import AmendingPorts
from tarahum_desktop.ui.amending.presenter import AmendingPresenter, Shown
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenContext
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.page import Page, PageHeader
from tarahum_desktop.ui.widgets.state_panel import StatePanel

GROUP = msgid("Corrections")
WAITING, DECIDED = "waiting", "decided"
SHOWN_KINDS = frozenset({"amendment", "visit", "household", "person"})
CHANGED_KINDS = frozenset(
    {"amendment", "custody_episode", "household", "matrix_rating", "membership", "outbox", "person"}
)


class AmendingView(Screen):
    """The queue; what was decided can be looked through beside it."""

    def __init__(self, context: ScreenContext, ports: AmendingPorts) -> None:
        super().__init__(context)
        kit, words = self.kit, self.kit.words
        self.cards: list[CorrectionCard] = []
        self.presenter = AmendingPresenter(
            self, ports, context.background, kit, lambda: context.changed(CHANGED_KINDS)
        )
        page = Page(kit)
        page.add(
            PageHeader(
                kit,
                words.t("Corrections"),
                words.t(
                    "What was signed never changes; a correction stands beside it once somebody else has approved it."
                ),
            )
        )
        self.which = ChoiceField(
            kit, [Option(WAITING, words.t("Waiting for a decision")), Option(DECIDED, words.t("Decided"))]
        )
        self.which.set_value(WAITING)
        self.which.set_label(words.t("Which corrections"))
        self.which.finished.connect(lambda: self.presenter.show(decided=self.which.value() == DECIDED))
        page.add(self.which)
        self.banner = Banner(kit)
        page.add(self.banner)
        content = QWidget()
        content.setProperty("paper", "clear")
        self._list = QVBoxLayout(content)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(kit.look.sizes.space_4)
        self._list.addStretch(1)
        self.panel = StatePanel(kit, content)
        page.add(self.panel, 1)
        self.box.addWidget(page)
        self._page = page

    def open_with(self, params: Params) -> None:
        """Read the queue."""
        del params
        self.banner.clear()
        self.presenter.open()

    def refresh(self, changed: frozenset[str]) -> None:
        """Read again what changed."""
        if changed & SHOWN_KINDS:
            self.presenter.open()

    def screen_actions(self) -> Sequence[Action]:
        """Approve the first, read again."""
        return (
            Action(
                "amending.next", msgid("Go to the next correction"), self._next, "Ctrl+Down", "next",
                lambda: bool(self.cards), GROUP,
            ),
            Action("amending.again", msgid("Read again"), self.presenter.open, "F5", "sync", group=GROUP),
        )  # fmt: skip

    def show_loading(self) -> None:
        """The queue is being read."""
        self.panel.show_loading(self.kit.words.t("The corrections are being read…"))

    def show_error(self, sentence: str) -> None:
        """They could not be read."""
        self.panel.show_error(sentence, self.presenter.open)

    def show_corrections(self, shown: Sequence[Shown]) -> None:
        """The corrections as cards, or what it means that there are none."""
        for card in self.cards:
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [CorrectionCard(self.kit, correction, changes) for correction, changes in shown]
        for at, card in enumerate(self.cards):
            card.approved.connect(self.presenter.approve)
            card.rejected.connect(self.presenter.reject)
            card.family_wanted.connect(lambda home: self.context.navigate("family", {"household": home}))
            self._list.insertWidget(at, card)
        if self.cards:
            self.panel.show_content()
            self._focus(0)
        else:
            self._show_empty()

    def say(self, sentence: str, *, wrong: bool) -> None:
        """What came of a decision."""
        self.banner.say(sentence, "danger" if wrong else "accent")

    def _show_empty(self) -> None:
        words = self.kit.words
        if self.presenter.decided:
            self.panel.show_empty(
                words.t("No correction was decided yet"), words.t("Decisions are listed here.")
            )
        else:
            self.panel.show_empty(
                words.t("No correction waits"),
                words.t("To propose one, open a family, choose a visit and press “Correct”."),
                icon="success",
            )

    def _next(self) -> None:
        here = next(
            (at for at, card in enumerate(self.cards) if card.isAncestorOf(self.focusWidget() or self)), -1
        )
        self._focus((here + 1) % len(self.cards))

    def _focus(self, at: int) -> None:
        card = self.cards[at]
        target = card.first
        if target is None:
            return
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self._page.ensureWidgetVisible(card, 0, 20)
