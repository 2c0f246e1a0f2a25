"""Partners and agreements: what each may see, who was referred, and what was shared. One key a section."""

import uuid
from collections.abc import Sequence
from functools import cached_property, partial
from typing import TypeVar

from PySide6.QtWidgets import QSizePolicy

from tarahum_desktop.casework.partners.consents import Withdrawn
from tarahum_desktop.casework.partners.referrals import ACCEPTED, COMPLETED, DECLINED, NewReferral, Preview
from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.actions import Action
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.partners.agreements_panel import AgreementsPanel
from tarahum_desktop.ui.partners.consents_panel import ConsentsPanel
from tarahum_desktop.ui.partners.ports import PartnersBoard, PartnersPorts
from tarahum_desktop.ui.partners.presenter import PartnersPresenter
from tarahum_desktop.ui.partners.refer_panel import ReferPanel
from tarahum_desktop.ui.partners.referrals_panel import ReferralsPanel
from tarahum_desktop.ui.partners.section_stack import SectionStack
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenContext
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.page import Page, PageHeader
from tarahum_desktop.ui.widgets.section_tabs import SectionTabs, known_section
from tarahum_desktop.ui.widgets.state_panel import StatePanel

SECTIONS = (
    ("agreements", msgid("Agreements"), "shield"), ("referrals", msgid("Referrals"), "inbox"),
    ("refer", msgid("Refer somebody"), "user"), ("consents", msgid("Consents of the family"), "signature"),
)  # fmt: skip
OF_A_FAMILY = frozenset({"refer", "consents"})
AnyPanel = AgreementsPanel | ReferralsPanel | ReferPanel | ConsentsPanel
Panel = TypeVar("Panel", AgreementsPanel, ReferralsPanel, ReferPanel, ConsentsPanel)
GROUP = msgid("Partners and agreements")


