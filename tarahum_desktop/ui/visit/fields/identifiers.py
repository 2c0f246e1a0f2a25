"""Identity numbers, mobiles and short addresses: normalised when left, doubted below, never blocking."""

from tarahum_desktop.domain.forms.model import Field as FormField
from tarahum_desktop.domain.identifiers import check_short_address
from tarahum_desktop.ui.visit.fields.editor import Editor, Surroundings, text_or_nothing
from tarahum_desktop.ui.widgets.checked_fields import CheckedField, MobileField, PersonIdField


def person_id_editor(_field: FormField, around: Surroundings) -> Editor:
    """A national id or an iqama."""
    return _editor(PersonIdField(around.kit))


def mobile_editor(_field: FormField, around: Surroundings) -> Editor:
    """A Saudi mobile, kept as E.164."""
    return _editor(MobileField(around.kit))


def short_address_editor(_field: FormField, around: Surroundings) -> Editor:
    """Four letters and four digits."""
    return _editor(CheckedField(around.kit, check_short_address, placeholder="RAAA2919"))


def _editor(made: CheckedField) -> Editor:
    return Editor(made, lambda: made.value() or None, lambda value: made.set_value(text_or_nothing(value)))
