"""People are referred within agreement and consent, and what was shared can be proven afterwards."""

import dataclasses
import datetime as dt

import pytest
from sqlalchemy.orm import Session

from tarahum_desktop.casework.errors import NotAllowed
from tarahum_desktop.casework.partners.agreements import change_agreement, list_agreements
from tarahum_desktop.casework.partners.consents import (
    ConsentIncomplete,
    NewConsent,
    consent_to_share,
    withdraw_consent,
)
from tarahum_desktop.casework.partners.errors import ReferralSettled, SharingRefused, TermBackwards
from tarahum_desktop.casework.partners.lists import list_referrals, read_referral
from tarahum_desktop.casework.partners.referrals import (
    NewReferral,
    answer_referral,
    preview_referral,
    refer_person,
)
from tarahum_desktop.models import Agreement, Case, Consent, Referral
from tarahum_desktop.models.ids import new_id
from tests.casework.worlds import TODAY

PARTNER = "جهة تدريبية شريكة"


@pytest.fixture
def agreement(office):
    row = Agreement(
        id=new_id(), scope="national", number="AG-77", field_code="skills", partner_ar=PARTNER, partner_en="Partner",
        first_day=TODAY - dt.timedelta(days=90), last_day=TODAY + dt.timedelta(days=30),
        shared_fields=["first_name", "family_name", "mobile", "kind"], services=["FC-01"],
    )  # fmt: skip
    office.add(row)
    return row.id


@pytest.fixture
def wanted(office, agreement):
    return NewReferral(office.household, office.head, agreement, "FC-01", "دورة", ("first_name", "mobile"))


@pytest.fixture
def agreed(office):
    consent_to_share(office.desk(), NewConsent(office.head, PARTNER, "paper_signature", "data_subject"))


def refusals(office, wanted):
    with pytest.raises(SharingRefused) as refused:
        refer_person(office.desk(), wanted)
    return [one.code for one in refused.value.refusals]


@pytest.mark.usefixtures("agreed")
def test_exactly_the_chosen_values_go_out_and_keep_their_fingerprint(office, wanted):
    shown = preview_referral(office.desk(), wanted)
    made = refer_person(office.desk(), wanted)
    line = read_referral(office.desk(), made.referral_id)
    assert line.document == shown.document == {"first_name": "فاطمة", "mobile": "+966551234567"}
    assert line.intact
    assert line.fingerprint == made.fingerprint
    assert [one.id for one in list_referrals(office.desk(), household_id=office.household)] == [
        made.referral_id
    ]


@pytest.mark.usefixtures("agreed")
def test_a_document_that_was_changed_is_noticed(office, wanted):
    made = refer_person(office.desk(), wanted)
    with office.replica.engine.begin() as connection:
        connection.exec_driver_sql('UPDATE referral SET document = \'{"first_name":"x"}\'')
    assert not read_referral(office.desk(), made.referral_id).intact


def test_without_consent_nothing_is_written(office, wanted):
    assert refusals(office, wanted) == ["consent_to_share_missing"]
    assert list_referrals(office.desk()) == ()


def test_consent_to_one_party_is_no_consent_to_another(office, wanted):
    consent_to_share(office.desk(), NewConsent(office.head, "جهة أخرى", "paper_signature", "data_subject"))
    assert refusals(office, wanted) == ["consent_names_another_party"]


@pytest.mark.usefixtures("agreed")
def test_after_the_agreement_ended_nothing_is_shared(office, wanted):
    office.wall.now += 31 * 86_400_000
    assert refusals(office, wanted) == ["agreement_not_in_force"]


@pytest.mark.usefixtures("agreed")
def test_custody_is_shared_only_with_its_own_consent(office, wanted):
    asked = dataclasses.replace(wanted, fields=("first_name", "kind"))
    assert refusals(office, asked) == ["consent_of_kind_missing"]
    office.add(
        Consent(
            id=new_id(), scope="ryd", person_id=office.head, purpose="criminal", given=True, means="paper_signature",
            signer_capacity="data_subject", notice_version="1.0", given_at=office.desk().now(),
        )
    )  # fmt: skip
    made = refer_person(office.desk(), asked)
    assert read_referral(office.desk(), made.referral_id).document["kind"] == "family_member"


