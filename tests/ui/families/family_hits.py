"""Invented families to be found, and a screen over them whose search is a plain one in memory."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tarahum_desktop.casework.duplicates.typed import PersonTyped, SimilarPerson
from tarahum_desktop.casework.form_lists import ListedItem
from tarahum_desktop.casework.register import NewMember, Registered
from tarahum_desktop.casework.saved_lists.saved_lists import KeptList
from tarahum_desktop.casework.search.find import FamilyHit, Why
from tarahum_desktop.casework.search.lists import FamilyPage, Wish
from tarahum_desktop.casework.unit_of_work import NOTHING_CHANGED
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.names import fold
from tarahum_desktop.domain.record_match import MatchDecision
from tarahum_desktop.domain.text import ascii_digits
from tarahum_desktop.ui.families.ports import FamiliesPorts, ListPorts, RegisterLists


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
RELATIONS = (
    ListedItem("spouse", "زوج/ة"),
    ListedItem("son", "ابن"),
    ListedItem("daughter", "ابنة"),
    ListedItem("mother", "أم"),
    ListedItem("father", "أب"),
    ListedItem("other", "أخرى"),
)
REASONS = (ListedItem("lost", "مفقودة"), ListedItem("never_issued", "لم تُصدر"))
COUNTS = {
    "state": {"active": 3, "study": 1},
    "place": {"RUH-1": 2, "RUH-2": 2},
    "overdue": {"yes": 2},
    "women": {"yes": 1},
}


@dataclass
class Office:
    """An office's records in memory; ``fails`` makes the next calls fail with that code."""

    families: Sequence[FamilyHit] = FAMILIES
    asked: list[str] = field(default_factory=list)
    registered: list[tuple[NewMember, Mapping[str, str]]] = field(default_factory=list)
    members: list[Sequence[NewMember]] = field(default_factory=list)
    wished: list[Wish] = field(default_factory=list)
    kept: list[KeptList] = field(default_factory=list)
    ready: bool = True
    fails: str = ""

    def find(self, typed: str) -> list[FamilyHit]:
        """Families one of whose texts begins a word with each typed word."""
        self.asked.append(typed)
        self._fail()
        wanted = fold(ascii_digits(typed)).split()
        why = Why.ID_NUMBER if typed.isdigit() else Why.NAME
        return [replace(one, why=why) for one in self.families if self._fits(one, wanted)]

    def browse(self, wish: Wish) -> FamilyPage:
        """All families in pages of four, those of the first half when any filter is on."""
        self.wished.append(wish)
        self._fail()
        if wish.filters.restricted:
            return FamilyPage(counts=COUNTS)
        fitting = [
            one for one in self.families if not wish.typed or self._fits(one, fold(wish.typed).split())
        ]
        return FamilyPage(
            tuple(fitting[wish.offset : wish.offset + 4]), len(fitting), COUNTS, ready=self.ready
        )

    def save(self, title: str, wish: Wish) -> KeptList:
        """Keep a list."""
        self.kept.append(KeptList(uuid.UUID(int=9000 + len(self.kept)), title, wish))
        return self.kept[-1]

    def forget(self, list_id: uuid.UUID) -> None:
        """Drop a list."""
        self.kept = [kept for kept in self.kept if kept.id != list_id]

    def similar(self, typed: PersonTyped) -> list[SimilarPerson]:
        """Whoever has the same number, or the same first and last name."""
        return [
            SimilarPerson(
                uuid.UUID(int=1),
                one.head_name,
                one.id_number,
                "",
                one.mobile,
                one.household_id,
                one.file_number,
                "RUH",
                MatchDecision.SAME_PERSON
                if one.id_number == typed.id_number
                else MatchDecision.POSSIBLE_SAME_REVIEW_LOW,
                (),
            )
            for one in self.families
            if one.id_number == typed.id_number
            or (one.head_name.split()[0], one.head_name.split()[-1]) == (typed.first_name, typed.family_name)
        ]

    def register(self, head: NewMember, members: Sequence[NewMember], home: Mapping[str, str]) -> Registered:
        """Keep it."""
        self._fail()
        self.registered.append((head, home))
        self.members.append(members)
        household = uuid.UUID(int=5000 + len(self.registered))
        return Registered(household, uuid.UUID(int=1), "RUH-2026-05001", (), (), NOTHING_CHANGED)

    def ports(self) -> FamiliesPorts:
        """The screen's way here."""
        lists = ListPorts(
            self.browse,
            lambda: {"place": {"RUH-1": "الرياض"}},
            lambda: tuple(self.kept),
            self.save,
            self.forget,
        )
        choices = RegisterLists(PLACES, RELATIONS, REASONS)
        return FamiliesPorts(self.find, self.register, self.similar, lambda: choices, lists)

    def _fits(self, one: FamilyHit, wanted: list[str]) -> bool:
        texts = fold(f"{one.head_name} {one.person_name} {one.file_number} {one.id_number}").split()
        return all(any(text.startswith(word) for text in texts) for word in wanted)

    def _fail(self) -> None:
        if self.fails:
            raise TarahumError(self.fails)
