"""Rows of the day as lines to read: who, what about it, when, and where Enter leads."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from tarahum_desktop.casework.care.alerts import AlertLine
from tarahum_desktop.casework.care.day_route import DueLine
from tarahum_desktop.casework.care.late_steps import LateStep
from tarahum_desktop.casework.care.waiting import WaitingLine
from tarahum_desktop.casework.care.workload import WorkloadLine
from tarahum_desktop.casework.drafts import DraftLine
from tarahum_desktop.casework.today import CameBackLine, ReleaseLine
from tarahum_desktop.i18n.care_words import alert_words, reason_words, task_words
from tarahum_desktop.i18n.case_words import case_state_words
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone

SOON_DAYS = 30


@dataclass(frozen=True)
class Line:
    """One line of a card.

    Attributes:
        key: stable, so that the place is found again after the list was read anew.
        title: who.
        detail: what about them, in a quieter line.
        when: when, at the far side, in ``tone``.
        screen: where Enter leads, with ``params``; empty where there is nothing to open.
    """

    key: str
    title: str
    detail: str
    when: str
    tone: Tone = "soft"
    screen: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


def due_line(kit: Kit, row: DueLine) -> Line:
    """A family with something due; amber once its day has passed. Visits carry their number on the way."""
    place = row.place_ar if kit.words.language == "ar" else row.place_en or row.place_ar
    what = kit.words.p("between items", ", ").join(task_words(kit.words, kind) for kind in row.kinds)
    detail = _joined(what, _file(kit, row.file_number), place, kit.formats.date(row.due_on))
    tone: Tone = "attention" if row.days > 0 else "accent" if row.days == 0 else "soft"
    name = _name(kit, row.head_name)
    title = f"{kit.formats.number(row.stop)}. {name}" if row.stop else name
    return Line(
        f"due/{row.household_id}", title, detail, day_words(kit, -row.days), tone, *_family(row.household_id)
    )


def alert_line(kit: Kit, row: AlertLine, now: datetime) -> Line:
    """An alert that waits; Enter opens the place where it is acknowledged."""
    words = kit.words
    by = row.by_ar if words.language == "ar" else row.by_en or row.by_ar
    detail = _joined(
        _name(kit, row.name), _file(kit, row.file_number), words.t("by {name}").format(name=by) if by else ""
    )
    household = str(row.household_id) if row.household_id else ""
    return Line(
        f"alert/{row.id}", alert_words(words, row.kind), detail, kit.formats.ago(row.raised_at, now), "danger",
        "care" if household else "", {"household": household},
    )  # fmt: skip


def waiting_line(kit: Kit, row: WaitingLine) -> Line:
    """A case whose next step is this person's."""
    return Line(
        f"waiting/{row.case_id}", _name(kit, row.head_name), _file(kit, row.file_number),
        case_state_words(kit.words, row.state), "accent", "care", {"household": str(row.household_id)},
    )  # fmt: skip


def workload_line(kit: Kit, row: WorkloadLine) -> Line:
    """One officer's work; Enter opens the calendar on it."""
    words = kit.words
    name = (row.name_ar if words.language == "ar" else row.name_en or row.name_ar) or words.t(
        "Without an officer"
    )
    cases = words.n("{count} open case", "{count} open cases", row.open_cases)
    visits = words.n("{count} visit in 30 days", "{count} visits in 30 days", row.visits)
    detail = _joined(
        cases.format(count=kit.formats.number(row.open_cases)),
        visits.format(count=kit.formats.number(row.visits)),
    )
    late = words.n("{count} overdue", "{count} overdue", row.overdue)
    params = {"officer": str(row.officer_id)} if row.officer_id else {}
    return Line(
        f"load/{row.officer_id}", name, detail,
        late.format(count=kit.formats.number(row.overdue)) if row.overdue else words.t("nothing overdue"),
        "attention" if row.overdue else "soft", "calendar" if params else "", params,
    )  # fmt: skip


