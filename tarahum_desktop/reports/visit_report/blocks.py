"""Building blocks of report pages: facts in two columns, lists with an honest empty state, notes."""

from collections.abc import Sequence
from datetime import date

from reportlab.platypus import Flowable

from tarahum_desktop.domain.text import isolate
from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.reports.pdf import theme
from tarahum_desktop.reports.pdf.paragraph import Heading, Paragraph
from tarahum_desktop.reports.pdf.table import Column, Table
from tarahum_desktop.reports.pdf.typesetter import Typesetter

Fact = tuple[str, str]
DASH = "—"


class Blocks:
    """Makes blocks for one document, in one reader's words and formats."""

    def __init__(self, typesetter: Typesetter, words: Words, formatter: Formatter) -> None:
        self.typesetter, self.words, self.formatter = typesetter, words, formatter

    def heading(self, text: str) -> Flowable:
        """A section's name."""
        return Heading(self.typesetter, text)

    def facts(self, facts: Sequence[Fact]) -> Flowable:
        """Names and values, two pairs to a row; a value that is not known shows a dash."""
        pairs = [*facts, ("", "")] if len(facts) % 2 else list(facts)
        cells = [(name, value or (DASH if name else "")) for name, value in pairs]
        rows = [(*first, *second) for first, second in zip(cells[::2], cells[1::2], strict=True)]
        label, value = theme.LABEL, theme.STRONG
        columns = [Column("", 17, style=label), Column("", 36, style=value)] * 2
        return Table(self.typesetter, columns, rows, head=False)

    def listed(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Flowable:
        """A table, or a plain sentence when there is nothing to list."""
        if not rows:
            return self.note(self.words.t("Nothing recorded."), muted=True)
        return Table(self.typesetter, columns, rows)

    def note(self, text: str, *, muted: bool = False) -> Flowable:
        """Text a person typed, or a dash when there is none."""
        style = theme.BODY.in_colour(theme.MUTED) if muted else theme.BODY
        return Paragraph(self.typesetter, text.strip() or DASH, style, own_direction=True, space_after=6)

    def own(self, text: str) -> str:
        """A name or other text of either script, so that it does not reorder its cell; a dash for none."""
        return isolate(text) if text else DASH

    def code(self, text: str) -> str:
        """An identifier, left to right; empty when there is none."""
        return self.formatter.code(text) if text else ""

    def day(self, day: date | None) -> str:
        """A day in the reader's calendars; empty when there is none."""
        return self.formatter.date(day) if day else ""

    def money(self, halalas: int | None) -> str:
        """An amount, or a dash when it is not known (which is not the same as nothing)."""
        return DASH if halalas is None else self.formatter.money(halalas)
