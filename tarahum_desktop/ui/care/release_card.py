"""The checklist before a release: an item a line, its state by one key, words where they are due."""

import uuid
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from tarahum_desktop.casework.care.checklist import CheckLine, ReleaseList
from tarahum_desktop.domain.release_plan import CheckState, ReleaseItem, needs_note
from tarahum_desktop.i18n.care_words import check_state_words, release_item_words
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.theme import clear_layout, restyle
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.line_field import LineField


class ReleaseCard(Card):
    """Signal ``checked(episode id, item, state, note)``."""

    checked = Signal(object, object, object, str)

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, kit.words.t("Preparation for release"), icon="release")
        self.kit = kit
        self.about = label("", tone="soft", wraps=True)
        self.add(self.about)
        rows = QWidget()
        rows.setProperty("paper", "clear")
        self._grid = QGridLayout(rows)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(kit.look.sizes.space_3)
        self._grid.setVerticalSpacing(kit.look.sizes.space_2)
        self._grid.setColumnStretch(1, 2)
        self._grid.setColumnStretch(2, 3)
        self.add(rows)
        self.states: dict[ReleaseItem, ChoiceField] = {}
        self.notes: dict[ReleaseItem, LineField] = {}
        self._episode: uuid.UUID | None = None

    def show_list(self, release: ReleaseList) -> None:
        """Show one release's items; a line being written keeps its place."""
        words, formats = self.kit.words, self.kit.formats
        settled = words.t("{done} of {all} settled").format(
            done=formats.number(release.settled), all=formats.number(len(release.checks))
        )
        day = formats.date(release.expected_on) if release.expected_on else words.t("day not known")
        self.about.setText(f"{release.person_name} · {day} · {settled}")
        if self._episode != release.episode_id:
            self._build(release)
        for line in release.checks:
            if not self.notes[line.item].edit.hasFocus():
                self.notes[line.item].set_value(line.note)
            self.states[line.item].set_value(line.state.value)
            self._mark(line.item, line.state)

    def _build(self, release: ReleaseList) -> None:
        clear_layout(self._grid)
        self._episode = release.episode_id
        words = self.kit.words
        for at, line in enumerate(release.checks):
            name = release_item_words(words, line.item.value)
            options = [Option(state.value, check_state_words(words, state.value)) for state in CheckState]
            state, note = ChoiceField(self.kit, options), LineField(self.kit, limit=1000)
            state.set_label(name)
            note.set_label(words.t("Note: {item}").format(item=name))
            note.edit.setPlaceholderText(self._hint(line))
            state.finished.connect(partial(self._kept, line.item))
            note.finished.connect(partial(self._kept, line.item))
            for column, widget in enumerate((label(name), state, note)):
                self._grid.addWidget(widget, at, column)
                widget.show()
            self.states[line.item], self.notes[line.item] = state, note

    def _hint(self, line: CheckLine) -> str:
        words = self.kit.words
        return (
            words.t("Name and mobile of the mentor") if line.item is ReleaseItem.MENTOR else words.t("Note")
        )

    def _kept(self, item: ReleaseItem) -> None:
        """Keep a line as soon as it is whole; until then the cursor stands where words are missing."""
        code, note = self.states[item].value(), str(self.notes[item].value() or "")
        if code is None:
            return
        state = CheckState(code)
        self._mark(item, state)
        if needs_note(item, state) and not note.strip():
            self.notes[item].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.checked.emit(self._episode, item, state, note)

    def _mark(self, item: ReleaseItem, state: CheckState) -> None:
        wanting = needs_note(item, state) and not str(self.notes[item].value() or "").strip()
        restyle(self.notes[item].edit, wrong="true" if wanting else "false")
