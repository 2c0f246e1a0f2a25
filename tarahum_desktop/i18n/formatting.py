"""Numbers, money, dates and codes as one reader has chosen to see them.

Everything is stored in ASCII, halalas and UTC; only this file decides how it looks. Values whose order
must not turn inside Arabic (ISO dates, phones, IBANs, codes) leave here inside isolates.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from tarahum_desktop.domain.dates import Calendar, Certainty, PartialDate, Precision, hijri_or_none
from tarahum_desktop.domain.text import isolate_code
from tarahum_desktop.i18n.digits import DigitSet, shown_digits
from tarahum_desktop.i18n.month_words import month_name
from tarahum_desktop.i18n.words import Words

CalendarChoice = Literal["both", "hijri", "gregorian"]
RIYADH = ZoneInfo("Asia/Riyadh")
_BYTE_STEP = 1024


@dataclass(frozen=True)
class Formatter:
    """Formats values for one reader: language, digit set and calendar."""

    words: Words
    digits: DigitSet = "arabic"
    calendar: CalendarChoice = "both"

    def number(self, value: int) -> str:
        """A whole number with thousands separators."""
        text = shown_digits(f"{value:,}", self.digits)
        return isolate_code(text) if value < 0 else text

    def decimal(self, value: float, places: int = 1) -> str:
        """A measured number with a fixed number of places."""
        text = shown_digits(f"{value:,.{places}f}", self.digits)
        return isolate_code(text) if value < 0 else text

    def percent(self, share: float) -> str:
        """A share of one as whole per cent: 0.25 is 25 %."""
        return shown_digits(f"{share * 100:.0f}%", self.digits)

    def money(self, halalas: int) -> str:
        """An amount in riyals; halalas are shown only when there are some."""
        riyals, rest = divmod(abs(halalas), 100)
        amount = f"{riyals:,}.{rest:02}" if rest else f"{riyals:,}"
        sign = "-" if halalas < 0 else ""
        shown = shown_digits(sign + amount, self.digits)
        return self.words.t("{amount} SAR").format(amount=isolate_code(shown) if sign else shown)

    def date(self, day: date) -> str:
        """A day in the chosen calendars: Hijri in words first, then the ISO date."""
        iso = isolate_code(day.isoformat())
        hijri = hijri_or_none(day)
        if self.calendar == "gregorian" or hijri is None:
            return iso
        month = month_name(self.words, Calendar.HIJRI, hijri.month)
        text = f"{self._plain(hijri.day)} {month} {self._plain(hijri.year)}"
        return text if self.calendar == "hijri" else f"{text} · {iso}"

    def date_time(self, moment: datetime) -> str:
        """An aware moment as a day and a 24-hour time in Riyadh.

        Raises:
            ValueError: the moment has no time zone, so its hour would be a guess.
        """
        if moment.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be shown")
        local = moment.astimezone(RIYADH)
        return self.words.t("{date}, {time}").format(date=self.date(local.date()), time=self.time(moment))

    def time(self, moment: datetime) -> str:
        """The 24-hour time of an aware moment in Riyadh."""
        return isolate_code(shown_digits(moment.astimezone(RIYADH).strftime("%H:%M"), self.digits))

    def partial_date(self, given: PartialDate) -> str:
        """A date as it was given: a whole day in the chosen calendars, a lone month or year with its era."""
        if given.precision is Precision.DAY:
            text = self.date(given.midpoint())
        else:
            text = self._plain(given.year)
            if given.month is not None:
                text = f"{month_name(self.words, given.calendar, given.month)} {text}"
            hijri = given.calendar is Calendar.HIJRI
            text = (self.words.t("{year} AH") if hijri else self.words.t("{year} AD")).format(year=text)
        if given.certainty is Certainty.ESTIMATED:
            return self.words.t("{date} (estimated)").format(date=text)
        return text

    def age(self, years: int) -> str:
        """An age in whole years."""
        return self._counted(self.words.n("{count} year", "{count} years", years), years)

    def duration(self, seconds: float) -> str:
        """How long something takes or took, in its largest sensible unit, rounded up."""
        words, whole = self.words, max(0, -int(-seconds // 1))
        if whole < 60:
            return self._counted(words.n("{count} second", "{count} seconds", whole), whole)
        if whole < 3600:
            minutes = -(-whole // 60)
            return self._counted(words.n("{count} minute", "{count} minutes", minutes), minutes)
        if whole < 86400:
            hours = -(-whole // 3600)
            return self._counted(words.n("{count} hour", "{count} hours", hours), hours)
        days = -(-whole // 86400)
        return self._counted(words.n("{count} day", "{count} days", days), days)

    def ago(self, moment: datetime, now: datetime) -> str:
        """How long ago an aware moment was; moments of the last minute, or ahead, are "just now"."""
        passed = now.astimezone(UTC) - moment.astimezone(UTC)
        if passed < timedelta(minutes=1):
            return self.words.t("just now")
        # Whole sentences, because a dual after "ago" takes another case than a dual that stands alone.
        seconds = int(passed.total_seconds())
        if passed < timedelta(hours=1):
            minutes = seconds // 60
            return self._counted(self.words.n("{count} minute ago", "{count} minutes ago", minutes), minutes)
        if passed < timedelta(days=1):
            hours = seconds // 3600
            return self._counted(self.words.n("{count} hour ago", "{count} hours ago", hours), hours)
        days = seconds // 86400
        return self._counted(self.words.n("{count} day ago", "{count} days ago", days), days)

    def bytes(self, count: int) -> str:
        """A size in bytes, KB, MB or GB of 1024."""
        units = (self.words.t("{n} bytes"), self.words.t("{n} KB"), self.words.t("{n} MB"))
        value = float(count)
        for unit in units:
            if value < _BYTE_STEP:
                return unit.format(n=self.number(int(value)) if value == int(value) else self.decimal(value))
            value /= _BYTE_STEP
        return self.words.t("{n} GB").format(n=self.decimal(value))

    def phone(self, e164: str) -> str:
        """An E.164 number in readable groups, always left to right."""
        if e164.startswith("+966") and len(e164) == 13:
            return isolate_code(f"+966 {e164[4:6]} {e164[6:9]} {e164[9:]}")
        return isolate_code(e164)

    def iban(self, text: str) -> str:
        """An IBAN in groups of four, always left to right."""
        return isolate_code(" ".join(text[at : at + 4] for at in range(0, len(text), 4)))

    def code(self, text: str) -> str:
        """An identifier as it is, always left to right."""
        return isolate_code(text)

    def _plain(self, value: int) -> str:
        return shown_digits(str(value), self.digits)

    def _counted(self, message: str, count: int) -> str:
        return message.format(count=self.number(count))
