"""Fills an empty centre with the organisation and the catalogue of `resources/catalogue`.

The ids derive from the codes, so that every installation has the same rows; what is there already is left alone,
because people may have changed it since.
"""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from tarahum_desktop.models import (
    Agreement,
    ApprovalLevel,
    Committee,
    Facility,
    FormVersion,
    Place,
    Programme,
    ReferenceItem,
    Region,
    Replicated,
    Scope,
    Service,
    Team,
    Track,
)
from tarahum_desktop.models.ids import seed_id
from tarahum_desktop.resource_files import resource
from tarahum_desktop.sync.capture import captured_session
from tarahum_desktop.sync.publish import publish
from tarahum_server.centre import NATIONAL, Centre

_MILLION = 1_000_000


def seed(centre: Centre) -> int:
    """Insert the rows that are missing; returns how many there were."""
    rows = [*_organisation(), *_catalogue(), *_lists(), *_agreements(), *_forms()]
    with captured_session(centre.replica, None) as session:
        there: set[Any] = set()
        for model in {type(row) for row in rows}:
            there.update(session.scalars(select(model.id)))
        fresh = [row for row in rows if row.id not in there]
        session.add_all(fresh)
        session.flush()
        publish(session.connection(), centre.replica)
        session.commit()
    return len(fresh)


def _read(*names: str) -> Any:
    return json.loads(resource("catalogue", *names).read_text(encoding="utf-8"))


def _row(model: type[Replicated], key: str, **values: Any) -> Replicated:
    return model(id=seed_id(model.__tablename__, key), scope=NATIONAL, **values)


def _names(entry: dict[str, Any]) -> dict[str, Any]:
    return {"code": entry["code"], "name_ar": entry["name_ar"], "name_en": entry["name_en"]}


def _organisation() -> Iterator[Replicated]:
    document = _read("organisation.json")
    for one in document["regions"]:
        yield _row(Region, one["code"], iso=one["iso"], **_names(one))
    yield from _scopes(document)
    for one in document["committees"]:
        yield _row(
            Committee, one["code"], **_names(one), region_code=one["region"],
            seat_city_ar=one["seat_city_ar"], has_women_section=one["has_women_section"],
        )  # fmt: skip
    for one in document["teams"]:
        yield _row(Team, one["code"], **_names(one), committee_code=one["committee"], kind=one["kind"])
    for one in document["facilities"]:
        yield _row(
            Facility, one["code"], **_names(one), committee_code=one["committee"], type_code=one["type"],
            city_ar=one["city_ar"], gender=one["gender"],
        )  # fmt: skip
    for one in _read("places.json")["places"]:
        yield _row(
            Place, one["code"], **_names(one), committee_code=one["committee"], region_code=one["region"],
            kind=one["setting"], latitude_e6=round(one["latitude"] * _MILLION),
            longitude_e6=round(one["longitude"] * _MILLION),
        )  # fmt: skip


def _scopes(organisation: dict[str, Any]) -> Iterator[Replicated]:
    yield _row(Scope, NATIONAL, code=NATIONAL, kind="national", name_ar="المملكة", name_en="National")
    for one in organisation["committees"]:
        yield _row(Scope, one["code"], **_names(one), kind="committee", committee_code=one["code"])
    for one in organisation["teams"]:
        yield _row(Scope, one["code"], **_names(one), kind="team", committee_code=one["committee"])


def _catalogue() -> Iterator[Replicated]:
    document = _read("catalogue.json")
    for one in document["tracks"]:
        yield _row(Track, one["code"], **_names(one))
    tracks = {one["code"]: one["track"] for one in document["programmes"]}
    for one in document["programmes"]:
        yield _row(Programme, one["code"], **_names(one), track_code=one["track"])
    for one in document["approval_levels"]:
        yield _row(ApprovalLevel, one["code"], **_names(one), limit_halalas=one["limit_halalas"])
    for one in document["services"]:
        rules = ("repeat_guard_days", "annual_cap", "needs_study", "study_max_age_months", "fund_sources")
        yield _row(
            Service, one["code"], **_names(one), programme_code=one["programme"],
            track_code=tracks[one["programme"]], unit_ar=one["unit_ar"], unit_en=one["unit_en"],
            amount_kind=one["amount"], approval_level=one["approval_level"], kinds=one["eligible_kinds"],
            evidence=one["evidence"], rules={name: one[name] for name in rules},
        )  # fmt: skip


def _lists() -> Iterator[Replicated]:
    lists = {one["code"]: one["items"] for one in _read("reference_lists.json")["lists"]}
    types = _read("organisation.json")["facility_types"]
    lists["facility_type"] = [
        {"code": one["code"], "ar": one["name_ar"], "en": one["name_en"]} for one in types
    ]
    lists["agreement_field"] = _read("agreements.json")["fields"]
    for list_code, items in lists.items():
        for position, one in enumerate(items, 1):
            yield _row(
                ReferenceItem, f"{list_code}/{one['code']}", list_code=list_code, code=one["code"],
                name_ar=one["ar"], name_en=one["en"], position=position,
            )  # fmt: skip


def _agreements() -> Iterator[Replicated]:
    for one in _read("agreements.json")["agreements"]:
        details = ("committee", "services", "purpose_ar", "purpose_en")
        yield _row(
            Agreement, one["code"], number=one["code"], field_code=one["field"],
            partner_ar=one["partner_ar"], partner_en=one["partner_en"], first_day=_day(one["signed_on"]),
            last_day=_day(one["ends_on"]), shared_fields={name: one[name] for name in details},
        )  # fmt: skip


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _forms() -> Iterator[Replicated]:
    for file in sorted(resource("catalogue", "forms").glob("*.json")):
        document = json.loads(file.read_text(encoding="utf-8"))
        code, version = document["form"], document["version"]
        yield _row(FormVersion, f"{code}/{version}", code=code, version=version, document=document)
