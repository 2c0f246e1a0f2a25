"""The matrix on the page: drawn, or as a table on demand."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tarahum_desktop.ui.family.cards import fact_line
from tarahum_desktop.ui.family.matrix_paint import MatrixBars, MatrixRadar
from tarahum_desktop.ui.family.matrix_trend import MatrixTrend
from tarahum_desktop.ui.family.page_model import DomainLine, MatrixPicture
from tarahum_desktop.ui.family.quiet_table import QuietTable
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.reflow import Reflow
from tarahum_desktop.ui.widgets.table import Column

NARROW_DRAWING = 780
MOST_RATINGS = 5


class MatrixCard(Card):
    """Bars and radar; one button turns them into a table that can be walked and read aloud."""

    def __init__(self, kit: Kit, picture: MatrixPicture) -> None:
        super().__init__(kit, kit.words.t("Self-sufficiency matrix"), icon="chart")
        self._kit = kit
        self._days = picture.days
        self._picture = self._drawn(picture)
        self.table = QuietTable(
            kit,
            self._columns(),
            kit.words.t("Self-sufficiency matrix"),
            picture.domains,
            len(picture.domains),
        )
        self.table.hide()
        self.turn_button = button(kit, kit.words.t("Show as a table"), self.turn, role="quiet")
        self.head.addWidget(self.turn_button)
        if picture.finding is not None:
            self.add(fact_line(kit, picture.finding))
        self.add(label(self._legend(picture), size="caption", tone="soft", wraps=True))
        self.add(self._picture)
        self.trend = MatrixTrend(kit, picture) if len(picture.days) > 1 else None
        if self.trend is not None:
            first, last = (kit.formats.date(day) for day in (picture.days[0], picture.days[-1]))
            text = kit.words.t("Over time, from {first} to {last}").format(first=first, last=last)
            self.trend_title = label(text, size="strong", wraps=True)
            self.add(self.trend_title)
            self.add(self.trend)
        self.add(self.table)

    def turn(self) -> None:
        """Show the other face."""
        table = self.table.isHidden()
        self.table.setVisible(table)
        self._picture.setVisible(not table)
        if self.trend is not None:
            self.trend.setVisible(not table)
            self.trend_title.setVisible(not table)
        words = self._kit.words
        self.turn_button.setText(words.t("Show as a picture") if table else words.t("Show as a table"))

    def _legend(self, picture: MatrixPicture) -> str:
        words = self._kit.words
        latest = words.t("Filled: rating of {date}").format(date=picture.latest_day)
        if not picture.first_day:
            return latest
        first = words.t("Ring and dashed line: first rating, {date}").format(date=picture.first_day)
        return f"{latest} · {first}"

    def _drawn(self, picture: MatrixPicture) -> QWidget:
        face = Reflow(self._kit, NARROW_DRAWING)
        face.row.addWidget(MatrixBars(self._kit, picture), 1, Qt.AlignmentFlag.AlignVCenter)
        face.row.addWidget(MatrixRadar(self._kit, picture), 0, Qt.AlignmentFlag.AlignCenter)
        return face

    def _columns(self) -> list[Column[DomainLine]]:
        words = self._kit.words

        def score(value: int | None) -> str:
            return "–" if value is None else self._kit.formats.number(value)

        ratings = [
            Column[DomainLine](
                self._kit.formats.code(self._days[at].isoformat()),
                lambda line, at=at: score(line.points[at]),  # type: ignore[misc]  # the place is bound, not asked
                2,
            )
            for at in self._listed()
        ]
        return [
            Column(words.t("Domain"), lambda line: line.title, 4),
            *ratings,
            Column(words.t("Level"), lambda line: line.level, 3),
            Column(words.p("of a score", "Change"), lambda line: line.change, 2),
        ]

    def _listed(self) -> list[int]:
        """The first rating and the latest ones: as many as can stand beside each other."""
        places = list(range(len(self._days)))
        return places if len(places) <= MOST_RATINGS else [0, *places[1 - MOST_RATINGS :]]
