"""Rows of the national scope of the invented year: the seeds of every installation and the invented staff."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

from tarahum_desktop.models.seeds import Row, seed_row, seed_rows
from tarahum_desktop.synthetic.period import Period
from tarahum_desktop.synthetic.staff import StaffMember, all_staff


def national_rows(folder: Path, period: Period | None = None) -> Iterator[tuple[str, list[Row]]]:
    """All national rows, table by table in order of dependence; agreements' terms move with the year."""
    moved = (period or Period()).moved
    for entity, rows in seed_rows(folder):
        yield entity, [_moved(row, moved) for row in rows] if entity == "agreement" else rows
    yield from staff_rows(folder)


def _moved(row: Row, by: dt.timedelta) -> Row:
    terms = {name: row[name] and row[name] + by for name in ("first_day", "last_day")}
    return {**row, **terms}


def staff_rows(folder: Path) -> Iterator[tuple[str, list[Row]]]:
    """The invented users and their roles, for a centre that already has its seeds."""
    organisation = json.loads((folder / "organisation.json").read_text(encoding="utf-8"))
    staff = list(all_staff(tuple(entry["code"] for entry in organisation["committees"])))
    yield "user_account", [_user(member) for member in staff]
    yield "role_grant", [_grant(member) for member in staff]


def _user(member: StaffMember) -> Row:
    names = {"name_ar": member.name_ar, "name_en": member.name_en}
    values = {"login": member.login, "committee_code": member.committee, "active": True, **names}
    return seed_row("user_account", member.login, values)


def _grant(member: StaffMember) -> Row:
    values = {
        "user_id": member.id,
        "role": member.role,
        "scope_code": member.scope,
        "first_day": dt.date(2022, 1, 1),
        "last_day": None,
    }
    return seed_row("role_grant", f"{member.login}/{member.role}", values)
