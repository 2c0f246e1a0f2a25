"""What a correction changes: paths of the form with the answer before and after. Pure.

A path of one part is an answer, of three parts a column of a row, of two parts a whole row that comes or goes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tarahum_desktop.casework.amending.errors import AmendmentRefused
from tarahum_desktop.domain.forms.answers import Answers, FieldPath
from tarahum_desktop.domain.forms.compare import differences
from tarahum_desktop.domain.forms.form_errors import AnswersError
from tarahum_desktop.domain.forms.model import Field, FieldType, FormDocument
from tarahum_desktop.domain.forms.values import Row, Value, frozen, is_empty, thawed

_NOT_CORRECTED: Final = frozenset(
    {FieldType.SIGNATURE, FieldType.TIMESTAMP, FieldType.COMPUTED, FieldType.PHOTO}
)


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """One answer as it was and as it should be; for a whole row, the columns of the row or None."""

    path: FieldPath
    before: Value
    after: Value


def may_be_corrected(field: Field) -> bool:
    """Whether a correction may touch a question: what was signed, timed, totalled or photographed stays."""
    return field.type not in _NOT_CORRECTED


def changes_between(document: FormDocument, before: Answers, after: Answers) -> tuple[AnswerChange, ...]:
    """What differs, of the questions that may be corrected."""
    open_codes = {field.code for field in document.fields() if may_be_corrected(field)}
    return tuple(
        AnswerChange(one.path, one.before, one.after)
        for one in differences(before, after)
        if one.path.code in open_codes
    )


def wanted_changes(
    document: FormDocument, now: Answers, wanted: Mapping[str, Value]
) -> tuple[AnswerChange, ...]:
    """The changes that paths and their new values ask for; equal values ask for nothing.

    Raises:
        AmendmentRefused: ``amendment_answer_unknown`` for a path the form does not have, or may not correct.
    """
    fields = {field.code: field for field in document.fields()}
    found = []
    for text, after in wanted.items():
        path = _path(text)
        field = fields.get(path.code)
        column = field is not None and (not path.column or any(c.code == path.column for c in field.columns))
        if (
            field is None
            or not may_be_corrected(field)
            or not column
            or bool(path.row_id) != bool(field.columns)
        ):
            raise AmendmentRefused("amendment_answer_unknown")
        row = now.row(path.code, path.row_id) if path.row_id else None
        before = now.at(path) if path.column or not path.row_id else (None if row is None else row.values)
        if before != after and not (is_empty(before) and is_empty(after)):
            found.append(AnswerChange(path, before, None if is_empty(after) else after))
    return tuple(found)


def apply_changes(answers: Answers, changes: tuple[AnswerChange, ...]) -> Answers:
    """The answers with the changes made."""
    for change in changes:
        path = change.path
        if path.row_id and not path.column:
            answers = answers.without_row(path.code, path.row_id)
            if isinstance(change.after, Mapping):
                answers = answers.with_row(path.code, path.row_id)
                for column, value in change.after.items():
                    answers = answers.with_value(FieldPath(path.code, path.row_id, column), value)
        else:
            answers = answers.with_value(path, change.after)
    return answers


def outdated(answers: Answers, changes: tuple[AnswerChange, ...]) -> bool:
    """Whether an answer no longer is what the correction found."""
    return any(_now(answers, change.path) != change.before for change in changes)


def to_document(changes: tuple[AnswerChange, ...]) -> dict[str, Any]:
    """The changes as they are stored."""
    return {str(one.path): {"before": thawed(one.before), "after": thawed(one.after)} for one in changes}


def from_document(document: Mapping[str, Any]) -> tuple[AnswerChange, ...]:
    """Read back what ``to_document`` wrote; what a newer program wrote otherwise is passed over."""
    found = []
    for text, pair in document.items():
        if not isinstance(pair, Mapping):
            continue
        try:
            path = FieldPath.parse(text)
            found.append(AnswerChange(path, frozen(pair.get("before")), frozen(pair.get("after"))))
        except (AnswersError, ValueError):
            continue
    return tuple(found)


def _now(answers: Answers, path: FieldPath) -> Value:
    if path.row_id and not path.column:
        row: Row | None = answers.row(path.code, path.row_id)
        return None if row is None else row.values
    return answers.at(path)


def _path(text: str) -> FieldPath:
    try:
        return FieldPath.parse(text)
    except AnswersError:
        raise AmendmentRefused("amendment_answer_unknown") from None
