"""The shipped social study form and answers for its tests."""

from datetime import date
from pathlib import Path

from tarahum_desktop.domain.forms.answers import Answers, FieldPath
from tarahum_desktop.domain.forms.document import read_document
from tarahum_desktop.domain.forms.model import FormDocument
from tarahum_desktop.domain.forms.values import Row, Value

FORM = Path(__file__).parents[3] / "resources/catalogue/forms/social-study-2.json"
TODAY = date(2026, 11, 23)
GIVEN: Value = {"decision": "given", "at": "2026-11-23T08:00:00+00:00"}
REFUSED: Value = {"decision": "refused", "at": "2026-11-23T08:00:00+00:00"}


def study() -> FormDocument:
    return read_document(FORM.read_bytes())


def answers(**values: Value) -> Answers:
    return Answers("social-study-2", values)


def member(row_id: str, **values: Value) -> Row:
    usual: dict[str, Value] = {
        "m_name": {"first": "سارة", "family": "الحربي"},
        "m_relation": "daughter",
        "m_birth": "h1437",
        "m_gender": "female",
        "m_education": "primary",
        "m_enrolled": "attending",
        "m_resident": True,
    }
    return Row(row_id, {**usual, **values})


def visited(**more: Value) -> Answers:
    """A visit that may be submitted."""
    matrix = {domain.code: 3 for f in study().fields() for domain in f.domains}
    furniture = {
        option.code: "present" for f in study().fields() if f.code == "furniture" for option in f.options
    }
    whole: dict[str, Value] = {
        "visit_type": "initial",
        "visit_date": "2026-11-23",
        "visit_place": "home",
        "outcome": "done",
        "team": ("u1",),
        "respondent": "head",
        "gps": {"lat": 24_713_552, "lon": 46_675_297, "accuracy": 9},
        "notice_read": True,
        "consent_case": GIVEN,
        "consent_health": GIVEN,
        "consent_criminal": GIVEN,
        "consent_credit": GIVEN,
        "consent_mode": "device_signature",
        "signer_capacity": "data_subject",
        "head_first": "نورة",
        "head_father": "سالم",
        "head_grandfather": "علي",
        "head_family": "الحربي",
        "id_type": "national_id",
        "id_number": "1000000008",
        "id_seen": True,
        "birth": "h1405-07-01",
        "gender": "female",
        "nationality": "SA",
        "marital": "married",
        "mobile": "+966501234567",
        "inmate_person": "p9",
        "inmate_relation": "wife",
        "facility": "f1",
        "custody_status": "convicted",
        "entry_date": "g2025-03",
        "was_breadwinner": True,
        "members": (member("r1"), member("r2", m_relation="son", m_gender="male")),
        "inc_ssec": 200_000,
        "inc_verified": "declaration",
        "exp_food": 150_000,
        "environment": "village",
        "tenure": "owned",
        "house_type": "traditional",
        "rooms": 3,
        "house_condition": "acceptable",
        "furniture": furniture,
        "district": "c1",
        "short_address": "RAAA2919",
        "needs": (
            Row("n1", {"need_service": "BC-01", "need_person": "household", "need_priority": "urgent"}),
        ),
        "ssm": matrix,
        "observations": "بيت نظيف مرتب والأطفال في المدرسة",
        "credibility": "consistent",
        "recommendation": "accept",
        "next_visit": "2027-02-23",
        "signature": {"strokes": ((1, 2, 3, 4),)},
        "beneficiary_signature": {"strokes": ((5, 6, 7, 8),)},
    }
    return Answers(
        "social-study-2", {code: value for code, value in {**whole, **more}.items() if value is not None}
    )


def at(path: str) -> FieldPath:
    return FieldPath.parse(path)
