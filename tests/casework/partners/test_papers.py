"""Papers say exactly what is kept, to who may see it; a withdrawal reaches everybody who was told."""

import dataclasses
import datetime as dt

import pypdfium2
import pytest

from tarahum_desktop.casework.errors import NotAllowed, RecordMissing
from tarahum_desktop.casework.partners.choices import family_choices
from tarahum_desktop.casework.partners.consents import NewConsent, consent_to_share, withdraw_consent
from tarahum_desktop.casework.partners.errors import ReferralAltered, SharingRefused, TextTooLong
from tarahum_desktop.casework.partners.lists import list_referrals, read_referral
from tarahum_desktop.casework.partners.papers import print_letter, print_notice, read_letter
from tarahum_desktop.casework.partners.referrals import NewReferral, preview_referral, refer_person
from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import load_words
from tarahum_desktop.models import Agreement, Consent
from tarahum_desktop.models.ids import new_id
from tests.casework.worlds import TODAY, a_person

PARTNER, OTHER = "جهة تدريبية شريكة", "جهة صحية شريكة"
WORDS = load_words("en")
FORMATS = Formatter(WORDS)


def an_agreement(office, partner, number):
    row = Agreement(
        id=new_id(), scope="national", number=number, field_code="skills", partner_ar=partner, partner_en=number,
        first_day=TODAY - dt.timedelta(days=90), last_day=TODAY + dt.timedelta(days=30),
        shared_fields=["first_name", "family_name", "mobile", "kind"], services=["FC-01"],
    )  # fmt: skip
    office.add(row)
    return row.id


@pytest.fixture
def wanted(office):
    consent_to_share(office.desk(), NewConsent(office.head, PARTNER, "paper_signature", "data_subject"))
    agreement = an_agreement(office, PARTNER, "AG-77")
    return NewReferral(office.household, office.head, agreement, "FC-01", "دورة", ("first_name", "mobile"))


def agree(office, purpose):
    row = Consent(
        id=new_id(), scope="ryd", person_id=office.head, purpose=purpose, given=True, means="paper_signature",
        signer_capacity="data_subject", notice_version="1.0", given_at=office.desk().now(),
    )  # fmt: skip
    office.add(row)
    return row.id


def text_of(content):
    document = pypdfium2.PdfDocument(content)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_the_letter_holds_what_was_shared_and_the_rest_of_the_person_stays(office, wanted):
    made = refer_person(office.desk(), wanted)
    letter = read_letter(office.desk(), made.referral_id, WORDS, FORMATS)
    assert [name for name, _value in letter.shared] == ["First name", "Mobile"]
    assert letter.consent_on == TODAY
    told = text_of(print_letter(office.desk(), made.referral_id, WORDS, FORMATS))
    assert "AG-77" in told
    assert made.fingerprint[:8] in told
    assert "1023456781" not in told


def test_a_changed_document_is_never_printed(office, wanted):
    made = refer_person(office.desk(), wanted)
    with office.replica.engine.begin() as connection:
        connection.exec_driver_sql('UPDATE referral SET document = \'{"first_name":"x"}\'')
    with pytest.raises(ReferralAltered):
        print_letter(office.desk(), made.referral_id, WORDS, FORMATS)


def test_who_may_not_see_custody_neither_shares_nor_reads_nor_prints_it(office, wanted):
    agree(office, "criminal")
    asked = dataclasses.replace(wanted, fields=("first_name", "kind"))
    shown = preview_referral(office.desk("office_admin"), asked)
    assert [one.code for one in shown.sharing.refusals] == ["field_beyond_access"]
    assert shown.document == {"first_name": "فاطمة"}
    made = refer_person(office.desk(), asked)
    line = read_referral(office.desk("office_admin"), made.referral_id)
    assert (line.document, line.withheld, line.intact) == ({"first_name": "فاطمة"}, ("kind",), True)
    with pytest.raises(NotAllowed):
        print_letter(office.desk("office_admin"), made.referral_id, WORDS, FORMATS)


