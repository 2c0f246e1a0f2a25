"""Families on their way in the reader's words."""

import datetime as dt
import uuid
from types import MappingProxyType
from typing import Any, Final

from tarahum_desktop.casework.moving.addenda import AddendumLine, ChangedField
from tarahum_desktop.casework.moving.hand_over import HandOver
from tarahum_desktop.casework.moving.in_hand import CaseInHand, OfficerLine
from tarahum_desktop.casework.moving.offer_lists import IncomingOffer, OutgoingOffer
from tarahum_desktop.domain.case_states import CaseState
from tarahum_desktop.domain.relocation import RelocationState
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.i18n.case_words import case_state_words
from tarahum_desktop.i18n.error_words import code_sentence
from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.record_words import field_name

_RECORDS: Final = MappingProxyType({
    "household": msgid("Household"), "person": msgid("Person"), "case_file": msgid("Case"),
    "membership": msgid("Member of the household"), "custody_episode": msgid("Stay in custody"),
    "plan_item": msgid("Planned service"), "delivery": msgid("Delivery"), "follow_up": msgid("Planned contact"),
    "consent": msgid("Consent"), "referral": msgid("Referral"),
})  # fmt: skip
_STATES: Final = MappingProxyType({
    RelocationState.OFFERED: msgid("Waits for the answer"),
    RelocationState.ACCEPTED: msgid("Accepted, on its way"),
    RelocationState.REFUSED: msgid("They declined"),
    RelocationState.WITHDRAWN: msgid("Taken back"),
    RelocationState.ORDERED: msgid("On its way"),
})  # fmt: skip


def officer_name(kit: Kit, line: OfficerLine) -> str:
    """The officer's name, or that nobody has these cases."""
    if line.id is None:
        return kit.words.t("Nobody yet")
    return named(kit, line.name_ar, line.name_en) or kit.words.t("somebody not known on this machine")


def visits_line(kit: Kit, line: OfficerLine) -> str:
    """The visits an officer made lately, and whether their laptop holds their own cases alone."""
    words = kit.words
    told = words.n(
        "{count} visit in the last thirty days", "{count} visits in the last thirty days", line.visits
    )
    parts = [told.format(count=kit.formats.number(line.visits))] if line.id is not None else []
    if line.own_caseload:
        parts.append(words.t("their laptop holds their own cases alone"))
    return " · ".join(parts)


def named(kit: Kit, name_ar: str, name_en: str) -> str:
    """A name in the reader's language, or the one there is."""
    first, second = (name_en, name_ar) if kit.words.language == "en" else (name_ar, name_en)
    return first or second


def case_line(kit: Kit, case: CaseInHand) -> str:
    """Where a case stands, with what is special about it."""
    parts = [case_state_words(kit.words, case.state.value)]
    if case.restricted:
        parts.append(kit.words.t("restricted"))
    if case.leaving and case.state is not CaseState.TRANSFER_OUT:
        parts.append(kit.words.t("on its way"))
    return " · ".join(parts)


def case_detail(kit: Kit, case: CaseInHand) -> str:
    """The case stood on, in full: a narrow column may have cut it short."""
    file = kit.words.t("File {number}").format(number=kit.formats.code(case.file_number))
    parts = (case.head, file, named(kit, case.place_ar, case.place_en), case_line(kit, case))
    return " · ".join(part for part in parts if part)


def place_of(kit: Kit, offer: IncomingOffer) -> str:
    """Place and district."""
    parts = (named(kit, offer.place_ar, offer.place_en), offer.district)
    return " · ".join(part for part in parts if part)


def outgoing_state(kit: Kit, offer: OutgoingOffer) -> str:
    """How far an offer of ours has come."""
    if offer.failure:
        return kit.words.t("Could not be carried out")
    if offer.moved:
        return kit.words.t("The family has moved")
    return kit.words.t(_STATES[offer.state])


def outgoing_tone(offer: OutgoingOffer) -> Tone:
    """Amber where somebody here has to act."""
    if offer.failure or (offer.state is RelocationState.REFUSED and offer.can_take_back):
        return "attention"
    return "accent" if offer.moved else "text"


def outgoing_detail(kit: Kit, offer: OutgoingOffer) -> str:
    """Why it was offered, what was answered, and what to do now."""
    words = kit.words
    lines = [words.t("Reason of the offer: {reason}").format(reason=isolate(offer.reason))]
    if offer.failure:
        lines.append(code_sentence(words, offer.failure))
    if offer.decision_reason:
        lines.append(words.t("Their answer: {reason}").format(reason=isolate(offer.decision_reason)))
    if offer.can_take_back and offer.state is RelocationState.OFFERED and not offer.failure:
        lines.append(words.t("Until they accept, the family is served here as before."))
    return "\n".join(lines)


def incoming_detail(kit: Kit, offer: IncomingOffer) -> str:
    """Why the family is offered, and what accepting means."""
    words = kit.words
    reason = words.t("Reason of the offer: {reason}").format(reason=isolate(offer.reason))
    if offer.state is RelocationState.ACCEPTED:
        return f"{reason}\n{words.t('Accepted. The family arrives with the next exchange.')}"
    return f"{reason}\n{words.t('Once accepted, the whole file arrives here and the other office lets go of it.')}"


def since(kit: Kit, moment: dt.datetime, now: dt.datetime) -> str:
    """How long ago."""
    return kit.formats.ago(moment, now)


def record_name(kit: Kit, entity: str) -> str:
    """What kind of record was edited."""
    return kit.words.t(_RECORDS.get(entity, msgid("A record of the file")))


def late_fields(kit: Kit, line: AddendumLine) -> str:
    """The edited fields, named."""
    return " · ".join(field_name(kit, field.name) for field in line.fields)


def late_detail(kit: Kit, line: AddendumLine) -> str:
    """Each field: what stands here, what was written there."""
    told = kit.words.t("{field}: here «{now}», written there «{late}»")
    step = kit.words.t("{field}: here «{now}», written there «{late}» (a step: take it in the file itself)")
    return "\n".join(
        (step if field.by_step else told).format(
            field=field_name(kit, field.name),
            now=_shown(kit, field, field.now),
            late=_shown(kit, field, field.late),
        )
        for field in line.fields
    )


def _shown(kit: Kit, field: ChangedField, value: Any) -> str:
    words, formats = kit.words, kit.formats
    match value:
        case None | "":
            return words.t("nothing")
        case bool():
            return words.t("Yes") if value else words.t("No")
        case uuid.UUID() | bytes():
            return words.t("another record")
        case dt.datetime():
            return formats.date_time(value)
        case dt.date():
            return formats.date(value)
        case int():
            return formats.money(value) if field.name.endswith("_halalas") else formats.number(value)
    return case_state_words(words, str(value)) if field.name == "state" else isolate(str(value))


def handed_over(kit: Kit, done: HandOver) -> str:
    """What became of a hand-over, with those that could not be given."""
    words = kit.words
    told = words.n("{count} case was handed over.", "{count} cases were handed over.", done.given)
    parts = [told.format(count=kit.formats.number(done.given))]
    if done.moving:
        going = words.n(
            "{count} of them moves to the officer's laptop with the next exchange.",
            "{count} of them move to the officer's laptop with the next exchange.",
            done.moving,
        )
        parts.append(going.format(count=kit.formats.number(done.moving)))
    if done.refused:
        stays = words.n("{count} case stays: {why}", "{count} cases stay: {why}", len(done.refused))
        why = code_sentence(words, done.refused[0][1])
        parts.append(stays.format(count=kit.formats.number(len(done.refused)), why=why))
    return " ".join(parts)
