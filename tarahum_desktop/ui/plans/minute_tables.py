"""The agenda of a sitting, column by column."""

from tarahum_desktop.casework.plans.minute_view import AgendaLine
from tarahum_desktop.casework.plans.states import Verdict
from tarahum_desktop.i18n.plan_words import verdict_words
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.plans.decision_table import DecisionTable
from tarahum_desktop.ui.plans.terms import DASH, amount_words, in_language, rules_summary, rules_tone
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.table import Column

_TONES: dict[Verdict | None, Tone] = {
    Verdict.APPROVE: "accent", Verdict.REFUSE: "danger", Verdict.RETURN: "attention", Verdict.POSTPONE: "info",
}  # fmt: skip


def agenda_table(kit: Kit) -> DecisionTable:
    """Rows are ``AgendaLine``."""
    words = kit.words
    columns = [
        Column[AgendaLine](words.p("place in a list", "No."), lambda row: kit.formats.number(row.position), 2),
        Column[AgendaLine](words.t("Beneficiary"), lambda row: row.person_name, 8),
        Column[AgendaLine](words.t("Service"), lambda row: in_language(kit, row.service_ar, row.service_en), 8),
        Column[AgendaLine](words.t("Amount"), lambda row: amount_words(kit, row.amount), 7),
        Column[AgendaLine](words.t("Rules"), lambda row: rules_summary(kit, row.answers), 5, lambda row: rules_tone(row.answers)),
        Column[AgendaLine](words.t("Decision"), lambda row: decision_words(kit, row), 6, lambda row: _TONES.get(row.verdict, "soft")),
    ]  # fmt: skip
    return DecisionTable(kit, columns, words.t("Cases of the sitting"))


def decision_words(kit: Kit, row: AgendaLine) -> str:
    """What is decided on a case so far."""
    if row.left_out:
        return verdict_words(kit.words, "left_out")
    if row.verdict is None:
        return DASH
    said = verdict_words(kit.words, row.verdict.value)
    return f"{said}: {row.reason}" if row.reason else said
