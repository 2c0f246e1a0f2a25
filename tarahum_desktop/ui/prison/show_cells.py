"""How cells of the desk's grids are read back to the person who typed them."""

from collections.abc import Mapping
from datetime import date

from tarahum_desktop.casework.prison.arrival_row import read_status
from tarahum_desktop.domain.dates import DateError, hijri_or_none
from tarahum_desktop.domain.short_dates import read_entry_day
from tarahum_desktop.domain.text import isolate_code
from tarahum_desktop.i18n.digits import shown_digits
from tarahum_desktop.ui.kit import Kit


def entry_day(kit: Kit, text: str, today: date) -> str:
    """A typed day as it was understood, in both calendars; what cannot be read stays as typed."""
    try:
        read = read_entry_day(text, today)
    except DateError:
        return text
    known = read.range()
    return short_day(kit, known.first) if known.first == known.last else kit.formats.partial_date(read)


def short_day(kit: Kit, day: date) -> str:
    """A day in both calendars by numbers alone, for cells too narrow for the month's name."""
    hijri = hijri_or_none(day)
    if hijri is None:
        return day.isoformat()
    given = shown_digits(f"{hijri.year}/{hijri.month}/{hijri.day}", kit.formats.digits)
    return f"{isolate_code(given)} · {isolate_code(day.isoformat())}"


def status_words(text: str, statuses: Mapping[str, str]) -> str:
    """A custody status in the reader's words; pasted words that mean nothing stay as they are."""
    return statuses.get(read_status(text), text)
