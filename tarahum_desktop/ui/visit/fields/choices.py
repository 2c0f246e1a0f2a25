"""Questions answered by choosing: one option, several, yes or no, agreed or refused."""

from collections.abc import Mapping

from tarahum_desktop.domain.forms.model import Field as FormField
from tarahum_desktop.domain.forms.values import Value
from tarahum_desktop.ui.visit.fields.editor import Editor, Surroundings, text_or_nothing
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.multi_choice_field import MultiChoiceField


def choice_editor(field: FormField, around: Surroundings) -> Editor:
    """One of the document's options."""
    made = ChoiceField(around.kit, [Option(one.code, around.shown(one.words)) for one in field.options])
    return Editor(made, made.value, lambda value: made.set_value(text_or_nothing(value)))


def multi_editor(field: FormField, around: Surroundings) -> Editor:
    """Any number of the document's options."""
    made = MultiChoiceField(around.kit, [Option(one.code, around.shown(one.words)) for one in field.options])
    return Editor(made, lambda: made.value() or None, lambda value: made.set_value(_codes(value)))


def bool_editor(_field: FormField, around: Surroundings) -> Editor:
    """Yes or no. Two buttons and not a box: an unanswered question is not a no."""
    words = around.kit.words
    made = ChoiceField(around.kit, [Option("yes", words.t("Yes")), Option("no", words.t("No"))])

    def show(value: Value) -> None:
        made.set_value({True: "yes", False: "no"}[value] if isinstance(value, bool) else None)

    return Editor(made, lambda: {"yes": True, "no": False}.get(made.value() or ""), show)


def consent_editor(_field: FormField, around: Surroundings) -> Editor:
    """Agreed or refused, with the moment it was said."""
    words = around.kit.words
    made = ChoiceField(
        around.kit, [Option("given", words.t("Agrees")), Option("refused", words.t("Refuses"))]
    )
    kept: dict[str, Value] = {}

    def read() -> Value:
        decision = made.value()
        if decision is None:
            return None
        if kept.get("decision") != decision:
            kept.update(decision=decision, at=around.now().isoformat(timespec="seconds"))
        return dict(kept)

    def show(value: Value) -> None:
        kept.clear()
        kept.update(value if isinstance(value, Mapping) else {})
        made.set_value(text_or_nothing(kept.get("decision")))

    return Editor(made, read, show)


def team_editor(field: FormField, around: Surroundings) -> Editor:
    """Several from a list of the program."""
    listed = around.listed(field.lookup)
    made = MultiChoiceField(around.kit, [Option(one.code, one.text) for one in listed])
    return Editor(made, lambda: made.value() or None, lambda value: made.set_value(_codes(value)))


def _codes(value: Value) -> list[str]:
    return [code for code in value if isinstance(code, str)] if isinstance(value, tuple) else []
