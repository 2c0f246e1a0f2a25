"""Nothing leaves on paper that agreement and consent do not both cover: read back as any reader would read it."""

import datetime as dt

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tarahum_desktop.domain.sharing import SHAREABLE, Consent, Terms, Wish, may_share
from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.partner_words import shared_field, shared_value
from tarahum_desktop.i18n.words import Language, load_words
from tarahum_desktop.reports.referral.content import Made, ReferralLetter, WithdrawalNotice
from tarahum_desktop.reports.referral.letter import render_referral_letter
from tarahum_desktop.reports.referral.notice import render_withdrawal_notice
from tests.reports.pdf_reading import plain, poppler_text

AT = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
DAY = AT.date()
MADE = Made("سعد القحطاني", AT, "حاسب المكتب")
PARTNER = "Partner"
SECRETS = {code: f"Q{chr(ord('A') + at)}Z" for at, code in enumerate(SHAREABLE)}
"""A value for each field that occurs nowhere else on the page."""
PLAIN = [code for code in SHAREABLE if code not in {"mobile", "expected_release", "household_size", "debts"}]
CODES = st.lists(st.sampled_from(PLAIN), unique=True)
PURPOSES = st.sets(st.sampled_from(["health", "criminal", "credit"]))


def letter(shared: tuple[tuple[str, str], ...], **values: str) -> ReferralLetter:
    return ReferralLetter(
        "لجنة القصيم", PARTNER, "AG-08", "التدريب", values.get("purpose", "دورة"), shared,
        "01990000-0000-7000-8000-000000000001", DAY, "01990000-0000-7000-8000-000000000002", "سعد", DAY,
        "ab" * 32, MADE,
    )  # fmt: skip


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(covered=CODES, wished=CODES, agreed=PURPOSES, language=st.sampled_from(["ar", "en"]))
def test_no_value_outside_agreement_and_consent_is_on_the_letter(
    covered: list[str], wished: list[str], agreed: set[str], language: Language
) -> None:
    terms = Terms(frozenset({PARTNER}), frozenset(covered), None, None, None)
    consents = [Consent("share", True, "data_subject", True, PARTNER)]
    consents += [Consent(purpose, True, "data_subject", True) for purpose in agreed]
    sharing = may_share(terms, consents, Wish(DAY, "qsm", "CD-03", tuple(wished), "دورة", 30))
    words = load_words(language)
    formats = Formatter(words)
    shared = tuple(
        (shared_field(words, code), shared_value(words, formats, {}, code, SECRETS[code]))
        for code in sharing.fields
    )
    told = text_of(render_referral_letter(letter(shared), words, formats))
    allowed = {
        code for code in wished if code in covered and (not SHAREABLE[code] or SHAREABLE[code] in agreed)
    }
    assert {code for code, secret in SECRETS.items() if secret in told} == allowed


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_letter_carries_its_proof(language: Language) -> None:
    words = load_words(language)
    made = render_referral_letter(letter((("x", "y"),)), words, Formatter(words))
    told = text_of(made)
    assert "AG-08" in plain(poppler_text(made))
    assert told.count("abababab") >= 8
    assert "01990000-0000-7000-8000-000000000002" in told
    assert made == render_referral_letter(letter((("x", "y"),)), words, Formatter(words))


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_purpose_as_long_as_it_may_be_stays_on_the_page(language: Language) -> None:
    words = load_words(language)
    told = text_of(render_referral_letter(letter((), purpose="Word " * 80 + "END"), words, Formatter(words)))
    assert "END" in told


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_notice_names_the_referral_and_what_was_shared(language: Language) -> None:
    words = load_words(language)
    notice = WithdrawalNotice(
        "لجنة القصيم", PARTNER, "AG-08", "01990000-0000-7000-8000-000000000002", DAY, DAY, "Sharing",
        (shared_field(words, "mobile"),), "ab" * 32, MADE,
    )  # fmt: skip
    made = render_withdrawal_notice(notice, words, Formatter(words))
    told = text_of(made)
    assert "AG-08" in plain(poppler_text(made))
    assert shared_field(words, "mobile") in plain(poppler_text(made))
    assert "01990000-0000-7000-8000-000000000002" in told
