"""Pictures in the form: the answer names them by hash; taking and keeping them is the form's, not the field's."""

from collections.abc import Mapping

from tarahum_desktop.domain.forms.model import Field as FormField
from tarahum_desktop.domain.forms.values import Value
from tarahum_desktop.ui.visit.fields.editor import Editor, Surroundings
from tarahum_desktop.ui.widgets.choice_field import Option
from tarahum_desktop.ui.widgets.photo_field import PhotoField, Shot


def photo_editor(field: FormField, around: Surroundings) -> Editor:
    """The pictures that are kept, and the kinds of which more may be taken."""
    kinds = [Option(one.code, around.shown(one.words)) for one in field.options]
    kept: dict[str, Mapping[str, Value]] = {}

    def read() -> Value:
        return tuple(kept[shot.sha256] for shot in made.value() if shot.sha256 in kept) or None

    def show(value: Value) -> None:
        items = [one for one in value if isinstance(one, Mapping)] if isinstance(value, tuple) else []
        kept.clear()
        kept.update({str(one.get("sha256")): one for one in items})
        made.set_value([Shot(sha256, str(one.get("kind"))) for sha256, one in kept.items()])

    pictures = around.pictures
    made = PhotoField(
        around.kit,
        kinds,
        field.limits.max_rows,
        lambda kind: pictures.add(field.code, kind),
        pictures.show,
    )
    return Editor(made, read, show, tuple(made.stops()))
