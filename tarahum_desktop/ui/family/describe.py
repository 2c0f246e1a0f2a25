"""From casework's family file to the words on the page; every date, amount and code gets its shown form here."""

import datetime as dt

from tarahum_desktop.casework.family_lines import CustodyLine, FamilyFile, MemberLine
from tarahum_desktop.casework.family_signals import OpenConflict, Side, Signals
from tarahum_desktop.domain.eligibility import Kind
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.i18n.formatting import RIYADH
from tarahum_desktop.ui.family.describe_matrix import matrix_picture
from tarahum_desktop.ui.family.describe_past import (
    called,
    delivery_rows,
    first_and_last,
    history,
    money_words,
    plan_rows,
    visit_rows,
)
from tarahum_desktop.ui.family.page_model import Chip, Fact, FamilyPage, MemberRow, Tile
from tarahum_desktop.ui.family.ports import Loaded
from tarahum_desktop.ui.family.terms import Terms
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone

_ADULT = 18
_SOON_DAYS = 60
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
        chips=_chips(kit, terms, file, loaded.signals),
        tiles=_tiles(kit, file, loaded.signals, today),
        conflicts=tuple(_conflict(kit, terms, one) for one in loaded.signals.conflicts),
        members=tuple(_member(kit, terms, one) for one in file.members),
        custody=_custody(kit, terms, file, today),
        plan=plan_rows(kit, terms, file),
        matrix=matrix_picture(kit, terms, file, today),
        deliveries=delivery_rows(kit, terms, file),
        money=money_words(kit, file),
        visits=visit_rows(kit, terms, file),
        consents=_consents(kit, terms, file),
        history=history(kit, terms, file),
        household_id=file.household_id,
        draft_id=file.draft_id,
        may_visit=file.may_visit,
        last_report=next((visit.id for visit in file.visits if visit.receipt_number), None),
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


def _chips(kit: Kit, terms: Terms, file: FamilyFile, signals: Signals) -> tuple[Chip, ...]:
    words = terms.words
    if file.case is None:
        chips = [Chip(words.t("No case yet"), "attention", "info")]
    else:
        chips = [Chip(terms.state(file.case.state), terms.state_tone(file.case.state), "file")]
    chips += [Chip(terms.of("risk_flag", code), "danger", "warning") for code in signals.risk_flags]
    if signals.conflicts:
        count = len(signals.conflicts)
        text = words.n("{count} open conflict", "{count} open conflicts", count)
        chips.append(Chip(text.format(count=kit.formats.number(count)), "attention", "conflict"))
    return tuple(chips)


def _tiles(kit: Kit, file: FamilyFile, signals: Signals, today: dt.date) -> tuple[Tile, ...]:
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
        _next_visit(kit, signals, today),
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
    return Tile(caption, _days_away(kit, (day - today).days), kit.formats.date(day))


def _next_visit(kit: Kit, signals: Signals, today: dt.date) -> Tile:
    words, day = kit.words, signals.next_visit_on
    caption = words.t("Next visit")
    if day is None:
        return Tile(caption, words.t("No date yet"), words.t("The next visit will set one."), "soft")
    away = (day - today).days
    value = words.t("Overdue") if away < 0 else _days_away(kit, away)
    return Tile(caption, value, kit.formats.date(day), "danger" if away < 0 else "text")


def _days_away(kit: Kit, days: int) -> str:
    words = kit.words
    if days == 0:
        return words.t("Today")
    # Whole sentences: a dual after "ago" and "in" takes another case than one that stands alone.
    message = (
        words.n("{count} day ago", "{count} days ago", -days)
        if days < 0
        else words.n("in {count} day", "in {count} days", days)
    )
    return message.format(count=kit.formats.number(abs(days)))


def _member(kit: Kit, terms: Terms, member: MemberLine) -> MemberRow:
    words = kit.words
    relation = words.t("Head of household") if member.is_head else terms.of("kinship", member.relation)
    if member.left_on is not None:
        relation = words.t("{relation}, left").format(relation=relation)
    elif not member.resident and member.kind is not Kind.PRISONER:
        relation = words.t("{relation}, lives elsewhere").format(relation=relation)
    return MemberRow(
        member.name, relation, "" if member.age is None else kit.formats.number(member.age),
        terms.kind(member.kind), _KIND_TONES[member.kind],
        kit.formats.code(member.id_number) if member.id_number else words.t("Not recorded"),
    )  # fmt: skip


def _custody(kit: Kit, terms: Terms, file: FamilyFile, today: dt.date) -> tuple[Fact, ...]:
    if file.custody_hidden:
        text = kit.words.t("Recorded, and shown only to those whose work needs it.")
        return (Fact(kit.words.t("Custody"), text, tone="soft", icon="lock"),)
    return tuple(_stay(kit, terms, stay, today) for stay in file.custody)


def _stay(kit: Kit, terms: Terms, stay: CustodyLine, today: dt.date) -> Fact:
    words, formats = kit.words, kit.formats
    facility = terms.named(stay.facility_ar, stay.facility_en)
    text = " · ".join(part for part in (terms.of("custody_status", stay.status), facility) if part)
    lines = []
    if stay.entry_day:
        lines.append(words.t("Since {date}").format(date=formats.date(stay.entry_day)))
    tone: Tone = "text"
    if stay.release_day:
        lines.append(words.t("Released {date}").format(date=formats.date(stay.release_day)))
    elif stay.expected_release_day:
        away = (stay.expected_release_day - today).days
        line = words.t("Release expected {date} ({away})")
        lines.append(line.format(date=formats.date(stay.expected_release_day), away=_days_away(kit, away)))
        tone = "attention" if away <= _SOON_DAYS else "text"
    return Fact(stay.person_name, text, "\n".join(lines), tone, "release" if stay.release_day else "prison")


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


def _conflict(kit: Kit, terms: Terms, one: OpenConflict) -> Fact:
    words = kit.words
    text = words.t("Shown now: {value}").format(value=_side(kit, one.shown))
    other = words.t("Also written: {value}").format(value=_side(kit, one.other))
    title = terms.field(one.field)
    if one.about:
        title = words.t("{field} of {name}").format(field=title, name=isolate(one.about))
    return Fact(title, text, other, "attention", "conflict")


def _side(kit: Kit, side: Side) -> str:
    words = kit.words
    value = isolate(side.value) if side.value else words.t("nothing")
    by = isolate(first_and_last(side.by)) if side.by else words.t("somebody not known on this machine")
    who = (
        by if side.at is None else words.p("list separator", ", ").join((by, kit.formats.date_time(side.at)))
    )
    return f"{value} – {who}"
