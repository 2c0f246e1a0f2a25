"""Forms that are only looked at: a published version, one that is not published yet, a questionnaire that was submitted.

The form screen opens drafts by their id; these have names of their own that no draft has.
"""

import uuid
from dataclasses import dataclass, field
from typing import Final

from tarahum_desktop.casework.forms.questionnaires import read_questionnaire
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.domain.forms.answers import Answers
from tarahum_desktop.domain.forms.model import FormDocument
from tarahum_desktop.ui.visit.ports import Draft, DraftKind

_VERSION: Final = "version"
_CANDIDATE: Final = "candidate"
_DONE: Final = "questionnaire"


@dataclass
class FormBench:
    """One for a window: it keeps the form that was last read from a file."""

    place: Workplace
    _candidate: FormDocument | None = None
    _count: int = field(default=0)

    def specimen(self, code: str, version: int) -> str:
        """Name a published version."""
        return f"{_VERSION}:{version}:{code}"

    def candidate(self, document: FormDocument) -> str:
        """Keep a form that is not published, and name it."""
        self._candidate = document
        self._count += 1
        return f"{_CANDIDATE}:{self._count}"

    def done(self, questionnaire_id: uuid.UUID) -> str:
        """Name a submitted questionnaire."""
        return f"{_DONE}:{questionnaire_id}"

    def holds(self, name: str) -> bool:
        """Whether a name is one of these and no draft's."""
        return ":" in name

    def draft(self, name: str) -> tuple[FormDocument, Draft]:
        """The form and what the form screen shows in it; raises FormMissing, RecordMissing or NotAllowed."""
        kind, _, rest = name.partition(":")
        if kind == _DONE:
            code, version, answers = read_questionnaire(self.place.desk, uuid.UUID(rest))
            return self._published(code, version), Draft(answers, kind=DraftKind.QUESTIONNAIRE, done=True)
        if kind == _CANDIDATE and self._candidate is not None:
            document = self._candidate
        else:
            number, _, code = rest.partition(":")
            document = self._published(code, int(number))
        return document, Draft(Answers(document.key), kind=DraftKind.SPECIMEN)

    def _published(self, code: str, version: int) -> FormDocument:
        desk = self.place.desk
        with desk.reading() as connection:
            return desk.forms.version(connection, code, version).document
