"""From casework's family file to the words on the page; every date, amount and code gets its shown form here."""

import datetime as dt

from tarahum_desktop.casework.family_lines import DutyLine, FamilyFile, MemberLine
from tarahum_desktop.casework.family_signals import OpenConflict, Side
from tarahum_desktop.domain.eligibility import Kind
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.i18n.care_words import alert_words, task_words
from tarahum_desktop.i18n.formatting import RIYADH
from tarahum_desktop.ui.family.describe_custody import custody_facts, days_away
from tarahum_desktop.ui.family.describe_matrix import matrix_picture
from tarahum_desktop.ui.family.describe_past import (
    called,
    delivery_rows,
    first_and_last,
    money_facts,
    plan_rows,
    visit_rows,
)
from tarahum_desktop.ui.family.page_model import Chip, Fact, FamilyPage, MemberRow, Tile
from tarahum_desktop.ui.family.ports import Loaded
from tarahum_desktop.ui.family.terms import Terms, leaving_words
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.record_words import field_name, shown_value

_ADULT = 18
MOST_DUTIES = 6
_KIND_TONES: dict[Kind, Tone] = {
    Kind.PRISONER: "attention",
    Kind.RELEASED: "info",
    Kind.FAMILY_MEMBER: "text",
}


def family_page(kit: Kit, loaded: Loaded, today: dt.date) -> FamilyPage:
    """The whole page of a family on a day."""
    file, terms = loaded.file, Terms(kit.words, loaded.lists)
    words = kit.words
    return FamilyPage(
        title=words.t("Family of {name}").format(name=file.head_name or words.t("(head not recorded)")),
        subtitle=_subtitle(kit, terms, file),
        chips=_chips(kit, terms, file, len(loaded.conflicts)),
        tiles=_tiles(kit, file, today),
        todo=_todo(kit, file),
        conflicts=tuple(_conflict(kit, loaded, one) for one in loaded.conflicts),
        members=tuple(_member(kit, terms, one) for one in file.members),
        custody=custody_facts(kit, terms, file, today),
        plan=plan_rows(kit, terms, file),
        matrix=matrix_picture(kit, terms, file, today),
        deliveries=delivery_rows(kit, terms, file),
        money=money_facts(kit, file),
        visits=visit_rows(kit, terms, file),
        consents=_consents(kit, terms, file),
        household_id=file.household_id,
        draft_id=file.draft_id,
        may_visit=file.may_visit,
        last_report=next((visit.id for visit in file.visits if visit.receipt_number), None),
        file_number=file.file_number,
        address=_address(kit, terms, file),
        may=file.may,
    )


def _subtitle(kit: Kit, terms: Terms, file: FamilyFile) -> str:
    words = kit.words
    place = words.p("list separator", ", ").join(
        p for p in (terms.named(file.place_ar, file.place_en), file.district) if p
    )
    officer = terms.named(file.case.officer_ar, file.case.officer_en) if file.case else ""
    parts = [words.t("File {number}").format(number=kit.formats.code(file.file_number)), place]
    if officer:
        parts.append(words.t("Officer: {name}").format(name=isolate(officer)))
    return " · ".join(part for part in parts if part)


def _chips(kit: Kit, terms: Terms, file: FamilyFile, conflicts: int) -> tuple[Chip, ...]:
    words = terms.words
    if file.case is None:
        chips = [Chip(words.t("No case yet"), "attention", "info")]
    else:
        chips = [Chip(terms.state(file.case.state), terms.state_tone(file.case.state), "file")]
        if file.case.restricted:
            chips.append(Chip(words.t("Restricted file"), "danger", "lock"))
    chips += [
        Chip(alert_words(words, kind), "danger", "warning")
        for kind in dict.fromkeys(one.kind for one in file.alerts)
    ]
    chips += [Chip(terms.of("risk_flag", code), "danger", "warning") for code in file.risk_flags]
    if conflicts:
        text = words.n("{count} open conflict", "{count} open conflicts", conflicts)
        chips.append(Chip(text.format(count=kit.formats.number(conflicts)), "attention", "conflict"))
    return tuple(chips)


def _tiles(kit: Kit, file: FamilyFile, today: dt.date) -> tuple[Tile, ...]:
    words, formats = kit.words, kit.formats
    present = [member for member in file.members if member.left_on is None]
    children = sum(1 for member in present if member.age is not None and member.age < _ADULT)
    people = words.n("{count} person", "{count} people", len(present)).format(
        count=formats.number(len(present))
    )
    young = words.n("{count} under 18", "{count} under 18 years", children)
    given = words.n("{count} delivery confirmed", "{count} deliveries confirmed", _confirmed(file))
    return (
        Tile(words.t("Household"), people, young.format(count=formats.number(children))),
        _last_visit(kit, file, today),
        _next_visit(kit, file.next_visit_on, today),
        Tile(
            words.t("Received"), formats.money(file.delivered_halalas),
            given.format(count=formats.number(_confirmed(file))),
        ),
    )  # fmt: skip


def _confirmed(file: FamilyFile) -> int:
    return sum(1 for one in file.deliveries if one.confirmed)


def _last_visit(kit: Kit, file: FamilyFile, today: dt.date) -> Tile:
    words = kit.words
    caption = words.t("Last visit")
    if not file.visits:
        return Tile(caption, words.t("Not visited yet"), words.t("Begin with a first visit."), "attention")
    day = file.visits[0].visited_on
    return Tile(caption, days_away(kit, (day - today).days), kit.formats.date(day))


