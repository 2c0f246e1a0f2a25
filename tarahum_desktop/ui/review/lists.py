"""The lists: their columns, and a table whose letters and digits decide instead of searching."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtGui import QKeyEvent

from tarahum_desktop.casework.conflicts.desk import OpenConflict
from tarahum_desktop.casework.conflicts.told import SetAside
from tarahum_desktop.casework.duplicates.queue import PairLine
from tarahum_desktop.casework.exceptions.queue import ExceptionLine
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.review.parts import Tab
from tarahum_desktop.ui.review.reasons import decision_in_short, decision_words
from tarahum_desktop.ui.review.troubles import trouble_of
from tarahum_desktop.ui.widgets.record_words import field_name
from tarahum_desktop.ui.widgets.table import Column, DataTable


class DecidingTable(DataTable):
    """Offers every typed character to ``decide`` before the table's own search by letters takes it."""

    def __init__(self, kit: Kit, tab: Tab, name: str, decide: Callable[[str], bool]) -> None:
        super().__init__(kit, columns_of(kit, tab), name)
        self._decide = decide

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A character decides where it means something here."""
        if not (event.text() and self._decide(event.text())):
            super().keyPressEvent(event)


def columns_of(kit: Kit, tab: Tab) -> Sequence[Column[Any]]:
    """What each list shows of an item."""
    words = kit.words
    if tab == "conflicts":
        return (
            Column[OpenConflict](words.t("Field"), lambda one: field_name(kit, one.field), 2),
            Column[OpenConflict](words.t("Of whom"), lambda one: isolate(one.about.name) or kit.formats.code(one.about.file_number), 3),
        )  # fmt: skip
    if tab == "pairs":
        return (
            Column[PairLine](words.t("Two records"), lambda one: _two_names(kit, one), 5),
            Column[PairLine](
                words.t("How likely"),
                lambda one: decision_in_short(kit, one.decision),
                2,
                lambda one: decision_words(kit, one.decision)[1],
            ),
        )
    if tab == "settled":
        return (
            Column[SetAside](words.t("Field"), lambda one: field_name(kit, one.field), 2),
            Column[SetAside](words.t("Of whom"), lambda one: isolate(one.about.name) or kit.formats.code(one.about.file_number), 3),
            Column[SetAside](words.t("Decided by"), lambda one: isolate(one.by_ar if words.language == "ar" else one.by_en or one.by_ar), 2),
        )  # fmt: skip
    return (
        Column[ExceptionLine](words.t("What is wrong"), lambda one: words.t(trouble_of(one.kind).title), 3),
        Column[ExceptionLine](
            words.t("Of whom"),
            lambda one: (
                isolate(one.about.name) if one.about.name else kit.formats.code(one.about.file_number)
            ),
            3,
        ),
    )


def _two_names(kit: Kit, one: PairLine) -> str:
    if one.first_name == one.second_name:
        return isolate(one.first_name)
    return kit.words.t("{name} / {other}").format(
        name=isolate(one.first_name), other=isolate(one.second_name)
    )
