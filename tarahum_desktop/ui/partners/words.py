"""Agreements, referrals and consents in the reader's words."""

from types import MappingProxyType
from typing import Final

from tarahum_desktop.casework.partners.agreements import AgreementLine
from tarahum_desktop.casework.partners.choices import ConsentLine
from tarahum_desktop.casework.partners.consents import Receiver
from tarahum_desktop.casework.partners.lists import ReferralLine
from tarahum_desktop.casework.partners.referrals import DECLINED, SENT, WITHDRAWN
from tarahum_desktop.domain.sharing import SHAREABLE
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.i18n.partner_words import agreement_field, referral_state, shared_field, shared_value
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.partners.ports import Lists
from tarahum_desktop.ui.tokens import Tone

_ORDER: Final = MappingProxyType({code: at for at, code in enumerate(SHAREABLE)})


def named(kit: Kit, name_ar: str, name_en: str) -> str:
    """A name in the reader's language, or the one there is."""
    first, second = (name_en, name_ar) if kit.words.language == "en" else (name_ar, name_en)
    return first or second


def field_names(kit: Kit, codes: tuple[str, ...]) -> str:
    """Shared fields in one line."""
    return kit.words.p("list separator", ", ").join(shared_field(kit.words, code) for code in codes)


def time_left(kit: Kit, line: AgreementLine) -> str:
    """How long an agreement still holds, or since when it does not."""
    words, days = kit.words, line.days_left
    if days is not None and days < 0:
        told = words.n("ended {count} day ago", "ended {count} days ago", -days)
        return told.format(count=kit.formats.number(-days))
    if not line.in_force:
        return words.t("has not begun")
    if days is None:
        return words.t("without end")
    if days == 0:
        return words.t("ends today")
    return words.n("{count} day left", "{count} days left", days).format(count=kit.formats.number(days))


def time_tone(line: AgreementLine) -> Tone:
    """Amber before the end, red after it."""
    if not line.in_force:
        return "danger"
    return "attention" if line.expiring else "text"


def agreement_detail(kit: Kit, line: AgreementLine) -> str:
    """All of an agreement, a line each."""
    words, formats = kit.words, kit.formats
    services = words.p("list separator", ", ").join(named(kit, ar, en) for _code, ar, en in line.services)
    first = formats.date(line.first_day) if line.first_day else words.t("not recorded")
    last = formats.date(line.last_day) if line.last_day else words.t("without end")
    lines = [
        words.t("Purpose: {purpose}").format(purpose=isolate(named(kit, line.purpose_ar, line.purpose_en) or "–")),
        words.t("Field: {field}").format(field=agreement_field(words, line.field_code)),
        words.t("Holds for: {committee}").format(committee=_committee(kit, line)),
        words.t("Holds from: {day}").format(day=first),
        words.t("Holds until: {day}").format(day=last),
        words.t("Services: {services}").format(services=services or words.t("every service")),
        words.t("It may see: {fields}").format(fields=field_names(kit, line.fields) or words.t("nothing")),
        words.t("Referrals under it: {referrals} · deliveries: {deliveries}").format(
            referrals=formats.number(line.referrals), deliveries=formats.number(line.deliveries)
        ),
    ]  # fmt: skip
    return "\n".join(lines)


def _committee(kit: Kit, line: AgreementLine) -> str:
    if line.committee_code is None:
        return kit.words.t("every committee")
    return isolate(named(kit, line.committee_ar, line.committee_en) or line.committee_code)


def referral_tone(line: ReferralLine) -> Tone:
    """Amber where somebody has to ask again; soft where it came to nothing."""
    if line.overdue:
        return "attention"
    tones: dict[str, Tone] = {SENT: "text", DECLINED: "soft", WITHDRAWN: "soft"}
    return tones.get(line.state, "accent")


def referral_detail(kit: Kit, line: ReferralLine, lists: Lists) -> str:
    """What was shared, why, and what came of it."""
    words, formats = kit.words, kit.formats
    shared = [
        f"{shared_field(words, code)}: {shared_value(words, formats, lists, code, value)}"
        for code, value in sorted(line.document.items(), key=lambda pair: _ORDER.get(pair[0], len(_ORDER)))
    ]
    file = words.t("File {number}").format(number=formats.code(line.file_number))
    parts = [
        f"{isolate(line.person_name)} · {file}",
        words.t("Purpose: {purpose}").format(purpose=isolate(line.purpose)),
        words.t("Service: {service}").format(service=isolate(named(kit, line.service_ar, line.service_en))),
        words.t("Shared: {values}").format(values=" · ".join(shared)),
    ]
    if line.withheld:
        parts.append(
            words.t("Also shared, but not for you to see: {fields}").format(
                fields=field_names(kit, line.withheld)
            )
        )
    parts.append(words.t("Fingerprint: {code}").format(code=formats.code(line.fingerprint[:16])))
    if not line.intact:
        parts.append(
            words.t(
                "What is kept here is not what was shared: it was changed. Please tell your administrator."
            )
        )
    if line.answered_on:
        day = formats.date(line.answered_on)
        parts.append(
            words.t("Answered on {day}. {outcome}").format(day=day, outcome=isolate(line.outcome)).strip()
        )
    elif line.overdue:
        parts.append(words.t("The partner has not answered for two weeks. Please ask again."))
    return "\n".join(parts)


def state_of(kit: Kit, line: ReferralLine) -> str:
    """How far a referral has come."""
    return referral_state(kit.words, line.state)


def consent_purpose(line: ConsentLine, lists: Lists) -> str:
    """What a consent is about, with the party it names."""
    purpose = lists.get("consent_purpose", {}).get(line.purpose, line.purpose)
    return f"{purpose}: {isolate(line.party)}" if line.party else purpose


def consent_state(kit: Kit, line: ConsentLine) -> str:
    """Whether it stands."""
    if line.withdrawn_on:
        return kit.words.t("Withdrawn on {day}").format(day=kit.formats.date(line.withdrawn_on))
    return kit.words.t("Stands")


def consent_detail(line: ConsentLine, lists: Lists) -> str:
    """Who gave it and how."""
    means = lists.get("consent_means", {}).get(line.means, line.means)
    capacity = lists.get("signer_capacity", {}).get(line.capacity, line.capacity)
    return " · ".join(part for part in (isolate(line.person_name), means, capacity) if part)


def receivers_line(kit: Kit, count: int) -> str:
    """How many partners hold something under a consent."""
    words = kit.words
    if not count:
        return words.t("No partner holds anything under it.")
    told = words.n("{count} referral rests on it.", "{count} referrals rest on it.", count)
    return told.format(count=kit.formats.number(count))


def receiver_partner(kit: Kit, line: Receiver) -> str:
    """The partner to tell."""
    return named(kit, line.partner_ar, line.partner_en)
