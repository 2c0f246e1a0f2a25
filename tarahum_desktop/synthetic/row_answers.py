"""The answers of a visit in the shape of the social study form, complete enough to have been submitted."""

import datetime as dt
from dataclasses import dataclass
from random import Random
from typing import Any

from tarahum_desktop.domain.partial_date import PartialDate
from tarahum_desktop.synthetic.custody import Stay
from tarahum_desktop.synthetic.families import Home
from tarahum_desktop.synthetic.giving import Item
from tarahum_desktop.synthetic.row_book import Filed
from tarahum_desktop.synthetic.row_members import head_answers, member_rows
from tarahum_desktop.synthetic.studies import Study
from tarahum_desktop.synthetic.world import World

FORM_CODE, FORM_VERSION = "social-study", 1
CONSENTS = (
    ("case", 1.0),
    ("health", 0.9),
    ("criminal", 0.86),
    ("credit", 0.82),
    ("share", 0.3),
    ("contact", 0.95),
)
_INCOME_FIELDS = {
    "salary": "inc_salary", "social_security": "inc_ssec", "citizen_account": "inc_citizen",
    "pension": "inc_pension", "disability_allowance": "inc_rehab", "relatives": "inc_relatives",
    "other_charity": "inc_project",
}  # fmt: skip
_EXPENSE_FIELDS = {
    "rent": "exp_rent", "utilities": "exp_utilities", "food": "exp_food", "transport": "exp_transport",
    "prisoner_allowance": "exp_inmate",
}  # fmt: skip
_FURNITURE = (
    "fridge",
    "air_conditioner",
    "washing_machine",
    "cooker",
    "water_heater",
    "bedding",
    "study_device",
)
_KIN = {
    "wife_of_prisoner": "wife",
    "mother_of_prisoner": "mother",
    "father_of_prisoner": "father",
    "elder_sibling": "sibling",
}
_EXPLAIN_ABOVE = 150  # per cent of income


@dataclass(frozen=True, slots=True)
class Sitting:
    """One visit as it took place: what was agreed to, when it began and ended, what it proposed."""

    visit: Study
    agreed: dict[str, bool]
    started: dt.datetime
    ended: dt.datetime
    items: tuple[Item, ...]


def answers_of(world: World, filed: Filed, sitting: Sitting, rng: Random) -> dict[str, Any]:
    """The canonical answer document; empty answers are left out."""
    visit = sitting.visit
    found: dict[str, Any] = {
        "visit_type": visit.kind,
        "visit_date": visit.day.isoformat(),
        "outcome": visit.outcome,
        "started_at": sitting.started.isoformat(),
        "ended_at": sitting.ended.isoformat(),
    }
    if visit.outcome == "done":
        found |= _opening(filed, sitting)
        found |= head_answers(filed.file.family)
        found |= _custody(filed, sitting.agreed)
        found |= member_rows(filed.file.family, filed.schooling)
        found |= _means(visit, found["household_size"])
        found |= _debts(visit, sitting.agreed, rng)
        found |= _home(filed.file.family.home, found["household_size"], rng)
        found |= _needs(world, sitting.items)
        found |= _opinion(world, visit, rng)
    else:
        found["outcome_reason"] = visit.observations
    return {"answers": found, "form": f"{FORM_CODE}-{FORM_VERSION}"}


def _opening(filed: Filed, sitting: Sitting) -> dict[str, Any]:
    visit, home = sitting.visit, filed.file.family.home
    found: dict[str, Any] = {
        "visit_place": visit.place,
        "respondent": visit.respondent,
        "team": [str(filed.officer)],
        "notice_read": True,
        "consent_mode": "device_signature",
        "signer_capacity": "data_subject",
    }
    if visit.place == "home" and visit.located:
        found["gps"] = {"lat": home.latitude_e6, "lon": home.longitude_e6, "accuracy": 12}
    elif visit.place == "home":
        found["gps_reason"] = "no_signal"
    at = sitting.started.isoformat()
    for purpose, given in sitting.agreed.items():
        found[f"consent_{purpose}"] = {"decision": "given" if given else "refused", "at": at}
    if sitting.agreed["share"]:
        found |= {"share_partner": "جهة تدريبية شريكة ١", "share_purpose": "الترشيح لبرنامج تدريبي"}
    return found


