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
_STORIES: Final = (
    ("الالتحاق ببرنامج التدريب المقترح في الخطة", ()),
    ("استكمال الدراسة في الفصل القادم", ((ACCEPTED, ""),)),
    ("الحصول على استشارة في شأن الحضانة", ((ACCEPTED, ""), (COMPLETED, "تمت الاستشارة"))),
    ("التسجيل في النشاط الرياضي للحي", ((DECLINED, "اكتمل العدد في هذه الدورة"),)),
    ("الفحص الطبي الشامل", ()),
)


def play(desk_of: Callable[[str], Desk]) -> None:
    """Refer five people, each to a partner of another agreement, and end the last one's consent."""
    officer = desk_of("officer1")
    with officer.reading() as connection:
        homes = connection.scalars(
            select(_CASE.c.household_id)
            .where(
                _CASE.c.officer_id == officer.user.id, _CASE.c.state == CaseState.ACTIVE.value,
                _CASE.c.restricted.is_(False), _CASE.c.household_id.is_not(None),
            )
            .order_by(_CASE.c.id)
            .limit(len(_STORIES))
        ).all()  # fmt: skip
    committee = officer.user.committee_code
    holding = [
        one for one in list_agreements(officer) if one.in_force and one.committee_code in {None, committee}
    ]
    if not holding:
        return
    for at, (home, (purpose, steps)) in enumerate(zip(homes, _STORIES, strict=False)):
        _refer(officer, home, holding[at * len(holding) // len(_STORIES)], purpose, steps)
    if len(homes) == len(_STORIES):
        newest = family_choices(officer, homes[-1]).consents
        withdraw_consent(officer, next(one.id for one in newest if one.party))


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
