"""Where a family's file leads: the other desks, each offered only where it is there and the person may work at it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tarahum_desktop.domain.permissions import Action as Right
from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.family.page_model import FamilyPage


@dataclass(frozen=True, slots=True)
class Lead:
    """One way: its action's id, title, key and icon, the screen, and which rights open it (any of them; none for all)."""

    id: str
    title: str
    key: str
    icon: str
    screen: str
    rights: frozenset[Right] = frozenset()

    def open_for(self, page: FamilyPage | None, screens: frozenset[str]) -> bool:
        """Whether to offer it now."""
        if page is None or self.screen not in screens:
            return False
        return not self.rights or any(right.value in page.may for right in self.rights)

    def params(self, page: FamilyPage) -> Mapping[str, str]:
        """What the other desk is told."""
        home = {"household": str(page.household_id)}
        return (
            home
            | dict(_MORE.get(self.screen, ()))
            | ({"find": page.file_number} if self.screen == "giving" else {})
        )


LEADS: Final = (
    Lead("family.care", msgid("Course of the case"), "Ctrl+J", "needs", "care"),
    Lead("family.plan", msgid("Plan of the family"), "Ctrl+G", "plan", "plan"),
    Lead("family.deliver", msgid("Deliver to this family"), "Ctrl+D", "money", "giving", frozenset({Right.RECORD_DELIVERY})),
    Lead("family.refer", msgid("Refer to a partner"), "Ctrl+R", "next", "partners", frozenset({Right.REFER_PERSON})),
    Lead(
        "family.hand_over", msgid("Hand over or transfer"), "Ctrl+T", "user", "moving",
        frozenset({Right.ASSIGN_CASE, Right.TRANSFER_CASE}),
    ),
    Lead("family.questionnaires", msgid("Questionnaires"), "", "file", "questionnaires"),
    Lead("family.merge", msgid("Possible duplicates"), "Ctrl+U", "copy", "review", frozenset({Right.MERGE_PEOPLE})),
)  # fmt: skip
_MORE: Final = {"moving": (("section", "officers"),), "review": (("list", "pairs"),)}
