"""`referral verify` on a real encrypted store: what is kept is told apart from what was changed."""

import datetime as dt
import uuid

import pytest

from tarahum_desktop.casework.partners.choices import family_choices
from tarahum_desktop.casework.partners.consents import NewConsent, consent_to_share
from tarahum_desktop.casework.partners.referrals import NewReferral, refer_person
from tarahum_desktop.casework.register import NewFamily, NewMember, register_family
from tarahum_desktop.casework.workplace import open_workplace
from tarahum_desktop.cli.terminal import wall_ms
from tarahum_desktop.models import Agreement
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.sync.capture import captured_session
from tarahum_server.devices import Invitee, invite
from tests.cli.conftest import WORDS
from tests.server.centres import LOGIN, SCOPE

PARTNER = "جهة شريكة"


@pytest.fixture
def referral(running, tarahum, secret, folder) -> uuid.UUID:
    code = invite(running.centre, Invitee("laptop", "laptop", SCOPE, (SCOPE,)), dt.timedelta(hours=1))
    given = ("--server", running.address, "--login", LOGIN, "--code-fd", secret(code))
    assert tarahum("enrol", folder, *given).exit_code == 0
    assert tarahum("sync", folder).exit_code == 0
    place = open_workplace(folder, LOGIN, WORDS, wall_ms)
    desk = place.desk
    head = {"first_name": "أحمد", "father_name": "سعد", "family_name": "الغامدي", "gender": "male"}
    family = register_family(desk, NewFamily(SCOPE, NewMember("self", head)))
    agreement = Agreement(
        id=new_id(), scope="national", number="AG-77", field_code="skills", partner_ar=PARTNER, partner_en="Partner",
        shared_fields=["first_name"], services=["FC-01"],
    )  # fmt: skip
    with captured_session(place.replica, desk.user.id) as session:
        session.add(agreement)
        session.commit()
        agreement_id = agreement.id
    person = family_choices(desk, family.household_id).people[0].id
    consent_to_share(desk, NewConsent(person, PARTNER, "paper_signature", "data_subject"))
    made = refer_person(
        desk, NewReferral(family.household_id, person, agreement_id, "FC-01", "دورة", ("first_name",))
    )
    place.lock()
    return made.referral_id


def test_what_is_kept_is_what_was_shared(tarahum, folder, referral):
    result = tarahum("referral", "verify", folder, referral)
    assert result.exit_code == 0, result.output
    assert "exactly what was shared" in result.output


def test_a_changed_document_fails_with_one_sentence_that_names_nobody(tarahum, folder, referral):
    place = open_workplace(folder, LOGIN, WORDS, wall_ms)
    with place.replica.engine.begin() as connection:
        connection.exec_driver_sql('UPDATE referral SET document = \'{"first_name":"زيد"}\'')
    place.lock()
    result = tarahum("referral", "verify", folder, referral)
    assert result.exit_code == 1
    assert "changed after it was sent" in result.output
    assert "زيد" not in result.output
    assert len(result.output.strip().splitlines()) == 1


def test_an_unknown_reference_is_one_sentence(tarahum, folder, referral):
    result = tarahum("referral", "verify", folder, uuid.UUID(int=referral.int ^ 1))
    assert result.exit_code == 1
    assert len(result.output.strip().splitlines()) == 1