def _custody(filed: Filed, agreed: dict[str, bool]) -> dict[str, Any]:
    """Who is or was in prison; the details only where their consent was given."""
    place, stay = next(
        ((place, stays[-1]) for place, stays in enumerate(filed.file.stays) if stays), (0, None)
    )
    kin = "self" if place == 0 else _KIN.get(filed.file.family.pattern, "other")
    found: dict[str, Any] = {"inmate_person": str(filed.persons[place]), "inmate_relation": kin}
    found["was_breadwinner"] = stay.was_breadwinner if stay else False
    if stay:
        found["contact_freq"] = stay.contact if kin != "self" else "monthly"
    if stay and agreed["criminal"]:
        found |= _stay(stay, agreed)
    return found


def _stay(stay: Stay, agreed: dict[str, bool]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "facility": stay.facility,
        "inmate_no": stay.inmate_number,
        "custody_status": stay.status,
        "entry_date": PartialDate.of_day(stay.entry).to_code(),
        "case_class": stay.case_class,
        "right_type": stay.right,
        "times_in_prison": stay.before,
    }
    if stay.expected:
        found["expected_release"] = PartialDate.of_day(stay.expected).to_code()
    if stay.release:
        found["release_date"] = PartialDate.of_day(stay.release).to_code()
        found["release_type"] = stay.release_type
    if stay.claims and agreed["credit"] and stay.right in {"private", "both"}:
        found["claims_total"] = stay.claims
    return found


def _means(visit: Study, size: int) -> dict[str, Any]:
    income, spent = sum(visit.income.values()), sum(visit.expenses.values())
    found: dict[str, Any] = {_INCOME_FIELDS[source]: value for source, value in visit.income.items()}
    found |= {_EXPENSE_FIELDS[kind]: value for kind, value in visit.expenses.items()}
    found |= {"inc_verified": "document_sighted", "inc_total": income, "exp_total": spent}
    found["inc_per_head"] = income // size
    found["exp_deficit"] = max(0, spent - income)
    if spent * 100 > income * _EXPLAIN_ABOVE:
        found["exp_explanation"] = "يغطي الأقارب وأهل الخير بعض المصروفات."
    return found


def _debts(visit: Study, agreed: dict[str, bool], rng: Random) -> dict[str, Any]:
    if not agreed["credit"]:
        return {}
    rows = []
    for place, (kind, value) in enumerate(visit.debts, start=1):
        row = {"id": f"d{place}", "debt_type": kind, "debt_amount": value, "debt_remaining": value}
        if kind == "court_ruling":
            row["debt_ruling"] = str(440_000_000 + int(rng.random() * 5_000_000))
        rows.append(row)
    found: dict[str, Any] = {"debts_total": sum(value for _kind, value in visit.debts)}
    return found | {"debts": rows} if rows else found


def _home(home: Home, size: int, rng: Random) -> dict[str, Any]:
    found: dict[str, Any] = {
        "environment": home.environment,
        "tenure": home.tenure,
        "house_type": home.house_type,
        "rooms": home.rooms,
        "house_condition": home.condition,
        "furniture": {
            item: rng.choices(("present", "broken", "absent"), (72, 14, 14))[0] for item in _FURNITURE
        },
        "district": home.place.code,
        "persons_per_room": size * 100 // home.rooms,
    }
    optional = {
        "annual_rent": home.annual_rent,
        "short_address": home.short_address,
        "neighbourhood": home.district,
        "directions": home.directions,
    }
    return found | {code: value for code, value in optional.items() if value}


def _needs(world: World, items: tuple[Item, ...]) -> dict[str, Any]:
    """What the visit asked for: the services planned from it, or food for the head when nothing is planned yet."""
    wanted = [
        (world.services[item.service].code, f"m{item.member}" if item.member else "head") for item in items
    ]
    rows = [
        {"id": f"n{place}", "need_service": code, "need_person": person, "need_priority": "important"}
        for place, (code, person) in enumerate(wanted[:30] or [("FC-01", "head")], start=1)
    ]
    return {"needs": rows}


def _opinion(world: World, visit: Study, rng: Random) -> dict[str, Any]:
    found: dict[str, Any] = {
        "ssm": {
            code: "na" if score is None else score
            for (code, _optional), score in zip(world.domains, visit.ratings, strict=True)
        },
        "observations": visit.observations,
        "credibility": "consistent",
        "recommendation": visit.recommendation,
        "signature": {"strokes": [_stroke(rng)]},
        "beneficiary_signature": {"strokes": [_stroke(rng)]},
    }
    if visit.recommendation != "accept":
        found["recommendation_reason"] = "يلزم استكمال مستند الدخل قبل الصرف."
    if visit.next_visit:
        found["next_visit"] = visit.next_visit.isoformat()
    return found


def _stroke(rng: Random) -> list[int]:
    return [int(rng.random() * 400) for _ in range(12)]
