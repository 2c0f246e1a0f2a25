"""The invented staff of each committee, so that every record has an author with the right role."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from tarahum_desktop.models.ids import seed_id

_PEOPLE = (
    ("officer1", "officer", "باحث ميداني ١", "Field officer 1"),
    ("officer2", "officer", "باحث ميداني ٢", "Field officer 2"),
    ("women1", "officer", "باحثة ميدانية ١", "Field officer, women's section"),
    ("clerk", "clerk", "مدخل بيانات", "Clerk"),
    ("supervisor", "supervisor", "مشرف المكتب", "Office supervisor"),
    ("executive", "executive", "المدير التنفيذي", "Executive director"),
    ("panel", "panel", "أمين لجنة البحث والمساعدات", "Aid panel secretary"),
    ("admin", "office_admin", "إداري اللجنة", "Office administrator"),
)
_CENTRAL = (
    ("hq.analyst", "analyst", "محلل الأمانة العامة", "Headquarters analyst"),
    ("hq.admin", "system_admin", "مدير النظام", "System administrator"),
)
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


def committee_staff(code: str) -> list[StaffMember]:
    """The staff of one committee."""
    return [
        StaffMember(
            f"{code}.{login}", role, code, f"{arabic} ({code.upper()})", f"{english} ({code.upper()})", code
        )
        for login, role, arabic, english in _PEOPLE
    ]


def all_staff(committees: tuple[str, ...]) -> Iterator[StaffMember]:
    """Everybody, the central office first."""
    for login, role, arabic, english in _CENTRAL:
        yield StaffMember(login, role, NATIONAL, arabic, english, None)
    for code in committees:
        yield from committee_staff(code)
