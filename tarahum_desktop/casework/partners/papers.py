"""The papers of a referral: the letter that goes to the partner, and the notice that a consent was withdrawn."""

import uuid
from typing import Any

from sqlalchemy import Connection, select

from tarahum_desktop.casework.desk import SAUDI_TIME, Desk
from tarahum_desktop.casework.errors import NotAllowed, RecordMissing
from tarahum_desktop.casework.family_signals import reference_lists
from tarahum_desktop.casework.partners.consents import told_under
from tarahum_desktop.casework.partners.errors import ReferralAltered
from tarahum_desktop.casework.partners.lists import ReferralLine, read_referral
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.domain.sharing import SHAREABLE
from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.partner_words import shared_field, shared_value
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.models import Committee, Consent, Device, Household
from tarahum_desktop.reports.referral.content import Made, ReferralLetter, WithdrawalNotice

_COMMITTEE: Any = Committee.__table__
_CONSENT: Any = Consent.__table__
_DEVICE: Any = Device.__table__
_HOUSEHOLD: Any = Household.__table__


def print_letter(desk: Desk, referral_id: uuid.UUID, words: Words, formats: Formatter) -> bytes:
    """The letter of a referral as a PDF file: exactly what was kept, with its fingerprint.

    Raises:
        ReferralAltered: what is kept is not what was shared.
        NotAllowed: this person prints nothing there, or may not see all that was shared.
        RecordMissing.
    """
    from tarahum_desktop.reports.referral.letter import (  # noqa: PLC0415 - the PDF stack takes half a second to load
        render_referral_letter,
    )

    return render_referral_letter(read_letter(desk, referral_id, words, formats), words, formats)


def read_letter(desk: Desk, referral_id: uuid.UUID, words: Words, formats: Formatter) -> ReferralLetter:
    """What the letter says; raises as ``print_letter``."""
    line = _printable(desk, referral_id)
    lists = reference_lists(desk, words.language)
    with desk.reading() as connection:
        given = connection.execute(select(_CONSENT).where(_CONSENT.c.id == line.consent_id)).one_or_none()
        committee, made = _committee(connection, line, words), _made(desk, connection, words)
    return ReferralLetter(
        committee, _in(words, line.partner_ar, line.partner_en), line.number,
        _in(words, line.service_ar, line.service_en), line.purpose,
        tuple(
            (shared_field(words, code), shared_value(words, formats, lists, code, line.document[code]))
            for code in SHAREABLE
            if code in line.document
        ),
        str(line.consent_id or ""), given.given_at.astimezone(SAUDI_TIME).date() if given else None, str(line.id),
        _in(words, line.by_ar, line.by_en), line.referred_on, line.fingerprint, made,
    )  # fmt: skip


def print_notice(
    desk: Desk, consent_id: uuid.UUID, referral_id: uuid.UUID, words: Words, formats: Formatter
) -> bytes:
    """The notice of a withdrawal to the partner of one referral, as a PDF file.

    Raises:
        RecordMissing: the consent stands, or the referral does not rest on it.
        NotAllowed.
    """
    from tarahum_desktop.reports.referral.notice import (  # noqa: PLC0415 - the PDF stack takes half a second to load
        render_withdrawal_notice,
    )

    line = read_referral(desk, referral_id)
    desk.require(Action.PRINT, line.scope)
    lists = reference_lists(desk, words.language)
    with desk.reading() as connection:
        consent = connection.execute(select(_CONSENT).where(_CONSENT.c.id == consent_id)).one_or_none()
        if consent is None or consent.withdrawn_at is None:
            raise RecordMissing(entity="consent")
        if referral_id not in {told.referral_id for told in told_under(connection, consent)}:
            raise RecordMissing(entity="referral")
        committee, made = _committee(connection, line, words), _made(desk, connection, words)
    fields = [code for code in SHAREABLE if code in {*line.document, *line.withheld}]
    notice = WithdrawalNotice(
        committee, _in(words, line.partner_ar, line.partner_en), line.number, str(line.id), line.referred_on,
        consent.withdrawn_at.astimezone(SAUDI_TIME).date(),
        lists.get("consent_purpose", {}).get(consent.purpose, consent.purpose),
        tuple(shared_field(words, code) for code in fields), line.fingerprint, made,
    )  # fmt: skip
    return render_withdrawal_notice(notice, words, formats)


def _printable(desk: Desk, referral_id: uuid.UUID) -> ReferralLine:
    line = read_referral(desk, referral_id)
    desk.require(Action.PRINT, line.scope)
    if line.withheld:
        raise NotAllowed(action=Action.PRINT.value)
    if not line.intact:
        raise ReferralAltered
    return line


def _committee(connection: Connection, line: ReferralLine, words: Words) -> str:
    query = (
        select(_COMMITTEE.c.name_ar, _COMMITTEE.c.name_en)
        .join(_HOUSEHOLD, _HOUSEHOLD.c.committee_code == _COMMITTEE.c.code)
        .where(_HOUSEHOLD.c.id == line.household_id)
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return _in(words, row.name_ar, row.name_en) if row else line.scope


def _made(desk: Desk, connection: Connection, words: Words) -> Made:
    number = desk.replica.device
    device = connection.scalar(select(_DEVICE.c.name).where(_DEVICE.c.number == number).limit(1))
    name = _in(words, desk.user.name_ar, desk.user.name_en) or desk.user.login
    return Made(name, desk.now().astimezone(SAUDI_TIME), device or str(number))


def _in(words: Words, arabic: str, english: str) -> str:
    first, second = (english, arabic) if words.language == "en" else (arabic, english)
    return first or second