@pytest.mark.usefixtures("agreed")
def test_the_head_agrees_for_a_child(office, wanted):
    made = refer_person(
        office.desk(), dataclasses.replace(wanted, person_id=office.child, fields=("first_name",))
    )
    assert read_referral(office.desk(), made.referral_id).document == {"first_name": "أحمد"}


@pytest.mark.usefixtures("agreed")
def test_a_restricted_case_is_referred_by_the_supervisor_alone(office, wanted):
    with Session(office.replica.engine) as session:
        session.get(Case, office.case).restricted = True
        session.commit()
    assert refusals(office, wanted) == ["restricted_needs_supervisor"]
    assert refer_person(office.desk("supervisor"), wanted).fingerprint


@pytest.mark.usefixtures("agreed")
def test_withdrawing_consent_stops_sharing_and_names_who_must_be_told(office, wanted):
    made = refer_person(office.desk(), wanted)
    with Session(office.replica.engine) as session:
        consent = session.get(Referral, made.referral_id).consent_id
    withdrawn = withdraw_consent(office.desk(), consent)
    assert [(one.referral_id, one.partner_ar) for one in withdrawn.receivers] == [(made.referral_id, PARTNER)]
    assert refusals(office, wanted) == ["consent_to_share_refused"]


@pytest.mark.usefixtures("agreed")
def test_a_referral_takes_each_step_once_and_none_backwards(office, wanted):
    made = refer_person(office.desk(), wanted)
    answer_referral(office.desk(), made.referral_id, "accepted")
    answer_referral(office.desk(), made.referral_id, "completed", "أتمّ الدورة")
    for state in ("accepted", "declined", "withdrawn", "sent", "unheard of"):
        with pytest.raises(ReferralSettled):
            answer_referral(office.desk(), made.referral_id, state)
    assert read_referral(office.desk(), made.referral_id).outcome == "أتمّ الدورة"


@pytest.mark.usefixtures("agreed")
def test_a_partner_silent_for_two_weeks_is_listed(office, wanted):
    made = refer_person(office.desk(), wanted)
    assert list_referrals(office.desk(), unanswered=True) == ()
    office.wall.now += 14 * 86_400_000
    assert [one.id for one in list_referrals(office.desk(), unanswered=True)] == [made.referral_id]


@pytest.mark.usefixtures("agreed")
def test_who_may_not_refer_learns_nothing(office, wanted):
    for role in ("clerk", "stranger"):
        with pytest.raises(NotAllowed):
            preview_referral(office.desk(role), wanted)


@pytest.mark.parametrize(
    "given",
    [
        ("جهة", "by fax", "data_subject", ""),
        ("جهة", "paper_signature", "neighbour", ""),
        ("جهة", "paper_signature", "guardian", " "),
        (" ", "paper_signature", "data_subject", ""),
    ],
)
def test_a_consent_needs_its_party_means_capacity_and_deed(office, given):
    with pytest.raises(ConsentIncomplete):
        consent_to_share(office.desk(), NewConsent(office.head, *given))


@pytest.mark.usefixtures("agreed")
def test_agreements_tell_what_they_cover_and_when_they_end(office, wanted, agreement):
    refer_person(office.desk(), wanted)
    line = next(one for one in list_agreements(office.desk()) if one.id == agreement)
    assert (line.in_force, line.expiring, line.days_left, line.referrals) == (True, True, 30, 1)
    assert [code for code, _ar, _en in line.services] == ["FC-01"]


def test_an_agreement_is_changed_by_who_manages_them_and_never_turned_round(office, agreement):
    with pytest.raises(NotAllowed):
        change_agreement(office.desk(), agreement, first_day=None, last_day=None, fields=["first_name"])
    hq = office.desk("analyst")
    with pytest.raises(TermBackwards):
        change_agreement(
            hq,
            agreement,
            first_day=TODAY - dt.timedelta(days=90),
            last_day=TODAY - dt.timedelta(days=100),
            fields=["first_name"],
        )
    with pytest.raises(SharingRefused):
        change_agreement(hq, agreement, first_day=None, last_day=None, fields=["first_name", "iban"])
    change_agreement(hq, agreement, first_day=None, last_day=None, fields=["mobile", "first_name"])
    line = next(one for one in list_agreements(hq) if one.id == agreement)
    assert (line.last_day, line.fields) == (None, ("first_name", "mobile"))
