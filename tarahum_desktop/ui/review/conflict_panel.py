"""One conflict: what was there, what each wrote and when, and a third value for who knows better."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from tarahum_desktop.casework.conflicts.desk import OpenConflict
from tarahum_desktop.casework.conflicts.settle import LONGEST_REASON
from tarahum_desktop.casework.conflicts.values import Written
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.review.ports import Lists
from tarahum_desktop.ui.review.third_value import ThirdValue, third_value_field
from tarahum_desktop.ui.theme import clear_layout
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.labels import hold_to_start, label
from tarahum_desktop.ui.widgets.line_field import LineField
from tarahum_desktop.ui.widgets.record_words import field_name, shown_value

THIRD = 3


class ConflictPanel(QWidget):
    """Shows a conflict; ``keep(n)`` and ``settle(value)`` are what its buttons do, ``explain(reason)`` comes before."""

    def __init__(
        self,
        kit: Kit,
        keep: Callable[[int], None],
        settle: Callable[[Any], None],
        explain: Callable[[str], None],
        today: Callable[[], date],
    ) -> None:
        super().__init__()
        self.kit, self._keep, self._settle, self._explain, self._today = kit, keep, settle, explain, today
        self.setProperty("paper", "clear")
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(kit.look.sizes.space_3)
        self.third: ThirdValue | None = None

    def show_conflict(self, one: OpenConflict, lists: Lists) -> None:
        """Show this one instead."""
        kit, words = self.kit, self.kit.words
        clear_layout(self._down)
        about = isolate(one.about.name) if one.about.name else words.t("a record of this office")
        title = words.t("{field} of {name}").format(field=field_name(kit, one.field), name=about)
        self._down.addWidget(hold_to_start(kit, label(title, size="title", wraps=True)))
        if one.about.file_number:
            file = words.t("File {number}").format(number=kit.formats.code(one.about.file_number))
            self._down.addWidget(hold_to_start(kit, label(file, tone="soft")))
        before = words.t("Before both: {value}").format(value=self._value(one, lists, one.base))
        self._down.addWidget(hold_to_start(kit, label(before, tone="soft", wraps=True)))
        for number, written in enumerate(one.sides, start=1):
            key = number if number < THIRD else number + 1
            self._down.addWidget(self._side(one, lists, written, number, key))
        self._add_third(one, lists)
        self._add_reason()
        self.banner = Banner(kit)
        self._down.addWidget(self.banner)
        self._down.addStretch(1)

    def begin_third(self) -> None:
        """Open the field for a third value, or say why there is none."""
        if self.third is None:
            self.banner.say(self.kit.words.t("Here only one of the written values can stand."), "attention")
            return
        self.third.show()
        self.third.begin()

    @staticmethod
    def _standing(one: OpenConflict) -> Any:
        return next(each.value for each in (one.mine, *one.theirs) if each.stamp == one.shown)

    def _value(self, one: OpenConflict, lists: Lists, value: Any) -> str:
        return shown_value(self.kit, lists, one.entity, one.field, value, one.named)

    def _side(self, one: OpenConflict, lists: Lists, written: Written, number: int, key: int) -> QFrame:
        kit, words, sizes = self.kit, self.kit.words, self.kit.look.sizes
        frame = QFrame()
        frame.setProperty("role", "chip")
        across = QHBoxLayout(frame)
        across.setContentsMargins(sizes.space_4, sizes.space_3, sizes.space_4, sizes.space_3)
        across.setSpacing(sizes.space_3)
        texts = QVBoxLayout()
        texts.setSpacing(sizes.space_1)
        texts.addWidget(
            hold_to_start(kit, label(self._value(one, lists, written.value), size="strong", wraps=True))
        )
        by = written.by_ar if words.language == "ar" else written.by_en
        who = isolate(by) if by else words.t("somebody not known on this machine")
        number_of = words.t("machine {number}").format(number=kit.formats.number(written.device))
        machine = isolate(written.machine) if written.machine else number_of
        said = words.p("list separator", ", ").join((who, kit.formats.date_time(written.at), machine))
        texts.addWidget(hold_to_start(kit, label(said, size="caption", tone="soft", wraps=True)))
        if written.value == self._standing(one):
            texts.addWidget(
                hold_to_start(
                    kit, label(words.t("Shown in the file until you decide"), size="caption", tone="accent")
                )
            )
        across.addLayout(texts, 1)
        press = button(
            kit, words.t("Keep this ({key})").format(key=kit.formats.number(key)), lambda: self._keep(number),
            role="primary" if number == 1 else "plain",
        )  # fmt: skip
        across.addWidget(press, 0, Qt.AlignmentFlag.AlignVCenter)
        return frame

    def _add_reason(self) -> None:
        words = self.kit.words
        told = words.t("Reason, for whoever wrote the other value (may stay empty)")
        self.reason = LineField(self.kit, placeholder=told, limit=LONGEST_REASON)
        self.reason.set_label(told)
        self.reason.edit.textEdited.connect(self._explain)
        self._down.addWidget(self.reason)

    def _add_third(self, one: OpenConflict, lists: Lists) -> None:
        field = third_value_field(self.kit, one, lists, self._today)
        self.third = None
        if field is None:
            return
        self.third = ThirdValue(self.kit, field, self._settle)
        self.third.hide()
        words = self.kit.words
        text = words.t("Another value ({key})").format(key=self.kit.formats.number(THIRD))
        self._down.addWidget(
            button(self.kit, text, self.begin_third, role="quiet", icon="edit"), 0, Qt.AlignmentFlag.AlignLeft
        )
        self._down.addWidget(self.third)
