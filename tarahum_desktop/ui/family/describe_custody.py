"""Stays in custody as a chain a person can follow: entered, moved, expected out, released, come back."""

import datetime as dt

from tarahum_desktop.casework.family_lines import CustodyLine, FamilyFile
from tarahum_desktop.domain.dates import DateError, PartialDate
from tarahum_desktop.ui.family.page_model import Fact
from tarahum_desktop.ui.family.terms import Terms
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone

_SOON_DAYS = 60


def custody_facts(kit: Kit, terms: Terms, file: FamilyFile, today: dt.date) -> tuple[Fact, ...]:
    """One fact for each stay, the latest first; or that there is something which is not for these eyes."""
    if file.custody_hidden:
        text = kit.words.t("Recorded, and shown only to those whose work needs it.")
        return (Fact(kit.words.t("Custody"), text, tone="soft", icon="lock"),)
    return tuple(_stay(kit, terms, stay, today) for stay in file.custody)


def _stay(kit: Kit, terms: Terms, stay: CustodyLine, today: dt.date) -> Fact:
    words, formats = kit.words, kit.formats
    facility = terms.named(stay.facility_ar, stay.facility_en)
    text = " · ".join(part for part in (terms.of("custody_status", stay.status), facility) if part)
    tone: Tone = "text"
    lines = []
    if stay.returns:
        count = words.n("Returned after {count} release", "Returned after {count} releases", stay.returns)
        lines.append(count.format(count=formats.number(stay.returns)))
        tone = "attention"
    if since := _when(kit, stay.entry, stay.entry_day):
        lines.append(words.t("Since {date}").format(date=since))
    lines += [_move(kit, terms, stay, at) for at in range(len(stay.moves))]
    if released := _when(kit, stay.release, stay.release_day):
        kind = terms.of("release_type", stay.release_type)
        line = words.t("Released {date}").format(date=released)
        lines.append(f"{line} · {kind}" if kind else line)
    elif stay.expected_release_day:
        away = (stay.expected_release_day - today).days
        line = words.t("Release expected {date} ({away})")
        expected = _when(kit, stay.expected_release, stay.expected_release_day)
        lines.append(line.format(date=expected, away=days_away(kit, away)))
        tone = "attention" if away <= _SOON_DAYS else tone
    return Fact(stay.person_name, text, "\n".join(lines), tone, "release" if stay.release_day else "prison")


def _move(kit: Kit, terms: Terms, stay: CustodyLine, at: int) -> str:
    move, words = stay.moves[at], kit.words
    place = terms.named(move.to_ar, move.to_en)
    if move.on is None:
        return words.t("Moved to {place}").format(place=place)
    return words.t("Moved to {place} on {date}").format(place=place, date=kit.formats.date(move.on))


def _when(kit: Kit, code: str, day: dt.date | None) -> str:
    """The date as it was given, or the day it stands for where nobody wrote how it was given."""
    try:
        return kit.formats.partial_date(PartialDate.from_code(code))
    except DateError:
        return kit.formats.date(day) if day else ""


def days_away(kit: Kit, days: int) -> str:
    """How far a day is from today, in words; negative days are past."""
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
