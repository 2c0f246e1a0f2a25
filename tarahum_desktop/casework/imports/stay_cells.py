"""The stay in custody that a row tells of."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from tarahum_desktop.casework.imports.cells import Cells
from tarahum_desktop.domain.custody_order import StayDays, stay_fault
from tarahum_desktop.domain.import_columns import Column
from tarahum_desktop.domain.text import ascii_digits

_TELLING = (
    Column.CUSTODY_STATUS,
    Column.ENTRY,
    Column.INMATE_NUMBER,
    Column.RELEASE,
    Column.EXPECTED_RELEASE,
)


class Known(Protocol):
    """What reading a stay needs to know."""

    @property
    def facilities(self) -> Mapping[str, str]:
        """Codes by folded name."""

    @property
    def today(self) -> date:
        """The day of the import."""


def read_stay(cells: Cells, known: Known) -> dict[str, Any] | None:
    """``CustodyEpisode`` column names, days as partial-date codes; None where the row tells of no stay."""
    if not any(cells.text(column) for column in _TELLING):
        return None
    entry = cells.date(Column.ENTRY, known.today, future=True)
    expected = cells.date(Column.EXPECTED_RELEASE, known.today, future=True)
    release = cells.date(Column.RELEASE, known.today, future=True)
    status = cells.word(Column.CUSTODY_STATUS) or ("released" if release else "convicted")
    days = StayDays("", entry.range() if entry else None, release.range() if release else None)
    if code := stay_fault(days, known.today):
        cells.refuse(Column.RELEASE if "release" in code else Column.ENTRY, code)
    stay: dict[str, Any] = {
        "status": status,
        "facility_code": cells.listed(Column.FACILITY, known.facilities),
        "inmate_number": ascii_digits(cells.short(Column.INMATE_NUMBER, 40)) or None,
        "claims_halalas": cells.money(Column.CLAIMS),
    }
    stay |= {
        name: day.to_code()
        for name, day in (("entry", entry), ("expected_release", expected), ("release", release))
        if day
    }
    return {name: value for name, value in stay.items() if value is not None}
