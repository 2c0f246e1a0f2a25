"""One of two grants of the same: which office, which days, what is known of it here, and a button that keeps it."""

import uuid
from collections.abc import Callable

from tarahum_desktop.casework.exceptions.double import GrantSide
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.i18n.plan_words import plan_state_words
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.labels import hold_to_start, label


class SideCard(Card):
    """``keep`` is disabled for who does not answer for the other side; why is said beside it."""

    def __init__(self, kit: Kit, side: GrantSide, keep: Callable[[uuid.UUID], None]) -> None:
        office = side.office_en if kit.words.language == "en" else side.office_ar
        super().__init__(kit, isolate(office or side.office_ar))
        for text in side_lines(kit, side):
            self.add(hold_to_start(kit, label(text, wraps=True)))
        self.keep = button(kit, kit.words.t("Keep this one"), lambda: keep(side.entitlement_id), icon="check")
        self.keep.setEnabled(side.may_keep)
        self.keep.setAccessibleDescription(office)
        self.add(self.keep)
        if not side.may_keep:
            told = kit.words.t("The other office, or headquarters, decides this.")
            self.add(hold_to_start(kit, label(told, tone="soft", wraps=True)))


def side_lines(kit: Kit, side: GrantSide) -> tuple[str, ...]:
    """The days it holds, whether it was handed over, and the plan item where it is known here."""
    words, formats = kit.words, kit.formats
    first = formats.date(side.first_day)
    days = (
        words.t("From {first} on").format(first=first) if side.last_day is None
        else words.t("{first} to {last}").format(first=first, last=formats.date(side.last_day))
    )  # fmt: skip
    stands = words.t("Handed over") if side.given else words.t("Approved, not handed over yet")
    if not side.here or side.state is None:
        return days, stands, words.t("Its plan is with another office")
    state = plan_state_words(words, side.state)
    amount = formats.money(side.amount) if side.amount else formats.number(side.quantity or 0)
    return days, stands, words.t("Your plan: {amount}, {state}").format(amount=amount, state=state)
