"""Month names as shown; the spellings people type are the domain's affair."""

from tarahum_desktop.domain.dates import Calendar
from tarahum_desktop.i18n.words import Words, msgid

HIJRI_MONTHS = (
    msgid("Muharram"), msgid("Safar"), msgid("Rabi al-Awwal"), msgid("Rabi al-Akhir"),
    msgid("Jumada al-Ula"), msgid("Jumada al-Akhirah"), msgid("Rajab"), msgid("Shaban"),
    msgid("Ramadan"), msgid("Shawwal"), msgid("Dhu al-Qadah"), msgid("Dhu al-Hijjah"),
)  # fmt: skip
GREGORIAN_MONTHS = (
    msgid("January"), msgid("February"), msgid("March"), msgid("April"), msgid("May"), msgid("June"),
    msgid("July"), msgid("August"), msgid("September"), msgid("October"), msgid("November"), msgid("December"),
)  # fmt: skip


def month_name(words: Words, calendar: Calendar, month: int) -> str:
    """The month's name in the reader's language; months count from 1."""
    names = HIJRI_MONTHS if calendar is Calendar.HIJRI else GREGORIAN_MONTHS
    return words.t(names[month - 1])
