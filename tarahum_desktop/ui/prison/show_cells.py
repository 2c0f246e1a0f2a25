"""How cells of the desk's grids are read back to the person who typed them."""

from collections.abc import Mapping
from datetime import date

from tarahum_desktop.casework.prison.arrival_row import read_status
from tarahum_desktop.domain.dates import DateError
from tarahum_desktop.domain.short_dates import read_entry_day
from tarahum_desktop.ui.kit import Kit


def entry_day(kit: Kit, text: str, today: date) -> str:
    """A typed day as it was understood, in both calendars; what cannot be read stays as typed."""
    try:
        return kit.formats.partial_date(read_entry_day(text, today))
    except DateError:
        return text


def status_words(text: str, statuses: Mapping[str, str]) -> str:
    """A custody status in the reader's words; pasted words that mean nothing stay as they are."""
    return statuses.get(read_status(text), text)
