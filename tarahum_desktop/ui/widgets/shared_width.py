"""Columns that share the whole width of their table, so that nothing has to be scrolled sideways."""

from collections.abc import Sequence

from PySide6.QtWidgets import QTableView


def share_width(table: QTableView, shares: Sequence[int]) -> None:
    """Give each column its share of the width, and the last one what is left; none less than a header needs."""
    total = sum(shares) or 1
    width = left = table.viewport().width()
    for at, share in enumerate(shares):
        part = left if at == len(shares) - 1 else width * share // total
        table.setColumnWidth(at, max(part, table.horizontalHeader().minimumSectionSize()))
        left -= part
