"""A family's questionnaires without widgets."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tarahum_desktop.casework.forms.questionnaires import FamilyQuestionnaires, OfferedForm, QuestionnaireLine
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.ui.questionnaires.ports import QuestionnairePorts
from tarahum_desktop.ui.worker import Background


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: what can be asked or goes on, or what was asked."""

    offered: OfferedForm | None = None
    done: QuestionnaireLine | None = None


class QuestionnaireScreen(Protocol):
    """What the presenter tells the widgets."""

    def show_loading(self) -> None:
        """The questionnaires are being read."""

    def show_lines(self, lines: Sequence[Line], *, may_record: bool) -> None:
        """Drafts and what can be asked first, then what was asked."""

    def show_error(self, sentence: str) -> None:
        """They cannot be shown."""

    def show_refusal(self, sentence: str) -> None:
        """A questionnaire was not begun."""

    def open_form(self, draft: str) -> None:
        """Go to the form."""


class QuestionnairePresenter:
    """Reads the list and opens what is chosen."""

    def __init__(
        self, screen: QuestionnaireScreen, ports: QuestionnairePorts, background: Background, words: Words
    ) -> None:
        self._screen, self._ports, self._background, self._words = screen, ports, background, words
        self.household: uuid.UUID | None = None
        self.may_record = False

    def open(self, household: uuid.UUID) -> None:
        """Show a family."""
        if household != self.household:
            self.household = household
            self._screen.show_loading()
        self.reload()

    def reload(self) -> None:
        """Read the list."""
        household = self.household
        if household is not None:
            self._background.query(
                lambda: self._ports.load(household), self._loaded, self._failed, replaces="questionnaires"
            )

    def choose(self, line: Line) -> None:
        """Go on with a draft, begin a questionnaire, or read one that was submitted."""
        household = self.household
        if line.done is not None:
            self._screen.open_form(self._ports.done(line.done.id))
        elif line.offered is not None and household is not None and self.may_record:
            code = line.offered.code
            self._background.command(
                lambda: self._ports.begin(household, code),
                lambda draft: self._screen.open_form(str(draft)),
                lambda error: self._screen.show_refusal(error_sentence(self._words, error)),
            )

    def _loaded(self, found: FamilyQuestionnaires) -> None:
        self.may_record = found.may_record
        offered = sorted(found.offered, key=lambda one: one.draft is None)
        lines = [*(Line(offered=one) for one in offered), *(Line(done=one) for one in found.done)]
        self._screen.show_lines(lines, may_record=found.may_record)

    def _failed(self, error: TarahumError) -> None:
        self._screen.show_error(error_sentence(self._words, error))
