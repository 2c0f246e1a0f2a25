"""The course of a case: its state and next steps, alerts, preparation of releases, and the chain behind it."""

import uuid
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.domain.dates import DateError, PartialDate
from tarahum_desktop.i18n.care_words import reason_words
from tarahum_desktop.i18n.case_words import case_state_words
from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.actions import Action
from tarahum_desktop.ui.care.alert_card import AlertCard
from tarahum_desktop.ui.care.ports import CareBoard, CarePorts
from tarahum_desktop.ui.care.presenter import CarePresenter
from tarahum_desktop.ui.care.release_card import ReleaseCard
from tarahum_desktop.ui.care.step_card import StepCard
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenContext
from tarahum_desktop.ui.theme import clear_layout
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.labels import hold_to_start, label
from tarahum_desktop.ui.widgets.page import Page, PageHeader
from tarahum_desktop.ui.widgets.state_panel import StatePanel


class CareView(Screen):
    """The screen; see the presenter for what it does."""

    def __init__(self, context: ScreenContext, ports: CarePorts) -> None:
        super().__init__(context)
        self.presenter = CarePresenter(
            ports, context.background, self.kit, self, context.navigate, context.announce, context.changed
        )
        self.releases: dict[uuid.UUID, ReleaseCard] = {}
        self._arriving = True
        self._lay_out()

    def open_with(self, params: Params) -> None:
        """Show the case of a household."""
        self._arriving = True
        if household := params.get("household"):
            self.presenter.open(uuid.UUID(household))

    def refresh(self, changed: frozenset[str]) -> None:
        """Read again what changed."""
        self.presenter.refresh(changed)

    def screen_actions(self) -> Sequence[Action]:
        """What can be done here."""
        group = msgid("Course of the case")
        return (
            Action("care.family", msgid("Open the family file"), self.presenter.open_family, "Ctrl+F", "file", group=group),
            Action("care.alert", msgid("Raise an alert"), self.alerts.ask, "Ctrl+W", "warning", self._ready, group),
            Action("care.again", msgid("Read again"), self.presenter.read, "F5", "sync", group=group),
        )  # fmt: skip

    def show_loading(self) -> None:
        """Nothing is here yet."""
        self.panel.show_loading(self.kit.words.t("The case is being read…"))

    def show_error(self, sentence: str) -> None:
        """Say why, with a way to try again."""
        self.panel.show_error(sentence, self.presenter.read)

    def show_board(self, board: CareBoard) -> None:
        """Fill the cards."""
        words, chain = self.kit.words, board.chain
        number = words.t("Case {number}").format(number=self.kit.formats.code(chain.number))
        self.header.set_texts(chain.name or words.t("Name not recorded"), number)
        self.steps.show_case(board)
        self.alerts.show_alerts(board)
        self._show_releases(board)
        self._show_chain(board)
        self.panel.show_content()
        if self._arriving:
            self._arriving = False
            first = next(iter((*self.alerts.seen, *self.steps.buttons.values())), self.family)
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_releases(self, board: CareBoard) -> None:
        wanted = [release.episode_id for release in board.releases]
        for gone in [episode for episode in self.releases if episode not in wanted]:
            card = self.releases.pop(gone)
            card.hide()
            card.deleteLater()
        for release in board.releases:
            if release.episode_id not in self.releases:
                card = ReleaseCard(self.kit)
                card.checked.connect(self.presenter.check)
                self.releases[release.episode_id] = card
                self._release_box.addWidget(card)
            self.releases[release.episode_id].show_list(release)

    def _show_chain(self, board: CareBoard) -> None:
        words, formats, chain = self.kit.words, self.kit.formats, board.chain
        clear_layout(self._chain_box)
        for stay in chain.stays:
            days = f"{self._day(stay.entry)} – {self._day(stay.release) or words.t('inside')}"
            mark = words.t("return to prison") if stay.is_return else ""
            self._chain_line(stay.person_name, " · ".join(part for part in (days, mark) if part))
        for step in chain.steps:
            by = step.by_ar if words.language == "ar" else step.by_en or step.by_ar
            parts = (formats.date_time(step.at), by, reason_words(words, step.reason))
            self._chain_line(
                case_state_words(words, step.to_state), " · ".join(part for part in parts if part)
            )
        if not chain.steps and not chain.stays:
            self._chain_box.addWidget(label(words.t("No step was taken yet."), tone="soft", wraps=True))

    def _chain_line(self, title: str, detail: str) -> None:
        line = QWidget()
        line.setProperty("paper", "clear")
        box = QVBoxLayout(line)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(hold_to_start(self.kit, label(title, wraps=True)))
        box.addWidget(hold_to_start(self.kit, label(detail, size="caption", tone="soft", wraps=True)))
        self._chain_box.addWidget(line)

    def _day(self, code: str) -> str:
        try:
            return self.kit.formats.partial_date(PartialDate.from_code(code)) if code else ""
        except DateError:
            return code

    def _ready(self) -> bool:
        return self.presenter.board is not None

    def _lay_out(self) -> None:
        kit, words, sizes = self.kit, self.kit.words, self.kit.look.sizes
        page = Page(kit)
        self.header = PageHeader(kit, words.t("Course of the case"))
        self.family = button(kit, words.t("Open the family file"), self.presenter.open_family, icon="file")
        self.header.add_button(self.family)
        page.add(self.header)
        content = QWidget()
        content.setProperty("paper", "clear")
        down = QVBoxLayout(content)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(sizes.space_4)
        self.alerts, self.steps = AlertCard(kit), StepCard(kit)
        self.alerts.raised.connect(self.presenter.raise_alert)
        self.alerts.acknowledged.connect(self.presenter.acknowledge)
        self.steps.wanted.connect(self.presenter.move)
        self.steps.moving_wanted.connect(lambda: self.context.navigate("moving"))
        releases = QWidget()
        releases.setProperty("paper", "clear")
        self._release_box = QVBoxLayout(releases)
        self._release_box.setContentsMargins(0, 0, 0, 0)
        self._release_box.setSpacing(sizes.space_4)
        chain = Card(kit, words.t("The chain of the case"), icon="clock")
        chain_lines = QWidget()
        chain_lines.setProperty("paper", "clear")
        self._chain_box = QVBoxLayout(chain_lines)
        self._chain_box.setContentsMargins(0, 0, 0, 0)
        self._chain_box.setSpacing(sizes.space_2)
        chain.add(chain_lines)
        for widget in (self.steps, self.alerts, releases, chain):
            down.addWidget(widget)
        down.addStretch(1)
        self.panel = StatePanel(kit, content)
        page.add(self.panel, 1)
        self.box.addWidget(page)
