"""The answers of a visit in the shape of the social study form."""

import datetime as dt
from typing import Any

from tarahum_desktop.synthetic.families import Family
from tarahum_desktop.synthetic.studies import Study
from tarahum_desktop.synthetic.world import World

FORM_CODE, FORM_VERSION = "social-study", 1
CONSENTS = (
    ("case", 0.995),
    ("health", 0.9),
    ("criminal", 0.86),
    ("credit", 0.82),
    ("share", 0.7),
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


def answers_of(
    world: World,
    family: Family,
    visit: Study,
    agreed: dict[str, bool],
    started: dt.datetime,
    ended: dt.datetime,
) -> dict[str, Any]:
    """The canonical answer document; empty answers are left out."""
    found: dict[str, Any] = {
        "visit_type": visit.kind,
        "visit_date": visit.day.isoformat(),
        "outcome": visit.outcome,
        "visit_place": visit.place,
        "started_at": started.isoformat(),
        "ended_at": ended.isoformat(),
    }
    if visit.outcome == "done":
        found |= _opening(family, visit, agreed, started)
        found |= {_INCOME_FIELDS[source]: value for source, value in visit.income.items()}
        found |= {_EXPENSE_FIELDS[kind]: value for kind, value in visit.expenses.items()}
        found |= _home(family)
        found |= _opinion(world, visit, agreed)
    else:
        found["outcome_reason"] = visit.observations
    return {"answers": found, "form": f"{FORM_CODE}-{FORM_VERSION}"}


def _opening(family: Family, visit: Study, agreed: dict[str, bool], started: dt.datetime) -> dict[str, Any]:
    head = family.members[0]
    person = head.person
    found: dict[str, Any] = {"respondent": visit.respondent, "notice_read": True}
    if visit.place == "home":
        if visit.located:
            position = {"lat": family.home.latitude_e6, "lon": family.home.longitude_e6, "accuracy": 12}
            found["gps"] = position
        else:
            found["gps_reason"] = "no_signal"
    for purpose, given in agreed.items():
        found[f"consent_{purpose}"] = {"decision": "given" if given else "refused", "at": started.isoformat()}
    return found | {
        "consent_mode": "device_signature",
        "signer_capacity": "data_subject",
        "head_first": person.name.first,
        "head_father": person.name.father,
        "head_grandfather": person.name.grandfather,
        "head_family": person.name.family,
        "id_type": "iqama" if person.resident else "national_id",
        "id_number": person.id_number,
        "id_seen": True,
        "birth": person.birth.to_code(),
        "gender": "male" if person.male else "female",
    }


def _home(family: Family) -> dict[str, Any]:
    home = family.home
    found: dict[str, Any] = {
        "environment": home.environment,
        "tenure": home.tenure,
        "house_type": home.house_type,
        "rooms": home.rooms,
        "house_condition": home.condition,
        "district": home.place.code,
    }
    if home.annual_rent:
        found["annual_rent"] = home.annual_rent
    return found


def _opinion(world: World, visit: Study, agreed: dict[str, bool]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "ssm": {
            code: "na" if score is None else score
            for (code, _optional), score in zip(world.domains, visit.ratings, strict=True)
        },
        "observations": visit.observations,
        "credibility": "consistent",
        "recommendation": visit.recommendation,
    }
    if visit.next_visit:
        found["next_visit"] = visit.next_visit.isoformat()
    if visit.debts and agreed.get("credit"):
        found["debts"] = [
            {"id": f"d{place}", "debt_type": kind, "debt_amount": value, "debt_remaining": value}
            for place, (kind, value) in enumerate(visit.debts, start=1)
        ]
    return found
