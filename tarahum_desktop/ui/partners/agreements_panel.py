"""The agreements by field, those that do not hold apart from the others, and all of the one stood on."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tarahum_desktop.casework.partners.agreements import AgreementLine
from tarahum_desktop.i18n.partner_words import agreement_field
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.partners.agreement_form import AgreementForm, Changed
from tarahum_desktop.ui.partners.ports import PartnersBoard
from tarahum_desktop.ui.partners.words import agreement_detail, named, time_left, time_tone
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.labels import hold_to_start, label
from tarahum_desktop.ui.widgets.scrolling import scrolling
from tarahum_desktop.ui.widgets.state_panel import StatePanel
from tarahum_desktop.ui.widgets.table import Column, DataTable

_FIELDS = ("education", "skills", "health", "legal", "sport")
_EVERY = "every"


class AgreementsPanel(QWidget):
    """``edit`` opens the term and fields of the agreement stood on, for who may change them."""

    def __init__(self, kit: Kit, change: Changed) -> None:
        super().__init__()
        self.kit = kit
        self.setProperty("paper", "clear")
        self._board: PartnersBoard | None = None
        self._line: AgreementLine | None = None
        self.standing = _table(kit, kit.words.t("Agreements that hold"))
        self.ended = _table(kit, kit.words.t("Agreements that do not hold"))
        self.standing.moved.connect(self._tell)
        self.ended.moved.connect(self._tell)
        for table in (self.standing, self.ended):
            table.opened.connect(lambda _line: self.edit())
        self.field = ChoiceField(
            kit,
            [
                Option(_EVERY, kit.words.t("Every field")),
                *(Option(code, agreement_field(kit.words, code)) for code in _FIELDS),
            ],
        )
        self.field.set_label(kit.words.t("Field of the agreement"))
        self.field.set_value(_EVERY)
        self.field.finished.connect(self._fill)
        self.form = AgreementForm(kit, change, self._closed)
        self._lay_out()

    def show_board(self, board: PartnersBoard) -> None:
        """Show the agreements, standing on the one stood on before."""
        self._board = board
        self._fill()

    def edit(self) -> None:
        """Open the form of the agreement stood on."""
        if self._line is not None and self._board is not None and self._board.may_manage:
            self.form.open(self._line)
            self._edit.hide()

    def saved(self) -> None:
        """What was asked for is done."""
        self.form.close_form()

    def take_focus(self) -> None:
        """Stand in the list."""
        self.standing.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        if self._board is None:
            return
        before = self._line.id if self._line is not None else None
        chosen = self.field.value() or _EVERY
        lines = [one for one in self._board.agreements if chosen in (_EVERY, one.field_code)]
        lines.sort(key=lambda one: (_place(one.field_code), one.number))
        self.standing.set_rows([one for one in lines if one.in_force])
        over = [one for one in lines if not one.in_force]
        self.ended.set_rows(over)
        self._ended_card.setVisible(bool(over))
        words = self.kit.words
        if any(one.in_force for one in lines):
            self.states.show_content()
        else:
            self.states.show_empty(
                words.t("No agreement holds"), words.t("Choose another field, or ask the headquarters.")
            )
        self._line = None
        for table in (self.standing, self.ended):
            for at, one in enumerate(table.rows_model.rows):
                if one.id == before:
                    table.setCurrentIndex(table.rows_model.index(at, 0))
                    self._tell(one)
        if self._line is None and lines:
            self._tell(self.standing.current_row() or self.ended.current_row())

    def _tell(self, line: AgreementLine | None) -> None:
        if line is None:
            return
        if self._line is None or line.id != self._line.id:
            self.form.close_form()
        self._line = line
        self.told_name.setText(named(self.kit, line.partner_ar, line.partner_en))
        self.told_left.setText(f"{self.kit.formats.code(line.number)} · {time_left(self.kit, line)}")
        self.told.setText(agreement_detail(self.kit, line))
        self._closed()

    def _closed(self) -> None:
        may = self._board is not None and self._board.may_manage
        self._edit.setVisible(may and not self.form.isVisible())

    def _lay_out(self) -> None:
        kit, words = self.kit, self.kit.words
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(kit.look.sizes.space_4)
        lists = QVBoxLayout()
        lists.setSpacing(kit.look.sizes.space_4)
        standing = Card(kit, words.t("In force"), icon="check")
        standing.head.addWidget(self.field)
        self.states = StatePanel(kit, self.standing)
        standing.add(self.states, 1)
        lists.addWidget(standing, 3)
        self._ended_card = Card(kit, words.t("Not in force: nothing may be shared"), icon="warning")
        self._ended_card.add(self.ended, 1)
        lists.addWidget(self._ended_card, 2)
        across.addLayout(lists, 3)
        side = Card(kit, words.t("What it allows"), icon="shield")
        self.told_name = hold_to_start(kit, label("", size="strong", wraps=True))
        self.told_left = hold_to_start(kit, label("", tone="soft", wraps=True))
        self.told = hold_to_start(kit, label("", wraps=True))
        for part in (self.told_name, self.told_left, self.told):
            side.add(part)
        self._edit = button(kit, words.t("Change term and fields"), self.edit, icon="edit")
        self._edit.hide()
        side.add(self._edit)
        side.add(self.form)
        side.body.addStretch(1)
        across.addWidget(scrolling(side), 2)


def _place(field: str) -> int:
    return _FIELDS.index(field) if field in _FIELDS else len(_FIELDS)


def _table(kit: Kit, name: str) -> DataTable:
    words = kit.words
    text: Callable[[AgreementLine], str] = lambda line: named(kit, line.partner_ar, line.partner_en)  # noqa: E731 - a column's text is a value
    columns = [
        Column[AgreementLine](words.t("Number"), lambda line: kit.formats.code(line.number), 3),
        Column[AgreementLine](words.t("Partner"), text, 5),
        Column[AgreementLine](
            words.p("of an agreement", "Field"), lambda line: agreement_field(words, line.field_code), 3
        ),
        Column[AgreementLine](words.t("Term"), lambda line: time_left(kit, line), 4, time_tone),
        Column[AgreementLine](words.t("Referrals"), lambda line: kit.formats.number(line.referrals), 2),
    ]
    return DataTable(kit, columns, name)
