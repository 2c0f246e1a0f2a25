"""Exactly what would go out, value by value, and everything that speaks against it."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.casework.partners.referrals import Preview
from tarahum_desktop.i18n.partner_words import refusal_words, shared_field, shared_value
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.partners.ports import Lists
from tarahum_desktop.ui.partners.words import named
from tarahum_desktop.ui.theme import clear_layout
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.labels import hold_to_start, label


class PreviewCard(Card):
    """``refer`` can be pressed only while nothing speaks against it."""

    def __init__(self, kit: Kit, refer: Callable[[], None]) -> None:
        super().__init__(kit, kit.words.t("This will go out"), icon="shield")
        self.kit = kit
        self.banner = Banner(kit)
        self.add(self.banner)
        self._inside = QWidget()
        self._inside.setProperty("paper", "clear")
        self._lines = QVBoxLayout(self._inside)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(kit.look.sizes.space_2)
        self.add(self._inside)
        self.go = button(kit, kit.words.t("Refer and save the letter"), refer, role="primary", icon="check")
        self.add(self.go)
        self.clear_preview()

    def clear_preview(self) -> None:
        """Nothing is chosen yet."""
        self.banner.clear()
        clear_layout(self._lines)
        self._say(
            self.kit.words.t("Choose the person and the agreement: what would be shared appears here."),
            soft=True,
        )
        self.go.setEnabled(False)  # fmt: skip

    def show_preview(self, preview: Preview, lists: Lists) -> None:
        """Show the values, then the reasons against."""
        kit, words = self.kit, self.kit.words
        self.banner.clear()
        clear_layout(self._lines)
        self._say(named(kit, preview.partner_ar, preview.partner_en), strong=True)
        for code, value in preview.document.items():
            self._say(f"{shared_field(words, code)}: {shared_value(words, kit.formats, lists, code, value)}")
        if not preview.document:
            self._say(words.t("Nothing."), soft=True)
        for refusal in preview.sharing.refusals:
            made = Banner(kit)
            self._lines.addWidget(made)
            made.say(refusal_words(words, refusal.code, refusal.about), "attention")
        self.go.setEnabled(preview.sharing.allowed)

    def show_trouble(self, sentence: str) -> None:
        """It could not be made or carried out."""
        self.banner.say(sentence, "danger")

    def wait(self) -> None:
        """What is shown is not what is chosen any more."""
        self.go.setEnabled(False)

    def _say(self, text: str, *, strong: bool = False, soft: bool = False) -> None:
        made = label(text, size="strong" if strong else "body", tone="soft" if soft else "text", wraps=True)
        self._lines.addWidget(hold_to_start(self.kit, made))
