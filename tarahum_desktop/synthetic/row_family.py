"""Rows of a family: the household, its people, who belongs to it, and their time in custody."""

import datetime as dt
from uuid import UUID

from tarahum_desktop.domain.partial_date import PartialDate
from tarahum_desktop.synthetic.draw import weighted
from tarahum_desktop.synthetic.families import Member
from tarahum_desktop.synthetic.plan import FamilyFile
from tarahum_desktop.synthetic.row_book import Filed, Row, RowBook
from tarahum_desktop.synthetic.staff import user_id
from tarahum_desktop.synthetic.world import World

_SCHOOL_AGE = 6
_ADULT = 15
_GUARDED_AGE = 15
_IBAN_SHARE = 0.6
_IBAN_LETTERS = "2810"  # S and A as numbers, ISO 13616


def add_family(book: RowBook, world: World, file: FamilyFile) -> Filed:
    """Write the household, its persons, memberships and custody episodes."""
    family, code = file.family, book.committee
    opened = book.moment(file.cases[0].opened, 9)
    head = family.members[0].person
    login = "women1" if not head.male and book.rng.random() < 0.5 else f"officer{1 + file.number % 2}"
    officer = user_id(f"{code}.{login}")
    people = [_person(book, world, member, family.members[0], file.shadow) for member in family.members]
    persons = tuple(book.add("person", opened, officer, values) for values in people)
    schooling = tuple((values["education"], values["enrolment"]) for values in people)
    number = f"{code.upper()}-{file.number:06d}"
    household = book.add("household", opened, officer, _household(file, book.committee, number, persons[0]))
    for member, person in zip(family.members, persons, strict=True):
        book.add(
            "membership", opened, officer,
            {"household_id": household, "person_id": person, "relation": member.relation,
             "resident": member.resident, "first_day": file.cases[0].opened, "last_day": None,
             "end_reason": None},
        )  # fmt: skip
    _add_stays(book, file, persons, opened, officer)
    return Filed(file, number, household, persons, officer, schooling)


def _household(file: FamilyFile, committee: str, number: str, head: UUID) -> Row:
    home = file.family.home
    return {
        "file_number": number,
        "committee_code": committee,
        "head_person_id": head,
        "place_code": home.place.code,
        "district": home.district,
        "directions": home.directions,
        "short_address": home.short_address,
        "latitude_e6": home.latitude_e6,
        "longitude_e6": home.longitude_e6,
        "environment": home.environment,
        "tenure": home.tenure,
        "house_type": home.house_type,
        "rooms": home.rooms,
        "house_condition": home.condition,
        "annual_rent_halalas": home.annual_rent,
    }


def _person(book: RowBook, world: World, member: Member, head: Member, shadow: bool) -> Row:
    person, rng = member.person, book.rng
    known = person.birth.range()
    adult = person.age >= _ADULT
    return {
        "first_name": person.name.first,
        "father_name": person.name.father,
        "grandfather_name": None if shadow else person.name.grandfather,
        "family_name": person.name.family,
        "gender": "male" if person.male else "female",
        "nationality": "resident" if person.resident else "saudi",
        "id_kind": "none" if shadow else "iqama" if person.resident else "national_id",
        "id_number": person.id_number or None,
        "id_warning": None,
        "id_seen": not shadow,
        "no_id_reason": "with_authority" if shadow else None,
        "birth": person.birth.to_code(),
        "birth_first": known.first,
        "birth_last": known.last,
        "marital": member.marital,
        "mobile": _mobile(member, head),
        "mobile_alt": None,
        "contact_preference": rng.choice(("call", "text_message", "through_relative")) if adult else None,
        "education": _education(book, world, person.age),
        "enrolment": _enrolment(book, person.age),
        "work": _work(book, member) if adult else None,
        "iban": _iban(person.number) if adult and not shadow and rng.random() < _IBAN_SHARE else None,
    }


def _mobile(member: Member, head: Member) -> str | None:
    """A child is reached at the head's number; one mobile serves many people."""
    own = member.person.mobile
    return (head.person.mobile or own) if own and member.person.age < _GUARDED_AGE else own


def _education(book: RowBook, world: World, age: int) -> str:
    if age < _SCHOOL_AGE:
        return "below_school_age"
    if age < 12:
        return "reads_writes"
    if age < 18:
        return "primary" if age < 15 else "intermediate"
    return weighted(world.year["education"], book.rng)


def _enrolment(book: RowBook, age: int) -> str:
    if not _SCHOOL_AGE <= age < 18:
        return "not_applicable"
    return book.rng.choices(("attending", "dropped_out", "not_enrolled"), (92, 6, 2))[0]


def _work(book: RowBook, member: Member) -> str:
    age, male = member.person.age, member.person.male
    if age < 19:
        return "student"
    if age > 64:
        return "unable" if book.rng.random() < 0.4 else "retired"
    if not male and book.rng.random() < 0.6:
        return "homemaker"
    return book.rng.choices(("job_seeker", "private", "self_employed", "government"), (52, 28, 14, 6))[0]


def _iban(number: int) -> str:
    """An account of bank 00, which is no bank, with right check digits (mod 97 = 1)."""
    account = f"00{number + 1:018d}"
    return f"SA{98 - int(account + _IBAN_LETTERS + '00') % 97:02d}{account}"


def _add_stays(
    book: RowBook, file: FamilyFile, persons: tuple[UUID, ...], moment: dt.datetime, officer: UUID
) -> None:
    for person, stays in zip(persons, file.stays, strict=True):
        for stay in stays:
            book.add(
                "custody_episode", moment, officer,
                {
                    "person_id": person,
                    "facility_code": stay.facility,
                    "inmate_number": stay.inmate_number,
                    "status": stay.status,
                    "entry": _day_code(stay.entry), "entry_day": stay.entry,
                    "expected_release": _day_code(stay.expected), "expected_release_day": stay.expected,
                    "release": _day_code(stay.release), "release_day": stay.release,
                    "release_type": stay.release_type,
                    "sentence": None,
                    "case_class": stay.case_class,
                    "right_type": stay.right,
                    "claims_halalas": stay.claims or None,
                    "times_before": stay.before,
                    "was_breadwinner": stay.was_breadwinner,
                    "contact_frequency": stay.contact,
                },
            )  # fmt: skip


def _day_code(day: dt.date | None) -> str | None:
    return None if day is None else PartialDate.of_day(day).to_code()