def _next_visit(kit: Kit, day: dt.date | None, today: dt.date) -> Tile:
    words = kit.words
    caption = words.t("Next visit")
    if day is None:
        return Tile(caption, words.t("No date yet"), words.t("The next visit will set one."), "soft")
    away = (day - today).days
    value = words.t("Overdue") if away < 0 else days_away(kit, away)
    return Tile(caption, value, kit.formats.date(day), "danger" if away < 0 else "text")


def _member(kit: Kit, terms: Terms, member: MemberLine) -> MemberRow:
    words = kit.words
    relation = words.t("Head of household") if member.is_head else terms.of("kinship", member.relation)
    if member.left_on is not None:
        relation = _left(kit, relation, member)
    elif not member.resident and member.kind is not Kind.PRISONER:
        relation = words.t("{relation}, lives elsewhere").format(relation=relation)
    return MemberRow(
        member.name, relation, "" if member.age is None else kit.formats.number(member.age),
        terms.kind(member.kind), _KIND_TONES[member.kind],
        kit.formats.code(member.id_number) if member.id_number else words.t("Not recorded"), member.person_id,
    )  # fmt: skip


def _left(kit: Kit, relation: str, member: MemberLine) -> str:
    """Somebody of before, with why and since when."""
    words = kit.words
    why = leaving_words(words, member.left_because) or words.t("left")
    return words.t("{relation}, {why} {date}").format(
        relation=relation,
        why=why,
        date=kit.formats.code(member.left_on.isoformat()) if member.left_on else "",
    )


def _todo(kit: Kit, file: FamilyFile) -> tuple[Fact, ...]:
    """Alerts nobody took on, then what is due, the longest overdue first."""
    words, formats = kit.words, kit.formats
    names = {member.person_id: member.name for member in file.members}
    alerts = tuple(
        Fact(
            alert_words(words, one.kind), isolate(called(names[one.person_id])) if one.person_id in names else one.note,
            words.t("Alert of {date}, waiting for the supervisor").format(
                date=formats.date(one.raised_at.astimezone(RIYADH).date())
            ),
            "danger", "warning",
        )
        for one in file.alerts
    )  # fmt: skip
    shown = tuple(_duty(kit, one) for one in file.duties[:MOST_DUTIES])
    if rest := len(file.duties) - MOST_DUTIES if len(file.duties) > MOST_DUTIES else 0:
        more = words.n("{count} more task", "{count} more tasks", rest).format(count=formats.number(rest))
        shown += (Fact(more, words.t("All of them stand in the course of the case."), "", "soft", "info"),)
    return alerts + shown


def _duty(kit: Kit, duty: DutyLine) -> Fact:
    words = kit.words
    late = duty.days > 0
    away = days_away(kit, -duty.days)
    text = words.t("Overdue, {away}").format(away=away) if late else away
    who = isolate(called(duty.person_name)) if duty.person_name else ""
    detail = " · ".join(part for part in (who, kit.formats.date(duty.due_on)) if part)
    return Fact(task_words(words, duty.kind, duty.step), text, detail, "danger" if late else "text", "clock")


def _address(kit: Kit, terms: Terms, file: FamilyFile) -> Fact:
    words = kit.words
    place = words.p("list separator", ", ").join(
        part for part in (terms.named(file.place_ar, file.place_en), file.district) if part
    )
    code = kit.formats.code(file.short_address) if file.short_address else ""
    parts = [part for part in (file.directions, code) if part]
    return Fact(
        words.t("Where they live"), place or words.t("Not recorded"), "\n".join(parts), "text", "place"
    )


def _consents(kit: Kit, terms: Terms, file: FamilyFile) -> tuple[Fact, ...]:
    words, facts = kit.words, []
    for one in file.consents:
        held = one.given and one.withdrawn_at is None
        state = words.t("Agreed") if held else words.t("Withdrawn") if one.given else words.t("Not agreed")
        moment = one.withdrawn_at or one.given_at
        parts = [state, kit.formats.date(moment.astimezone(RIYADH).date())]
        if one.person_id != file.head_person_id:
            parts.insert(0, isolate(called(one.person_name)))
        title = terms.of("consent_purpose", one.purpose)
        tone: Tone = "text" if held else "attention"
        facts.append(Fact(title, " · ".join(parts), "", tone, "check" if held else "close"))
    return tuple(facts)


def _conflict(kit: Kit, loaded: Loaded, one: OpenConflict) -> Fact:
    words = kit.words
    names = {member.person_id: member.name for member in loaded.file.members}
    shown, written = (
        shown_value(kit, loaded.lists, one.entity, one.field, side.value, names)
        for side in (one.shown, one.other)
    )
    text = words.t("Shown now: {value}").format(value=_by(kit, shown, one.shown))
    other = words.t("Also written: {value}").format(value=_by(kit, written, one.other))
    title = field_name(kit, one.field)
    if one.about:
        title = words.t("{field} of {name}").format(field=title, name=isolate(one.about))
    return Fact(title, text, other, "attention", "conflict")


def _by(kit: Kit, value: str, side: Side) -> str:
    words = kit.words
    by = isolate(first_and_last(side.by)) if side.by else words.t("somebody not known on this machine")
    who = (
        by if side.at is None else words.p("list separator", ", ").join((by, kit.formats.date_time(side.at)))
    )
    return f"{value} – {who}"
