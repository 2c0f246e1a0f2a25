"""What differs from the last visit, or in a correction from what was signed."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from tarahum_desktop.domain.forms.answers import Answers
from tarahum_desktop.domain.forms.compare import Changed, differences
from tarahum_desktop.domain.forms.model import Field, FieldType, FormDocument, Section
from tarahum_desktop.domain.forms.state import FormState
from tarahum_desktop.domain.forms.values import is_empty
from tarahum_desktop.ui.visit.leaving import is_left_group

_NEVER: Final = frozenset({FieldType.SIGNATURE, FieldType.TIMESTAMP, FieldType.PHOTO})
NOTHING: Final[Mapping[str, Changed]] = MappingProxyType({})


class LastTime:
    """Compares answers with those of an earlier visit.

    A new visit is compared where answers last: sections that are carried over, and ratings once they are given. A
    correction is compared everywhere.

    Attributes:
        on: the day of the earlier visit; None when there was none.
    """

    def __init__(
        self, document: FormDocument, before: Answers | None, on: date | None, *, all_of_it: bool
    ) -> None:
        self.on = on
        self._before = before
        self._sections = {f.code: s for s in document.sections for f in s.fields}
        self._compared = {
            f.code for s in document.sections for f in s.fields if _is_compared(s, f, all_of_it=all_of_it)
        }
        self._all = all_of_it

    def changed(self, answers: Answers, state: FormState) -> Mapping[str, Changed]:
        """What differs now, by path; only of questions that are asked now."""
        if self._before is None:
            return NOTHING
        kept = Answers(answers.form, {c: v for c, v in state.kept.values.items() if c in self._compared})
        before = Answers(answers.form, {c: v for c, v in self._before.values.items() if c in self._compared})
        found = (one for one in differences(before, kept) if self._is_shown(one, state))
        return {str(one.path): one for one in found}

    def count(self, section: Section, changed: Mapping[str, Changed]) -> int:
        """How many answers of a section are no longer what they were; an answer not given yet counts nowhere."""
        return sum(
            self._sections[one.path.code] is section and (self._all or not is_empty(one.after))
            for one in changed.values()
        )

    def _is_shown(self, one: Changed, state: FormState) -> bool:
        if one.path.row_id and not one.path.column:
            told = self._before is not None and bool(self._before.rows(one.path.code))
            # A visit that named no row at all was not asked about them: then none of today's is news.
            return self._all or (told and not is_empty(one.after))
        own = state.fields.get(str(one.path))
        if own is None or not own.visible:
            return False
        return self._all or self._sections[one.path.code].carry or not is_empty(one.after)


def _is_compared(section: Section, field: Field, *, all_of_it: bool) -> bool:
    if field.automatic or field.type in _NEVER:
        return False
    return all_of_it or (section.carry and not is_left_group(field)) or field.type is FieldType.MATRIX
