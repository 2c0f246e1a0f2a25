"""The two ways a form can be refused: its document is wrong, or an answer does not have a form's shape."""

from typing import Final

from tarahum_desktop.domain.errors import TarahumError

MOST_FAULTS: Final = 200


class FormDocumentError(TarahumError):
    """A form document was refused; ``problem`` names the fault and ``at`` the place in the document."""

    code = "form_document_refused"

    def __init__(self, problem: str, at: str, **facts: str | int) -> None:
        super().__init__(None, problem=problem, at=at, **facts)
        self.problem = problem
        self.at = at


class AnswersError(TarahumError):
    """Answers that cannot be read or changed as asked; ``problem`` names the fault."""

    code = "form_answers_refused"

    def __init__(self, problem: str, **facts: str | int) -> None:
        super().__init__(None, problem=problem, **facts)
        self.problem = problem


class Faults:
    """Where the faults of a document go. This one ends the reading at the first."""

    def add(self, fault: FormDocumentError) -> None:
        """Take one fault; may raise it."""
        raise fault


class EveryFault(Faults):
    """Keeps faults, so that whoever wrote the document can put all of them right at once."""

    def __init__(self) -> None:
        self.found: list[FormDocumentError] = []

    def add(self, fault: FormDocumentError) -> None:
        """Keep it; beyond ``MOST_FAULTS`` the document is no form at all and the rest is not told."""
        told = any(one.at == fault.at and one.problem == fault.problem for one in self.found)
        if not told and len(self.found) < MOST_FAULTS:
            self.found.append(fault)


class NoFaults(Faults):
    """Forgets what follows from a fault that was told already."""

    def add(self, fault: FormDocumentError) -> None:
        """Nothing."""