class PartnersView(Screen):
    """Four sections; the last two when it is opened for a family.

    Each is built when it is first shown: together they would keep the screen waiting for a quarter of a second.
    """

    def __init__(self, context: ScreenContext, ports: PartnersPorts) -> None:
        super().__init__(context)
        self.presenter = PartnersPresenter(ports, context.background, self.kit, self, context.changed)
        self.section = "agreements"
        self._person = ""
        self.panels: dict[str, AnyPanel] = {}
        self._lay_out(self.kit)

    @cached_property
    def agreements(self) -> AgreementsPanel:
        """What each partner may see."""
        return self._built("agreements", AgreementsPanel(self.kit, self.presenter.change))

    @cached_property
    def referrals(self) -> ReferralsPanel:
        """Who was referred, and what came of it."""
        ask = self.presenter
        return self._built("referrals", ReferralsPanel(self.kit, ask.choose, ask.answer, ask.save_letter))

    @cached_property
    def refer(self) -> ReferPanel:
        """Refers somebody of a family."""
        ask = self.presenter
        return self._built("refer", ReferPanel(self.kit, ask.preview, ask.refer, ask.consent))

    @cached_property
    def consents(self) -> ConsentsPanel:
        """What a family agreed to."""
        return self._built(
            "consents", ConsentsPanel(self.kit, self.presenter.withdraw, self.presenter.save_notice)
        )

    def open_with(self, params: Params) -> None:
        """``household`` and ``person`` open it to refer somebody; ``section`` names where to stand."""
        household = _as_id(params.get("household", ""))
        self._person = params.get("person", "")
        stands = "refer" if household is not None else self.section
        self.section = known_section(params.get("section"), SECTIONS, stands)
        if household is None and self.section in OF_A_FAMILY:
            self.section = "agreements"
        self.presenter.open(
            household
        )  # first: a section that is new must not show the family before this one
        self._show_section()

    def refresh(self, changed: frozenset[str]) -> None:
        """Read again what changed."""
        self.presenter.refresh(changed)

    def screen_actions(self) -> Sequence[Action]:
        """The sections, and what can be done in the one that is open."""
        sections = [
            Action(f"partners.{code}", title, partial(self.open_section, code), f"Ctrl+{at}", icon,
                   partial(self._offered, code), GROUP)
            for at, (code, title, icon) in enumerate(SECTIONS, start=1)
        ]  # fmt: skip
        return (
            *sections,
            Action("partners.yes", msgid("Refer, or save the agreement"), self._yes, "Ctrl+S", "check",
                   lambda: self.section in {"refer", "agreements"}, GROUP),
            Action("partners.edit", msgid("Change term and fields"), self._edit, "Ctrl+E", "edit",
                   self._may_edit, GROUP),
            Action("partners.accepted", msgid("The partner accepted"), partial(self._step, ACCEPTED), "Ctrl+Y", "check",
                   partial(self._may_step, ACCEPTED), GROUP),
            Action("partners.completed", msgid("The service is completed"), partial(self._step, COMPLETED), "Ctrl+G",
                   "success", partial(self._may_step, COMPLETED), GROUP),
            Action("partners.declined", msgid("The partner declined"), partial(self._step, DECLINED), "Ctrl+D", "close",
                   partial(self._may_step, DECLINED), GROUP),
            Action("partners.letter", msgid("Save the letter"), self._save_letter, "Ctrl+P", "pdf",
                   lambda: self.section == "referrals", GROUP),
            Action("partners.withdraw", msgid("Withdraw this consent"), self._withdraw, "Ctrl+B", "undo",
                   lambda: self.section == "consents", GROUP),
            Action("partners.again", msgid("Read again"), self.presenter.reload, "F5", "sync", group=GROUP),
        )  # fmt: skip

    def open_section(self, code: str) -> None:
        """Show another section."""
        if self._offered(code):
            self.section = code
            self._show_section()
            self._take_focus()

    def show_loading(self) -> None:
        """Nothing is here yet."""
        self.states.show_loading()

    def show_error(self, sentence: str) -> None:
        """Say why, with a way to try again."""
        self.states.show_error(sentence, self.presenter.reload)

    def show_board(self, board: PartnersBoard) -> None:
        """Fill the sections."""
        first = self.states.state != "content"
        family = board.family
        code = self.kit.formats.code(family.file_number) if family is not None else ""
        told = self.kit.words.t("File {number}").format(number=code) if family is not None else ""
        self.header.set_texts(self.kit.words.t(GROUP), told)
        for section, tab in self.tabs.items():
            tab.setVisible(self._offered(section))
        for panel in self.panels.values():
            self._fill(panel, board)
        self.states.show_content()
        if not self._offered(self.section):
            self.section = "referrals"
        self._show_section()
        if first:
            self._take_focus()

    def show_preview(self, wanted: NewReferral, preview: Preview) -> None:
        """Show what would go out."""
        self.refer.show_preview(wanted, preview)

    def show_preview_trouble(self, sentence: str) -> None:
        """Say why there is no preview."""
        self.refer.card.show_trouble(sentence)

    def show_referred(self) -> None:
        """Make ready for the next."""
        self.refer.start_anew()

    def show_consented(self) -> None:
        """What was missing is there."""
        self.refer.ask_preview()

    def show_withdrawn(self, withdrawn: Withdrawn) -> None:
        """The list that is read again shows who must be told."""
        del withdrawn

    def show_refusal(self, sentence: str) -> None:
        """Say it where the person looks."""
        if self.section == "refer":
            self.refer.refuse(sentence)
        elif self.section == "agreements" and self.agreements.form.isVisible():
            self.agreements.form.refuse(sentence)
        else:
            self.context.announce(sentence, "danger")

    def say(self, sentence: str, tone: Tone) -> None:
        """Say what became of it; what was typed for it goes."""
        for panel in self.panels.values():
            if isinstance(panel, AgreementsPanel | ReferralsPanel):
                panel.saved()
        self.context.announce(sentence, tone)

    def _offered(self, section: str) -> bool:
        """A family's sections need a family, and referring needs somebody who may."""
        board = self.presenter.board
        family = board.family if board is not None else None
        if section == "refer":
            return family is not None and family.may_refer
        return section not in OF_A_FAMILY or family is not None

    def _may_edit(self) -> bool:
        board = self.presenter.board
        return self.section == "agreements" and board is not None and board.may_manage

    def _may_step(self, state: str) -> bool:
        return self.section == "referrals" and self.referrals.may(state)

    def _step(self, state: str) -> None:
        self.referrals.step(state)

    def _edit(self) -> None:
        self.agreements.edit()

    def _save_letter(self) -> None:
        self.referrals.save_letter()

    def _withdraw(self) -> None:
        self.consents.ask()

    def _yes(self) -> None:
        if self.section == "refer":
            self.refer.submit()
        elif self.agreements.form.isVisible():
            self.agreements.form.submit()

    def _show_section(self) -> None:
        self.row.show_section(self.section)
        shown = self._panel(self.section)
        for panel in self.panels.values():  # a section that is not seen takes no room from the one that is
            taken = QSizePolicy.Policy.Preferred if panel is shown else QSizePolicy.Policy.Ignored
            panel.setSizePolicy(QSizePolicy.Policy.Preferred, taken)
        self.pages.setCurrentWidget(shown)

    def _panel(self, section: str) -> AnyPanel:
        """The panel of a section; each of them is an attribute of that name."""
        panel: AnyPanel = getattr(self, section)
        return panel

    def _built(self, section: str, panel: Panel) -> Panel:
        """Take a new panel in, with what is known already."""
        vars(self)[section] = self.panels[section] = panel  # at once: filling it may ask and be answered
        self.pages.addWidget(panel)
        if self.presenter.board is not None:
            self._fill(panel, self.presenter.board)
        return panel

    def _fill(self, panel: AnyPanel, board: PartnersBoard) -> None:
        if isinstance(panel, ReferralsPanel):
            panel.show_board(board, self.presenter.which)
        elif isinstance(panel, ReferPanel):
            panel.show_board(board, self._person)
        else:
            panel.show_board(board)

    def _take_focus(self) -> None:
        if self.isVisible():
            self._panel(self.section).take_focus()

    def _lay_out(self, kit: Kit) -> None:
        self.pages = SectionStack()
        self.states = StatePanel(kit, self.pages)
        page = Page(kit)
        self.header = PageHeader(kit, kit.words.t(GROUP))
        page.add(self.header)
        self.row = SectionTabs(
            kit, [(code, kit.words.t(title)) for code, title, _icon in SECTIONS], self.open_section
        )
        self.tabs = self.row.buttons
        page.add(self.row)
        page.add(self.states, 1)
        self.box.addWidget(page)


def _as_id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
