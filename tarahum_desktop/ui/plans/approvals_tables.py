"""The lists of the approvals screen, column by column."""

from tarahum_desktop.casework.plans.board import PlanRow
from tarahum_desktop.casework.plans.minutes import SIGNED, MinuteSummary
from tarahum_desktop.casework.plans.queue import WaitingItem
from tarahum_desktop.i18n.plan_words import level_words
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.plans.decision_table import DecisionTable
from tarahum_desktop.ui.plans.terms import amount_words, in_language, rules_summary, rules_tone
from tarahum_desktop.ui.widgets.table import Column, DataTable

LONG_WAIT = 14


def queue_table(kit: Kit) -> DecisionTable:
    """Rows are ``WaitingItem``."""
    words, formats = kit.words, kit.formats
    columns = [
        Column[WaitingItem](words.t("Beneficiary"), lambda row: row.person_name or formats.code(row.file_number), 8),
        Column[WaitingItem](words.t("Service"), lambda row: in_language(kit, row.service_ar, row.service_en), 8),
        Column[WaitingItem](words.t("Amount"), lambda row: amount_words(kit, row.amount), 7),
        Column[WaitingItem](words.t("Rules"), lambda row: rules_summary(kit, row.answers), 5, lambda row: rules_tone(row.answers)),
        Column[WaitingItem](
            words.p("of a request", "Waiting"), lambda row: waiting_words(kit, row.waiting_days), 5,
            lambda row: "attention" if row.waiting_days > LONG_WAIT else "text",
        ),
    ]  # fmt: skip
    return DecisionTable(kit, columns, words.t("What waits for your decision"))


def returned_table(kit: Kit) -> DataTable:
    """Rows are ``PlanRow``."""
    words, formats = kit.words, kit.formats
    columns = [
        Column[PlanRow](words.t("Beneficiary"), lambda row: row.person_name, 5),
        Column[PlanRow](words.t("Service"), lambda row: in_language(kit, row.service_ar, row.service_en), 5),
        Column[PlanRow](words.t("Reason"), lambda row: row.reason, 8, lambda _row: "danger"),
        Column[PlanRow](words.t("Returned on"), lambda row: formats.date(row.decided_on) if row.decided_on else "", 5),
    ]  # fmt: skip
    return DataTable(kit, columns, words.t("What came back to you"))


def minutes_table(kit: Kit) -> DataTable:
    """Rows are ``MinuteSummary``."""
    words, formats = kit.words, kit.formats
    columns = [
        Column[MinuteSummary](words.t("Number"), lambda row: formats.code(row.number), 4),
        Column[MinuteSummary](words.t("Level"), lambda row: level_words(words, row.level.value), 4),
        Column[MinuteSummary](words.t("Date of the sitting"), lambda row: formats.date(row.held_on) if row.held_on else "", 5),
        Column[MinuteSummary](
            words.t("State"), lambda row: words.t("Signed") if row.state == SIGNED else words.t("Open draft"), 3,
            lambda row: "accent" if row.state == SIGNED else "attention",
        ),
    ]  # fmt: skip
    return DataTable(kit, columns, words.t("Minutes"))


def waiting_words(kit: Kit, days: int) -> str:
    """How long something waits."""
    if days == 0:
        return kit.words.t("today")
    return kit.words.n("{count} day", "{count} days", days).format(count=kit.formats.number(days))
