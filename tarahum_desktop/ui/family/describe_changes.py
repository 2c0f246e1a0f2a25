"""Edits of fields in words: what, from what to what, by whom, when, on which machine."""

from typing import Any, Final

from tarahum_desktop.casework.history.family_records import RecordLine
from tarahum_desktop.casework.history.field_changes import FieldChange, FieldPast, Known
from tarahum_desktop.domain.dates import DateError, PartialDate
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.i18n.plan_words import level_words, plan_state_words
from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.family.describe_past import called, first_and_last
from tarahum_desktop.ui.family.list_model import Choice, Earlier, Line
from tarahum_desktop.ui.family.terms import Terms, leaving_words
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.record_words import field_name, shown_value

_RECORDS: Final = {
    "household": msgid("Household"),
    "case_file": msgid("Case"),
    "person": msgid("Person"),
    "membership": msgid("Membership"),
    "custody_episode": msgid("Stay in custody"),
    "plan_item": msgid("Service"),
}


def change_lines(kit: Kit, terms: Terms, past: FieldPast) -> tuple[Line, ...]:
    """Every edit, the newest first."""
    return tuple(_line(kit, terms, past, one) for one in past.changes)


def record_choices(kit: Kit, past: FieldPast) -> tuple[Choice, ...]:
    """All records of the file, then each by itself."""
    every = Choice("", kit.words.t("All records of the file"))
    return (every, *(Choice(one.row_id.hex, record_words(kit, one)) for one in past.records))


def record_words(kit: Kit, record: RecordLine) -> str:
    """What a record is and whose."""
    detail = record.detail_ar if kit.words.language == "ar" else record.detail_en
    if record.entity == "custody_episode":
        detail = _given_date(kit, detail)
    elif record.entity in {"household", "case_file"}:
        detail = kit.formats.code(detail)
    name = isolate(called(record.name)) if record.name else ""
    parts = (kit.words.t(_RECORDS[record.entity]), name, detail)
    return " · ".join(part for part in parts if part)


def _given_date(kit: Kit, code: str) -> str:
    try:
        return kit.formats.partial_date(PartialDate.from_code(code))
    except DateError:
        return ""


def _line(kit: Kit, terms: Terms, past: FieldPast, change: FieldChange) -> Line:
    words, when = kit.words, kit.formats.date_time(change.at)
    record, (short, made) = record_words(kit, change.record), _maker(kit, terms, change)
    if change.known is Known.MADE:
        title = words.t("Put on record")
        return Line(when, record, title, short, f"{record}\n{title}\n{made}", "soft")
    field = _field(kit, change)
    after = _value(kit, terms, past, change, change.after)
    detail = []
    if change.known is Known.LAST_ONLY:
        before = words.t("not known on this machine")
        detail.append(
            words.t(
                "The record came here as a whole, so only the last edit of each field is known on this machine."
            )
        )
    else:
        before = _value(kit, terms, past, change, change.before)
    step = words.t("{before} → {after}").format(before=before, after=after)
    told = (words.t("Before: {value}").format(value=before), words.t("After: {value}").format(value=after))
    earlier = Earlier(change.record.row_id, change.field, change.stamp) if change.may_put_back else None
    return Line(
        when, f"{field} · {record}", step, short, "\n".join((f"{record} · {field}", *told, made, *detail)),
        earlier=earlier,
    )  # fmt: skip


def _maker(kit: Kit, terms: Terms, change: FieldChange) -> tuple[str, str]:
    """Who made an edit on which machine: in short, and as a sentence with the moment."""
    words, formats = kit.words, kit.formats
    by = terms.named(change.by_ar, change.by_en)
    who = isolate(by) if by else words.t("somebody not known on this machine")
    number = words.t("machine {number}").format(number=formats.number(change.device_number))
    machine = isolate(change.device) if change.device else number
    sentence = words.t("By {name} on {machine}, {date}")
    made = sentence.format(name=who, machine=machine, date=formats.date_time(change.at))
    return f"{isolate(first_and_last(by)) if by else who} · {machine}", made


def _field(kit: Kit, change: FieldChange) -> str:
    """A state is named by what it is the state of."""
    if change.field == "state":
        return kit.words.t("Case state") if change.record.entity == "case_file" else kit.words.t("State")
    return field_name(kit, change.field)


def _value(kit: Kit, terms: Terms, past: FieldPast, change: FieldChange, value: Any) -> str:
    if change.field in {"facility_code", "service_code"} and value in past.places:
        return terms.named(*past.places[value])
    if change.field == "state" and change.record.entity == "plan_item" and value:
        return plan_state_words(kit.words, value)
    if change.field == "level" and value:
        return level_words(kit.words, value)
    if change.field == "end_reason" and value:
        return leaving_words(kit.words, value)
    return shown_value(kit, terms.lists, change.record.entity, change.field, value, past.named)
