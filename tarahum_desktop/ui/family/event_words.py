"""A thing that happened, said in a sentence."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from tarahum_desktop.casework.history.events import Event, EventKind
from tarahum_desktop.casework.history.timeline import Timeline
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.i18n.care_words import alert_words, outcome_words, reason_words, task_words
from tarahum_desktop.i18n.case_words import case_state_words, contact_words
from tarahum_desktop.i18n.plan_words import fund_words
from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.family.describe_past import called, first_and_last
from tarahum_desktop.ui.family.list_model import Choice, Line, Target
from tarahum_desktop.ui.family.terms import Terms
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone

KINDS: Final[Mapping[EventKind, str]] = MappingProxyType({
    EventKind.VISIT: msgid("Visits"), EventKind.CASE: msgid("Steps of the case"), EventKind.CUSTODY: msgid("Custody"),
    EventKind.PLAN: msgid("Plan and decisions"), EventKind.MONEY: msgid("Deliveries and payments"),
    EventKind.CONTACT: msgid("Contacts made"), EventKind.REFERRAL: msgid("Referrals"),
    EventKind.TRANSFER: msgid("Offices and officers"), EventKind.AMENDMENT: msgid("Corrections"),
    EventKind.CONSENT: msgid("Consents"), EventKind.ALERT: msgid("Alerts"), EventKind.MERGE: msgid("Merged records"),
})  # fmt: skip
_SENTENCES: Final[Mapping[tuple[EventKind, str], str]] = MappingProxyType({
    (EventKind.VISIT, "visit"): msgid("{visit_kind} visit: {outcome}"),
    (EventKind.CASE, "step"): msgid("Case: {from_state} → {to_state}"),
    (EventKind.CUSTODY, "entered"): msgid("Entered custody: {place}"),
    (EventKind.CUSTODY, "returned"): msgid("Returned to custody: {place}"),
    (EventKind.CUSTODY, "moved"): msgid("Moved to {place}"),
    (EventKind.CUSTODY, "released"): msgid("Released: {release_type}"),
    (EventKind.PLAN, "need"): msgid("Need written down: {service}"),
    (EventKind.PLAN, "proposed"): msgid("Proposed: {service}, {amount}"),
    (EventKind.PLAN, "approved"): msgid("Approved: {service}, {amount}"),
    (EventKind.PLAN, "delivering"): msgid("Approved: {service}, {amount}"),
    (EventKind.PLAN, "completed"): msgid("Approved: {service}, {amount}"),
    (EventKind.PLAN, "refused"): msgid("Not approved: {service}"),
    (EventKind.PLAN, "returned"): msgid("Returned for completion: {service}"),
    (EventKind.PLAN, "postponed"): msgid("Postponed: {service}"),
    (EventKind.PLAN, "cancelled"): msgid("Withdrawn: {service}"),
    (EventKind.PLAN, "minute_approve"): msgid("Approved in minute {minute}: {service}, {amount}"),
    (EventKind.PLAN, "minute_refuse"): msgid("Not approved in minute {minute}: {service}"),
    (EventKind.PLAN, "minute_return"): msgid("Returned in minute {minute}: {service}"),
    (EventKind.PLAN, "minute_postpone"): msgid("Postponed in minute {minute}: {service}"),
    (EventKind.MONEY, "delivered"): msgid("Delivered: {service}, {amount}"),
    (EventKind.MONEY, "unconfirmed"): msgid("Handed over and not confirmed yet: {service}, {amount}"),
    (EventKind.MONEY, "payment_listed"): msgid("Payment of {amount} on list {sheet}"),
    (EventKind.MONEY, "payment_failed"): msgid("Payment of {amount} on list {sheet} failed"),
    (EventKind.MONEY, "payment_withdrawn"): msgid("Payment of {amount} taken off list {sheet}"),
    (EventKind.CONTACT, "contact"): msgid("{contact_kind}: {outcome}"),
    (EventKind.REFERRAL, "referred"): msgid("Referred to {place}"),
    (EventKind.REFERRAL, "answered"): msgid("Answer of {place}"),
    (EventKind.TRANSFER, "assigned"): msgid("The case was given to {user}"),
    (EventKind.TRANSFER, "offered"): msgid("{move_kind}"),
    (EventKind.TRANSFER, "decided"): msgid("{move_kind}: {state}"),
    (EventKind.AMENDMENT, "proposed"): msgid("Correction of a visit proposed"),
    (EventKind.AMENDMENT, "approved"): msgid("Correction of a visit approved"),
    (EventKind.AMENDMENT, "rejected"): msgid("Correction of a visit turned down"),
    (EventKind.CONSENT, "given"): msgid("Agreed: {purpose}"),
    (EventKind.CONSENT, "refused"): msgid("Did not agree: {purpose}"),
    (EventKind.CONSENT, "withdrawn"): msgid("Consent withdrawn: {purpose}"),
    (EventKind.ALERT, "raised"): msgid("Alert: {alert_kind}"),
    (EventKind.ALERT, "seen"): msgid("Alert taken on: {alert_kind}"),
    (EventKind.MERGE, "merged"): msgid("Two records were merged into one person"),
    (EventKind.MERGE, "undone"): msgid("A merge was taken back"),
})  # fmt: skip
_MOVES: Final = {
    "transfer": msgid("Transfer to another committee"),
    "assign": msgid("Hand-over to a caseload"),
    "restrict": msgid("Restriction of the file"),
    "unrestrict": msgid("End of the restriction"),
}
_ANSWERS: Final = {
    "accepted": msgid("accepted"),
    "refused": msgid("refused"),
    "done": msgid("carried out"),
    "withdrawn": msgid("withdrawn"),
}
_TONES: Final[Mapping[tuple[EventKind, str], Tone]] = MappingProxyType({
    (EventKind.ALERT, "raised"): "danger", (EventKind.CUSTODY, "returned"): "attention",
    (EventKind.MONEY, "payment_failed"): "danger", (EventKind.CONSENT, "withdrawn"): "attention",
    (EventKind.PLAN, "refused"): "attention", (EventKind.PLAN, "minute_refuse"): "attention",
})  # fmt: skip
_OPENS: Final[Mapping[EventKind, str]] = MappingProxyType({
    EventKind.CASE: "care", EventKind.CUSTODY: "person", EventKind.PLAN: "plan", EventKind.MONEY: "giving",
    EventKind.CONTACT: "care", EventKind.REFERRAL: "partners", EventKind.TRANSFER: "moving",
    EventKind.AMENDMENT: "visit", EventKind.CONSENT: "person", EventKind.ALERT: "care", EventKind.MERGE: "review",
})  # fmt: skip


@dataclass(frozen=True)
class EventWords:
    """Says the events of one page of a family's past."""

    kit: Kit
    terms: Terms
    told: Timeline

    def lines(self) -> tuple[Line, ...]:
        """Every event of the page."""
        return tuple(self._line(event) for event in self.told.events)

    def choices(self) -> tuple[Choice, ...]:
        """All, then each kind there is something of, with how many."""
        number, words = self.kit.formats.number, self.kit.words
        every = sum(self.told.counts.values())
        found = [Choice("", words.t("Everything ({count})").format(count=number(every)))]
        for kind, title in KINDS.items():
            if count := self.told.counts.get(kind, 0):
                found.append(Choice(kind.value, f"{words.t(title)} ({number(count)})"))
        return tuple(found)

    def _line(self, event: Event) -> Line:
        kit, words = self.kit, self.kit.words
        sentence = words.t(_SENTENCES.get((event.kind, event.what), KINDS[event.kind])).format_map(
            _Facts(self._facts(event))
        )
        person = self.told.people.get(event.person_id, "") if event.person_id else ""
        by = self.terms.named(*self.told.staff.get(event.by, ("", ""))) if event.by else ""
        note = reason_words(words, event.note)
        day = kit.formats.date(event.day)
        detail = "\n".join(
            part
            for part in (
                f"{day} · {sentence}",
                words.t("About: {name}").format(name=isolate(person)) if person else "",
                words.t("By: {name}").format(name=isolate(by)) if by else "",
                isolate(note) if note else "",
            )
            if part
        )
        return Line(
            day, sentence, isolate(called(person)) if person else "", isolate(first_and_last(by)) if by else "", detail,
            _TONES.get((event.kind, event.what), "text"), self._target(event),
        )  # fmt: skip

    def _target(self, event: Event) -> Target:
        if event.kind is EventKind.VISIT:
            return Target("visit", event.id)
        if event.kind is EventKind.AMENDMENT:
            return Target("visit", uuid.UUID(hex=str(event.facts["visit"])))
        return Target(_OPENS[event.kind], event.person_id)

    def _facts(self, event: Event) -> dict[str, str]:
        """The words of an event's codes."""
        kit, words, terms, facts = self.kit, self.kit.words, self.terms, event.facts

        def code(name: str) -> str:
            return str(facts.get(name, ""))

        service = terms.named(code("service_ar"), code("service_en"))
        said = {
            "visit_kind": terms.of("visit_type", code("visit_kind")),
            "from_state": case_state_words(words, code("from_state")),
            "to_state": case_state_words(words, code("to_state")),
            "place": terms.named(code("place_ar"), code("place_en")) or words.t("not recorded"),
            "release_type": terms.of("release_type", code("release_type")) or words.t("kind not recorded"),
            "service": service or words.t("not recorded"),
            "minute": kit.formats.code(code("minute")),
            "sheet": kit.formats.code(code("sheet")),
            "fund": fund_words(words, code("fund")),
            "purpose": terms.of("consent_purpose", code("purpose")),
            "alert_kind": alert_words(words, code("alert_kind")),
            "user": self._officer(event) or words.t("a team"),
            "move_kind": words.t(_MOVES.get(code("move_kind"), code("move_kind"))),
            "state": words.t(_ANSWERS.get(code("state"), code("state"))),
        }
        amount = facts.get("amount")
        said["amount"] = (
            kit.formats.money(amount) if isinstance(amount, int) and amount else words.t("in kind")
        )
        said["outcome"] = self._outcome(event)
        step = code("step")
        kind = code("contact_kind")
        said["contact_kind"] = task_words(words, kind, step) if step else self._contact(kind)
        return said

    def _contact(self, kind: str) -> str:
        """The kind of contact, or the way it was made, whichever the row says."""
        said = contact_words(self.kit.words, kind)
        return self.terms.of("follow_up_channel", kind) if said == kind else said

    def _outcome(self, event: Event) -> str:
        code = str(event.facts.get("outcome", ""))
        if event.kind is EventKind.VISIT:
            return self.terms.of("visit_outcome", code)
        said = outcome_words(self.kit.words, code)
        return (self.terms.of("follow_up_outcome", code) if said == code else said) or "–"

    def _officer(self, event: Event) -> str:
        user = str(event.facts.get("user", ""))
        names = self.told.staff.get(uuid.UUID(hex=user), ("", "")) if user else ("", "")
        return isolate(self.terms.named(*names)) if any(names) else ""


class _Facts(dict[str, str]):
    """A fact an older row does not have leaves a dash."""

    def __missing__(self, key: str) -> str:
        return "–"
