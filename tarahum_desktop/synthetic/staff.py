"""The invented staff of each committee, so that every record has an author with the right role."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID
from zlib import crc32

from tarahum_desktop.models.ids import seed_id

_PEOPLE = (
    ("officer1", "officer"),
    ("officer2", "officer"),
    ("women1", "officer"),
    ("clerk", "clerk"),
    ("supervisor", "supervisor"),
    ("executive", "executive"),
    ("panel", "panel"),
    ("admin", "office_admin"),
)
_WOMEN = frozenset({"women1", "panel"})
_CENTRAL = (("hq.analyst", "analyst"), ("hq.admin", "system_admin"))
_MEN_FIRST = (
    ("سعد", "Saad"), ("ماجد", "Majed"), ("تركي", "Turki"), ("فهد", "Fahd"), ("خالد", "Khalid"),
    ("ناصر", "Nasser"), ("بندر", "Bandar"), ("سلطان", "Sultan"), ("عادل", "Adel"), ("هاني", "Hani"),
)  # fmt: skip
_WOMEN_FIRST = (
    ("نورة", "Noura"), ("هيا", "Haya"), ("ريم", "Reem"), ("منال", "Manal"), ("أمل", "Amal"), ("لطيفة", "Latifa"),
)  # fmt: skip
_FAMILY = (
    ("الشهري", "Al-Shehri"), ("القحطاني", "Al-Qahtani"), ("الغامدي", "Al-Ghamdi"), ("العنزي", "Al-Anazi"),
    ("المالكي", "Al-Malki"), ("الزهراني", "Al-Zahrani"), ("البلوي", "Al-Balawi"), ("الدوسري", "Al-Dosari"),
    ("الحربي", "Al-Harbi"), ("السبيعي", "Al-Subaie"), ("الجهني", "Al-Juhani"),
)  # fmt: skip
NATIONAL = "national"


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One invented user with one role in one scope."""

    login: str
    role: str
    scope: str
    name_ar: str
    name_en: str
    committee: str | None

    @property
    def id(self) -> UUID:
        """The user's fixed id."""
        return user_id(self.login)


@functools.cache
def user_id(login: str) -> UUID:
    """The fixed id of an invented user, such as ``ryd.officer1``."""
    return seed_id("user_account", login)


def _name(code: str, place: int, *, female: bool) -> tuple[str, str]:
    """An invented name in Arabic and English, always the same for a place in an office."""
    names = _WOMEN_FIRST if female else _MEN_FIRST
    start = crc32(code.encode("ascii"))
    first, family = names[(start + place) % len(names)], _FAMILY[(start // 7 + 3 * place) % len(_FAMILY)]
    return f"{first[0]} {family[0]}", f"{first[1]} {family[1]}"


def committee_staff(code: str) -> list[StaffMember]:
    """The staff of one committee."""
    return [
        StaffMember(f"{code}.{login}", role, code, *_name(code, place, female=login in _WOMEN), code)
        for place, (login, role) in enumerate(_PEOPLE)
    ]


def all_staff(committees: tuple[str, ...]) -> Iterator[StaffMember]:
    """Everybody, the central office first."""
    for place, (login, role) in enumerate(_CENTRAL):
        yield StaffMember(login, role, NATIONAL, *_name("hq", place, female=False), None)
    for code in committees:
        yield from committee_staff(code)
