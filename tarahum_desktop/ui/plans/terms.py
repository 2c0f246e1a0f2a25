"""How plans say what they know: services, amounts, what the rules answered, and the way of a request."""

from tarahum_desktop.casework.plans.answers import RuleAnswers
from tarahum_desktop.casework.plans.status import StatusStep
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.i18n.plan_words import level_words, verdict_words
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone

DASH = "—"


def in_language(kit: Kit, arabic: str, english: str) -> str:
    """The name in the reader's language, or the other one when there is none."""
    return (arabic if kit.words.language == "ar" else english) or arabic or english


def amount_words(kit: Kit, halalas: int) -> str:
    """An amount, or a dash for a service without one."""
    return kit.formats.money(halalas) if halalas else DASH


def rules_summary(kit: Kit, answers: RuleAnswers | None) -> str:
    """Whether the rules are met, in a word or two."""
    if answers is None:
        return DASH
    if answers.eligible:
        return kit.words.t("All met")
    count = len(answers.against)
    message = kit.words.n("{count} warning", "{count} warnings", count)
    return message.format(count=kit.formats.number(count))


def rules_tone(answers: RuleAnswers | None) -> Tone:
    """Amber for what is not met; the words say the same."""
    if answers is None:
        return "soft"
    return "accent" if answers.eligible else "attention"


def step_words(kit: Kit, step: StatusStep) -> str:
    """One step of a request in a sentence."""
    words, facts = kit.words, step.facts
    who = in_language(kit, step.by_ar, step.by_en)
    by = words.t("by {name}").format(name=isolate(who)) if who else ""
    money = kit.formats.money(int(facts["amount"])) if facts.get("amount") else ""
    said = {
        "need": words.t("A visit found this need"),
        "proposed": words.t("Proposed"),
        "waiting": words.t("Waits for: {level}").format(level=level_words(words, str(facts.get("level", "")))),
        "minute": _minute_words(kit, step),
        "approved": words.t("Approved"),
        "refused": words.t("Not approved"),
        "returned": words.t("Returned for completion"),
        "cancelled": words.t("Withdrawn"),
        "reserved": words.t("Reserved for the family"),
        "payment": words.t("On payment sheet {number}").format(number=kit.formats.code(str(facts.get("number", "")))),
        "delivered": words.t("Handed over: {done} of {planned}").format(
            done=kit.formats.number(int(facts.get("done", 0))), planned=kit.formats.number(int(facts.get("planned", 0)))
        ),
    }.get(step.code, step.code)  # fmt: skip
    day = kit.formats.date(step.day) if step.day else ""
    return " · ".join(part for part in (said, day, by, money, step.note) if part)


def _minute_words(kit: Kit, step: StatusStep) -> str:
    words, facts = kit.words, step.facts
    number = kit.formats.code(str(facts.get("number", "")))
    if facts.get("state") != "signed":
        return words.t("On the agenda of minute {number}").format(number=number)
    verdict = verdict_words(words, str(facts.get("verdict", "")))
    return words.t("Minute {number}: {verdict}").format(number=number, verdict=verdict)
