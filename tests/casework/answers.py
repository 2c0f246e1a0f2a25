"""A whole visit as an officer would answer it."""

from tarahum_desktop.casework.drafts import begin_visit, save_fields
from tarahum_desktop.domain.matrix import MatrixDomain

GIVEN = {"decision": "given", "at": "2026-09-24T08:05:00+00:00"}
REFUSED = {"decision": "refused", "at": "2026-09-24T08:05:00+00:00"}


def whole_visit(office, **changes):
    found = {
        "visit_type": "initial", "visit_date": "2026-09-24", "outcome": "done", "visit_place": "home",
        "team": ("officer",), "respondent": "head", "gps": {"lat": 24_500_000, "lon": 44_400_000, "accuracy": 8},
        "notice_read": True, "consent_case": GIVEN, "consent_health": GIVEN, "consent_criminal": GIVEN,
        "consent_credit": REFUSED, "consent_share": REFUSED, "consent_contact": GIVEN,
        "consent_mode": "device_signature", "signer_capacity": "data_subject",
        "head_first": "فاطمة", "head_father": "سعد", "head_grandfather": "علي", "head_family": "الغامدي",
        "id_type": "national_id", "id_number": "١٠٢٣٤٥٦٧٨١", "id_seen": True, "birth": "h1408", "gender": "female",
        "nationality": "SA", "marital": "deserted", "mobile": "0559876543",
        "inmate_person": str(office.prisoner), "inmate_relation": "wife", "facility": "ryd-malaz",
        "custody_status": "convicted", "entry_date": "g2025-02-01", "expected_release": "g2027-01",
        "was_breadwinner": True,
        f"members/{office.prisoner}": None,
        f"members/{office.child}": {}, f"members/{office.child}/m_relation": "son",
        f"members/{office.child}/m_name": {"first": "أحمد", "father": "خالد", "family": "الحربي"},
        f"members/{office.child}/m_birth": "g2015-03", f"members/{office.child}/m_gender": "male",
        f"members/{office.child}/m_education": "primary", f"members/{office.child}/m_enrolled": "attending",
        f"members/{office.child}/m_resident": True, f"members/{office.child}/m_id_reason": "not_available",
        "members/new1": {}, "members/new1/m_relation": "daughter",
        "members/new1/m_name": {"first": "هدى", "father": "خالد", "family": "الحربي"},
        "members/new1/m_birth": "g2019", "members/new1/m_gender": "female", "members/new1/m_resident": True,
        "members/new1/m_education": "below_school_age", "members/new1/m_enrolled": "not_applicable",
        "members/new1/m_id_reason": "never_issued",
        "inc_salary": 300_000, "inc_verified": "document_sighted", "exp_food": 120_000,
        "environment": "village", "tenure": "rent", "house_type": "flat", "rooms": 3, "house_condition": "acceptable",
        "furniture": dict.fromkeys(
            ("fridge", "air_conditioner", "washing_machine", "cooker", "water_heater", "bedding", "study_device"),
            "present",
        ),
        "annual_rent": 1_200_000, "district": "dawadmi", "neighbourhood": "حي الريان", "directions": "خلف المسجد",
        "needs/n1": {}, "needs/n1/need_service": "BC-01", "needs/n1/need_person": "head",
        "needs/n1/need_priority": "urgent",
        "needs/n2": {}, "needs/n2/need_service": "BC-06", "needs/n2/need_person": "new1",
        "needs/n2/need_priority": "important",
        "ssm": {domain.value: 3 for domain in MatrixDomain} | {"recovery": "na", "income": 2},
        "observations": "الأسرة في حاجة واضحة والمسكن مستأجر والأطفال منتظمون.", "credibility": "consistent",
        "recommendation": "accept", "next_visit": "2026-12-24",
        "proposed_plan/p1": {}, "proposed_plan/p1/plan_service": "BC-06", "proposed_plan/p1/plan_amount": 900_000,
        "signature": {"strokes": ((1, 2, 3, 4),)}, "beneficiary_signature": {"strokes": ((5, 6, 7, 8),)},
    }  # fmt: skip
    return found | changes


def a_draft(office, desk=None, **changes):
    desk = desk or office.desk()
    draft = begin_visit(desk, office.household)
    save_fields(desk, draft, whole_visit(office, **changes))
    return draft
