"""The pass finds people registered twice, whatever was written differently, and asks about each pair once."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.duplicates.scan import look_for_duplicates
from tarahum_desktop.casework.duplicates.typed import PersonTyped, similar_people
from tarahum_desktop.casework.findings import pair_subject, undecided
from tarahum_desktop.casework.person_facts import birth_values
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.models import Finding, Membership, Person, Ruling
from tarahum_desktop.models.ids import new_id
from tests.casework.worlds import SCOPE, Office, a_person

ID, ID2, IQAMA = "1900000017", "1900000025", "2900000015"


def person(first: str = "سالم", birth: str = "h1405-03-12", **values: object) -> Person:
    given = {
        "id": new_id(), "father_name": "محمد", "grandfather_name": "علي", "gender": "male", "id_kind": "none", **birth_values(birth),
    }  # fmt: skip
    if "id_number" in values:
        given["id_kind"] = "iqama" if str(values["id_number"]).startswith("2") else "national_id"
    return a_person(first, str(values.pop("family", "الحربي")), **{**given, **values})


def found(office: Office) -> dict[str, str]:
    with Session(office.replica.engine) as session:
        return {one.subject: one.facts["decision"] for one in session.scalars(select(Finding))}


PAIRS = {
    "same id, other spelling": (
        {"id_number": ID, "father_name": "أحمد"}, {"id_number": ID, "father_name": "احمد"}, "same_person",
    ),
    "same id, other name": ({"id_number": ID}, {"first": "فهد", "id_number": ID}, "same_person_conflict_review"),
    "two ids": ({"id_number": ID, "mother_name": "هند"}, {"id_number": ID2, "mother_name": "هند"}, None),
    "one id missing, mother equal": (
        {"id_number": ID, "mother_name": "هند"}, {"mother_name": "هِند"}, "probable_same_review",
    ),
    "one id missing, mobile equal": (
        {"id_number": ID, "mobile": "+966512345678"}, {"mobile": "+966512345678"}, "probable_same_review",
    ),
    "1 Rajab weighs little": (
        {"birth": "h1405-07-01", "mother_name": "هند", "mobile": "+966512345678"},
        {"birth": "h1405-07-01", "mother_name": "هند", "mobile": "+966512345678"}, "possible_same_review_low",
    ),
    "births far apart": ({"birth": "h1400", "mother_name": "هند"}, {"birth": "h1405", "mother_name": "هند"}, None),
    "iqama became a national id": ({"id_number": IQAMA}, {"id_number": ID}, "probable_same_review"),
    "a slip of the pen": (
        {"family": "الحربي", "mother_name": "هند"}, {"family": "الحربيي", "mother_name": "هند"},
        "possible_same_review_low",
    ),
    "a woman and a man": ({"mother_name": "هند"}, {"gender": "female", "mother_name": "هند"}, None),
    "a name alone": ({"birth": ""}, {"birth": ""}, None),
    "a shared mobile alone": ({"mobile": "+966512345678", "birth": ""}, {"first": "فهد", "mobile": "+966512345678", "birth": ""}, None),
}  # fmt: skip


@pytest.mark.parametrize("whole", [True, False], ids=["whole", "partial"])
@pytest.mark.parametrize("case", PAIRS)
def test_pairs_are_found_as_agreed(office: Office, case: str, *, whole: bool) -> None:
    look_for_duplicates(office.replica, whole=True)
    first, second, decision = PAIRS[case]
    a, b = person(**first), person(**second)
    office.add(a, b)
    done = look_for_duplicates(office.replica, whole=whole)
    assert done.whole is whole
    assert found(office) == ({pair_subject(a.id, b.id): decision} if decision else {})


def test_twins_and_namesakes_at_home_are_no_pairs(office: Office) -> None:
    twins = [
        person("حسن", mother_name="هند", mobile="+966512345678"),
        person("حسين", mother_name="هند", mobile="+966512345678"),
    ]
    namesakes = [person("علي", birth="g2001"), person("علي", birth="g2002")]
    office.add(*twins, *namesakes)
    for one in (*twins, *namesakes):
        office.add(
            Membership(
                scope=SCOPE, household_id=office.household, person_id=one.id, relation="son", resident=True
            )
        )
    look_for_duplicates(office.replica, whole=True)
    assert found(office) == {}


def test_somebody_written_down_twice_at_home_is_a_pair(office: Office) -> None:
    twice = [person(), person()]
    office.add(*twice)
    for one in twice:
        office.add(
            Membership(
                scope=SCOPE, household_id=office.household, person_id=one.id, relation="son", resident=True
            )
        )
    look_for_duplicates(office.replica, whole=True)
    assert list(found(office).values()) == ["possible_same_review_low"]


def test_only_what_changed_is_looked_at_again(office: Office) -> None:
    a, b = person(mother_name="هند"), person(mother_name="نورة", birth="h1410")
    office.add(a, b)
    assert look_for_duplicates(office.replica).whole
    assert look_for_duplicates(office.replica) == look_for_duplicates(office.replica)
    edit(office, b.id, mother_name="هند", **birth_values("h1405-03-12"))
    done = look_for_duplicates(office.replica)
    assert (done.whole, done.persons) == (False, 1)
    assert list(found(office).values()) == ["probable_same_review"]
    edit(office, b.id, first_name="فهد")
    look_for_duplicates(office.replica)
    assert found(office) == {}


def test_a_ruled_pair_comes_back_only_with_new_evidence(office: Office) -> None:
    a, b = person(mother_name="هند"), person(birth="h1405")
    office.add(a, b)
    look_for_duplicates(office.replica)
    office.wall.now += 60_000
    office.add(ruling(office, a.id, b.id), author="supervisor")
    look_for_duplicates(office.replica, whole=True)
    assert waiting(office) == []
    office.wall.now += 60_000
    edit(office, b.id, **birth_values("h1405-03-12"))
    look_for_duplicates(office.replica)
    assert waiting(office) == [], "still only possible"
    edit(office, b.id, mother_name="هند")
    look_for_duplicates(office.replica)
    assert waiting(office) == [pair_subject(a.id, b.id)]
    look_for_duplicates(office.replica, whole=True)
    assert waiting(office) == [pair_subject(a.id, b.id)]


def test_a_decision_that_came_before_the_pass_holds(office: Office) -> None:
    a, b = person(mother_name="هند"), person(mother_name="هند")
    office.add(a, b)
    office.add(ruling(office, a.id, b.id), author="supervisor")
    office.wall.now += 60_000
    look_for_duplicates(office.replica)
    assert waiting(office) == []


def test_a_stopped_pass_writes_nothing(office: Office) -> None:
    office.add(person(mother_name="هند"), person(mother_name="هند"))

    def stop(_doing: str, _rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        look_for_duplicates(office.replica, pause=stop)
    assert found(office) == {}
    assert look_for_duplicates(office.replica).whole


def test_who_types_is_warned_with_reasons(office: Office) -> None:
    known = person("عبد الله", mother_name="هند", id_number=ID, mobile="+966512345678")
    office.add(known, person("فهد"))
    typed = PersonTyped("عبدالله", "محمّد", "", "حربي", mobile="٠٥١٢٣٤٥٦٧٨", birth="h1405-03-12")
    [hit] = similar_people(office.desk(), typed)
    assert (hit.person_id, hit.decision) == (known.id, "probable_same_review")
    assert {reason.code for reason in hit.reasons} == {
        "match_name_three_parts",
        "match_birth_equal",
        "match_mobile_equal",
    }
    [by_id] = similar_people(office.desk(), PersonTyped("عبدالله", id_number="١٩٠٠٠٠٠٠١٧"))
    assert by_id.person_id == known.id
    assert similar_people(office.desk("stranger"), typed) == []
    assert similar_people(office.desk(), PersonTyped(id_number=ID, person_id=known.id)) == []


@pytest.mark.parametrize("hostile", ['"', "* OR x", "\u202eسالم", "a" * 5000, "NEAR(", "-"])
def test_any_typed_text_is_taken(office: Office, hostile: str) -> None:
    typed = PersonTyped(
        hostile,
        hostile,
        hostile,
        hostile,
        id_number=hostile,
        birth=hostile,
        mobile=hostile,
        mother_name=hostile,
    )
    assert similar_people(office.desk(), typed) == []


def edit(office: Office, person_id: uuid.UUID, **values: object) -> None:
    with UnitOfWork(office.desk()) as work:
        row = work.session.get(Person, person_id)
        for name, value in values.items():
            setattr(row, name, value)


def ruling(office: Office, a: uuid.UUID, b: uuid.UUID) -> Ruling:
    at = dt.datetime.fromtimestamp(office.wall.now / 1000, dt.UTC)
    return Ruling(
        scope=SCOPE,
        kind="duplicate",
        subject=pair_subject(a, b),
        first_id=a,
        second_id=b,
        verdict="different",
        decided_at=at,
    )


def waiting(office: Office) -> list[str]:
    with office.replica.engine.connect() as connection:
        return list(connection.scalars(select(Finding.__table__.c.subject).where(undecided())))
