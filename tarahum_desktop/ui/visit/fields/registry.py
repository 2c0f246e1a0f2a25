"""Which file answers for which kind of question."""

from collections.abc import Mapping
from types import MappingProxyType

from tarahum_desktop.domain.forms.model import Field as FormField
from tarahum_desktop.domain.forms.model import FieldType
from tarahum_desktop.ui.visit.fields.automatic import automatic_editor
from tarahum_desktop.ui.visit.fields.checklist import checklist_editor
from tarahum_desktop.ui.visit.fields.choices import (
    bool_editor,
    choice_editor,
    consent_editor,
    multi_editor,
    team_editor,
)
from tarahum_desktop.ui.visit.fields.dates import day_editor, partial_date_editor
from tarahum_desktop.ui.visit.fields.editor import Editor, Maker, Surroundings
from tarahum_desktop.ui.visit.fields.identifiers import mobile_editor, person_id_editor, short_address_editor
from tarahum_desktop.ui.visit.fields.lookup import lookup_editor
from tarahum_desktop.ui.visit.fields.matrix import matrix_editor
from tarahum_desktop.ui.visit.fields.name_parts import duration_editor, name_editor
from tarahum_desktop.ui.visit.fields.photos import photo_editor
from tarahum_desktop.ui.visit.fields.position import position_editor
from tarahum_desktop.ui.visit.fields.signature import signature_editor
from tarahum_desktop.ui.visit.fields.typed import (
    digits_editor,
    line_editor,
    money_editor,
    note_editor,
    number_editor,
)

# ROWS is missing on purpose: a repeating group is built of these by the section itself.
MAKERS: Mapping[FieldType, Maker] = MappingProxyType(
    {
        FieldType.TEXT: line_editor,
        FieldType.TEXTAREA: note_editor,
        FieldType.NAME: line_editor,
        FieldType.NAME4: name_editor,
        FieldType.CHOICE: choice_editor,
        FieldType.MULTI: multi_editor,
        FieldType.CHECKLIST: checklist_editor,
        FieldType.BOOL: bool_editor,
        FieldType.INT: number_editor,
        FieldType.MONEY: money_editor,
        FieldType.DIGITS: digits_editor,
        FieldType.DATE: day_editor,
        FieldType.DATE_PARTIAL: partial_date_editor,
        FieldType.DURATION: duration_editor,
        FieldType.NATIONAL_ID: person_id_editor,
        FieldType.MOBILE: mobile_editor,
        FieldType.SHORT_ADDRESS: short_address_editor,
        FieldType.LOOKUP: lookup_editor,
        FieldType.MULTI_LOOKUP: team_editor,
        FieldType.CONSENT: consent_editor,
        FieldType.GPS: position_editor,
        FieldType.SIGNATURE: signature_editor,
        FieldType.PHOTO: photo_editor,
        FieldType.MATRIX: matrix_editor,
        FieldType.COMPUTED: automatic_editor,
        FieldType.TIMESTAMP: automatic_editor,
        FieldType.NOTE: automatic_editor,
    }
)


def make_editor(field: FormField, around: Surroundings) -> Editor:
    """The editor of one question or of one column."""
    return MAKERS[field.type](field, around)
