"""Dates of life, which may be partial, and dates of business, which are whole days."""

from collections.abc import Callable
from datetime import date

from tarahum_desktop.domain.birth_reading import parse_life_date
from tarahum_desktop.domain.dates import PartialDate, Precision
from tarahum_desktop.domain.forms.model import Field as FormField
from tarahum_desktop.domain.forms.rule_dates import partial_date
from tarahum_desktop.domain.forms.values import Value
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.visit.fields.editor import Editor, Surroundings
from tarahum_desktop.ui.widgets.field import Note
from tarahum_desktop.ui.widgets.partial_date_field import PartialDateField

BIRTH = "birth"
"""The unit by which a form says that a date is a birth."""


class LifeDateField(PartialDateField):
    """A date as it is said: also eight digits run together, and where a birth is asked for, an age."""

    def __init__(self, kit: Kit, today: Callable[[], date], *, ages: bool = False) -> None:
        super().__init__(kit)
        self._day, self._ages = today, ages

    def _read(self, text: str) -> PartialDate:
        return parse_life_date(text, self._day(), ages=self._ages)


class DayField(LifeDateField):
    """A whole day, in either calendar; ``day()`` is Gregorian."""

    def day(self) -> date | None:
        """The day, or ``None`` when the date is not whole."""
        given = self.value()
        return given.midpoint() if given is not None and given.precision is Precision.DAY else None

    def judge(self, text: str) -> Note | None:
        """Also ask for the day when it is missing."""
        given = self.value()
        if given is not None and given.precision is not Precision.DAY:
            return Note(self.kit.words.t("Please write the whole date with its day."))
        return super().judge(text)


def partial_date_editor(field: FormField, around: Surroundings) -> Editor:
    """A day, a month or a year, as the family knows it; a birth also by the age."""
    made = LifeDateField(around.kit, around.today, ages=field.unit == BIRTH)

    def read() -> Value:
        given = made.value()
        return None if given is None else given.to_code()

    def show(value: Value) -> None:
        made.set_value(partial_date(value) if isinstance(value, str) else None)

    return Editor(made, read, show)


def day_editor(_field: FormField, around: Surroundings) -> Editor:
    """A whole day, kept as an ISO date."""
    made = DayField(around.kit, around.today)

    def read() -> Value:
        day = made.day()
        return None if day is None else day.isoformat()

    def show(value: Value) -> None:
        made.set_value(partial_date(value) if isinstance(value, str) else None)

    return Editor(made, read, show)
