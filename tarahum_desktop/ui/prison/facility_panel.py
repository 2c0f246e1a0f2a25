"""Asked once on a machine: in which facility it stands."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.casework.prison.desk_place import FacilityItem
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.theme import clear_layout
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.labels import label


class FacilityPanel(QWidget):
    """A choice among the committee's facilities; choosing settles it."""

    def __init__(self, kit: Kit, choose: Callable[[str], None]) -> None:
        super().__init__()
        self.kit, self._choose = kit, choose
        self.choice: ChoiceField | None = None
        card = Card(kit, kit.words.t("In which facility does this machine stand?"), icon="prison")
        card.add(label(kit.words.t("Arrivals are written to it. It is asked once."), tone="soft", wraps=True))
        self._holder = QVBoxLayout()
        card.body.addLayout(self._holder)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)
        box.addStretch(1)

    def show_choices(self, choices: Sequence[FacilityItem]) -> None:
        """Offer these."""
        clear_layout(self._holder)
        english = self.kit.words.language == "en"
        options = [Option(item.code, item.name_en if english else item.name_ar) for item in choices]
        if not options:
            self._holder.addWidget(
                label(
                    self.kit.words.t(
                        "No facility of your committee is on this machine. Please exchange with the centre first."
                    ),
                    wraps=True,
                )
            )
            return
        self.choice = ChoiceField(self.kit, options)
        self.choice.set_label(self.kit.words.t("Facility"))
        self.choice.finished.connect(self._chosen)
        self._holder.addWidget(self.choice)
        self.choice.setFocus()

    def _chosen(self) -> None:
        code = self.choice.value() if self.choice else None
        if code:
            self._choose(code)
