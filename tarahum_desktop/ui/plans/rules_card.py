"""What the rules answered, rule by rule: met or not in an icon and a plain sentence, and who would decide."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tarahum_desktop.casework.plans.answers import RuleAnswers
from tarahum_desktop.i18n.plan_words import level_words, rule_words
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.theme import clear_layout
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.labels import label, picture_label


class LinesBox(QWidget):
    """Short lines, each with an icon, one under the other."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.kit = kit
        self.setProperty("paper", "clear")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(kit.look.sizes.space_2)
        self.texts: tuple[str, ...] = ()

    def set_lines(self, lines: Sequence[tuple[str, Tone, str]]) -> None:
        """Show ``(icon, tone, sentence)`` for each."""
        clear_layout(self._box)
        self.texts = tuple(text for _icon, _tone, text in lines)
        for icon, tone, text in lines:
            row = QWidget()
            row.setProperty("paper", "clear")
            across = QHBoxLayout(row)
            across.setContentsMargins(0, 0, 0, 0)
            across.setSpacing(self.kit.look.sizes.space_2)
            across.addWidget(picture_label(self.kit, icon, tone, 16), 0, Qt.AlignmentFlag.AlignTop)
            across.addWidget(label(text, tone="text" if tone in {"accent", "soft"} else tone, wraps=True), 1)
            self._box.addWidget(row)


class RulesBox(LinesBox):
    """The answers of all rules to one proposal."""

    def show_answers(self, answers: RuleAnswers | None, rules_now: int | None = None) -> None:
        """Show each rule, who decides, the reason given, and that the rules changed since when they did."""
        if answers is None:
            self.set_lines([("info", "soft", self.kit.words.t("The rules are asked when this is proposed."))])
            return
        words, formats = self.kit.words, self.kit.formats
        lines: list[tuple[str, Tone, str]] = [
            (
                "success" if one.passed else "warning", "accent" if one.passed else "attention",
                rule_words(words, formats, one),
            )
            for one in answers.results
        ]  # fmt: skip
        level = level_words(words, answers.level.value)
        lines.append(("user", "soft", words.t("Decided by: {level}").format(level=level)))
        if answers.justification:
            said = words.t("Justification: {words}").format(words=answers.justification)
            lines.append(("edit", "attention", said))
        if rules_now is not None and rules_now != answers.version:
            changed = words.t("Proposed under version {old} of the rules; version {new} holds today.")
            lines.append(
                (
                    "info",
                    "info",
                    changed.format(old=formats.number(answers.version), new=formats.number(rules_now)),
                )
            )
        self.set_lines(lines)
