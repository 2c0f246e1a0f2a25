"""What waits at other desks as counted lines, and values of one's own that others set aside."""

from collections.abc import Mapping
from datetime import datetime

from tarahum_desktop.casework.conflicts.told import SetAside
from tarahum_desktop.casework.waiting_counts import Awaited, WaitingCount
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.today.lines import Line
from tarahum_desktop.ui.widgets.record_words import field_name


def count_line(kit: Kit, row: WaitingCount) -> Line:
    """How many of one kind wait; Enter opens the list they stand in."""
    screen, params, detail = _leads_to(kit.words, row.kind)
    title = _counted(kit.words, row).format(count=kit.formats.number(row.count))
    return Line(f"count/{row.kind.value}", title, detail, "", "attention", screen, params)


def _counted(words: Words, row: WaitingCount) -> str:
    match row.kind:
        case Awaited.OFFERS:
            return words.n("{count} family offered to us", "{count} families offered to us", row.count)
        case Awaited.LATE_EDITS:
            return words.n("{count} late addition", "{count} late additions", row.count)
        case Awaited.AMENDMENTS:
            return words.n("{count} correction of a visit", "{count} corrections of visits", row.count)
        case Awaited.REQUESTS:
            return words.n("{count} request of a prisoner", "{count} requests of prisoners", row.count)
        case Awaited.REFERRALS:
            return words.n(
                "{count} referral without an answer", "{count} referrals without an answer", row.count
            )


def _leads_to(words: Words, kind: Awaited) -> tuple[str, Mapping[str, str], str]:
    """The screen, what it opens with, and what is done there."""
    match kind:
        case Awaited.OFFERS:
            return (
                "moving",
                {"section": "incoming"},
                words.t("Accept each family, or give the reason why not."),
            )
        case Awaited.LATE_EDITS:
            return (
                "moving",
                {"section": "late"},
                words.t("Written in the office the family had left already."),
            )
        case Awaited.AMENDMENTS:
            return "amending", {}, words.t("Enter opens the list of corrections.")
        case Awaited.REQUESTS:
            return "prison", {"section": "requests"}, words.t("Answer them, or pass them on to the family.")
        case Awaited.REFERRALS:
            return "partners", {"section": "referrals"}, words.t("Ask the partner what became of them.")


def set_aside_line(kit: Kit, row: SetAside, now: datetime) -> Line:
    """A value of mine somebody decided against: Enter opens the decision, where it is marked seen or put back."""
    words = kit.words
    by = row.by_ar if words.language == "ar" else row.by_en or row.by_ar
    told = words.t("“{field}”: another value than yours was kept").format(field=field_name(kit, row.field))
    number = row.about.file_number
    parts = (
        told, words.t("File {number}").format(number=kit.formats.code(number)) if number else "",
        words.t("by {name}").format(name=by) if by else "",
        words.t("Reason: {reason}").format(reason=isolate(row.reason)) if row.reason else "",
    )  # fmt: skip
    return Line(
        f"aside/{row.id.hex}", row.about.name or words.t("Name not recorded"),
        " · ".join(filter(None, parts)), kit.formats.ago(row.at, now), "attention",
        "review", {"list": "settled", "item": row.subject},
    )  # fmt: skip
