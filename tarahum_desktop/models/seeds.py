"""The rows every installation begins with: organisation, catalogue, lists, form and agreements (national scope).

Their ids are fixed by entity and code, so every installation makes the same rows.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tarahum_desktop.models.ids import seed_id
from tarahum_desktop.models.seed_scopes import scopes_below

NATIONAL = "national"
Row = dict[str, Any]
_Document = Mapping[str, Any]


def seed_rows(folder: Path) -> Iterator[tuple[str, list[Row]]]:
    """All rows of ``resources/catalogue``, table by table in order of dependence."""
    organisation, catalogue = _read(folder, "organisation"), _read(folder, "catalogue")
    yield from _organisation(organisation, _read(folder, "places")["places"])
    yield from _catalogue(catalogue)
    yield "form_version", [_form(path) for path in sorted((folder / "forms").glob("*.json"))]
    agreements = _read(folder, "agreements")
    lists = _read(folder, "reference_lists")["lists"]
    yield "reference_item", _reference_items(lists, organisation["facility_types"], agreements["fields"])
    yield "agreement", _rows("agreement", agreements["agreements"], "code", _agreement)


def _read(folder: Path, name: str) -> Any:
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def _rows(
    entity: str, entries: Iterable[_Document], key: str, values: Callable[[_Document], Row]
) -> list[Row]:
    return [seed_row(entity, entry[key], values(entry)) for entry in entries]


def seed_row(entity: str, code: str, values: Row) -> Row:
    """A national row with the id its code gives it."""
    return {"id": seed_id(entity, code), "scope": NATIONAL, "author": None, **values}


def _picked(*names: str, **renamed: str) -> Callable[[_Document], Row]:
    """Columns taken as they are, and ``column="name in the file"``."""
    columns = {name: name for name in names} | renamed
    return lambda entry: {column: entry[name] for column, name in columns.items()}


def _organisation(document: _Document, places: list[_Document]) -> Iterator[tuple[str, list[Row]]]:
    named = ("code", "name_ar", "name_en")
    yield "region", _rows("region", document["regions"], "code", _picked(*named, "iso"))
    yield (
        "committee",
        _rows(
            "committee",
            document["committees"],
            "code",
            _picked(*named, "seat_city_ar", "has_women_section", region_code="region"),
        ),
    )
    yield "scope", list(_scopes(document))
    yield (
        "team",
        _rows(
            "team",
            document["teams"],
            "code",
            lambda entry: {
                **_picked(*named, "kind", committee_code="committee")(entry),
                "facility_code": entry.get("facility"),
            },
        ),
    )
    yield "place", _rows("place", places, "code", _place)
    yield (
        "facility",
        _rows(
            "facility",
            document["facilities"],
            "code",
            _picked(*named, "city_ar", "gender", committee_code="committee", type_code="type"),
        ),
    )


def _place(entry: _Document) -> Row:
    return {
        **_picked(
            "code", "name_ar", "name_en", committee_code="committee", region_code="region", kind="setting"
        )(entry),
        "latitude_e6": round(entry["latitude"] * 1_000_000),
        "longitude_e6": round(entry["longitude"] * 1_000_000),
    }


def _scopes(organisation: _Document) -> Iterator[Row]:
    named = {"name_ar": "البيانات الوطنية", "name_en": "National data"}
    yield seed_row("scope", NATIONAL, {"code": NATIONAL, "kind": "national", "committee_code": None, **named})
    for kind, entries in (("committee", organisation["committees"]), ("team", organisation["teams"])):
        for entry in entries:
            committee = entry["code"] if kind == "committee" else entry["committee"]
            values = {"kind": kind, "committee_code": committee}
            yield seed_row("scope", entry["code"], _picked("code", "name_ar", "name_en")(entry) | values)
    for below in scopes_below(organisation["committees"]):
        yield seed_row("scope", below["code"], below)


def _catalogue(document: _Document) -> Iterator[tuple[str, list[Row]]]:
    named = ("code", "name_ar", "name_en")
    tracks = {entry["code"]: entry["track"] for entry in document["programmes"]}
    yield "track", _rows("track", document["tracks"], "code", _picked(*named))
    yield "programme", _rows("programme", document["programmes"], "code", _picked(*named, track_code="track"))
    yield (
        "approval_level",
        _rows("approval_level", document["approval_levels"], "code", _picked(*named, "limit_halalas")),
    )
    yield "service", _rows("service", document["services"], "code", lambda entry: _service(entry, tracks))


def _service(entry: _Document, tracks: Mapping[str, str]) -> Row:
    rules = (
        "repeat_guard_days",
        "annual_cap",
        "needs_study",
        "study_max_age_months",
        "fund_sources",
        "amount_model",
    )
    some = ("yearly_amount_halalas", "amount_cap_halalas", "debt_cap_halalas", "custody_months")
    kept = (
        *rules,
        *(name for name in (*some, "once_in_life", "private_right", "no_criminal_case") if name in entry),
    )
    return {
        **_picked(
            "code", "name_ar", "name_en", "unit_ar", "unit_en", "approval_level", "evidence",
            programme_code="programme", amount_kind="amount", kinds="eligible_kinds",
        )(entry),
        "track_code": tracks[entry["programme"]],
        "rules": {name: entry[name] for name in kept},
    }  # fmt: skip


def _form(path: Path) -> Row:
    document = json.loads(path.read_text(encoding="utf-8"))
    values = {"code": document["form"], "version": document["version"], "document": document}
    return seed_row("form_version", path.stem, values)


def _reference_items(lists: list[_Document], types: list[_Document], fields: list[_Document]) -> list[Row]:
    facility_types = [
        {"code": entry["code"], "ar": entry["name_ar"], "en": entry["name_en"]} for entry in types
    ]
    everything = [
        *lists,
        {"code": "facility_type", "items": facility_types},
        {"code": "agreement_field", "items": fields},
    ]
    return [
        seed_row(
            "reference_item",
            f"{one['code']}/{item['code']}",
            {"list_code": one["code"], "code": item["code"], "name_ar": item["ar"], "name_en": item["en"],
             "position": position},
        )
        for one in everything
        for position, item in enumerate(one["items"], start=1)
    ]  # fmt: skip


def _agreement(entry: _Document) -> Row:
    return {
        "number": entry["code"],
        "field_code": entry["field"],
        "partner_ar": entry["partner_ar"],
        "partner_en": entry["partner_en"],
        "first_day": dt.date.fromisoformat(entry["signed_on"]),
        "last_day": dt.date.fromisoformat(entry["ends_on"]),
        "shared_fields": entry["shared_fields"],
        "services": entry["services"],
        "committee_code": entry["committee"],
        "purpose_ar": entry["purpose_ar"],
        "purpose_en": entry["purpose_en"],
    }
