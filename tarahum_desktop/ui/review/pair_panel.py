"""Two records side by side: what is equal, what differs, who lives where, what each was given, and why they may be one."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tarahum_desktop.casework.duplicates.merge import Choice
from tarahum_desktop.casework.duplicates.queue import HomeOf, Pair, PairLine, Side
from tarahum_desktop.casework.duplicates.references import CHOSEN
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.i18n.case_words import case_state_words
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.review.merge_card import MergeCard
from tarahum_desktop.ui.review.ports import Lists
from tarahum_desktop.ui.review.reasons import decision_words, reason_words
from tarahum_desktop.ui.theme import clear_layout
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.labels import hold_to_start, label, picture_label
from tarahum_desktop.ui.widgets.record_words import field_name, shown_value

Merge = Callable[[int, Mapping[str, Choice], str], None]


class PairPanel(QWidget):
    """Shows a pair; ``ask`` opens the card that confirms a merge."""

    def __init__(
        self, kit: Kit, merge: Merge, different: Callable[[], None], later: Callable[[], None]
    ) -> None:
        super().__init__()
        self.kit, self._merge, self._different, self._later = kit, merge, different, later
        self.setProperty("paper", "clear")
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(kit.look.sizes.space_3)
        self.card: MergeCard | None = None
        self._shown: tuple[PairLine, Pair, Lists] | None = None

    @property
    def asking(self) -> bool:
        """Whether the card that confirms a merge is open."""
        return self.card is not None

    def show_loading(self) -> None:
        """The pair is being read."""
        self._clear()
        self._down.addWidget(label(self.kit.words.t("One moment, please…"), tone="soft"))
        self._down.addStretch(1)

    def show_pair(self, line: PairLine, pair: Pair, lists: Lists) -> None:
        """Show these two instead."""
        self._clear()
        self._shown = (line, pair, lists)
        self._add_reasons(line)
        self._add_buttons(pair)
        self._down.addWidget(self._comparison(pair, lists))
        self._down.addStretch(1)

    def ask(self) -> None:
        """Open the card that confirms the merge, its button ready for Enter."""
        if self._shown is None or not self._shown[1].may_merge or self.asking:
            return
        _, pair, lists = self._shown
        self._clear()
        self.card = MergeCard(self.kit, pair, lists, self._merge, self.back)
        self._down.addWidget(self.card)
        self._down.addStretch(1)
        self.card.begin()

    def back(self) -> None:
        """Close that card again."""
        if self._shown is not None:
            self.show_pair(*self._shown)

    def _clear(self) -> None:
        self.card = None
        clear_layout(self._down)

    def _add_reasons(self, line: PairLine) -> None:
        kit = self.kit
        text, tone = decision_words(kit, line.decision)
        self._down.addWidget(hold_to_start(kit, label(text, size="title", tone=tone, wraps=True)))
        for reason in line.reasons:
            sentence, tone = reason_words(kit, reason)
            row = QHBoxLayout()
            row.setSpacing(kit.look.sizes.space_2)
            row.addWidget(picture_label(kit, "close" if reason.weight < 0 else "check", tone, 16))
            row.addWidget(hold_to_start(kit, label(sentence, wraps=True)), 1)
            self._down.addLayout(row)

    def _add_buttons(self, pair: Pair) -> None:
        kit, words = self.kit, self.kit.words
        row = QHBoxLayout()
        row.setSpacing(kit.look.sizes.space_2)
        self.same = button(kit, words.t("Same person (S)"), self.ask, role="primary", icon="check")
        self.same.setEnabled(pair.may_merge)
        self.two = button(kit, words.t("Two people (D)"), self._different, icon="families")
        self.put_off = button(kit, words.t("Later (L)"), self._later, role="quiet", icon="clock")
        for made in (self.same, self.two, self.put_off):
            row.addWidget(made)
        row.addStretch(1)
        self._down.addLayout(row)
        if not pair.may_merge:
            note = words.t(
                "The two records lie with different offices, or merging is not yours. You can still say that they are two people."
            )
            self._down.addWidget(hold_to_start(kit, label(note, tone="attention", wraps=True)))

    def _comparison(self, pair: Pair, lists: Lists) -> QWidget:
        kit, words = self.kit, self.kit.words
        made = QWidget()
        made.setProperty("paper", "clear")
        grid = QGridLayout(made)
        grid.setContentsMargins(0, kit.look.sizes.space_2, 0, 0)
        grid.setHorizontalSpacing(kit.look.sizes.space_4)
        grid.setVerticalSpacing(kit.look.sizes.space_2)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 4)
        grid.setColumnStretch(2, 4)
        for column, side in enumerate(pair.sides, start=1):
            grid.addWidget(self._text(isolate(side.name), "strong"), 0, column)
        known = [name for name in CHOSEN if any(side.values[name] for side in pair.sides)]
        row = 1
        for name in (name for name in known if name in pair.differing):
            title = words.t("{field} ≠").format(field=field_name(kit, name))
            row = self._row(grid, row, title, self._values(pair, lists, name), "attention", "text")
        for title, told_of in ((words.t("Families"), self._homes), (words.t("Received"), self._given)):
            row = self._row(grid, row, title, [told_of(side, lists) for side in pair.sides], "soft", "text")
        for name in (name for name in known if name not in pair.differing):
            row = self._row(grid, row, field_name(kit, name), self._values(pair, lists, name), "soft", "soft")
        return made

    def _values(self, pair: Pair, lists: Lists, name: str) -> list[str]:
        return [shown_value(self.kit, lists, "person", name, side.values[name]) for side in pair.sides]

    def _row(self, grid: QGridLayout, row: int, title: str, texts: list[str], head: Tone, tone: Tone) -> int:
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self._text(title, tone=head), row, 0, top)
        for column, text in enumerate(texts, start=1):
            grid.addWidget(self._text(text, tone=tone), row, column, top)
        return row + 1

    def _text(self, text: str, size: str = "body", tone: Tone = "text") -> QLabel:
        made = label(text, size="strong" if size == "strong" else "body", tone=tone, wraps=True)
        return hold_to_start(self.kit, made)

    def _homes(self, side: Side, lists: Lists) -> str:
        return "\n".join(self._home(home, lists) for home in side.homes) or self.kit.words.t(
            "In no family here"
        )

    def _home(self, home: HomeOf, lists: Lists) -> str:
        kit, words = self.kit, self.kit.words
        place = home.place_ar if words.language == "ar" else home.place_en or home.place_ar
        relation = lists.get("kinship", {}).get(home.relation, home.relation)
        state = case_state_words(words, home.case_state) if home.case_state else ""
        parts = [kit.formats.code(home.file_number), relation, isolate(home.head_name), place, state]
        return " · ".join(part for part in parts if part)

    def _given(self, side: Side, _lists: Lists) -> str:
        kit, words = self.kit, self.kit.words
        count = words.n("{count} delivery", "{count} deliveries", side.deliveries)
        lines = [count.format(count=kit.formats.number(side.deliveries))]
        for one in side.given:
            service = one.service_ar if words.language == "ar" else one.service_en or one.service_ar
            lines.append(
                " · ".join(
                    (service, kit.formats.money(one.amount_halalas), kit.formats.date(one.delivered_on))
                )
            )
        return "\n".join(lines)
