"""A file before it is published: its faults by line, or what it would become."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.casework.forms.publish import FormPreview
from tarahum_desktop.ui.forms.lines import (
    change_lines,
    place_words,
    said_problem,
    shown_title,
)
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.theme import clear_layout
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.flow_layout import FlowLayout
from tarahum_desktop.ui.widgets.labels import label


class FilePanel(Card):
    """Publish, try, choose again, or leave it."""

    def __init__(
        self,
        kit: Kit,
        *,
        publish: Callable[[], None],
        look: Callable[[], None],
        again: Callable[[], None],
        close: Callable[[], None],
    ) -> None:
        words = kit.words
        super().__init__(kit, words.t("The chosen file"), icon="file")
        self.kit = kit
        self.banner = Banner(kit)
        self.add(self.banner)
        buttons = QWidget()
        across = FlowLayout(buttons, kit.look.sizes.space_2)
        self.publish = button(kit, words.t("Publish"), publish, role="primary", icon="check")
        self.look = button(kit, words.t("See how it asks"), look, icon="visit")
        self.again = button(kit, words.t("Choose the file again"), again, icon="file")
        for one in (self.publish, self.look, self.again, button(kit, words.t("Not now"), close)):
            across.addWidget(one)
        self.add(buttons)
        self._said = QVBoxLayout()
        self._said.setSpacing(kit.look.sizes.space_1)
        self.body.addLayout(self._said)
        self.body.addStretch(1)

    def show_reading(self) -> None:
        """The file is being read."""
        self._offer(publish=False, faults=False)
        clear_layout(self._said)
        self.banner.say(self.kit.words.t("The file is being read…"), "info")

    def show_preview(self, preview: FormPreview) -> None:
        """Say what the file would become, or everything that is wrong with it."""
        words, number = self.kit.words, self.kit.formats.number
        clear_layout(self._said)
        document = preview.document
        self._offer(publish=document is not None, faults=bool(preview.problems))
        for problem in preview.problems:
            self._say([place_words(self.kit, problem)], strong=True)
            self._say([said_problem(self.kit, problem)])
        if document is None:
            count = len(preview.problems)
            told = words.n(
                "Nothing can be published yet: {count} thing has to be put right first.",
                "Nothing can be published yet: {count} things have to be put right first.",
                count,
            ).format(count=number(count))
            self.banner.say(told, "danger")
            self.again.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.banner.say(words.t("The file can be published."), "accent")
        count = sum(1 for _ in document.every_field())
        lines = [
            shown_title(self.kit, document.title),
            words.t("Version {number}").format(number=number(document.version)),
            words.n("{count} question", "{count} questions", count).format(count=number(count)),
        ]
        self._say(lines[:1], strong=True)
        self._say(lines[1:])
        if preview.before:
            title = words.t("Changed since version {number}").format(number=number(preview.before))
            self._say([title], strong=True)
            self._say(list(change_lines(self.kit, preview.changes)) or [words.t("Nothing was changed.")])
        if preview.notes:
            self._say([words.t("Left out")], strong=True)
            self._say(
                [
                    words.t("{name}: {value}").format(
                        name=place_words(self.kit, one), value=said_problem(self.kit, one)
                    )
                    for one in preview.notes
                ]
            )
        self.publish.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_refusal(self, sentence: str) -> None:
        """The file could not be read, or the form was not published."""
        self.banner.say(sentence, "danger")
        self.publish.hide()
        self.look.hide()
        self.again.show()
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self, *, publish: bool, faults: bool) -> None:
        self.publish.setVisible(publish)
        self.look.setVisible(publish)
        self.again.setVisible(faults)

    def _say(self, lines: list[str], *, strong: bool = False) -> None:
        for line in filter(None, lines):
            self._said.addWidget(label(line, size="strong" if strong else "body", wraps=True))
