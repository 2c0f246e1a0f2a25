"""Invented families to be found, and a screen over them whose search is a plain one in memory."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tarahum_desktop.casework.form_lists import ListedItem
from tarahum_desktop.casework.register import NewMember, Registered
from tarahum_desktop.casework.search import FamilyHit, Why
from tarahum_desktop.casework.unit_of_work import NOTHING_CHANGED
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.names import fold
from tarahum_desktop.domain.text import ascii_digits
from tarahum_desktop.ui.families.ports import FamiliesPorts


def hit(number: int, head: str, place: str, place_en: str, id_number: str, member: str = "") -> FamilyHit:
    """One family; ``member`` is whoever matches a name when not the head."""
    return FamilyHit(
        uuid.UUID(int=number), f"RUH-2025-{number:05}", head, place, place_en, "حي النسيم", "RUH", Why.NAME,
        uuid.UUID(int=number + 1000), member or head, id_number, f"+96650123{number:04}",
    )  # fmt: skip


FAMILIES = (
    hit(1023, "محمد بن عبدالله بن سالم العتيبي", "الرياض", "Riyadh", "1023456782"),
    hit(1048, "محمد بن فهد بن محمد القحطاني", "المزاحمية", "Al Muzahimiyah", "1045821133"),
    hit(1077, "نورة بنت محمد بن علي الدوسري", "الخرج", "Al Kharj", "1067452218"),
    hit(1102, "خالد بن سعد بن ناصر الحربي", "الدوادمي", "Ad Dawadimi", "1083377120", "محمد بن خالد بن سعد الحربي"),
    hit(1140, "عبدالرحمن بن محمد بن إبراهيم الشهري", "الرياض", "Riyadh", "2294417560"),
    hit(1188, "مريم بنت حسن بن محمد الزهراني", "وادي الدواسر", "Wadi ad-Dawasir", "1099120043", "محمد بن علي بن حسن الزهراني"),
)  # fmt: skip
PLACES = (
    ListedItem("RUH-1", "الرياض"), ListedItem("RUH-2", "الخرج"), ListedItem("RUH-3", "المزاحمية"),
    ListedItem("RUH-4", "الدوادمي"), ListedItem("RUH-5", "وادي الدواسر"), ListedItem("RUH-6", "هجرة الرويضة"),
)  # fmt: skip


@dataclass
class Office:
    """An office's records in memory; ``fails`` makes the next calls fail with that code."""

    families: Sequence[FamilyHit] = FAMILIES
    asked: list[str] = field(default_factory=list)
    registered: list[tuple[NewMember, Mapping[str, str]]] = field(default_factory=list)
    fails: str = ""

    def find(self, typed: str) -> list[FamilyHit]:
        """Families one of whose texts begins a word with each typed word."""
        self.asked.append(typed)
        self._fail()
        wanted = fold(ascii_digits(typed)).split()
        why = Why.ID_NUMBER if typed.isdigit() else Why.NAME
        return [replace(one, why=why) for one in self.families if self._fits(one, wanted)]

    def register(self, head: NewMember, home: Mapping[str, str]) -> Registered:
        """Keep it."""
        self._fail()
        self.registered.append((head, home))
        household = uuid.UUID(int=5000 + len(self.registered))
        return Registered(household, uuid.UUID(int=1), "RUH-2026-05001", (), (), NOTHING_CHANGED)

    def ports(self) -> FamiliesPorts:
        """The screen's way here."""
        return FamiliesPorts(self.find, self.register, lambda: PLACES)

    def _fits(self, one: FamilyHit, wanted: list[str]) -> bool:
        texts = fold(f"{one.head_name} {one.person_name} {one.file_number} {one.id_number}").split()
        return all(any(text.startswith(word) for text in texts) for word in wanted)

    def _fail(self) -> None:
        if self.fails:
            raise TarahumError(self.fails)
