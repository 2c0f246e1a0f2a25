"""The self-sufficiency matrix, from the document's domains and levels."""

from collections.abc import Mapping

from tarahum_desktop.domain.forms.model import Field as FormField
from tarahum_desktop.domain.forms.values import Value
from tarahum_desktop.ui.visit.fields.editor import Editor, Surroundings
from tarahum_desktop.ui.widgets.matrix_grid import NOT_APPLICABLE, MatrixDomain, MatrixGrid

NA = "na"


def matrix_editor(field: FormField, around: Surroundings) -> Editor:
    """One line a domain; the answer is ``{domain: 1…5 or "na"}`` of those rated."""
    domains = [
        MatrixDomain(
            domain.code,
            around.shown(domain.words),
            {score: around.shown(anchor) for score, anchor in enumerate(domain.anchors, start=1)},
            domain.not_applicable,
        )
        for domain in field.domains
    ]
    levels = {int(level.code): around.shown(level.words) for level in field.levels}
    made = MatrixGrid(around.kit, domains, levels)

    def read() -> Value:
        rated = {code: score for code, score in made.value().items() if score is not None}
        return {code: NA if score == NOT_APPLICABLE else score for code, score in rated.items()} or None

    def show(value: Value) -> None:
        kept = value if isinstance(value, Mapping) else {}
        scores: dict[str, int | None] = {}
        for code, score in kept.items():
            scores[code] = NOT_APPLICABLE if score == NA else score if isinstance(score, int) else None
        made.set_value(scores)

    return Editor(made, read, show, tuple(made.lines))