def test_a_family_opens_no_way_to_other_people(office, wanted):
    stranger = a_person("ليلى", scope="jed")
    office.add(stranger)
    with pytest.raises(RecordMissing):
        preview_referral(office.desk(), dataclasses.replace(wanted, person_id=stranger.id))


def test_a_yes_to_a_second_partner_leaves_the_first(office, wanted):
    other = an_agreement(office, OTHER, "AG-78")
    office.wall.now += 1000
    consent_to_share(office.desk(), NewConsent(office.head, OTHER, "oral_witnessed", "data_subject"))
    assert refer_person(office.desk(), wanted).fingerprint
    assert refer_person(office.desk(), dataclasses.replace(wanted, agreement_id=other)).fingerprint


def test_a_no_to_all_sharing_ends_every_earlier_yes(office, wanted):
    office.wall.now += 1000
    office.add(
        Consent(
            id=new_id(), scope="ryd", person_id=office.head, purpose="share", given=False, means="paper_signature",
            signer_capacity="data_subject", notice_version="1.0", given_at=office.desk().now(),
        )
    )  # fmt: skip
    with pytest.raises(SharingRefused) as refused:
        refer_person(office.desk(), wanted)
    assert [one.code for one in refused.value.refusals] == ["consent_to_share_refused"]


def test_a_minors_referral_rests_on_the_word_that_speaks_for_the_child(office, wanted):
    consent_to_share(office.desk(), NewConsent(office.child, PARTNER, "paper_signature", "data_subject"))
    child = dataclasses.replace(wanted, person_id=office.child, fields=("first_name",))
    made = refer_person(office.desk(), child)
    consent = read_referral(office.desk(), made.referral_id).consent_id
    parents = family_choices(office.desk(), office.household).consents
    assert next(one for one in parents if one.id == consent).person_id == office.head


def test_withdrawing_a_kind_of_data_names_who_holds_such_data(office, wanted):
    criminal = agree(office, "criminal")
    refer_person(office.desk(), wanted)
    made = refer_person(office.desk(), dataclasses.replace(wanted, fields=("first_name", "kind")))
    withdrawn = withdraw_consent(office.desk(), criminal)
    assert [one.referral_id for one in withdrawn.receivers] == [made.referral_id]
    told = text_of(print_notice(office.desk(), criminal, made.referral_id, WORDS, FORMATS))
    assert "Kind of beneficiary" in told
    assert "+966" not in told


def test_there_is_no_notice_while_the_consent_stands(office, wanted):
    made = refer_person(office.desk(), wanted)
    consent = read_referral(office.desk(), made.referral_id).consent_id
    with pytest.raises(RecordMissing):
        print_notice(office.desk(), consent, made.referral_id, WORDS, FORMATS)
    withdraw_consent(office.desk(), consent)
    assert print_notice(office.desk(), consent, made.referral_id, WORDS, FORMATS)


def test_many_new_referrals_hide_no_old_unanswered_one(office, wanted):
    old = refer_person(office.desk(), wanted)
    office.wall.now += 14 * 86_400_000
    for _ in range(201):
        refer_person(office.desk(), wanted)
    assert [one.id for one in list_referrals(office.desk(), unanswered=True)] == [old.referral_id]


def test_what_is_unknown_here_is_no_reason_to_send_an_empty_letter(office, wanted):
    with pytest.raises(SharingRefused) as refused:
        refer_person(office.desk(), dataclasses.replace(wanted, person_id=office.child, fields=("mobile",)))
    assert [one.code for one in refused.value.refusals] == ["nothing_to_share"]


def test_a_purpose_longer_than_a_letter_holds_is_refused(office, wanted):
    with pytest.raises(TextTooLong):
        refer_person(office.desk(), dataclasses.replace(wanted, purpose="ا" * 401))


def test_a_family_shows_its_people_and_consents_to_who_may_see_it(office, wanted):
    shown = family_choices(office.desk(), wanted.household_id)
    assert shown.people[0].id == office.head
    assert [one.minor for one in shown.people if one.id == office.child] == [True]
    assert [(one.party, one.withdrawn_on) for one in shown.consents] == [(PARTNER, None)]
    with pytest.raises(NotAllowed):
        family_choices(office.desk("stranger"), wanted.household_id)
