"""People are referred to partners: one waits, one was accepted, one was completed, one declined, and one consent ends."""

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.partners.agreements import AgreementLine, list_agreements
from tarahum_desktop.casework.partners.choices import family_choices
from tarahum_desktop.casework.partners.consents import NewConsent, consent_to_share, withdraw_consent
from tarahum_desktop.casework.partners.referrals import (
    ACCEPTED,
    COMPLETED,
    DECLINED,
    NewReferral,
    answer_referral,
    preview_referral,
    refer_person,
)
from tarahum_desktop.domain.case_states import CaseState
from tarahum_desktop.domain.sharing import LEAST
from tarahum_desktop.models import Case

_CASE: Any = Case.__table__
_SERVED: Final = (CaseState.STUDY, CaseState.ACTIVE, CaseState.FOLLOW_UP)
_STORIES: Final = (
    ("skills", "الالتحاق ببرنامج التدريب المقترح في الخطة", ()),
    ("education", "استكمال الدراسة في الفصل القادم", ((ACCEPTED, ""),)),
    ("legal", "الحصول على استشارة في شأن الحضانة", ((ACCEPTED, ""), (COMPLETED, "تمت الاستشارة"))),
    ("sport", "التسجيل في النشاط الرياضي للحي", ((DECLINED, "اكتمل العدد في هذه الدورة"),)),
    ("health", "الفحص الطبي الشامل", ()),
)


def play(desk_of: Callable[[str], Desk]) -> None:
    """Refer five people, each to a partner of another agreement, and end the last one's consent."""
    lead = desk_of("supervisor")
    with lead.reading() as connection:
        homes = connection.scalars(
            select(_CASE.c.household_id)
            .where(
                _CASE.c.scope == lead.user.committee_code, _CASE.c.state.in_([state.value for state in _SERVED]),
                _CASE.c.restricted.is_(False), _CASE.c.household_id.is_not(None),
            )
            .order_by(_CASE.c.id)
            .limit(len(_STORIES))
        ).all()  # fmt: skip
    committee = lead.user.committee_code
    holding = [
        one for one in list_agreements(lead) if one.in_force and one.committee_code in {None, committee}
    ]
    for home, (field, purpose, steps) in zip(homes, _STORIES, strict=False):
        line = next((one for one in holding if one.field_code == field), None)
        if line is not None:
            _refer(lead, home, line, purpose, steps)
    if homes:
        given = family_choices(lead, homes[-1]).consents
        for consent in given[:1]:
            withdraw_consent(lead, consent.id)


def _refer(desk: Desk, home: Any, line: AgreementLine, purpose: str, steps: Any) -> None:
    head = family_choices(desk, home).people[0]
    consent_to_share(desk, NewConsent(head.id, line.partner_ar, "paper_signature", "data_subject"))
    service = line.services[0][0]
    wanted = NewReferral(
        home, head.id, line.id, service, purpose, [code for code in LEAST if code in line.fields]
    )
    known = preview_referral(desk, wanted).known
    made = refer_person(
        desk,
        NewReferral(
            home, head.id, line.id, service, purpose, [code for code in wanted.fields if code in known]
        ),
    )
    for state, outcome in steps:
        answer_referral(desk, made.referral_id, state, outcome)
