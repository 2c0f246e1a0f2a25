"""Facts mended in the file itself."""

import datetime as dt

import pytest

from tarahum_desktop.casework.errors import NotAllowed, RecordMissing
from tarahum_desktop.casework.family import family_file
from tarahum_desktop.casework.family_edit import EditRefused, edit_address, edit_contact, end_membership
from tests.casework.worlds import TODAY


def _membership(office, person):
    file = family_file(office.desk(), office.household)
    return next(one.membership_id for one in file.members if one.person_id == person)


def test_a_phone_is_normalised_and_a_doubtful_one_is_kept_with_a_warning(office):
    assert edit_contact(office.desk(), office.head, {"mobile": "٠٥٥ ١١١ ٢٢٢٣"}) == ()
    assert edit_contact(office.desk(), office.head, {"mobile_alt": "0551"}) == ("mobile_form",)
    head = family_file(office.desk(), office.household).members[0]
    assert (head.mobile, head.mobile_alt) == ("+966551112223", "0551")


def test_an_emptied_phone_is_taken_away(office):
    edit_contact(office.desk(), office.head, {"mobile": "0551112223"})
    edit_contact(office.desk(), office.head, {"mobile": " "})
    assert family_file(office.desk(), office.household).members[0].mobile == ""


def test_an_address_is_mended_without_the_controls_that_turn_text_round(office):
    warnings = edit_address(
        office.desk(), office.household, {"district": "حي \u202eالروضة", "short_address": "raaa2919"}
    )
    file = family_file(office.desk(), office.household)
    assert (warnings, file.district, file.short_address) == ((), "حي الروضة", "RAAA2919")


def test_somebody_who_left_stays_on_record_with_day_and_reason(office):
    end_membership(office.desk(), _membership(office, office.child), TODAY, "married")
    child = next(
        one for one in family_file(office.desk(), office.household).members if one.person_id == office.child
    )
    assert (child.left_on, child.left_because) == (TODAY, "married")


@pytest.mark.parametrize(
    ("day", "reason", "code"),
    [
        (TODAY + dt.timedelta(1), "married", "leaving_day"),
        (TODAY, "in_custody", "leaving_reason"),
        (TODAY, "", "leaving_reason"),
    ],
)
def test_a_leaving_that_cannot_be_right_is_refused(office, day, reason, code):
    with pytest.raises(EditRefused) as refused:
        end_membership(office.desk(), _membership(office, office.child), day, reason)
    assert refused.value.code == code


def test_nobody_leaves_twice_and_the_head_not_at_all(office):
    child = _membership(office, office.child)
    end_membership(office.desk(), child, TODAY, "died")
    for membership, code in ((child, "left_already"), (_membership(office, office.head), "head_leaves")):
        with pytest.raises(EditRefused) as refused:
            end_membership(office.desk(), membership, TODAY, "died")
        assert refused.value.code == code


def test_facts_are_mended_only_by_who_keeps_them_there(office):
    with pytest.raises(NotAllowed):
        edit_contact(office.desk("panel"), office.head, {"mobile": ""})
    with pytest.raises(NotAllowed):
        edit_address(office.desk("stranger"), office.household, {"district": ""})
    with pytest.raises(RecordMissing):
        edit_contact(office.desk(), office.household, {"mobile": ""})
