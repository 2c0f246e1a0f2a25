"""Why a form was not published or not filled."""

from tarahum_desktop.casework.errors import CaseworkError
from tarahum_desktop.domain.forms.publishing import Problem


class FormNotPublished(CaseworkError):
    """A document with problems; nothing of it was kept. Fact ``count``; ``problems`` says each by its line."""

    code = "form_not_published"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(None, count=len(problems))
        self.problems = problems


class QuestionnaireRefused(CaseworkError):
    """Codes: ``form_is_the_visit`` (the social study is filled by a visit), ``questionnaire_not_ready`` (``count``)."""

    code = "questionnaire_not_ready"
