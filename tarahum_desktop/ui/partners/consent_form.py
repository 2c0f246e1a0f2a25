"""Records a consent to share with one named partner, where it is missing while somebody is being referred."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.casework.partners.choices import PersonChoice
from tarahum_desktop.casework.partners.consents import CAPACITIES, MEANS, NewConsent
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.partners.ports import Lists
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.field_row import FieldRow
from tarahum_desktop.ui.widgets.labels import hold_to_start, label
from tarahum_desktop.ui.widgets.line_field import LineField


class ConsentForm(QWidget):
    """Hidden until ``ask``: how, who signs, and the deed when somebody signs for another."""

    def __init__(self, kit: Kit, lists: Lists, consent: Callable[[NewConsent], None]) -> None:
        super().__init__()
        self.kit, self._consent = kit, consent
        self._person: PersonChoice | None = None
        self._party = ""
        words = kit.words
        self.setProperty("paper", "clear")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self.title = hold_to_start(kit, label("", size="strong", wraps=True))
        self.means = ChoiceField(kit, _options(lists, "consent_means", MEANS))
        self.capacity = ChoiceField(kit, _options(lists, "signer_capacity", CAPACITIES))
        self.deed = LineField(kit, limit=120)
        self.capacity.finished.connect(self._show_deed)
        self.banner = Banner(kit)
        self._deed_row = FieldRow(kit, words.t("Deed: kind and number"), self.deed, required=True)
        box.addWidget(self.title)
        box.addWidget(FieldRow(kit, words.t("How was it given?"), self.means, required=True))
        box.addWidget(FieldRow(kit, words.t("Who gives it?"), self.capacity, required=True))
        box.addWidget(self._deed_row)
        box.addWidget(self.banner)
        box.addWidget(button(kit, words.t("Record this consent"), self.submit, icon="signature"))
        self.hide()

    def ask(self, person: PersonChoice, party: str) -> None:
        """Ask for the consent of a person to sharing with a party."""
        if (person, party) != (self._person, self._party):
            self._person, self._party = person, party
            self.means.set_value(None)
            self.capacity.set_value(CAPACITIES[1] if person.minor else CAPACITIES[0])
            self.deed.set_value("")
            self.banner.clear()
        told = self.kit.words.t("Consent of {person} to sharing with {party}")
        self.title.setText(told.format(person=isolate(person.name), party=isolate(party)))
        self._show_deed()
        self.show()

    def submit(self) -> None:
        """Give what was asked for; casework says what is missing."""
        if self._person is not None:
            self._consent(
                NewConsent(
                    self._person.id, self._party, self.means.value() or "", self.capacity.value() or "",
                    self.deed.value() if self.capacity.value() != CAPACITIES[0] else "",
                )
            )  # fmt: skip

    def refuse(self, sentence: str) -> None:
        """Say why it could not be recorded."""
        self.banner.say(sentence, "danger")

    def close_form(self) -> None:
        """It is on record, or not needed."""
        self._person = None
        self.hide()

    def _show_deed(self) -> None:
        self._deed_row.setVisible(self.capacity.value() not in (None, CAPACITIES[0]))


def _options(lists: Lists, name: str, codes: tuple[str, ...]) -> list[Option]:
    known = lists.get(name, {})
    return [Option(code, known.get(code, code)) for code in codes]
