"""As last time: start a visit from the last one's answers, and show what differs from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tarahum_desktop.domain.forms.answers import Answers, FieldPath
from tarahum_desktop.domain.forms.model import FormDocument
from tarahum_desktop.domain.forms.values import Row, Value


class Difference(StrEnum):
    """How an answer differs from the earlier one."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Changed:
    """One answer (or, without a column, one whole row) that differs."""

    path: FieldPath
    kind: Difference
    before: Value
    after: Value


def carry_over(document: FormDocument, last: Answers) -> Answers:
    """Return a new draft that begins with the household's lasting facts from an earlier visit, of any version.

    Consents, observations, ratings, signatures and the visit itself are asked anew; totals are worked out anew.
    """
    carried = {f.code for s in document.sections if s.carry for f in s.fields if not f.automatic}
    return Answers(document.key, {code: value for code, value in last.values.items() if code in carried})


def differences(before: Answers, after: Answers) -> tuple[Changed, ...]:
    """Return what differs, rows matched by their ids, in a stable order."""
    found: list[Changed] = []
    for code in sorted({*before.values, *after.values}):
        old, new = before.get(code), after.get(code)
        if before.rows(code) or after.rows(code):
            found += _row_differences(code, before, after)
        elif old != new:
            found.append(_changed(FieldPath(code), old, new))
    return tuple(found)


def _row_differences(group: str, before: Answers, after: Answers) -> list[Changed]:
    old = {row.id: row for row in before.rows(group)}
    new = {row.id: row for row in after.rows(group)}
    found: list[Changed] = []
    for row_id in [*new, *(gone for gone in old if gone not in new)]:
        was, now = old.get(row_id), new.get(row_id)
        if was is None or now is None:
            found.append(_changed(FieldPath(group, row_id), _values(was), _values(now)))
            continue
        found += [
            _changed(FieldPath(group, row_id, column), was.get(column), now.get(column))
            for column in sorted({*was.values, *now.values})
            if was.get(column) != now.get(column)
        ]
    return found


def _values(row: Row | None) -> Mapping[str, Value] | None:
    return None if row is None else row.values


def _changed(path: FieldPath, before: Value, after: Value) -> Changed:
    if before is None:
        return Changed(path, Difference.ADDED, before, after)
    return Changed(path, Difference.REMOVED if after is None else Difference.CHANGED, before, after)
