"""The catalogue, organisation and year as plain values, read once from the shipped data files."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KINDS = ("prisoner", "released", "family_member")
"""Beneficiary kinds, in the order of every kind axis here."""


@dataclass(frozen=True, slots=True)
class AmountModel:
    """A log-normal amount in halalas, cut at both ends."""

    median: int
    sigma: float
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """What the plan needs to know of one service."""

    code: str
    track: str
    kinds: tuple[bool, bool, bool]
    amount: AmountModel | None
    optional_amount: bool
    level: int
    guard_days: int
    yearly_cap: int
    funds: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """A town with its rough position in degrees."""

    code: str
    name_ar: str
    latitude: float
    longitude: float
    setting: str


@dataclass(frozen=True, slots=True)
class FacilityFacts:
    """A prison or home."""

    code: str
    type_code: str
    gender: str


@dataclass(frozen=True, slots=True)
class CommitteeFacts:
    """One committee's part of the full year."""

    code: str
    persons_by_kind: tuple[int, int, int]
    services: tuple[int, ...]
    places: tuple[PlaceFacts, ...]
    facilities: tuple[FacilityFacts, ...]


@dataclass(frozen=True, slots=True)
class World:
    """All facts of the full-scale year; ``year`` is the raw document of the remaining shares."""

    committees: tuple[CommitteeFacts, ...]
    services: tuple[ServiceFacts, ...]
    limits: tuple[int | None, ...]
    year: Mapping[str, Any]
    names: Mapping[str, Any]
    phrases: Mapping[str, Any]
    domains: tuple[tuple[str, bool], ...]
    agreements: Mapping[str, tuple[str, ...]]

    @property
    def persons(self) -> int:
        """Distinct persons of the full year."""
        return sum(sum(committee.persons_by_kind) for committee in self.committees)

    @property
    def delivered(self) -> int:
        """Services of the full year."""
        return sum(sum(committee.services) for committee in self.committees)


def read_world(folder: Path) -> World:
    """Read the data files of ``resources/catalogue``."""
    year = _read(folder, "synthetic_year")
    organisation = _read(folder, "organisation")
    catalogue = _read(folder, "catalogue")
    places = _read(folder, "places")["places"]
    matrix = {line["committee"]: tuple(line["services"]) for line in year["matrix"]}
    return World(
        committees=tuple(
            CommitteeFacts(
                code=entry["code"],
                persons_by_kind=(
                    entry["by_kind"]["prisoner"],
                    entry["by_kind"]["released"],
                    entry["by_kind"]["family_member"],
                ),
                services=matrix[entry["code"]],
                places=tuple(_place(place) for place in places if place["committee"] == entry["code"]),
                facilities=tuple(
                    FacilityFacts(facility["code"], facility["type"], facility["gender"])
                    for facility in organisation["facilities"]
                    if facility["committee"] == entry["code"]
                ),
            )
            for entry in year["committees"]
        ),
        services=_services(catalogue, year["service_codes"]),
        limits=tuple(level["limit_halalas"] for level in catalogue["approval_levels"]),
        year=year,
        names=_read(folder, "names"),
        phrases=_read(folder, "observation_phrases"),
        domains=tuple(
            (domain["code"], domain["may_be_not_applicable"]) for domain in _read(folder, "matrix")["domains"]
        ),
        agreements=_agreements(_read(folder, "agreements")),
    )


def _read(folder: Path, name: str) -> Any:
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def _place(entry: Mapping[str, Any]) -> PlaceFacts:
    return PlaceFacts(
        entry["code"], entry["name_ar"], entry["latitude"], entry["longitude"], entry["setting"]
    )


def _services(catalogue: Mapping[str, Any], order: list[str]) -> tuple[ServiceFacts, ...]:
    tracks = {programme["code"]: programme["track"] for programme in catalogue["programmes"]}
    levels = [level["code"] for level in catalogue["approval_levels"]]
    by_code = {service["code"]: service for service in catalogue["services"]}
    found = []
    for code in order:
        service = by_code[code]
        model = service["amount_model"]
        eligible = service["eligible_kinds"]
        found.append(
            ServiceFacts(
                code=code,
                track=tracks[service["programme"]],
                kinds=(KINDS[0] in eligible, KINDS[1] in eligible, KINDS[2] in eligible),
                amount=None
                if model is None
                else AmountModel(
                    model["median_halalas"], model["sigma"], model["min_halalas"], model["max_halalas"]
                ),
                optional_amount=service["amount"] == "optional",
                level=levels.index(service["approval_level"]),
                guard_days=service["repeat_guard_days"],
                yearly_cap=service["annual_cap"],
                funds=tuple(service["fund_sources"]),
                evidence=tuple(proof["ar"] for proof in service["evidence"]),
            )
        )
    return tuple(found)


def _agreements(document: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Agreement codes by ``committee/service``; national agreements under ``/service``."""
    found: dict[str, list[str]] = {}
    for entry in document["agreements"]:
        for service in entry["services"]:
            found.setdefault(f"{entry['committee'] or ''}/{service}", []).append(entry["code"])
    return {key: tuple(codes) for key, codes in found.items()}
