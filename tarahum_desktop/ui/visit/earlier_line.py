"""The quiet line under an answer that is no longer what it was at the earlier visit."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from tarahum_desktop.domain.forms.compare import Changed
from tarahum_desktop.domain.forms.model import Field
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.visit.presenter import VisitPresenter
from tarahum_desktop.ui.widgets.answer_words import answer_words
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.labels import label, picture_label


class EarlierLine(QWidget):
    """Hidden until ``say``; its button takes the old answer back, as F4 does."""

    def __init__(self, kit: Kit, on_take_back: Callable[[], None]) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(kit.look.sizes.space_1)
        self._kit, self._on_take_back = kit, on_take_back
        self._text = label("", size="caption", tone="info", wraps=True)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show what the answer was, or nothing."""
        if sentence and not self._row.count():
            self._fill()
        self._text.setText(sentence)
        self.setVisible(bool(sentence))

    def text(self) -> str:
        """What is said now."""
        return "" if self.isHidden() else self._text.text()

    def _fill(self) -> None:
        """Built when first needed: a form has hundreds of questions and few differ."""
        words = self._kit.words
        self._row.addWidget(picture_label(self._kit, "clock", "info", 16))
        self._row.addWidget(self._text, 1)
        back = button(self._kit, words.t("Take back (F4)"), self._on_take_back, role="quiet", icon="undo")
        back.setFocusPolicy(back.focusPolicy().NoFocus)
        self._row.addWidget(back)


def earlier_sentence(kit: Kit, form: VisitPresenter, field: Field, changed: Changed | None) -> str:
    """What an answer was, and on which day; nothing where nothing differs."""
    if changed is None or form.last_time.on is None:
        return ""
    was = answer_words(kit, field, changed.before, form.lists.text)
    sentence = kit.words.t("It was: {answer} · {date}")
    return sentence.format(date=kit.formats.date(form.last_time.on), answer=isolate(was))
