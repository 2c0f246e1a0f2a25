"""What the officer writes down in the living room: invented answers, each as it is typed.

Choices are named by their codes, because the keys follow from the form's document; everything else is the text typed.
A tuple gives one text for each part of a question with several parts; an empty text leaves a part as it is offered.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from tarahum_desktop.demo.day.family_choice import ChosenFamily
from tarahum_desktop.i18n.words import Language

Typed = str | tuple[str, ...]
RowTyped = Mapping[str, Typed]

KILLED_AFTER = "inc_ssec"
"""The field finished last when the laptop's power fails."""
HALF_TYPED = "73"
"""What stands in the field after it, not finished."""
NEW_MEMBER = "سعد"
"""The child who is met for the first time."""
CHANGED_EDUCATION = "diploma"
"""What the eldest of the members has reached since the last visit."""
_LOOKED_UP: Mapping[Language, Mapping[str, str]] = MappingProxyType(
    {
        "ar": {"facility": "بريده", "district": "بريده", "food": "الغذائيه", "school": "المدرسيه"},
        "en": {"facility": "buraydah", "district": "buraydah", "food": "food", "school": "school"},
    }
)
OBSERVATIONS = "البيت نظيف ومرتب، والأطفال منتظمون في الدراسة، والأم تبحث عن عمل من المنزل."


@dataclass(frozen=True)
class Answers:
    """Answers by field code, and the rows of each repeating group.

    Attributes:
        groups: rows that are added.
        changes: by group, what is written over in the first row that is known from before.
        anew: fields asked again although the last visit knew them; every other known answer is left as it is.
    """

    fields: Mapping[str, Typed]
    groups: Mapping[str, Sequence[RowTyped]] = field(default_factory=dict)
    changes: Mapping[str, RowTyped] = field(default_factory=dict)
    anew: frozenset[str] = frozenset()

    def is_new(self, path: str) -> bool:
        """Whether a question is answered again whatever stands there."""
        return path in self.anew

    def of(self, path: str, row: int) -> Typed:
        """What is typed at a path; ``row`` counts within its group."""
        parts = path.split("/")
        if len(parts) == 1:
            return self.fields.get(path, "")
        return self.groups.get(parts[0], ())[row].get(parts[2], "")


def answers_for(family: ChosenFamily, today: dt.date, language: Language = "ar") -> Answers:
    """Everything the form asks of this family, visited today; lists are searched in the language they are shown in."""
    told = {**_visit(), **_head(family), **_custody(family), **_money(), **_home(), **_closing(today)}
    looked_up = _LOOKED_UP[language]
    fields = told | {"facility": looked_up["facility"], "district": looked_up["district"]}
    return Answers(
        fields, _rows(looked_up), {"members": {"m_education": CHANGED_EDUCATION}}, frozenset(_money())
    )


def _visit() -> dict[str, Typed]:
    return {
        "visit_type": "update", "outcome": "done", "visit_place": "home", "team": ("1",), "respondent": "head",
        "gps": ("26.359231", "43.981812", "8"),
        "notice_read": "yes", "consent_case": "given", "consent_health": "given", "consent_criminal": "given",
        "consent_credit": "given", "consent_share": "refused", "consent_contact": "given", "contact_time": "evening",
        "consent_mode": "device_signature", "signer_capacity": "data_subject",
    }  # fmt: skip


def _head(family: ChosenFamily) -> dict[str, Typed]:
    iqama = family.id_number.startswith("2")
    return {
        "head_first": family.first, "head_father": family.father or "محمد",
        "head_grandfather": family.grandfather or "علي", "head_family": family.family,
        "id_type": "iqama" if iqama else "national_id", "id_number": family.id_number or "1000000008",
        "id_seen": "yes", "birth": "١٤٠٣/٥/٢", "gender": family.gender, "marital": "married", "no_mobile": "no",
        "nationality": "مقيم" if iqama else "", "mobile": "٠٥٥١٢٣٤٥٦٧", "contact_pref": "call",
    }  # fmt: skip


def _custody(family: ChosenFamily) -> dict[str, Typed]:
    return {
        "inmate_person": family.inmate, "inmate_relation": "wife", "custody_status": "convicted",
        "entry_date": "1446/8", "case_class": "financial", "right_type": "private", "claims_total": "48500",
        "was_breadwinner": "yes", "contact_freq": "monthly",
    }  # fmt: skip


def _money() -> dict[str, Typed]:
    return {
        "inc_salary": "٢٥٠٠", KILLED_AFTER: "1100.50", "inc_citizen": "720", "inc_verified": "document_sighted",
        "exp_rent": "1250", "exp_utilities": "400", "exp_food": "1300", "exp_education": "200",
    }  # fmt: skip


def _home() -> dict[str, Typed]:
    return {
        "environment": "village", "tenure": "rent", "house_type": "traditional", "rooms": "3",
        "house_condition": "needs_repair",
        "furniture": ("present", "absent", "broken", "present", "present", "present", "absent"),
        "annual_rent": "15000", "rent_arrears": "3750", "short_address": "QSBA2919",
        "directions": "بعد المسجد الثاني، الباب الأخضر.", "chronic": ("diabetes",), "wants": ("work", "training"),
        "skills": "خياطة",
    }  # fmt: skip


def _closing(today: dt.date) -> dict[str, Typed]:
    return {
        "ssm": "2314323432343", "observations": OBSERVATIONS, "credibility": "consistent", "recommendation": "accept",
        "next_visit": (today + dt.timedelta(days=91)).isoformat(), "signature": "~", "beneficiary_signature": "~",
    }  # fmt: skip


def _rows(looked_up: Mapping[str, str]) -> dict[str, Sequence[RowTyped]]:
    return {
        "members": (
            {
                "m_relation": "son", "m_name": (NEW_MEMBER, "", "", ""), "m_birth": "1438", "m_education": "primary",
                "m_enrolled": "attending", "m_grade": "4",
            },
        ),
        "needs": (
            {"need_service": looked_up["food"], "need_priority": "urgent"},
            {"need_service": looked_up["school"], "need_priority": "important"},
        ),
    }  # fmt: skip
