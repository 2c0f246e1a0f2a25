"""How large a sheet from outside may be, and why one is refused."""

from dataclasses import dataclass

from tarahum_desktop.domain.errors import TarahumError

MEGABYTE = 1 << 20


class SheetRefused(TarahumError):
    """A file that is not read; nothing of it was used.

    Codes: ``sheet_not_a_sheet``, ``sheet_old_format``, ``sheet_locked``, ``sheet_macros``, ``sheet_damaged``,
    ``sheet_empty``; ``sheet_too_large`` (fact ``limit``, megabytes), ``sheet_swollen`` (a small file that unpacks
    to a huge one), ``sheet_too_many_rows`` and ``sheet_too_many_columns`` (fact ``limit``), ``sheet_merged_cells``
    (facts ``cells``, the first range, and ``count``).
    """

    code = "sheet_not_a_sheet"


@dataclass(frozen=True, slots=True)
class SheetLimits:
    """What is accepted. ``ratio`` is unpacked to packed size, asked only above one megabyte unpacked."""

    file_bytes: int = 20 * MEGABYTE
    unpacked_bytes: int = 100 * MEGABYTE
    ratio: int = 150
    parts: int = 500
    rows: int = 50_000
    columns: int = 200
    cell_letters: int = 4_000


STANDARD = SheetLimits()
