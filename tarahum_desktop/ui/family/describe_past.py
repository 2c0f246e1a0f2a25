"""What was promised, given and done, as rows and as one history."""

import re
from collections.abc import Iterator

from tarahum_desktop.casework.family_lines import FamilyFile
from tarahum_desktop.i18n.care_words import reason_words
from tarahum_desktop.i18n.formatting import RIYADH
from tarahum_desktop.ui.family.page_model import DeliveryRow, HistoryLine, PlanRow, VisitRow
from tarahum_desktop.ui.family.terms import Terms
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone

_PLAN_TONES: dict[str, Tone] = {
    "approved": "accent", "delivering": "accent", "completed": "accent", "proposed": "attention", "cancelled": "soft",
}  # fmt: skip
DONE = "done"
_LINK = re.compile(" (?:بن|بنت) ")


def called(name: str) -> str:
    """What a person is called at home: the part of a full name before its first «بن» or «بنت»."""
    return _LINK.split(name, maxsplit=1)[0]


def first_and_last(name: str) -> str:
    """A colleague's name in short: what he or she is called, and the family's last word."""
    rest = name.removeprefix(called(name)).split()
    return " ".join((called(name), *rest[-1:]))


def plan_rows(kit: Kit, terms: Terms, file: FamilyFile) -> tuple[PlanRow, ...]:
    """The services planned, the latest first."""
    return tuple(
        PlanRow(
            terms.named(item.service_ar, item.service_en) or kit.formats.code(item.service_code),
            called(item.person_name),
            terms.of("plan_item_state", item.state), _PLAN_TONES.get(item.state, "text"),
            kit.formats.money(item.amount_halalas) if item.amount_halalas else "",
        )
        for item in file.plan
    )  # fmt: skip


def delivery_rows(kit: Kit, terms: Terms, file: FamilyFile) -> tuple[DeliveryRow, ...]:
    """The hand-overs, the latest first."""
    words = kit.words
    return tuple(
        DeliveryRow(
            kit.formats.date(one.delivered_on),
            terms.named(one.service_ar, one.service_en) or kit.formats.code(one.service_code),
            kit.formats.money(one.amount_halalas) if one.amount_halalas else words.t("In kind"),
            words.t("Confirmed") if one.confirmed else words.t("Not confirmed yet"),
            "text" if one.confirmed else "attention",
        )
        for one in file.deliveries
    )


def money_words(kit: Kit, file: FamilyFile) -> str:
    """The sum of what was confirmed."""
    total = kit.formats.money(file.delivered_halalas)
    return kit.words.t("Total confirmed: {amount}").format(amount=total)


def visit_rows(kit: Kit, terms: Terms, file: FamilyFile) -> tuple[VisitRow, ...]:
    """The visits, the latest first."""
    return tuple(
        VisitRow(
            visit.id, kit.formats.date(visit.visited_on), terms.of("visit_type", visit.kind),
            terms.of("visit_outcome", visit.outcome), "text" if visit.outcome == DONE else "attention",
            first_and_last(terms.named(visit.officer_ar, visit.officer_en)), bool(visit.receipt_number),
        )
        for visit in file.visits
    )  # fmt: skip


def history(kit: Kit, terms: Terms, file: FamilyFile) -> tuple[HistoryLine, ...]:
    """Everything that happened, the latest first."""
    lines = [*_moves(kit, terms, file), *_stays(kit, file), *_contacts(kit, terms, file)]
    lines.sort(key=lambda line: line.on, reverse=True)
    return tuple(lines)


def _moves(kit: Kit, terms: Terms, file: FamilyFile) -> Iterator[HistoryLine]:
    for move in file.case.moves if file.case else ():
        by = terms.named(move.by_ar, move.by_en)
        text = kit.words.t("Case: {state}").format(state=terms.state(move.to_state))
        parts = [part for part in (text, by, reason_words(kit.words, move.reason)) if part]
        day = move.at.astimezone(RIYADH).date()
        yield HistoryLine(day, kit.formats.date(day), " · ".join(parts), "file")


def _stays(kit: Kit, file: FamilyFile) -> Iterator[HistoryLine]:
    words = kit.words
    for stay in file.custody:
        for day, text, icon in (
            (stay.entry_day, words.t("{name} entered custody"), "prison"),
            (stay.release_day, words.t("{name} was released"), "release"),
        ):
            if day is not None:
                yield HistoryLine(day, kit.formats.date(day), text.format(name=stay.person_name), icon)


def _contacts(kit: Kit, terms: Terms, file: FamilyFile) -> Iterator[HistoryLine]:
    words, date = kit.words, kit.formats.date
    for visit in file.visits:
        text = words.t("{kind} visit: {outcome}").format(
            kind=terms.of("visit_type", visit.kind), outcome=terms.of("visit_outcome", visit.outcome)
        )
        yield HistoryLine(visit.visited_on, date(visit.visited_on), text, "visit")
    for one in file.deliveries:
        name = terms.named(one.service_ar, one.service_en) or kit.formats.code(one.service_code)
        text = words.t("Received: {service}").format(service=name)
        yield HistoryLine(one.delivered_on, date(one.delivered_on), text, "money")
    for contact in file.follow_ups:
        if contact.done_on is not None:
            parts = (
                terms.of("follow_up_channel", contact.kind),
                terms.of("follow_up_outcome", contact.outcome),
                contact.note,
            )
            text = words.t("Follow-up: {what}").format(what=" · ".join(part for part in parts if part))
            yield HistoryLine(contact.done_on, date(contact.done_on), text, "phone")
