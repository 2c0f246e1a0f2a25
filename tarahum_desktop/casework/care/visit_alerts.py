"""The alerts a submitted visit calls for: risk flags, the lowest rating of mental health, a minor in custody."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from tarahum_desktop.casework.care.alerts import add_alert
from tarahum_desktop.casework.kinds import IN_CUSTODY
from tarahum_desktop.casework.visit_people import VisitPeople
from tarahum_desktop.casework.visit_rows import Sitting
from tarahum_desktop.domain.forms.answers import Answers
from tarahum_desktop.domain.vulnerability import AlertKind, alerts_in_answers, may_be_minor


@dataclass(frozen=True, slots=True)
class VisitAlert:
    """One alert of a visit, and whom it is about when that is one person."""

    kind: AlertKind
    person_id: uuid.UUID | None = None


def raise_alerts_of_visit(sitting: Sitting, people: VisitPeople) -> None:
    """Write the visit's alerts in its own transaction."""
    for alert in alerts_of_visit(sitting, people):
        add_alert(sitting.session, sitting.desk, sitting.case, alert.kind, alert.person_id)


def alerts_of_visit(sitting: Sitting, people: VisitPeople) -> tuple[VisitAlert, ...]:
    """What the answers of a visit call for, in the order of the kinds."""
    raised = [VisitAlert(kind) for kind in kinds_in_answers(sitting.answers)]
    inmate = _minor_in_custody(sitting, people)
    return tuple(raised if inmate is None else [VisitAlert(AlertKind.JUVENILE, inmate), *raised])


def kinds_in_answers(answers: Answers) -> tuple[AlertKind, ...]:
    """What the risk flags and ratings of a visit call for by themselves, whoever the family is."""
    flags, scores = answers.get("risk_flags"), answers.get("ssm")
    found = alerts_in_answers(
        [flag for flag in flags if isinstance(flag, str)] if isinstance(flags, list | tuple) else [],
        {
            domain: score if isinstance(score, int) else None
            for domain, score in (scores.items() if isinstance(scores, Mapping) else ())
        },
    )
    return tuple(kind for kind in AlertKind if kind in found)


def _minor_in_custody(sitting: Sitting, people: VisitPeople) -> uuid.UUID | None:
    answers = sitting.answers
    if answers.get("custody_status") not in IN_CUSTODY:
        return None
    inmate = (
        people.head_id
        if answers.get("inmate_relation") == "self"
        else people.named(answers.get("inmate_person"))
    )
    if inmate is None:
        return None
    person = people.persons.get(inmate)
    return inmate if person is not None and may_be_minor(person.birth_last, sitting.visited_on) else None
