"""Codes of giving and paying in the reader's words."""

from collections.abc import Iterable

from tarahum_desktop.casework.giving.status import Step, StepKind
from tarahum_desktop.domain.funds import Promise
from tarahum_desktop.i18n.error_words import code_sentence
from tarahum_desktop.ui.kit import Kit


def named(kit: Kit, arabic: str, english: str) -> str:
    """The name in the reader's language, the Arabic one where there is no other."""
    return arabic if kit.words.language == "ar" else english or arabic


def joined(*parts: str) -> str:
    """What is known, with dots between."""
    return " · ".join(part for part in parts if part)


def part_words(kit: Kit, quantity: int, halalas: int) -> str:
    """How many, and how much money or value."""
    count = kit.formats.number(quantity) if quantity else ""
    money = kit.formats.money(halalas) if halalas else ""
    if count and money:
        return kit.words.t("{count} ({money})").format(
            count=count, money=money
        )  # a dot would look like a zero
    return count or money or "—"


def promise_words(kit: Kit, promise: Promise) -> str:
    """What was given of what was approved."""
    words = kit.words
    if promise.kept:
        return words.t("All given: {all}").format(all=part_words(kit, promise.quantity, promise.amount))
    return words.t("{given} of {all}").format(
        given=part_words(kit, promise.given_quantity, promise.given_amount)
        if promise.given_quantity or promise.given_amount
        else words.t("nothing yet"),
        all=part_words(kit, promise.quantity, promise.amount),
    )


def sheet_state(kit: Kit, state: str) -> str:
    """How far a payment sheet has come."""
    t = kit.words.t
    known = {
        "open": t("Not saved yet"),
        "sent": t("With finance"),
        "closed": kit.words.p("a payment sheet", "Closed"),
    }
    return known.get(state, state)


def entry_kind(kit: Kit, kind: str) -> str:
    """Why money moved in a fund."""
    t = kit.words.t
    known = {
        "opening": t("Opening balance"), "receipt": kit.words.p("money", "Received"), "correction": t("Correction"),
        "delivery": t("Given"),
    }  # fmt: skip
    return known.get(kind, kind)


def receiver_kind(kit: Kit, kind: str) -> str:
    """Who takes it."""
    t = kit.words.t
    known = {
        "self": t("The person"), "member": t("A member of the family"), "proxy": t("A proxy"),
        "facility": t("Through the prison"),
    }  # fmt: skip
    return known.get(kind, kind)


def issue_words(kit: Kit, codes: Iterable[str]) -> str:
    """What stands against a payee, one sentence each."""
    return " ".join(code_sentence(kit.words, code) for code in codes)


def step_words(kit: Kit, step: Step) -> str:
    """What happened in one step of a request."""
    t = kit.words.t
    known = {
        StepKind.PROPOSED: t("Proposed"), StepKind.DECIDED: t("Decided"), StepKind.REFUSED: t("Refused"),
        StepKind.LISTED: t("Put on a payment sheet"), StepKind.PAID: t("Paid"),
        StepKind.FAILED: t("Could not be paid"), StepKind.WITHDRAWN: t("The sheet was taken back"),
        StepKind.DELIVERED: t("Handed over"), StepKind.TAKEN_BACK: t("Record taken back"),
    }  # fmt: skip
    return known[step.kind]
