"""The exchange in plain words: phases, how one ended, how whole a scope is, a wrong clock."""

from datetime import datetime

from tarahum_desktop.casework.exchange_habits import LargeExchange
from tarahum_desktop.casework.sync_state import ExchangeLine, ScopeLine, SyncState
from tarahum_desktop.i18n.error_words import code_sentence, error_sentence
from tarahum_desktop.sync.clock import MAX_AHEAD_MS
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.sync_centre.runner import ExchangeCancelled, RunEnd
from tarahum_desktop.ui.tokens import Tone

CENTRE = "https"


def phase_words(kit: Kit, phase: str) -> str:
    """What the exchange is doing now; a phase this program does not know is "exchanging"."""
    words = kit.words
    known = {
        "hello": words.t("Greeting the centre…"),
        "push": words.t("Sending your work…"),
        "snapshot": words.t("Receiving the records of your office…"),
        "pull": words.t("Receiving what is new…"),
        "compare": words.t("Comparing both sides…"),
    }
    return known.get(phase, words.t("Exchanging…"))


def end_words(kit: Kit, end: RunEnd) -> tuple[str, Tone]:
    """One polite sentence about the exchange that has just ended."""
    words = kit.words
    if end.error is not None:
        waits = end.error.code in {ExchangeCancelled.code, LargeExchange.code}
        tone: Tone = "attention" if waits else "danger"
        return error_sentence(words, end.error), tone
    if end.outcome is not None and end.outcome.disputed:
        return code_sentence(words, "digest_differs"), "danger"
    done = words.t("The exchange is done: {sent} sent, {received} received, in {duration}.").format(
        sent=kit.formats.number(end.progress.pushed),
        received=kit.formats.number(end.progress.pulled),
        duration=kit.formats.duration(end.seconds),
    )
    return done, "accent"


def line_words(kit: Kit, state: SyncState, now: datetime) -> str:
    """How the last recorded exchange ended and when, for a day on which none ran yet."""
    words = kit.words
    last = next((row for row in state.history if row.carrier == CENTRE), None)
    if last is None:
        return words.t("Press “Exchange now” as soon as there is a line.")
    if last.proven:
        return words.t("The line was good: {sent} sent, {received} received.").format(
            sent=kit.formats.number(last.pushed), received=kit.formats.number(last.pulled)
        )
    ago = kit.formats.ago(last.started_at, now)
    result, _tone = result_words(kit, last)
    return words.t("Last exchange {ago}: {result}").format(ago=ago, result=result)


def result_words(kit: Kit, row: ExchangeLine) -> tuple[str, Tone]:
    """How a recorded exchange ended."""
    words = kit.words
    if row.result == "ok":
        if row.carrier != CENTRE:
            return words.t("Done; only the centre can confirm"), "soft"
        if row.proven:
            return words.t("Complete and proven equal"), "accent"
        return words.t("Ended; not everything is proven equal yet"), "attention"
    if row.result == "running":
        if row.ended_at is None:
            return words.t("Did not end: running, or broken off"), "attention"
        return words.t("Broken off"), "attention"
    if row.result == ExchangeCancelled.code:
        return words.t("Stopped by you"), "attention"
    if row.result == LargeExchange.code:
        return words.t("Waited, because the line is paid for by the byte"), "attention"
    return _first_sentence(code_sentence(words, row.result)), "danger"


def _first_sentence(text: str) -> str:
    """What happened, without what to do about it: that was said when it happened."""
    return text.split(". ", maxsplit=1)[0].rstrip(".")


def scope_words(kit: Kit, row: ScopeLine) -> tuple[str, Tone]:
    """Whether a scope is whole, or what is missing and what to do."""
    words = kit.words
    if row.mode == "leave":
        return words.t("Leaves this machine once everything has arrived"), "attention"
    if row.mode == "left":
        return words.t("No longer kept here"), "soft"
    if row.mode == "write":
        return _write_only(kit, row)
    if not row.complete:
        return words.t("Still arriving: exchange to receive the rest"), "attention"
    if row.disputed:
        return words.t("Differs from the centre: exchange again"), "danger"
    if row.kept_here:
        return _not_there(kit, row), "attention"
    if row.proven:
        return words.t("Complete, proven equal to the centre"), "accent"
    return words.t("Whole here; not compared in the last exchange"), "soft"


def _write_only(kit: Kit, row: ScopeLine) -> tuple[str, Tone]:
    """A scope that is sent and never received."""
    if not row.kept_here:
        return kit.words.t("Only sent from here; everything has arrived"), "accent"
    return _not_there(kit, row), "attention"


def _not_there(kit: Kit, row: ScopeLine) -> str:
    """How many changes the centre lacks, and how many of them are on their way."""
    words, number = kit.words, kit.formats.number
    message = words.n(
        "{count} change not at the centre yet", "{count} changes not at the centre yet", row.kept_here
    )
    told = message.format(count=number(row.kept_here))
    if not row.handed:
        return told
    return f"{told} · {words.t('handed on: {count}').format(count=number(row.handed))}"


def scope_name(kit: Kit, row: ScopeLine) -> str:
    """A scope as people call it; its code while its own row has not arrived."""
    name = row.name_ar if kit.words.language == "ar" else row.name_en or row.name_ar
    return name or kit.formats.code(row.scope)


def clock_words(kit: Kit, error_ms: int) -> str:
    """A warning about this machine's clock; empty when it is right enough (stamps may be that far ahead)."""
    if abs(error_ms) <= MAX_AHEAD_MS:
        return ""
    amount = kit.formats.duration(abs(error_ms) / 1000)
    message = (
        kit.words.t("The clock of this machine is {amount} ahead. Please set date and time; nothing is lost.")
        if error_ms > 0
        else kit.words.t(
            "The clock of this machine is {amount} behind. Please set date and time; nothing is lost."
        )
    )
    return message.format(amount=amount)
