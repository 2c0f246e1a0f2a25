"""The small pieces the page is made of: chips, tiles, lines of a card, tables as high as their rows."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tarahum_desktop.ui.family.page_model import Chip, Fact, Tile
from tarahum_desktop.ui.family.quiet_table import MOST_ROWS, QuietTable
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.flow_layout import FlowLayout
from tarahum_desktop.ui.widgets.labels import label, picture_label
from tarahum_desktop.ui.widgets.table import Column, DataTable


def chips_row(kit: Kit, chips: Sequence[Chip]) -> QWidget:
    """Chips that wrap like words."""
    row = QWidget()
    row.setProperty("paper", "clear")
    flow = FlowLayout(row, kit.look.sizes.space_2)
    for chip in chips:
        frame = QFrame()
        frame.setProperty("role", "notice")
        frame.setProperty("tone", "info" if chip.tone in {"soft", "text"} else chip.tone)
        inner = QHBoxLayout(frame)
        inner.setContentsMargins(
            kit.look.sizes.space_3, kit.look.px(3), kit.look.sizes.space_3, kit.look.px(3)
        )
        inner.setSpacing(kit.look.sizes.space_1)
        tone = "text" if chip.tone == "soft" else chip.tone
        inner.addWidget(picture_label(kit, chip.icon, tone, 16))
        inner.addWidget(label(chip.text, tone=tone))
        flow.addWidget(frame)
    return row


def tile(kit: Kit, given: Tile) -> Card:
    """One answer to look up at a glance."""
    card = Card(kit)
    card.setAccessibleName(f"{given.caption}: {given.value}. {given.detail}")
    card.body.setSpacing(0)
    card.add(label(given.caption, size="caption", tone="soft"))
    card.add(label(given.value, size="title", tone=given.tone))
    card.add(label(given.detail, size="caption", tone="soft", wraps=True))
    card.body.addStretch(1)
    return card


def fact_line(kit: Kit, fact: Fact) -> QWidget:
    """A fact with its icon, its words, and its quiet lines."""
    line = QWidget()
    line.setProperty("paper", "clear")
    grid = QGridLayout(line)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(kit.look.sizes.space_2)
    grid.setVerticalSpacing(0)
    if fact.icon:
        grid.addWidget(picture_label(kit, fact.icon, fact.tone), 0, 0, Qt.AlignmentFlag.AlignTop)
    head = QVBoxLayout()
    head.setSpacing(0)
    head.addWidget(_beside(kit, label(fact.title, size="strong", wraps=True)))
    head.addWidget(_beside(kit, label(fact.text, tone=fact.tone, wraps=True)))
    if fact.detail:
        head.addWidget(_beside(kit, label(fact.detail, size="caption", tone="soft", wraps=True)))
    grid.addLayout(head, 0, 1)
    grid.setColumnStretch(1, 1)
    return line


def facts_card(kit: Kit, title: str, icon: str, facts: Sequence[Fact], empty: str) -> Card:
    """A card of facts, or the sentence that there are none."""
    card = Card(kit, title, icon=icon)
    for fact in facts:
        card.add(fact_line(kit, fact))
    if not facts:
        card.add(label(empty, tone="soft", wraps=True))
    card.body.addStretch(1)
    return card


def table_card(
    kit: Kit,
    title: str,
    icon: str,
    columns: Sequence[Column[Any]],
    rows: Sequence[Any],
    empty: str,
    most: int = MOST_ROWS,
) -> tuple[Card, DataTable | None]:
    """A card with a table, or the sentence that there is nothing to list."""
    card = Card(kit, title, icon=icon)
    table = QuietTable(kit, columns, title, rows, most) if rows else None
    card.add(table if table is not None else label(empty, tone="soft", wraps=True))
    return card, table


def _beside(kit: Kit, made: QLabel) -> QLabel:
    """Keep a line at the side reading begins, also a name in the other script, which Qt would send across."""
    side = Qt.AlignmentFlag.AlignRight if kit.look.right_to_left else Qt.AlignmentFlag.AlignLeft
    made.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
    return made
