"""What was needed, promised, given and done, as rows; and a family's money."""

import re

from tarahum_desktop.casework.family_lines import FamilyFile, PlanLine
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.i18n.plan_words import fund_words, level_words, plan_state_words
from tarahum_desktop.ui.family.page_model import DeliveryRow, Fact, PlanRow, VisitRow
from tarahum_desktop.ui.family.terms import Terms
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone

_PLAN_TONES: dict[str, Tone] = {
    "approved": "accent", "delivering": "accent", "completed": "accent", "proposed": "attention", "returned": "attention",
    "cancelled": "soft", "refused": "soft",
}  # fmt: skip
_PRIORITIES = ("urgent", "important", "desired")
_PRIORITY_TONES: dict[str, Tone] = {"urgent": "danger", "important": "attention"}
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
    """Needs first, the most urgent before the others, then what was proposed and decided, the latest first."""
    rank = {code: at for at, code in enumerate(_PRIORITIES)}
    items = sorted(file.plan, key=lambda item: (not item.is_need, rank.get(item.priority, 9) * item.is_need))
    return tuple(_plan_row(kit, terms, item) for item in items)


def _plan_row(kit: Kit, terms: Terms, item: PlanLine) -> PlanRow:
    words, formats = kit.words, kit.formats
    state = plan_state_words(words, "need" if item.is_need else item.state)
    if item.amount_halalas:
        state = f"{state} · {formats.money(item.amount_halalas)}"
    return PlanRow(
        item.id, terms.named(item.service_ar, item.service_en) or formats.code(item.service_code),
        called(item.person_name), terms.of("need_priority", item.priority), _PRIORITY_TONES.get(item.priority, "text"),
        state, _PLAN_TONES.get(item.state, "text"), _next_step(kit, item),
    )  # fmt: skip


def _next_step(kit: Kit, item: PlanLine) -> str:
    """What has to happen now, or how it ended."""
    words, formats = kit.words, kit.formats
    if item.is_need:
        return words.t("To be put into the plan")
    match item.state:
        case "proposed" | "postponed":
            return words.t("Decision: {who}").format(who=level_words(words, item.level))
        case "returned":
            return words.t("Complete it and propose it again")
        case "approved" | "delivering":
            return _delivery_step(kit, item)
        case "completed" if item.last_delivered_on is not None:
            return words.t("Delivered on {date}").format(date=formats.date(item.last_delivered_on))
    return isolate(item.decision_reason) if item.decision_reason else "–"


def _delivery_step(kit: Kit, item: PlanLine) -> str:
    words, number = kit.words, kit.formats.number
    if item.payment_state == "failed":
        return words.t("The payment failed: check the account")
    if item.payment_state == "listed":
        return words.t("Waiting for the bank")
    if item.delivered:
        done = words.t("{done} of {planned} delivered")
        return done.format(done=number(item.delivered), planned=number(item.quantity))
    return words.t("To be delivered")


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


def money_facts(kit: Kit, file: FamilyFile) -> tuple[Fact, ...]:
    """What comes in and goes out, debts, and what was given this year by fund."""
    words, formats, money = kit.words, kit.formats, file.money
    facts = []
    if money.asked_on is not None:
        income, expense = money.income_halalas or 0, money.expense_halalas or 0
        text = words.t("{income} in, {expense} out").format(
            income=formats.money(income), expense=formats.money(expense)
        )
        rest = income - expense
        tone: Tone = "attention" if rest < 0 else "text"
        left = words.t("{amount} short each month") if rest < 0 else words.t("{amount} left each month")
        asked = words.t("Told on {date}").format(date=formats.date(money.asked_on))
        detail = f"{left.format(amount=formats.money(abs(rest)))}\n{asked}"
        facts.append(Fact(words.t("A month's money"), text, detail, tone, "money"))
    if money.debts_halalas is not None:
        tone = "attention" if money.debts_halalas else "text"
        facts.append(
            Fact(words.t("Debts that remain"), formats.money(money.debts_halalas), "", tone, "warning")
        )
    if money.given:
        total = formats.money(sum(halalas for _fund, halalas in money.given))
        by_fund = "\n".join(
            f"{fund_words(words, fund) if fund else words.t('Fund not named')}: {formats.money(halalas)}"
            for fund, halalas in money.given
        )
        facts.append(Fact(words.t("Given this year"), total, by_fund, "accent", "success"))
    return tuple(facts)


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
