"""A partner learns what the agreement and the person's consent both cover, and nothing else."""

import uuid
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.domain.sharing import SHAREABLE, Consent, Terms, Wish, may_share

DAY = date(2026, 11, 23)
PARTNER = "جهة تدريبية"
TERMS = Terms(
    frozenset({PARTNER}), frozenset({"first_name", "family_name", "mobile", "kind", "disability"}),
    frozenset({"CD-03"}), date(2025, 1, 1), date(2027, 1, 1),
)  # fmt: skip
SHARE = Consent("share", given=True, capacity="data_subject", own=True, named_party=PARTNER)
WISH = Wish(DAY, "ryd", "CD-03", ("first_name", "mobile"), "الترشيح لدورة", age=30)


def codes(terms=TERMS, consents=(SHARE,), wish=WISH):
    return [refusal.code for refusal in may_share(terms, consents, wish).refusals]


def test_what_both_cover_may_be_shared():
    assert may_share(TERMS, [SHARE], WISH).allowed
    assert may_share(TERMS, [SHARE], WISH).fields == ("first_name", "mobile")


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        (replace(TERMS, last_day=date(2026, 11, 22)), "agreement_not_in_force"),
        (replace(TERMS, first_day=date(2026, 11, 24)), "agreement_not_in_force"),
        (replace(TERMS, committee="jed"), "agreement_of_another_committee"),
        (replace(TERMS, services=frozenset({"BC-01"})), "service_outside_agreement"),
        (replace(TERMS, fields=frozenset({"first_name"})), "field_outside_agreement"),
        (replace(TERMS, partner=frozenset({"جهة أخرى"})), "consent_names_another_party"),
    ],
)
def test_outside_the_agreement_nothing_is_shared(terms, code):
    assert codes(terms=terms) == [code]


def test_without_a_word_of_the_person_nothing_is_shared():
    assert codes(consents=()) == ["consent_to_share_missing"]
    assert codes(consents=[replace(SHARE, given=False)]) == ["consent_to_share_refused"]


def test_health_and_custody_each_need_their_own_consent():
    wish = replace(WISH, fields=("first_name", "kind", "disability"))
    assert codes(wish=wish) == ["consent_of_kind_missing", "consent_of_kind_missing"]
    criminal = Consent("criminal", given=True, capacity="data_subject", own=True)
    assert codes(consents=[SHARE, criminal], wish=wish) == ["consent_of_kind_missing"]
    health = replace(criminal, purpose="health")
    assert codes(consents=[SHARE, criminal, health], wish=wish) == []


def test_the_head_speaks_for_a_child_and_not_for_another_adult():
    of_head = replace(SHARE, own=False)
    assert codes(consents=[of_head], wish=replace(WISH, age=12)) == []
    assert codes(consents=[of_head], wish=replace(WISH, age=18)) == ["consent_to_share_missing"]
    assert codes(consents=[of_head], wish=replace(WISH, age=None)) == ["consent_to_share_missing"]


def test_a_child_does_not_speak_for_itself():
    assert codes(consents=[SHARE], wish=replace(WISH, age=17)) == ["guardian_consent_missing"]


def test_a_wish_needs_reasons_and_a_restricted_case_its_supervisor():
    assert codes(wish=replace(WISH, justification=" ")) == ["justification_missing"]
    assert codes(wish=replace(WISH, fields=())) == ["nothing_to_share"]
    hidden = replace(WISH, restricted=True)
    assert codes(wish=hidden) == ["restricted_needs_supervisor"]
    assert codes(wish=replace(hidden, may_share_restricted=True)) == []


def test_what_is_no_shareable_field_is_refused_by_name():
    assert codes(wish=replace(WISH, fields=("first_name", "observations"))) == ["field_not_shareable"]


FIELDS = st.lists(st.sampled_from([*SHAREABLE, "observations", "iban"]), unique=True)
WORDS = st.builds(
    Consent, st.sampled_from(["share", "health", "criminal", "credit"]), st.booleans(),
    st.sampled_from(["data_subject", "guardian"]), st.booleans(), st.sampled_from([PARTNER, ""]),
)  # fmt: skip


@given(FIELDS, FIELDS, st.lists(WORDS, max_size=6), st.one_of(st.none(), st.integers(0, 90)))
def test_no_field_outside_agreement_and_consent_is_ever_granted(covered, wanted, words, age):
    terms = replace(TERMS, fields=frozenset(covered))
    found = may_share(terms, words, replace(WISH, fields=tuple(wanted), age=age))
    given_purposes = {word.purpose for word in words if word.given}
    for field in found.fields:
        assert field in covered
        assert field in wanted
        assert not SHAREABLE[field] or SHAREABLE[field] in given_purposes
    if found.allowed:
        assert set(found.fields) == set(wanted)
        assert "share" in given_purposes


def test_a_yes_to_one_partner_does_not_end_the_yes_to_another():
    other = replace(SHARE, named_party="جهة أخرى")
    assert codes(consents=[SHARE, other]) == []
    assert codes(consents=[other, SHARE]) == []


def test_a_no_to_another_partner_is_no_word_about_this_one():
    assert codes(consents=[replace(SHARE, given=False, named_party="جهة أخرى")]) == [
        "consent_to_share_missing"
    ]
    assert codes(consents=[replace(SHARE, given=False, named_party="")]) == ["consent_to_share_refused"]


def test_who_may_not_see_a_field_cannot_share_it():
    criminal = Consent("criminal", given=True, capacity="data_subject", own=True)
    wish = replace(WISH, fields=("first_name", "kind"), closed=frozenset({"criminal"}))
    assert codes(consents=[SHARE, criminal], wish=wish) == ["field_beyond_access"]


def test_a_referral_names_its_service():
    assert codes(wish=replace(WISH, service="")) == ["service_missing"]
    assert codes(terms=replace(TERMS, services=None), wish=replace(WISH, service="")) == ["service_missing"]


def test_the_consent_relied_on_is_the_one_that_speaks_for_the_person():
    own, heads = uuid.uuid4(), uuid.uuid4()
    childs = replace(SHARE, id=own)  # a child's own signature is no consent
    parent = replace(SHARE, own=False, id=heads)
    assert may_share(TERMS, [childs, parent], replace(WISH, age=9)).ground == heads
    assert may_share(TERMS, [childs, parent], WISH).ground == own


def test_a_guardians_no_for_a_child_is_not_overruled_by_the_heads_yes():
    child = replace(WISH, age=9, fields=("first_name", "disability"))
    yes = Consent("health", given=True, capacity="data_subject", own=False)
    no = Consent("health", given=False, capacity="guardian", own=True)
    assert codes(consents=[replace(SHARE, own=False), yes], wish=child) == []
    assert codes(consents=[replace(SHARE, own=False), yes, no], wish=child) == ["consent_of_kind_missing"]
