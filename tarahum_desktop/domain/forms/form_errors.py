"""The two ways a form can be refused: its document is wrong, or an answer does not have a form's shape."""

from tarahum_desktop.domain.errors import TarahumError


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
