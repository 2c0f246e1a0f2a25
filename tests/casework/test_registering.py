"""Putting a family on record in one go: head, members, those without a document."""

import pytest

from tarahum_desktop.casework.errors import NoDocumentReason
from tarahum_desktop.casework.register import NewFamily, NewMember, add_member, register_family
from tarahum_desktop.casework.search.find import find
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.models import Household, Membership, Person
from tests.casework.worlds import SCOPE

HEAD = {"first_name": "منيرة", "father_name": "صالح", "family_name": "العنزي", "gender": "female"}
CHILD = {"first_name": "تركي", "father_name": "فهد", "family_name": "الشمري", "gender": "male"}


def test_a_household_is_registered_with_its_members_and_its_case(office):
    desk = office.desk()
    family = NewFamily(SCOPE, NewMember("self", HEAD), (NewMember("son", CHILD),), {"place_code": "dawadmi"})
    made = register_family(desk, family)
    with UnitOfWork(desk) as work:
        assert work.session.get_one(Household, made.household_id).head_person_id == made.person_ids[0]
        members = work.session.query(Membership).filter_by(household_id=made.household_id)
        assert {row.relation for row in members} == {"self", "son"}
    hit = find(desk, "تركي الشمري")[0]
    assert hit.head_name == "منيرة بنت صالح العنزي"
    assert hit.person_name == "تركي بن فهد الشمري"


def test_who_has_no_document_gets_a_key_that_is_never_an_identity_number(office):
    desk = office.desk()
    head = NewMember("self", HEAD | {"id_kind": "none", "no_id_reason": "lost"})
    first, second = (register_family(desk, NewFamily(SCOPE, head)) for _ in range(2))
    with UnitOfWork(desk) as work:
        keys = [work.session.get_one(Person, made.person_ids[0]).temporary_key for made in (first, second)]
    assert keys == ["RYD-T12-00001", "RYD-T12-00002"]
    assert find(desk, "RYD-T12-00002")[0].household_id == second.household_id
    assert find(desk, "RYD-T12-00002")[0].temporary_key == "RYD-T12-00002"


def test_no_document_without_a_reason_is_refused_and_nothing_is_kept(office):
    desk = office.desk()
    nameless = NewMember("son", CHILD | {"id_kind": "none"})
    with pytest.raises(NoDocumentReason) as refused:
        register_family(desk, NewFamily(SCOPE, NewMember("self", HEAD), (nameless,)))
    assert refused.value.facts == {"row": 1}
    assert not find(desk, "منيرة")
    with pytest.raises(NoDocumentReason):
        add_member(desk, office.household, nameless)


def test_doubtful_numbers_are_kept_normalised_and_warned_of(office):
    doubtful = HEAD | {
        "id_kind": "national_id", "id_number": "١٠٢٣-٤٥٦٧٨٩", "mobile": "٠١١ ٢٣٤ ٥٦٧٨", "mobile_alt": "00966 55 123 4567",
        "iban": "sa04 8000 0000 6080 1016 7519",
    }  # fmt: skip
    made = register_family(office.desk(), NewFamily(SCOPE, NewMember("self", doubtful)))
    assert made.warnings == ("person_id_check_digit", "mobile_is_landline", "iban_check_digits")
    with UnitOfWork(office.desk()) as work:
        person = work.session.get_one(Person, made.person_ids[0])
        assert (person.id_number, person.mobile_alt) == ("1023456789", "+966551234567")
        assert person.iban == "SA0480000000608010167519"
