"""Refers somebody of a family: who, to whom, for what, why, and the least that must be told."""

import uuid
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.casework.partners.agreements import AgreementLine
from tarahum_desktop.casework.partners.choices import FamilyChoices, PersonChoice
from tarahum_desktop.casework.partners.consents import NewConsent
from tarahum_desktop.casework.partners.referrals import NewReferral, Preview
from tarahum_desktop.domain.sharing import LEAST
from tarahum_desktop.i18n.partner_words import agreement_field, shared_field
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.partners.consent_form import ConsentForm
from tarahum_desktop.ui.partners.ports import PartnersBoard
from tarahum_desktop.ui.partners.preview_card import PreviewCard
from tarahum_desktop.ui.partners.words import field_names, named, time_left
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.field import Field
from tarahum_desktop.ui.widgets.field_row import FieldRow
from tarahum_desktop.ui.widgets.labels import hold_to_start, label
from tarahum_desktop.ui.widgets.line_field import LineField
from tarahum_desktop.ui.widgets.multi_choice_field import MultiChoiceField
from tarahum_desktop.ui.widgets.reflow import Reflow
from tarahum_desktop.ui.widgets.scrolling import scrolling

PAUSE_MS = 300
NARROW = 760
_CONSENT_WOULD_HELP = frozenset({
    "consent_to_share_missing", "consent_to_share_refused", "consent_names_another_party", "guardian_consent_missing",
})  # fmt: skip


