"""A list of things, each there, broken or missing: one line and one key each."""

from collections.abc import Mapping

from PySide6.QtWidgets import QGridLayout, QWidget

from tarahum_desktop.domain.forms.model import Field as FormField
from tarahum_desktop.domain.forms.values import Value
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.visit.fields.editor import Editor, Surroundings, text_or_nothing
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.field import Field
from tarahum_desktop.ui.widgets.labels import label


class ChecklistField(Field):
    """``lines`` are the choices of each thing by its code."""

    def __init__(
        self, kit: Kit, things: Mapping[str, str], states: list[Option], parent: QWidget | None = None
    ) -> None:
        super().__init__(kit, parent)
        self.lines: dict[str, ChoiceField] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(kit.look.sizes.space_1)
        grid.setColumnStretch(1, 1)
        for at, (code, text) in enumerate(things.items()):
            line = ChoiceField(kit, states)
            line.set_label(text)
            line.changed.connect(self.changed)
            line.finished.connect(self.finished)
            self.lines[code] = line
            grid.addWidget(label(text), at, 0)
            grid.addWidget(line, at, 1)
        self.setFocusProxy(next(iter(self.lines.values())))

    def set_label(self, label: str) -> None:
        """Name the list; each line has its own name."""
        self.setAccessibleName(label)


def checklist_editor(field: FormField, around: Surroundings) -> Editor:
    """The document's options down the side, its states across; the answer is ``{option: state}``."""
    states = [Option(one.code, around.shown(one.words)) for one in field.states]
    made = ChecklistField(around.kit, {one.code: around.shown(one.words) for one in field.options}, states)

    def read() -> Value:
        found = {code: line.value() for code, line in made.lines.items()}
        return {code: state for code, state in found.items() if state} or None

    def show(value: Value) -> None:
        for code, line in made.lines.items():
            line.set_value(text_or_nothing(value.get(code)) if isinstance(value, Mapping) else None)

    return Editor(made, read, show, tuple(made.lines.values()))
