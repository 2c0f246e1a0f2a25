"""Who no longer belongs: a known row that is taken away asks why and when, and can come back as it was.

The group ``members`` has beside it the group ``members_left`` of the form; what was known of the row waits in the draft
under a name that is no question of the form, so that it is never submitted and never lost.
"""

from collections.abc import Mapping
from typing import Final

from tarahum_desktop.domain.forms.answers import Answers, FieldPath
from tarahum_desktop.domain.forms.model import Field, FormDocument
from tarahum_desktop.domain.forms.values import Row, Value
from tarahum_desktop.ui.widgets.answer_words import name_of

LEFT: Final = "_left"
ASIDE: Final = "_aside"
NAME: Final = "left_name"

Save = Mapping[str, Value]
"""Paths and values to keep, in order; as ``VisitPorts.save_draft`` takes them."""


def left_group(document: FormDocument, group: str) -> Field | None:
    """The group that asks about those who left another; None when the form has none."""
    return next((field for field in document.fields() if field.code == group + LEFT), None)


def is_left_group(group: Field) -> bool:
    """Whether a group holds those who left another; its rows come from there alone."""
    return bool(group.columns) and group.code.endswith(LEFT)


def leave(answers: Answers, group: str, row: Row) -> tuple[Answers, Save]:
    """Take a row out of its group and ask about it instead."""
    left, aside = group + LEFT, group + ASIDE
    name = next((said for value in row.values.values() if (said := name_of(value))), row.id)
    kept: dict[str, Value] = {f"{aside}/{row.id}/{column}": value for column, value in row.values.items()}
    kept |= {f"{group}/{row.id}": None, f"{left}/{row.id}": {}, f"{left}/{row.id}/{NAME}": name}
    return _applied(answers, kept), kept


def come_back(answers: Answers, left: str, row_id: str) -> tuple[Answers, Save]:
    """Put a row back as it was."""
    group = left.removesuffix(LEFT)
    aside = answers.row(group + ASIDE, row_id)
    kept: dict[str, Value] = {f"{left}/{row_id}": None, f"{group}/{row_id}": {}}
    kept |= {f"{group}/{row_id}/{column}": value for column, value in (aside.values if aside else {}).items()}
    kept |= {f"{group}{ASIDE}/{row_id}": None}
    return _applied(answers, kept), kept


def _applied(answers: Answers, kept: Save) -> Answers:
    for text, value in kept.items():
        path = FieldPath.parse(text)
        if path.column or not path.row_id:
            answers = answers.with_value(path, value)
        elif value is None:
            answers = answers.without_row(path.code, path.row_id)
        elif answers.row(path.code, path.row_id) is None:
            answers = answers.with_row(path.code, path.row_id)
    return answers
