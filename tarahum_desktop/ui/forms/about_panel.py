"""One version: since when, how often it was filled, and what it changed."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from tarahum_desktop.casework.forms.versions import FormLine
from tarahum_desktop.domain.forms.versions import VersionChange
from tarahum_desktop.ui.forms.lines import change_lines, made_words, shown_title
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.theme import clear_layout
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.labels import label


class AboutPanel(Card):
    """Shows the version the person stands on."""

    def __init__(self, kit: Kit, look: Callable[[], None]) -> None:
        super().__init__(kit)
        self.kit = kit
        self._name = label("", size="title", wraps=True)
        self.add(self._name)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(kit.look.sizes.space_1)
        self.body.addLayout(self._facts)
        below = QHBoxLayout()
        self.look = button(kit, kit.words.t("See how it asks"), look, icon="visit")
        below.addWidget(self.look)
        below.addStretch(1)
        self.body.addLayout(below)
        self._changes = QVBoxLayout()
        self._changes.setSpacing(kit.look.sizes.space_1)
        self.body.addLayout(self._changes)
        self.body.addStretch(1)

    def show_line(self, line: FormLine) -> None:
        """A version without what it changed, which is read next."""
        words, number = self.kit.words, self.kit.formats.number
        self._name.setText(shown_title(self.kit, line.title))
        clear_layout(self._facts)
        clear_layout(self._changes)
        facts = [
            words.t("Version {number}").format(number=number(line.version)),
            made_words(self.kit, line),
            words.n("{count} question", "{count} questions", line.questions).format(
                count=number(line.questions)
            ),
            words.t("New drafts begin with this version.")
            if line.newest
            else words.t("A later version is used for new drafts; what was filled with this one keeps it."),
        ]
        for fact in facts:
            self._facts.addWidget(label(fact, tone="soft", wraps=True))
        if line.twice:
            told = words.t("Two versions were published under this number. The one published first counts.")
            self._facts.addWidget(label(told, tone="attention", wraps=True))

    def show_changes(self, before: int, changes: tuple[VersionChange, ...]) -> None:
        """What the version changed."""
        words = self.kit.words
        clear_layout(self._changes)
        if not before:
            return
        title = words.t("Changed since version {number}").format(number=self.kit.formats.number(before))
        self._changes.addWidget(label(title, size="strong"))
        lines = list(change_lines(self.kit, changes)) or [words.t("Nothing was changed.")]
        for line in lines:
            self._changes.addWidget(label(line, wraps=True))
