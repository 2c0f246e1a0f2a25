"""One earlier decision: the value set aside and the one kept, who decided and why, and the way back."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tarahum_desktop.casework.conflicts.told import SetAside
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.review.ports import Lists
from tarahum_desktop.ui.theme import clear_layout
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.labels import Size, hold_to_start, label
from tarahum_desktop.ui.widgets.record_words import field_name, shown_value


class SettledPanel(QWidget):
    """Shows a decision; its buttons mark it seen, put the value back, and open the family's file."""

    def __init__(
        self, kit: Kit, seen: Callable[[], None], put_back: Callable[[], None], open_file: Callable[[], None]
    ) -> None:
        super().__init__()
        self.kit, self._seen, self._put_back, self._open_file = kit, seen, put_back, open_file
        self.setProperty("paper", "clear")
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(kit.look.sizes.space_3)
        self.buttons: dict[str, QPushButton] = {}

    def show_decision(self, one: SetAside, lists: Lists) -> None:
        """Show this one instead."""
        kit, words = self.kit, self.kit.words
        clear_layout(self._down)
        about = isolate(one.about.name) if one.about.name else words.t("a record of this office")
        title = words.t("{field} of {name}").format(field=field_name(kit, one.field), name=about)
        self._say(title, size="title")
        if one.about.file_number:
            self._say(words.t("File {number}").format(number=kit.formats.code(one.about.file_number)), "soft")
        if one.known:
            mine = words.t("Your value, set aside") if one.mine else self._author(one)
            self._down.addWidget(self._side(mine, self._value(one, lists, one.lost)))
            self._down.addWidget(self._side(words.t("The value kept"), self._value(one, lists, one.kept)))
        else:
            self._say(words.t("The program that decided this did not send the values with it."), "soft")
        self._say(self._decided(one))
        if one.reason:
            self._say(words.t("Reason: {reason}").format(reason=isolate(one.reason)))
        self._say_what_stands(one, lists)
        self._add_buttons(one)
        self._down.addStretch(1)

    def _say_what_stands(self, one: SetAside, lists: Lists) -> None:
        words = self.kit.words
        if one.back:
            self._say(words.t("The value set aside stands in the record again."), "accent")
        elif one.known and one.stands != one.kept:
            now = words.t("Since then somebody wrote: {value}")
            self._say(now.format(value=self._value(one, lists, one.stands)), "soft")

    def _add_buttons(self, one: SetAside) -> None:
        kit, words = self.kit, self.kit.words
        row = QHBoxLayout()
        row.setSpacing(kit.look.sizes.space_2)
        self.buttons = {}
        number = kit.formats.number
        if one.mine and not one.seen:
            self.buttons["seen"] = button(
                kit, words.t("I have seen it ({key})").format(key=number(1)), self._seen, role="primary", icon="check"
            )  # fmt: skip
        if one.known and one.may_put_back and not one.back:
            text = (
                words.t("Put my value back ({key})") if one.mine else words.t("Put this value back ({key})")
            )
            self.buttons["back"] = button(kit, text.format(key=number(2)), self._put_back, icon="undo")
        if one.about.household_id:
            text = words.t("Open the family file ({key})").format(key=number(3))
            self.buttons["file"] = button(kit, text, self._open_file, role="quiet", icon="next")
        for made in self.buttons.values():
            row.addWidget(made)
        row.addStretch(1)
        self._down.addLayout(row)

    def _author(self, one: SetAside) -> str:
        words = self.kit.words
        by = one.author_ar if words.language == "ar" else one.author_en or one.author_ar
        return words.t("Set aside, written by {name}").format(
            name=isolate(by) if by else words.t("somebody not known on this machine")
        )

    def _decided(self, one: SetAside) -> str:
        words = self.kit.words
        by = one.by_ar if words.language == "ar" else one.by_en or one.by_ar
        return words.t("Decided by {name}, {date}").format(
            name=isolate(by) if by else words.t("somebody not known on this machine"),
            date=self.kit.formats.date_time(one.at),
        )

    def _value(self, one: SetAside, lists: Lists, value: Any) -> str:
        return shown_value(self.kit, lists, one.entity, one.field, value, one.named or {})

    def _side(self, title: str, value: str) -> QFrame:
        kit, sizes = self.kit, self.kit.look.sizes
        frame = QFrame()
        frame.setProperty("role", "chip")
        down = QVBoxLayout(frame)
        down.setContentsMargins(sizes.space_4, sizes.space_3, sizes.space_4, sizes.space_3)
        down.setSpacing(sizes.space_1)
        down.addWidget(hold_to_start(kit, label(title, size="caption", tone="soft", wraps=True)))
        down.addWidget(hold_to_start(kit, label(value, size="strong", wraps=True)))
        return frame

    def _say(self, text: str, tone: Tone = "text", *, size: Size = "body") -> None:
        self._down.addWidget(hold_to_start(self.kit, label(text, size=size, tone=tone, wraps=True)))
