"""One correction on a card: whose, why, before and after, and the decision."""

import uuid
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from tarahum_desktop.domain.text import isolate
from tarahum_desktop.ui.amending.change_words import ChangeWords
from tarahum_desktop.ui.amending.ports import Correction
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.labels import hold_to_start, label
from tarahum_desktop.ui.widgets.line_field import LineField

LONGEST_REASON = 1000


class CorrectionCard(Card):
    """Signals: ``approved(id)``, ``rejected(id, reason)``, ``family_wanted(household id)``."""

    approved = Signal(object)
    rejected = Signal(object, str)
    family_wanted = Signal(str)

    def __init__(self, kit: Kit, correction: Correction, changes: Sequence[ChangeWords]) -> None:
        line = correction.line
        super().__init__(kit, line.head_name or line.file_number, icon="edit")
        self.kit, self.correction = kit, correction
        words, formats = kit.words, kit.formats
        self.head.addWidget(label(formats.code(line.file_number), tone="soft"))
        visit = words.t("Visit of {date}").format(date=formats.date(line.visited_on))
        self.add(label(visit, tone="soft"))
        self.add(self._table(changes))
        why = words.t("Why: {reason}").format(reason=isolate(line.reason))
        self.add(label(why, wraps=True))
        by = line.proposed_by_en if words.language == "en" else line.proposed_by_ar
        proposed = words.t("Proposed by {name} on {date}").format(
            name=isolate(by or "–"), date=formats.date_time(line.proposed_at)
        )
        self.add(label(proposed, size="caption", tone="soft", wraps=True))
        if line.decided_at is not None:
            self.add(label(self._decision(), size="caption", tone="info", wraps=True))
        self.first: QWidget | None = None
        if line.may_decide:
            self._offer_decision()
        elif line.decided_at is None:
            waits = words.t("It waits for the decision of somebody else.")
            self.add(label(waits, size="caption", tone="attention", wraps=True))

    def _table(self, changes: Sequence[ChangeWords]) -> QWidget:
        words = self.kit.words
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self.kit.look.sizes.space_5)
        for column, (title, share) in enumerate(
            ((words.t("Question"), 2), (words.t("As signed"), 3), (words.t("Corrected"), 3))
        ):
            grid.addWidget(label(title, size="caption", tone="soft"), 0, column)
            grid.setColumnStretch(column, share)
        for at, change in enumerate(changes, start=1):
            for column, (text, size) in enumerate(
                ((change.question, "body"), (change.before, "body"), (change.after, "strong"))
            ):
                cell = hold_to_start(
                    self.kit, label(text, size="strong" if size == "strong" else "body", wraps=True)
                )
                grid.addWidget(cell, at, column, Qt.AlignmentFlag.AlignTop)
        return made

    def _decision(self) -> str:
        line, words = self.correction.line, self.kit.words
        assert line.decided_at is not None
        by = line.decided_by_en if words.language == "en" else line.decided_by_ar
        said = (
            words.t("Approved by {name} on {date}")
            if line.state == "approved"
            else words.t("Rejected by {name} on {date}")
        ).format(name=isolate(by or "–"), date=self.kit.formats.date_time(line.decided_at))
        return f"{said} · {isolate(line.decision_reason)}" if line.decision_reason else said

    def _offer_decision(self) -> None:
        kit, words, amendment = self.kit, self.kit.words, self.correction.line.id
        self.reason = LineField(
            kit, placeholder=words.t("Why it is rejected (needed for a rejection)"), limit=LONGEST_REASON
        )
        self.reason.set_label(words.t("Reason for the rejection"))
        across = QHBoxLayout()
        across.setSpacing(kit.look.sizes.space_2)
        approve = button(
            kit, words.t("Approve"), lambda: self.approved.emit(amendment), role="primary", icon="check"
        )
        across.addWidget(approve)
        across.addWidget(self.reason, 1)
        across.addWidget(button(kit, words.t("Reject"), self._reject, icon="close"))
        across.addWidget(
            button(
                kit,
                words.t("Open the family"),
                lambda: self.family_wanted.emit(str(self.correction.line.household_id)),
                role="quiet",
                icon="families",
            )
        )
        self.body.addLayout(across)
        self.first = approve

    def _reject(self) -> None:
        reason = str(self.reason.value())
        if not reason:
            self.reason.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        amendment: uuid.UUID = self.correction.line.id
        self.rejected.emit(amendment, reason)