def late_step_line(kit: Kit, row: LateStep, now: datetime) -> Line:
    """A step made after its maker's role had ended: somebody entitled decides again."""
    words = kit.words
    by = row.by_ar if words.language == "ar" else row.by_en or row.by_ar
    detail = _joined(
        words.t("{state}, decided after the role had ended").format(state=case_state_words(words, row.to_state)),
        _file(kit, row.file_number), words.t("by {name}").format(name=by) if by else "",
    )  # fmt: skip
    household = {"household": str(row.household_id)} if row.household_id else {}
    return Line(
        f"late/{row.move_id}", _name(kit, row.name), detail, kit.formats.ago(row.at, now), "attention",
        "care" if household else "", household,
    )  # fmt: skip


def release_line(kit: Kit, row: ReleaseLine) -> Line:
    """A release to prepare for; without a family recorded here there is nothing to open."""
    family = _file(kit, row.file_number) if row.household_id else kit.words.t("No family recorded here")
    return Line(
        f"release/{row.person_id}", _name(kit, row.person_name),
        _joined(family, kit.formats.date(row.expected_on)),
        day_words(kit, row.days), "accent" if row.days <= SOON_DAYS else "soft",
        *_family(row.household_id),
    )  # fmt: skip


def draft_line(kit: Kit, row: DraftLine, now: datetime) -> Line:
    """A visit to go on with; Enter opens it where it was left."""
    kept = kit.words.n("{count} answer kept", "{count} answers kept", row.answered)
    detail = _joined(_file(kit, row.file_number), kept.format(count=kit.formats.number(row.answered)))
    return Line(
        f"draft/{row.id}", _name(kit, row.head_name), detail, kit.formats.ago(row.changed_at, now), "soft",
        "visit", {"draft": str(row.id)},
    )  # fmt: skip


def came_back_line(kit: Kit, row: CameBackLine, now: datetime) -> Line:
    """A step others made in one of my cases; amber when it was returned to be completed."""
    words = kit.words
    by = row.by_ar if words.language == "ar" else row.by_en or row.by_ar
    state = case_state_words(words, row.to_state)
    detail = _joined(
        state, reason_words(words, row.reason), words.t("by {name}").format(name=by) if by else ""
    )
    return Line(
        f"back/{row.household_id}/{row.at.isoformat()}", _name(kit, row.head_name), detail,
        kit.formats.ago(row.at, now), "attention" if row.to_state == "returned" else "soft",
        *_family(row.household_id),
    )  # fmt: skip


def day_words(kit: Kit, days_ahead: int) -> str:
    """A day seen from today: today, tomorrow, in 5 days, 3 days late."""
    words = kit.words
    if days_ahead == 0:
        return words.p("a day", "today")
    if days_ahead == 1:
        return words.p("a day", "tomorrow")
    message = (
        words.n("{count} day late", "{count} days late", -days_ahead)
        if days_ahead < 0
        else words.n("in {count} day", "in {count} days", days_ahead)
    )
    return message.format(count=kit.formats.number(abs(days_ahead)))


def weekday_name(kit: Kit, day: date) -> str:
    """The day of the week in the reader's language."""
    p = kit.words.p
    names = (
        p("weekday", "Monday"), p("weekday", "Tuesday"), p("weekday", "Wednesday"), p("weekday", "Thursday"),
        p("weekday", "Friday"), p("weekday", "Saturday"), p("weekday", "Sunday"),
    )  # fmt: skip
    return names[day.weekday()]


def _family(household_id: uuid.UUID | None) -> tuple[str, Mapping[str, str]]:
    return ("family", {"household": str(household_id)}) if household_id else ("", {})


def _name(kit: Kit, name: str) -> str:
    return name or kit.words.t("Name not recorded")


def _file(kit: Kit, number: str) -> str:
    return kit.words.t("File {number}").format(number=kit.formats.code(number)) if number else ""


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
