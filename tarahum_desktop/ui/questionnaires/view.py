"""A family's questionnaires: one list, Enter begins, goes on or reads."""

import uuid
from collections.abc import Sequence

from PySide6.QtCore import Qt

from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.actions import Action
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.questionnaires.ports import QuestionnairePorts
from tarahum_desktop.ui.questionnaires.presenter import Line, QuestionnairePresenter
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenContext
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.page import Page, PageHeader
from tarahum_desktop.ui.widgets.state_panel import StatePanel
from tarahum_desktop.ui.widgets.table import Column, DataTable

GROUP = msgid("Questionnaires")


class QuestionnairesView(Screen):
    """Parameter of ``open_with``: ``household``."""

    def __init__(self, context: ScreenContext, ports: QuestionnairePorts) -> None:
        super().__init__(context)
        self.presenter = QuestionnairePresenter(self, ports, context.background, self.kit.words)
        self.table = _table(self.kit)
        self.table.opened.connect(self.presenter.choose)
        self.states = StatePanel(self.kit, self.table)
        self.banner = Banner(self.kit)
        self._lay_out()

    def open_with(self, params: Params) -> None:
        """Show the family's questionnaires."""
        if household := params.get("household", ""):
            self.presenter.open(uuid.UUID(household))
        else:
            self.presenter.reload()

    def refresh(self, changed: frozenset[str]) -> None:
        """Read again when something was filled or published."""
        if changed & {"questionnaire", "form_version", "draft"}:
            self.presenter.reload()

    def screen_actions(self) -> list[Action]:
        """What can be done here."""
        return [
            Action("questionnaires.open", msgid("Open the questionnaire"), self._open, "Ctrl+Return", "visit",
                   lambda: self.table.current_row() is not None, GROUP),
            Action("questionnaires.family", msgid("Open the family"), self._family, "", "families",
                   lambda: self.presenter.household is not None, GROUP),
        ]  # fmt: skip

    def show_loading(self) -> None:
        """The questionnaires are being read."""
        self.states.show_loading()

    def show_lines(self, lines: Sequence[Line], *, may_record: bool) -> None:
        """Drafts and what can be asked first, then what was asked."""
        words = self.kit.words
        self.banner.clear()
        if not may_record and any(line.offered is not None for line in lines):
            self.banner.say(
                words.t("Only who records visits for this family can fill a questionnaire."), "info"
            )
        at = max(0, self.table.currentIndex().row())
        self.table.set_rows(list(lines))
        if not lines:
            self.states.show_empty(
                words.t("There is no questionnaire yet"),
                words.t("Headquarters publishes questionnaires; they come with the next exchange."),
            )
            return
        self.table.setCurrentIndex(self.table.rows_model.index(min(at, len(lines) - 1), 0))
        self.states.show_content()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, sentence: str) -> None:
        """They cannot be shown."""
        self.states.show_error(sentence, self.presenter.reload)

    def show_refusal(self, sentence: str) -> None:
        """A questionnaire was not begun."""
        self.banner.say(sentence, "danger")

    def open_form(self, draft: str) -> None:
        """Go to the form."""
        self.context.navigate("visit", {"draft": draft})

    def _open(self) -> None:
        line = self.table.current_row()
        if line is not None:
            self.presenter.choose(line)

    def _family(self) -> None:
        self.context.navigate("family", {"household": str(self.presenter.household)})

    def _lay_out(self) -> None:
        kit, words = self.kit, self.kit.words
        page = Page(kit, scrolls=False)
        header = PageHeader(
            kit,
            words.t("Questionnaires"),
            words.t("Asked beside the visit; each answer is kept as it is given."),
        )
        header.add_button(button(kit, words.t("Open the family"), self._family, icon="families"))
        header.add_button(
            button(kit, words.t("Open the questionnaire"), self._open, role="primary", icon="visit")
        )
        page.add(header)
        page.add(self.banner)
        card = Card(kit)
        card.add(self.states, 1)
        page.add(card, 1)
        self.box.addWidget(page)


def _table(kit: Kit) -> DataTable:
    words = kit.words
    columns = [
        Column[Line](words.t("Questionnaire"), lambda line: _title(kit, line), 6),
        Column[Line](words.t("State"), lambda line: _state(kit, line), 4),
        Column[Line](words.t("Who asked"), lambda line: _officer(kit, line), 3),
        Column[Line](words.t("Version"), lambda line: kit.formats.number(_version(line)), 2),
    ]
    return DataTable(kit, columns, words.t("Questionnaires"))


def _title(kit: Kit, line: Line) -> str:
    one = line.done or line.offered
    return "" if one is None else one.title.in_language(kit.words.language)


def _state(kit: Kit, line: Line) -> str:
    words, formats = kit.words, kit.formats
    if line.done is not None:
        return words.t("Submitted on {day}").format(day=formats.date(line.done.submitted_at.date()))
    if line.offered is not None and line.offered.begun_at is not None:
        return words.t("Begun on {day}, not submitted yet").format(
            day=formats.date(line.offered.begun_at.date())
        )
    return words.t("Can be asked")


def _officer(kit: Kit, line: Line) -> str:
    if line.done is None:
        return ""
    return (
        line.done.officer_ar if kit.words.language == "ar" else line.done.officer_en or line.done.officer_ar
    )


def _version(line: Line) -> int:
    if line.done is not None:
        return line.done.form_version
    return line.offered.version if line.offered is not None else 0
