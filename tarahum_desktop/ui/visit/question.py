"""One question on the page: its words, its editor, and one line that helps, doubts or asks again."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tarahum_desktop.domain.forms.model import Field as FormField
from tarahum_desktop.domain.forms.model import FieldType
from tarahum_desktop.domain.forms.state import FieldState
from tarahum_desktop.domain.forms.values import Value, is_empty
from tarahum_desktop.ui.theme import restyle
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.visit.earlier_line import EarlierLine
from tarahum_desktop.ui.visit.fields.editor import Surroundings
from tarahum_desktop.ui.visit.fields.registry import make_editor
from tarahum_desktop.ui.visit.issue_words import issue_sentence, missing_sentence
from tarahum_desktop.ui.widgets.field import Note
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.line_field import LineField
from tarahum_desktop.ui.widgets.note_field import NoteField

_ICONS: dict[Tone, str] = {"danger": "danger", "attention": "warning"}
_FORWARD = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class Question(QWidget):
    """Signals: ``answered(path, value)`` when finished, ``moved(stop, step)`` when left, ``taken_back(path)`` for F4."""

    answered = Signal(str, object)
    moved = Signal(object, int)
    entered = Signal()
    taken_back = Signal(str)

    def __init__(self, field: FormField, path: str, value: Value, around: Surroundings) -> None:
        super().__init__()
        self.field, self.path = field, path
        self.editor = make_editor(field, around)
        self._around = around
        self._help = "" if field.help is None else around.shown(field.help)
        self._state: FieldState | None = None
        self._tried = False
        self._suggested = False
        self.likely: Callable[[Value], Value] = lambda suggestion: suggestion
        self._lay_out(around.shown(field.label))
        self.editor.show(value)
        widget = self.editor.widget
        widget.set_label(around.shown(field.label))
        widget.finished.connect(self._finished)
        widget.noted.connect(lambda _note: self._say())
        self.stops = [] if field.automatic else self.editor.walk()
        for stop in self.stops:
            stop.installEventFilter(self)
        self._say()

    @property
    def readable(self) -> bool:
        """Whether what stands in the editor can be kept."""
        return self.editor.widget.acceptable

    def apply(self, state: FieldState, *, tried: bool) -> None:
        """Show what the engine says now. ``tried``: the person wanted to submit, so what is missing is said."""
        if state == self._state and tried == self._tried:
            return
        self._state, self._tried = state, tried
        if self.field.automatic or self.field.type is FieldType.PHOTO:
            self.editor.show(state.value)
        self.setVisible(state.visible)
        self._mark.setVisible(state.required and not self.field.automatic)
        self._say()

    def begin(self) -> None:
        """The keyboard arrives: an empty answer that follows from others is offered."""
        self.entered.emit()
        state = self._state
        if state is None or not is_empty(state.value) or not is_empty(self.editor.read()):
            return
        offered = self.likely(state.suggestion)
        if not is_empty(offered):
            self.editor.show(offered)
            self._suggested = True

    def settle(self) -> None:
        """The keyboard leaves by Enter or Tab: what was offered is accepted, what was typed is finished."""
        lines = [self.editor.widget, *self.editor.widget.findChildren(LineField)]
        for line in lines:
            if isinstance(line, LineField):
                line.settle()
        if isinstance(self.editor.widget, NoteField) and self.editor.widget.edit.document().isModified():
            self.editor.widget.edit.document().setModified(False)
            self.editor.widget.finished.emit()
        if self._suggested:
            self._suggested = False
            self._finished()

    def offer(self, value: Value) -> None:
        """Show another value, for example after an undo."""
        self.editor.show(value)

    def say_before(self, sentence: str) -> None:
        """Mark the answer as no longer what it was, and say what it was; nothing for no difference."""
        self._was.say(sentence)

    def take_offered(self) -> None:
        """F4: the answer as it was at the earlier visit, or what the program offers in its place."""
        if self._was.isHidden():
            self.editor.offer()
        else:
            self.taken_back.emit(self.path)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Turn Enter and Tab into steps; Shift+Enter stays a new line in notes; F4 takes what is offered."""
        if event.type() == QEvent.Type.FocusIn:
            self.begin()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_F4 and not event.modifiers():
                self.take_offered()
                return True
            step = _step_of(event)
            if step:
                self.settle()
                self.moved.emit(watched, step)
                return True
        return super().eventFilter(watched, event)

    def _finished(self) -> None:
        self._suggested = False
        if self.readable:
            self.answered.emit(self.path, self.editor.read())

    def _lay_out(self, words: str) -> None:
        kit = self._around.kit
        sizes = kit.look.sizes
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(sizes.space_1)
        head = QHBoxLayout()
        head.setSpacing(sizes.space_1)
        title = label(words, wraps=self.field.type is FieldType.NOTE)
        title.setBuddy(self.editor.widget)
        head.addWidget(title, 1 if self.field.type is FieldType.NOTE else 0)
        self._mark = label(kit.words.t("(required)"), size="caption", tone="soft")
        self._mark.hide()
        head.addWidget(self._mark)
        head.addStretch(1)
        box.addLayout(head)
        box.addWidget(self.editor.widget)
        below = QHBoxLayout()
        below.setSpacing(sizes.space_1)
        self._icon = label("")
        self._line = label("", size="caption", tone="soft", wraps=True)
        below.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._line, 1)
        box.addLayout(below)
        self._was = EarlierLine(kit, self.take_offered)
        box.addWidget(self._was)
        box.addStretch(1)

    def _say(self) -> None:
        note = self._note()
        tone: Tone = "soft" if note is None else note.tone
        sentence = self._help if note is None else note.sentence
        self._line.setText(sentence)
        self._line.setVisible(bool(sentence))
        if self._line.property("tone") != tone:
            restyle(self._line, tone=tone)
        self._icon.setVisible(tone in _ICONS)
        if tone in _ICONS:
            self._icon.setPixmap(self._around.kit.look.picture(_ICONS[tone], tone, 16))

    def _note(self) -> Note | None:
        kit, own, state = self._around.kit, self.editor.widget.note, self._state
        if own is not None and own.tone == "danger":
            return own
        if state is not None and state.visible:
            for issues, tone in ((state.errors, "danger"), (state.warnings, "attention")):
                if issues:
                    sentence = issue_sentence(kit.words, kit.formats, issues[0])
                    return Note(sentence, "danger" if tone == "danger" else "attention")
            if state.missing and self._tried:
                return Note(missing_sentence(kit.words, self.field))
        return own


def _step_of(event: QKeyEvent) -> int:
    shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return 0
    if event.key() == Qt.Key.Key_Backtab:
        return -1
    if event.key() in _FORWARD and not shift:
        return 1
    return 0


WIDE = frozenset(
    {
        FieldType.TEXTAREA,
        FieldType.MATRIX,
        FieldType.CHECKLIST,
        FieldType.NAME4,
        FieldType.GPS,
        FieldType.PHOTO,
        FieldType.NOTE,
    }
)
BROAD = frozenset({FieldType.MULTI, FieldType.MULTI_LOOKUP, FieldType.SIGNATURE})
FEWEST_BROAD_OPTIONS, MOST_BUTTONS = 4, 5


def span_of(field: FormField, columns: int) -> int:
    """How many columns a question takes: as many as its answers need."""
    if field.type in WIDE or (field.help is not None and len(field.help.ar) > 160):
        return columns
    buttons = field.type is FieldType.CHOICE and FEWEST_BROAD_OPTIONS <= len(field.options) <= MOST_BUTTONS
    return min(2, columns) if field.type in BROAD or buttons else 1
