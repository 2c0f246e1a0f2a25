"""Cases in hand: who has them, which families come and go, and what was written too late. One key a list."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import Any, TypeVar

from PySide6.QtWidgets import (
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tarahum_desktop.casework.moving.in_hand import CaseInHand
from tarahum_desktop.domain.relocation import RelocationState
from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.actions import Action
from tarahum_desktop.ui.moving.ask_bar import AskBar
from tarahum_desktop.ui.moving.asking import Asking
from tarahum_desktop.ui.moving.list_panel import ListPanel
from tarahum_desktop.ui.moving.lists import incoming_table, late_table, outgoing_table
from tarahum_desktop.ui.moving.officers_panel import OfficersPanel
from tarahum_desktop.ui.moving.ports import MovingBoard, MovingPorts
from tarahum_desktop.ui.moving.presenter import MovingPresenter
from tarahum_desktop.ui.moving.words import incoming_detail, late_detail, outgoing_detail
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenContext
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.page import Page, PageHeader
from tarahum_desktop.ui.widgets.section_tabs import SectionTabs, known_section
from tarahum_desktop.ui.widgets.state_panel import StatePanel

SECTIONS = (
    ("officers", msgid("Officers and cases"), "user"), ("incoming", msgid("Offered to us"), "inbox"),
    ("outgoing", msgid("Offered by us"), "release"), ("late", msgid("Late additions"), "clock"),
)  # fmt: skip
GROUP = msgid("Cases in hand")
Panel = TypeVar("Panel", OfficersPanel, ListPanel)


class MovingView(Screen):
    """Four lists and one bar that asks what a decision still needs.

    Each list is built when it is first shown: together they would keep the screen waiting.
    """

    def __init__(self, context: ScreenContext, ports: MovingPorts) -> None:
        super().__init__(context)
        self.presenter = MovingPresenter(ports, context.background, self.kit, self, context.changed)
        self.section = "officers"
        self.bar = AskBar(self.kit, self._turned)
        self.asking = Asking(self, self.presenter, self.bar)
        self.panels: dict[str, OfficersPanel | ListPanel] = {}
        self._now = ports.now
        self._lay_out()

    @cached_property
    def officers(self) -> OfficersPanel:
        """Who has which cases."""
        kit, t, ask = self.kit, self.kit.words.t, self.asking
        buttons = [
            button(kit, t("Hand over to an officer"), ask.hand_over, role="primary", icon="user"),
            button(kit, t("Offer to another committee"), ask.offer, icon="release"),
            button(kit, t("Restrict the case"), ask.restrict, icon="lock"),
        ]
        panel = OfficersPanel(kit, self.presenter.choose_officer, self._open_file, buttons)
        return self._built("officers", panel)

    @cached_property
    def incoming(self) -> ListPanel:
        """Families offered to us."""
        kit, t, ask = self.kit, self.kit.words.t, self.asking
        buttons = [
            button(kit, t("Accept"), ask.accept, role="primary", icon="check"),
            button(kit, t("Refuse"), ask.refuse, icon="close"),
        ]
        empty = (t("No family is offered"), t("Families that other committees offer to yours appear here."))
        detail = partial(incoming_detail, kit)
        return self._built("incoming", ListPanel(kit, incoming_table(kit, self._now), detail, buttons, empty))

    @cached_property
    def outgoing(self) -> ListPanel:
        """Families we offered."""
        kit, t = self.kit, self.kit.words.t
        buttons = [button(kit, t("Take the offer back"), self.asking.take_back, icon="undo")]
        empty = (
            t("Nothing was offered"),
            t("Mark a family among the cases and offer it to its new committee."),
        )
        detail = partial(outgoing_detail, kit)
        return self._built("outgoing", ListPanel(kit, outgoing_table(kit, self._now), detail, buttons, empty))

    @cached_property
    def late(self) -> ListPanel:
        """What was written elsewhere too late."""
        kit, t, ask = self.kit, self.kit.words.t, self.asking
        buttons = [
            button(kit, t("Write it into the file"), ask.take, role="primary", icon="check"),
            button(kit, t("Set aside"), ask.set_aside, icon="close"),
        ]
        empty = (
            t("Nothing came late"),
            t("What the earlier office still writes about a family that came here appears here."),
        )
        panel = ListPanel(kit, late_table(kit, self._now), partial(late_detail, kit), buttons, empty)
        panel.table.opened.connect(self._open_late)
        return self._built("late", panel)

    def open_with(self, params: Params) -> None:
        """Read everything anew; ``section`` names the list to stand in."""
        self.section = known_section(params.get("section"), SECTIONS, self.section)
        self._show_section()
        self.presenter.open()

    def refresh(self, changed: frozenset[str]) -> None:
        """Read again what changed."""
        self.presenter.refresh(changed)

    def screen_actions(self) -> Sequence[Action]:
        """The lists, and what can be done in the one that is open."""
        sections = [
            Action(f"moving.{code}", title, partial(self.open_section, code), f"Ctrl+{at}", icon, group=GROUP)
            for at, (code, title, icon) in enumerate(SECTIONS, start=1)
        ]
        ask = self.asking
        return (
            *sections,
            self._action("hand_over", msgid("Hand over to an officer"), ask.hand_over, "Ctrl+H", "user", "officers"),
            self._action("offer", msgid("Offer to another committee"), ask.offer, "Ctrl+T", "release", "officers"),
            self._action("restrict", msgid("Restrict the case"), ask.restrict, "Ctrl+R", "lock", "officers"),
            Action(
                "moving.yes", msgid("Accept the family, or write the late edit"), self._yes, "Ctrl+S", "check",
                lambda: self.section in {"incoming", "late"} or self.bar.asking, GROUP,
            ),
            Action(
                "moving.no", msgid("Refuse the family, or set the late edit aside"), self._no, "Ctrl+D", "close",
                lambda: self.section in {"incoming", "late"}, GROUP,
            ),
            self._action("back", msgid("Take the offer back"), ask.take_back, "Ctrl+B", "undo", "outgoing"),
            Action("moving.again", msgid("Read again"), self.presenter.open, "F5", "sync", group=GROUP),
        )  # fmt: skip

    def open_section(self, code: str) -> None:
        """Show another list."""
        self.bar.close_bar()
        self.section = code
        self._show_section()
        self._take_focus()

    def show_loading(self) -> None:
        """Nothing is here yet."""
        self.states.show_loading()

    def show_error(self, sentence: str) -> None:
        """Say why, with a way to try again."""
        self.states.show_error(sentence, self.presenter.open)

    def show_board(self, board: MovingBoard) -> None:
        """Fill the lists."""
        for section in self.panels:
            self._fill(section, board)
        waiting = sum(offer.state is RelocationState.OFFERED for offer in board.incoming)
        for (code, title, _icon), count in zip(SECTIONS, (0, waiting, 0, len(board.late)), strict=True):
            shown = self.kit.words.t(title)
            if count:
                shown = f"{shown} ({self.kit.formats.number(count)})"
            self.row.rename(code, shown)
        self.states.show_content()
        if not self.bar.asking:
            self._take_focus()

    def show_cases(self, cases: Sequence[CaseInHand]) -> None:
        """Show the cases of the officer stood on."""
        self.officers.set_cases(cases)

    def show_refusal(self, sentence: str) -> None:
        """Say it where the person looks."""
        if self.bar.asking:
            self.bar.refuse(sentence)
        else:
            self.context.announce(sentence, "danger")

    def say_done(self, sentence: str, tone: Tone) -> None:
        """Close what asked, and say what became of it."""
        if "officers" in self.panels:
            self.officers.cases.mark_all(marked=False)
        self.bar.close_bar()
        self.context.announce(sentence, tone)

    def _action(
        self, name: str, title: str, run: Callable[[], None], keys: str, icon: str, section: str
    ) -> Action:
        return Action(f"moving.{name}", title, run, keys, icon, lambda: self.section == section, GROUP)

    def _yes(self) -> None:
        if self.bar.asking:
            self.bar.submit()
        elif self.section == "incoming":
            self.asking.accept()
        else:
            self.asking.take()

    def _no(self) -> None:
        if self.section == "incoming":
            self.asking.refuse()
        else:
            self.asking.set_aside()

    def _open_file(self, case: CaseInHand) -> None:
        if case.household_id is not None:
            self.context.navigate("family", {"household": str(case.household_id)})

    def _open_late(self, line: Any) -> None:
        if line.household_id is not None:
            self.context.navigate("family", {"household": str(line.household_id)})

    def _show_section(self) -> None:
        self.row.show_section(self.section)
        shown = self._panel()
        for panel in self.panels.values():  # a list that is not seen takes no room from the bar below
            taken = QSizePolicy.Policy.Preferred if panel is shown else QSizePolicy.Policy.Ignored
            panel.setSizePolicy(QSizePolicy.Policy.Preferred, taken)
        self.pages.setCurrentWidget(shown)

    def _panel(self) -> OfficersPanel | ListPanel:
        """The panel of the open section; each of them is an attribute of its name."""
        panel: OfficersPanel | ListPanel = getattr(self, self.section)
        return panel

    def _built(self, section: str, panel: Panel) -> Panel:
        """Take a new panel in, with what is known already."""
        vars(self)[section] = self.panels[section] = panel  # at once: filling it may ask and be answered
        self.pages.addWidget(panel)
        if self.presenter.board is not None:
            self._fill(section, self.presenter.board)
        return panel

    def _fill(self, section: str, board: MovingBoard) -> None:
        if section == "officers":
            self.officers.set_officers(board.officers)
        else:
            rows = {"incoming": board.incoming, "outgoing": board.outgoing, "late": board.late}
            getattr(self, section).set_rows(rows[section])

    def _turned(self, asking: bool) -> None:
        self._panel().make_room(asking=asking)
        if not asking:
            self._take_focus()

    def _take_focus(self) -> None:
        if self.isVisible():
            self._panel().take_focus()

    def _lay_out(self) -> None:
        kit = self.kit
        self.pages = QStackedWidget()
        content = QWidget()
        content.setProperty("paper", "clear")
        down = QVBoxLayout(content)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(kit.look.sizes.space_4)
        down.addWidget(self.pages, 1)
        down.addWidget(self.bar)
        self.states = StatePanel(kit, content)
        page = Page(kit, scrolls=False)
        page.add(PageHeader(kit, kit.words.t("Cases in hand")))
        self.row = SectionTabs(
            kit, [(code, kit.words.t(title)) for code, title, _icon in SECTIONS], self.open_section
        )
        self.tabs = self.row.buttons
        page.add(self.row)
        page.add(self.states, 1)
        self.box.addWidget(page)
