"""One person of the family, and what may be mended on the spot: how to reach them, and that they left the household."""

import uuid
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.casework.family_edit import LEAVING_REASONS
from tarahum_desktop.casework.family_lines import FamilyFile, MemberLine
from tarahum_desktop.domain.dates import DateError, PartialDate, Precision
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.ui.family.cards import facts_card
from tarahum_desktop.ui.family.describe_custody import custody_facts
from tarahum_desktop.ui.family.edit_presenter import EditPresenter
from tarahum_desktop.ui.family.page_model import Fact
from tarahum_desktop.ui.family.ports import FamilyPorts, Lists
from tarahum_desktop.ui.family.terms import Terms, leaving_words
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.theme import clear_layout
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.checked_fields import MobileField
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.field_row import FieldRow
from tarahum_desktop.ui.widgets.flow_layout import FlowLayout
from tarahum_desktop.ui.widgets.page import Page, PageHeader
from tarahum_desktop.ui.widgets.partial_date_field import PartialDateField
from tarahum_desktop.ui.widgets.reflow import Reflow
from tarahum_desktop.ui.worker import Background

NARROW_FACE = 760


class PersonFace(QWidget):
    """Shows one member; ``changes`` leads to who changed what of this person."""

    def __init__(
        self,
        kit: Kit,
        ports: FamilyPorts,
        background: Background,
        close: Callable[[], None],
        changes: Callable[[uuid.UUID], None],
        changed: Callable[[], None],
    ) -> None:
        super().__init__()
        self.kit, self._ports, self._close, self._changes = kit, ports, close, changes
        self.presenter = EditPresenter(self, ports, background, kit, changed)
        self.person: uuid.UUID | None = None
        self.banner = Banner(kit)
        self._holder = QVBoxLayout(self)
        self._holder.setContentsMargins(0, 0, 0, 0)
        self._holder.addWidget(self.banner)
        self._body = QVBoxLayout()
        self._holder.addLayout(self._body, 1)

    def show_person(self, file: FamilyFile, lists: Lists, person: uuid.UUID) -> None:
        """Build the face of a member; somebody who is none (any more) is left alone."""
        member = next((one for one in file.members if one.person_id == person), None)
        if member is None:
            return
        if person != self.person:
            self.banner.clear()
        self.person = person
        terms = Terms(self.kit.words, lists)
        clear_layout(self._body)
        page = Page(self.kit)
        page.add(PageHeader(self.kit, member.name, self._subtitle(terms, member)))
        page.add(self._buttons(member))
        both = Reflow(self.kit, NARROW_FACE)
        both.add(self._facts(terms, file, member), 1)
        editing = QWidget()
        editing.setProperty("paper", "clear")
        column = QVBoxLayout(editing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.kit.look.sizes.space_4)
        if file.may_edit:
            column.addWidget(self._contact(terms, member))
            if member.left_on is None and not member.is_head and member.membership_id is not None:
                column.addWidget(self._leaving(member))
        column.addStretch(1)
        both.add(editing, 1)
        page.add(both)
        page.finish()
        self._body.addWidget(page)

    def take_keyboard(self) -> None:
        """Stand on the way back."""
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_kept(self, sentence: str) -> None:
        """It is kept."""
        self.banner.say(sentence, "accent")

    def show_refused(self, sentence: str) -> None:
        """It was not kept, and why."""
        self.banner.say(sentence, "danger")

    def _subtitle(self, terms: Terms, member: MemberLine) -> str:
        words = self.kit.words
        relation = words.t("Head of household") if member.is_head else terms.of("kinship", member.relation)
        return " · ".join((relation, terms.kind(member.kind)))

    def _buttons(self, member: MemberLine) -> QWidget:
        words = self.kit.words
        row = QWidget()
        row.setProperty("paper", "clear")
        flow = FlowLayout(row, self.kit.look.sizes.space_2)
        self.back = button(self.kit, words.t("Back to the file"), self._close, role="quiet", icon="back")
        flow.addWidget(self.back)
        past = button(
            self.kit, words.t("Who changed what"), lambda: self._changes(member.person_id), icon="clock"
        )
        flow.addWidget(past)
        return row

    def _facts(self, terms: Terms, file: FamilyFile, member: MemberLine) -> Card:
        words, formats = self.kit.words, self.kit.formats
        number = (
            formats.code(member.id_number or member.temporary_key)
            if (member.id_number or member.temporary_key)
            else ""
        )
        father, mother = (isolate(name) if name else "" for name in (member.father, member.mother))
        contact = [formats.phone(one) for one in (member.mobile, member.mobile_alt) if one]
        given = (
            (words.t("Identity number"), number), (words.t("Date of birth"), self._birth(member.birth)),
            (words.t("Marital state"), terms.of("marital_status", member.marital)),
            (words.t("Father"), father), (words.t("Mother"), mother),
            (words.t("Mobile"), " · ".join(contact)),
            (words.t("Preferred contact"), terms.of("contact_preference", member.contact_preference)),
            (words.t("Education"), terms.of("education", member.education)),
            (words.t("Occupation"), terms.of("work_status", member.work)),
            (words.t("In the household"), self._membership(member)),
        )  # fmt: skip
        facts = [Fact(title, text) for title, text in given if text]
        own = [
            stay
            for stay in custody_facts(self.kit, terms, file, self._ports.today())
            if stay.title == member.name
        ]
        return facts_card(
            self.kit, words.t("What is on record"), "user", [*facts, *own], words.t("Not recorded")
        )

    def _birth(self, code: str) -> str:
        try:
            return self.kit.formats.partial_date(PartialDate.from_code(code))
        except DateError:
            return ""

    def _membership(self, member: MemberLine) -> str:
        words, date = self.kit.words, self.kit.formats.date
        parts = []
        if member.since is not None:
            parts.append(words.t("Since {date}").format(date=date(member.since)))
        if member.left_on is not None:
            parts.append(words.t("Until {date}").format(date=date(member.left_on)))
            parts.append(leaving_words(words, member.left_because))
        elif not member.resident:
            parts.append(words.t("lives elsewhere"))
        return "\n".join(part for part in parts if part)

    def _contact(self, terms: Terms, member: MemberLine) -> Card:
        kit, words = self.kit, self.kit.words
        card = Card(kit, words.t("How to reach them"), icon="phone")
        self.mobile, self.mobile_alt = MobileField(kit), MobileField(kit)
        options = [Option(code, text) for code, text in terms.lists.get("contact_preference", {}).items()]
        self.preference = ChoiceField(kit, options)
        for field, value, title in (
            (self.mobile, member.mobile, words.t("Mobile")),
            (self.mobile_alt, member.mobile_alt, words.t("Another mobile")),
            (self.preference, member.contact_preference or None, words.t("Preferred contact")),
        ):
            field.set_value(value)
            card.add(FieldRow(kit, title, field))
        card.add(button(kit, words.t("Keep"), self._keep_contact, role="primary", icon="check"))
        return card

    def _keep_contact(self) -> None:
        if self.person is not None:
            entered = {
                "mobile": self.mobile.value(), "mobile_alt": self.mobile_alt.value(),
                "contact_preference": self.preference.value() or "",
            }  # fmt: skip
            self.presenter.keep_contact(self.person, entered)

    def _leaving(self, member: MemberLine) -> Card:
        kit, words = self.kit, self.kit.words
        card = Card(kit, words.t("Left the household"), icon="release")
        self.left_on = PartialDateField(kit, self._ports.today)
        self.left_because = ChoiceField(
            kit, [Option(code, leaving_words(words, code)) for code in LEAVING_REASONS]
        )
        card.add(FieldRow(kit, words.t("Last day"), self.left_on, required=True))
        card.add(FieldRow(kit, words.t("Reason of leaving"), self.left_because, required=True))
        membership = member.membership_id
        assert membership is not None
        card.add(button(kit, words.t("End the membership"), lambda: self._end(membership), icon="check"))
        return card

    def _end(self, membership: uuid.UUID) -> None:
        words, given, reason = self.kit.words, self.left_on.value(), self.left_because.value()
        if given is None or given.precision is not Precision.DAY:
            self.show_refused(words.t("Please write the whole day on which the person left."))
            self.left_on.setFocus(Qt.FocusReason.OtherFocusReason)
        elif reason is None:
            self.show_refused(words.t("Please choose why the person left."))
            self.left_because.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.presenter.end_membership(membership, given.midpoint(), reason)