class ReferPanel(QWidget):
    """Every change asks for a new preview; typing waits for a pause."""

    def __init__(
        self,
        kit: Kit,
        preview: Callable[[NewReferral], None],
        refer: Callable[[NewReferral], None],
        consent: Callable[[NewConsent], None],
    ) -> None:
        super().__init__()
        self.kit, self._preview, self._refer, self._consent = kit, preview, refer, consent
        self.setProperty("paper", "clear")
        self._board: PartnersBoard | None = None
        self._subject: tuple[uuid.UUID, uuid.UUID] | None = None
        self.known: tuple[str, ...] = ()
        self.person: ChoiceField | None = None
        self.agreement: ChoiceField | None = None
        self.service: ChoiceField | None = None
        self.fields: MultiChoiceField | None = None
        self.consent_form: ConsentForm | None = None
        self.purpose = LineField(kit, limit=400)
        self.purpose.changed.connect(self._typed)
        self.card = PreviewCard(kit, self.submit)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.ask_preview)
        self._lay_out()

    def show_board(self, board: PartnersBoard, person: str) -> None:
        """Offer the people and agreements of a family; ``person`` is chosen at first."""
        same = self._board is not None and self._board.family == board.family
        same = same and self._board is not None and self._board.agreements == board.agreements
        self._board = board
        if board.family is None:
            return
        if not same:
            self._offer_people(board.family, person)
            self._offer_agreements(board)
        if self.consent_form is None:
            self.consent_form = ConsentForm(self.kit, board.lists, self._consent)
            self.card.add(self.consent_form)
        self.ask_preview()

    def wanted(self) -> NewReferral | None:
        """What is chosen, when person and agreement are."""
        board = self._board
        person, line = self._chosen_person(), self.chosen_agreement()
        if board is None or board.family is None or person is None or line is None:
            return None
        chosen = self.fields.value() if self.fields is not None else _least(line)
        service = self.service.value() if self.service is not None else None
        return NewReferral(
            board.family.household_id, person.id, line.id, service or "", self.purpose.value(), chosen
        )

    def ask_preview(self) -> None:
        """Ask what would go out."""
        self._pause.stop()
        wanted = self.wanted()
        if wanted is None:
            self.card.clear_preview()
            return
        self.card.wait()
        self._preview(wanted)

    def show_preview(self, wanted: NewReferral, preview: Preview) -> None:
        """Show the answer to the latest question."""
        if self._board is None or wanted != self.wanted():
            return
        subject = (wanted.person_id, wanted.agreement_id)
        if subject != self._subject or preview.known != self.known:
            fresh = subject != self._subject
            self._subject, self.known = subject, preview.known
            self._offer_fields(preview, None if fresh else wanted.fields)
            if self.wanted() != wanted:  # the least that is covered is not always known
                self.ask_preview()
                return
        self.card.show_preview(preview, self._board.lists)
        person, line = self._chosen_person(), self.chosen_agreement()
        if self.consent_form is None or person is None or line is None:
            return
        if _CONSENT_WOULD_HELP & {one.code for one in preview.sharing.refusals}:
            self.consent_form.ask(person, line.partner_ar)
        else:
            self.consent_form.close_form()

    def submit(self) -> None:
        """Refer, when nothing speaks against what is shown."""
        wanted = self.wanted()
        if wanted is not None and self.card.go.isEnabled() and not self._pause.isActive():
            self.card.wait()  # a second press must not refer twice
            self._refer(wanted)

    def start_anew(self) -> None:
        """The person was referred: the purpose was for that alone."""
        self.purpose.set_value("")
        self.ask_preview()

    def refuse(self, sentence: str) -> None:
        """Say it where the person looks."""
        if self.consent_form is not None and self.consent_form.isVisible():
            self.consent_form.refuse(sentence)
        else:
            self.card.show_trouble(sentence)

    def take_focus(self) -> None:
        """Stand in the first question that is open."""
        asked = (self.person, self.agreement, self.service, self.purpose)
        first = next((one for one in asked if one is not None and not one.value()), self.purpose)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen_agreement(self) -> AgreementLine | None:
        """The agreement chosen."""
        chosen = self.agreement.value() if self.agreement is not None else None
        lines = self._board.agreements if self._board is not None else ()
        return next((line for line in lines if str(line.id) == chosen), None)

    def _chosen_person(self) -> PersonChoice | None:
        chosen = self.person.value() if self.person is not None else None
        family = self._board.family if self._board is not None else None
        return next((one for one in family.people if str(one.id) == chosen), None) if family else None

    def _typed(self) -> None:
        self.card.wait()
        self._pause.start()

    def _offer_people(self, family: FamilyChoices, person: str) -> None:
        before = self.person.value() if self.person is not None else None
        self.person = ChoiceField(self.kit, [Option(str(one.id), one.name) for one in family.people])
        self.person.set_value(before or person or None)
        self.person.finished.connect(self._other_subject)
        self._put(0, self.kit.words.t("Who is referred?"), self.person)

    def _offer_agreements(self, board: PartnersBoard) -> None:
        kit, family = self.kit, board.family
        lines = [
            line for line in board.agreements
            if line.in_force and family is not None and line.committee_code in {None, family.committee}
        ]  # fmt: skip
        options = [
            Option(
                str(line.id),
                f"{named(kit, line.partner_ar, line.partner_en)} · "
                f"{agreement_field(kit.words, line.field_code)} · {time_left(kit, line)}",
            )
            for line in lines
        ]
        before = self.agreement.value() if self.agreement is not None else None
        self.agreement = ChoiceField(kit, options)
        self.agreement.set_value(before)
        self.agreement.finished.connect(self._other_agreement)
        self._put(1, kit.words.t("To which partner?"), self.agreement)
        if self.service is None or self.agreement.value() is None:
            self._other_agreement()

    def _other_agreement(self) -> None:
        line, board = self.chosen_agreement(), self._board
        offered: Sequence[tuple[str, str, str]] = ()
        if line is not None and board is not None and board.family is not None:
            offered = line.services or board.family.services
        self.service = ChoiceField(
            self.kit, [Option(code, named(self.kit, ar, en)) for code, ar, en in offered]
        )
        if len(offered) == 1:
            self.service.set_value(offered[0][0])
        self.service.finished.connect(self.ask_preview)
        self._put(2, self.kit.words.t("For which service?"), self.service, shown=bool(offered))
        self._other_subject()

    def _other_subject(self) -> None:
        self.fields = None
        self._subject = None
        self.ask_preview()

    def _offer_fields(self, preview: Preview, chosen: Sequence[str] | None) -> None:
        words = self.kit.words
        self.fields = MultiChoiceField(
            self.kit, [Option(code, shared_field(words, code)) for code in preview.known]
        )
        least = [code for code in LEAST if code in preview.known]
        self.fields.set_value(least if chosen is None else chosen)
        self.fields.changed.connect(self.ask_preview)
        self._put(3, words.t("What is shared?"), self.fields, shown=bool(preview.known))
        unknown = tuple(code for code in preview.covered if code not in preview.known)
        told = words.t("Covered, but not known here: {fields}")
        self.unknown.setText(told.format(fields=field_names(self.kit, unknown)))
        self.unknown.setVisible(bool(unknown))

    def _put(self, at: int, title: str, field: Field, *, shown: bool = True) -> None:
        """Put a new question in the place of the old one."""
        old = self._rows.pop(at, None)
        if old is not None:
            self._places[at].removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows[at] = FieldRow(self.kit, title, field, required=True)
        self._places[at].addWidget(self._rows[at])
        self._rows[at].setVisible(shown)

    def _lay_out(self) -> None:
        kit, words = self.kit, self.kit.words
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        both = Reflow(kit, NARROW)
        asked = Card(kit, words.t("Refer to a partner"), icon="user")
        self._rows: dict[int, FieldRow] = {}
        self._places = [QVBoxLayout() for _ in range(4)]
        for place in self._places[:3]:
            asked.body.addLayout(place)
        asked.add(
            FieldRow(
                kit, words.t("Why?"), self.purpose, required=True,
                help_text=words.t("The partner reads this. Write nothing about the person that is not chosen below."),
            )
        )  # fmt: skip
        asked.body.addLayout(self._places[3])
        self.unknown = hold_to_start(kit, label("", size="caption", tone="soft", wraps=True))
        asked.add(self.unknown)
        self.unknown.hide()
        asked.body.addStretch(1)
        self.card.body.addStretch(1)
        both.add(asked, 3)
        both.add(self.card, 2)
        box.addWidget(scrolling(both))


def _least(line: AgreementLine) -> tuple[str, ...]:
    return tuple(code for code in LEAST if code in line.fields)
