"""What a visit taught about time in custody: which stay is meant, and a prisoner who was not on record yet.

A stay is chosen by its id; where nobody chose, the open one is meant, and an entry after the last release is a return.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.form_facts import STAY
from tarahum_desktop.casework.kinds import IN_CUSTODY
from tarahum_desktop.casework.person_facts import date_range
from tarahum_desktop.casework.register import first_day, last_day
from tarahum_desktop.casework.same_person import as_uuid
from tarahum_desktop.casework.visit_people import VisitPeople
from tarahum_desktop.casework.visit_rows import Sitting
from tarahum_desktop.domain.forms.answers import Answers
from tarahum_desktop.domain.names import NameMatch, NameParts, compare_names
from tarahum_desktop.domain.text import clean
from tarahum_desktop.models import CustodyEpisode, CustodyMove
from tarahum_desktop.models.ids import new_id

NEW_PERSON: Final = "new:"
"""Opens the answer that names a prisoner who is not on record; the name as heard follows."""
NEW_STAY: Final = "new"
RELEASED: Final = "released"
_BETWEEN_NAMES: Final = frozenset({"بن", "ابن", "بنت"})
_STAY_DAYS: Final = {
    "entry": "entry_day",
    "expected_release": "expected_release_day",
    "release": "release_day",
}
# What the prisoner is to the head, where the head's own word leaves no doubt; for others the next visit asks.
_RELATION: Final[Mapping[str, tuple[str, str]]] = {"wife": ("spouse", "male")}


@dataclass(frozen=True, slots=True)
class NewPrisoner:
    """A prisoner named by name; ``known`` when the household has somebody of that name after all."""

    code: str
    entered: Mapping[str, Any]
    relation: str
    known: uuid.UUID | None


def new_prisoner(answers: Answers, persons: Iterable[Any]) -> NewPrisoner | None:
    """The prisoner an answer such as ``new:خالد سالم الحربي`` speaks of; None for one chosen from the record."""
    code = answers.get("inmate_person")
    if not isinstance(code, str) or not code.startswith(NEW_PERSON):
        return None
    name = parts_of(code.removeprefix(NEW_PERSON))
    relation, gender = _RELATION.get(str(answers.get("inmate_relation")), ("other", "unknown"))
    entered = {
        "first_name": name.first, "father_name": name.father, "grandfather_name": name.grandfather,
        "family_name": name.family, "gender": gender,
    }  # fmt: skip
    known = next((one.id for one in persons if _is_called(one, name)), None)
    return NewPrisoner(code, entered, relation, known)


def parts_of(text: str) -> NameParts:
    """First, father, grandfather and family of a name as it is said, with or without بن."""
    words = [word for word in clean(text).split() if word not in _BETWEEN_NAMES]
    match words:
        case []:
            return NameParts("")
        case [first]:
            return NameParts(first)
        case [first, family]:
            return NameParts(first, family=family)
        case [first, father, family]:
            return NameParts(first, father, "", family)
        case [first, father, grandfather, *family]:
            return NameParts(first, father, grandfather, " ".join(family))
    return NameParts("")


def learn_custody(sitting: Sitting, people: VisitPeople) -> None:
    """Bring the stay the visit speaks of up to date, or begin one."""
    values = sitting.answers.values
    person_id = (
        people.head_id
        if values.get("inmate_relation") == "self"
        else people.named(values.get("inmate_person"))
    )
    found: dict[str, Any] = {
        column: values[code] for code, column in STAY.items() if values.get(code) is not None
    }
    if person_id is None or "status" not in found:
        return  # without consent to criminal data only the relation is known
    for name, day_name in _STAY_DAYS.items():
        code = found.get(name)
        if isinstance(code, str) and date_range(code):
            found[day_name] = first_day(code) if name == "entry" else last_day(code)
    stay = _meant(sitting, person_id, found)
    if stay is None:
        scope = sitting.home.scope
        sitting.session.add(CustodyEpisode(id=new_id(), scope=scope, person_id=person_id, **found))
        return
    _keep_facility(sitting, stay, found.get("facility_code"))
    for name, value in found.items():
        setattr(stay, name, value)


def tells_of_return(session: Session, answers: Answers, head_id: uuid.UUID | None) -> bool:
    """Whether the answers speak of somebody on record who was released before and is in custody again."""
    code = answers.get("inmate_person")
    person_id = (
        head_id
        if answers.get("inmate_relation") == "self"
        else as_uuid(code)
        if isinstance(code, str)
        else None
    )
    if person_id is None or answers.get("custody_status") not in IN_CUSTODY:
        return False
    stays, chosen = _stays_of(session, person_id), answers.get("inmate_stay")
    if chosen == NEW_STAY:
        return any(stay.release_day is not None or stay.status == RELEASED for stay in stays)
    if any(str(stay.id) == chosen for stay in stays):
        return False
    entry = answers.get("entry_date")
    entered = {"entry_day": first_day(entry) if isinstance(entry, str) else None}
    return bool(stays) and _is_return(stays[0], entered)


def _meant(sitting: Sitting, person_id: uuid.UUID, found: Mapping[str, Any]) -> CustodyEpisode | None:
    chosen = sitting.answers.get("inmate_stay")
    if chosen == NEW_STAY:
        return None
    stays = _stays_of(sitting.session, person_id)
    wanted = as_uuid(chosen) if isinstance(chosen, str) else None
    if (named := next((stay for stay in stays if stay.id == wanted), None)) is not None:
        return named
    return None if not stays or _is_return(stays[0], found) else stays[0]


def _stays_of(session: Session, person_id: uuid.UUID) -> list[CustodyEpisode]:
    """The open stays first, then the latest entry first."""
    query = (
        select(CustodyEpisode)
        .where(CustodyEpisode.person_id == person_id, CustodyEpisode.removed_at.is_(None))
        .order_by(
            CustodyEpisode.release_day.is_not(None), CustodyEpisode.entry_day.desc(), CustodyEpisode.id.desc()
        )
    )
    return list(session.scalars(query))


def _is_return(last: CustodyEpisode, found: Mapping[str, Any]) -> bool:
    entered = found.get("entry_day")
    return last.release_day is not None and entered is not None and entered > last.release_day


def _keep_facility(sitting: Sitting, stay: CustodyEpisode, facility: object) -> None:
    """A prisoner met in another facility was moved; nobody said on which day."""
    if isinstance(facility, str) and stay.facility_code and facility != stay.facility_code:
        sitting.session.add(
            CustodyMove(
                id=new_id(), scope=stay.scope, episode_id=stay.id, from_facility=stay.facility_code,
                to_facility=facility,
            )
        )  # fmt: skip


def _is_called(person: Any, name: NameParts) -> bool:
    known = NameParts(
        person.first_name, person.father_name or "", person.grandfather_name or "", person.family_name
    )
    return bool(name.first) and compare_names(known, name) is NameMatch.MATCH
