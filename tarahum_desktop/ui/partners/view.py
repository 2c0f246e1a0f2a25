"""Partners and agreements: what each may see, who was referred, and what was shared. One key a section."""

import uuid
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QStackedWidget, QWidget

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
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenContext
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.buttons import shown_on_button
from tarahum_desktop.ui.widgets.page import Page, PageHeader
from tarahum_desktop.ui.widgets.state_panel import StatePanel

SECTIONS = (
    ("agreements", msgid("Agreements"), "shield"), ("referrals", msgid("Referrals"), "inbox"),
    ("refer", msgid("Refer somebody"), "user"), ("consents", msgid("Consents of the family"), "signature"),
)  # fmt: skip
OF_A_FAMILY = frozenset({"refer", "consents"})
GROUP = msgid("Partners and agreements")


class _Sections(QStackedWidget):
    """Takes the height there is: its lists give way before anything has to be scrolled to."""

    def hasHeightForWidth(self) -> bool:
        """Wrapped words need more lines where it is narrow."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The least height at which the open section's words are whole; its lists scroll by themselves."""
        shown = self.currentWidget()
        layout = shown.layout() if shown is not None else None
        least = self.minimumSizeHint().height()
        return least if layout is None else max(least, layout.totalMinimumHeightForWidth(width))

    def sizeHint(self) -> QSize:
        """As little as the open section can do with."""
        return self.minimumSizeHint()


class PartnersView(Screen):
    """Four sections; the last two when it is opened for a family."""

    def __init__(self, context: ScreenContext, ports: PartnersPorts) -> None:
        super().__init__(context)
        self.presenter = PartnersPresenter(ports, context.background, self.kit, self, context.changed)
        self.section = "agreements"
        self._person = ""
        self._lay_out(self.kit)

    def open_with(self, params: Params) -> None:
        """``household`` and ``person`` open it to refer somebody; ``section`` names where to stand."""
        household = _as_id(params.get("household", ""))
        self._person = params.get("person", "")
        self.section = params.get("section", "refer" if household is not None else self.section)
        if household is None and self.section in OF_A_FAMILY:
            self.section = "agreements"
        self._show_section()
        self.presenter.open(household)

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
        step = self.referrals.step
        return (
            *sections,
            Action("partners.yes", msgid("Refer, or save the agreement"), self._yes, "Ctrl+S", "check",
                   lambda: self.section in {"refer", "agreements"}, GROUP),
            Action("partners.edit", msgid("Change term and fields"), self.agreements.edit, "Ctrl+E", "edit",
                   self._may_edit, GROUP),
            Action("partners.accepted", msgid("The partner accepted"), partial(step, ACCEPTED), "Ctrl+Y", "check",
                   partial(self._may_step, ACCEPTED), GROUP),
            Action("partners.completed", msgid("The service is completed"), partial(step, COMPLETED), "Ctrl+G",
                   "success", partial(self._may_step, COMPLETED), GROUP),
            Action("partners.declined", msgid("The partner declined"), partial(step, DECLINED), "Ctrl+D", "close",
                   partial(self._may_step, DECLINED), GROUP),
            Action("partners.letter", msgid("Save the letter"), self.referrals.save_letter, "Ctrl+P", "pdf",
                   lambda: self.section == "referrals", GROUP),
            Action("partners.withdraw", msgid("Withdraw this consent"), self.consents.ask, "Ctrl+B", "undo",
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
        self.agreements.show_board(board)
        self.referrals.show_board(board, self.presenter.which)
        self.refer.show_board(board, self._person)
        self.consents.show_board(board)
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
        self.agreements.saved()
        self.referrals.saved()
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

    def _yes(self) -> None:
        if self.section == "refer":
            self.refer.submit()
        elif self.agreements.form.isVisible():
            self.agreements.form.submit()

    def _show_section(self) -> None:
        for code, made in self.tabs.items():
            made.setChecked(code == self.section)
        for (
            code,
            panel,
        ) in self.panels.items():  # a section that is not seen takes no room from the one that is
            taken = QSizePolicy.Policy.Preferred if code == self.section else QSizePolicy.Policy.Ignored
            panel.setSizePolicy(QSizePolicy.Policy.Preferred, taken)
        self.pages.setCurrentWidget(self.panels[self.section])

    def _take_focus(self) -> None:
        if self.isVisible():
            self.panels[self.section].take_focus()

    def _lay_out(self, kit: Kit) -> None:
        presenter = self.presenter
        self.agreements = AgreementsPanel(kit, presenter.change)
        self.referrals = ReferralsPanel(kit, presenter.choose, presenter.answer, presenter.save_letter)
        self.refer = ReferPanel(kit, presenter.preview, presenter.refer, presenter.consent)
        self.consents = ConsentsPanel(kit, presenter.withdraw, presenter.save_notice)
        self.panels: dict[str, AgreementsPanel | ReferralsPanel | ReferPanel | ConsentsPanel] = {
            "agreements": self.agreements, "referrals": self.referrals, "refer": self.refer, "consents": self.consents,
        }  # fmt: skip
        self.pages = _Sections()
        for panel in self.panels.values():
            self.pages.addWidget(panel)
        self.states = StatePanel(kit, self.pages)
        page = Page(kit)
        self.header = PageHeader(kit, kit.words.t(GROUP))
        page.add(self.header)
        page.column.addWidget(self._tabs())
        page.add(self.states, 1)
        self.box.addWidget(page)

    def _tabs(self) -> QWidget:
        holder = QWidget()
        holder.setProperty("paper", "clear")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.kit.look.sizes.space_2)
        self.tabs: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        for code, title, _icon in SECTIONS:
            made = QPushButton(shown_on_button(self.kit.words.t(title)))
            made.setCheckable(True)
            made.setProperty("role", "option")
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.clicked.connect(lambda _checked=False, code=code: self.open_section(code))
            group.addButton(made)
            self.tabs[code] = made
            row.addWidget(made)
        row.addStretch(1)
        return holder


def _as_id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
