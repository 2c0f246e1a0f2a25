"""Rows of a case: its file, its steps, its visits with ratings and consents."""

import datetime as dt
import hashlib
from uuid import UUID

from tarahum_desktop.models.types import canonical_json
from tarahum_desktop.synthetic.courses import Move
from tarahum_desktop.synthetic.filing import CaseFile
from tarahum_desktop.synthetic.giving import Item
from tarahum_desktop.synthetic.row_answers import CONSENTS, FORM_CODE, FORM_VERSION, Sitting, answers_of
from tarahum_desktop.synthetic.row_book import Filed, RowBook
from tarahum_desktop.synthetic.staff import user_id
from tarahum_desktop.synthetic.studies import Study
from tarahum_desktop.synthetic.world import World

_NEEDS_REASON = frozenset({"ineligible", "suspended", "closed_sufficiency", "closed_other"})
_WRONG_MONTH, _WRONG_LAPTOP, _WRONG_DAYS = 10, "officer2", 3
_NOTICE_VERSION = "1.0"
_CONSENT_MEANS = ("device_signature", "paper_signature", "thumbprint_witnessed", "oral_witnessed")


def add_case(book: RowBook, world: World, filed: Filed, case: CaseFile, turn: int) -> tuple[UUID, list[UUID]]:
    """Write a case, its moves and visits; returns its id and the ids of its visits."""
    opened = book.moment(case.opened, 10)
    alone = filed.file.family.pattern == "alone"
    case_id = book.add(
        "case_file", opened, filed.officer,
        {
            "number": f"{filed.number}-{turn}",
            "household_id": filed.household,
            "person_id": filed.persons[0] if alone else None,
            "committee_code": book.committee,
            "team_code": f"{book.committee}/office",
            "officer_id": filed.officer,
            "state": case.state,
            "restricted": False,
            "opened_on": case.opened,
            "closed_on": case.closed,
            "closure_reason": case.closure_reason,
        },
    )  # fmt: skip
    for move in case.moves:
        _add_move(book, world, filed, case_id, move)
    visits = []
    for place, visit in enumerate(case.visits):
        items = tuple(
            item for item, asked in zip(case.items, case.item_visits, strict=True) if asked == place
        )
        receipt = f"{filed.number}-{turn}-{place + 1}"
        visits.append(_add_visit(book, world, filed, case_id, _sit(book, filed, visit, items), receipt))
    return case_id, visits


def _sit(book: RowBook, filed: Filed, visit: Study, items: tuple[Item, ...]) -> Sitting:
    started = book.moment(visit.day, visit.hour) + _clock_error(book, filed, visit.day)
    ended = started + dt.timedelta(minutes=12 + int(book.rng.random() * 45))
    done = visit.outcome == "done"
    agreed = {purpose: book.rng.random() < share for purpose, share in CONSENTS} if done else {}
    if done and not any(filed.file.stays):
        agreed["criminal"] = False  # nobody's case in court is on record here
    return Sitting(visit, agreed, started, ended, items)


def _clock_error(book: RowBook, filed: Filed, day: dt.date) -> dt.timedelta:
    """In the tenth month one laptop of each committee runs three days ahead."""
    laptop = user_id(f"{book.committee}.{_WRONG_LAPTOP}")
    wrong = book.period.month_of(day) == _WRONG_MONTH and filed.officer == laptop
    return dt.timedelta(days=_WRONG_DAYS if wrong else 0)


def _add_move(book: RowBook, world: World, filed: Filed, case_id: UUID, move: Move) -> None:
    who = filed.officer if move.role == "officer" else book.staff(move.role)
    moment = book.moment(move.day, 12)
    reasons = world.phrases["reasons"].get(move.target) if move.target in _NEEDS_REASON else None
    book.add(
        "case_move", moment, who,
        {
            "case_id": case_id, "from_state": move.source, "to_state": move.target, "role": move.role,
            "reason": book.rng.choice(reasons) if reasons else None, "moved_by": who, "moved_at": moment,
        },
    )  # fmt: skip


def _add_visit(
    book: RowBook, world: World, filed: Filed, case_id: UUID, sitting: Sitting, receipt: str
) -> UUID:
    family, visit = filed.file.family, sitting.visit
    done = visit.outcome == "done"
    answers = answers_of(world, filed, sitting, book.rng)
    located = done and visit.located and visit.place == "home"
    visit_id = book.add(
        "visit", sitting.ended, filed.officer,
        {
            "case_id": case_id,
            "household_id": filed.household,
            "officer_id": filed.officer,
            "form_code": FORM_CODE,
            "form_version": FORM_VERSION,
            "kind": visit.kind,
            "visited_on": visit.day,
            "place": visit.place,
            "outcome": visit.outcome,
            "respondent": visit.respondent if done else None,
            "receipt_number": receipt if done else None,
            "started_at": sitting.started,
            "submitted_at": sitting.ended,
            "latitude_e6": family.home.latitude_e6 if located else None,
            "longitude_e6": family.home.longitude_e6 if located else None,
            "no_position_reason": None if located else "no_signal",
            "income_halalas": sum(visit.income.values()) if done else None,
            "expense_halalas": sum(visit.expenses.values()) if done else None,
            "recommendation": visit.recommendation,
            "observations": visit.observations,
            "next_visit_on": visit.next_visit,
            "answers": answers,
            "answers_hash": hashlib.sha256(canonical_json(answers).encode()).digest(),
        },
    )  # fmt: skip
    _add_ratings(book, world, filed, visit, visit_id, sitting.ended)
    _add_consents(book, filed, visit_id, sitting.agreed, sitting.started)
    return visit_id


def _add_ratings(
    book: RowBook, world: World, filed: Filed, visit: Study, visit_id: UUID, moment: dt.datetime
) -> None:
    if not visit.ratings:
        return
    for (code, _optional), score in zip(world.domains, visit.ratings, strict=True):
        book.add(
            "matrix_rating", moment, filed.officer,
            {"visit_id": visit_id, "household_id": filed.household, "domain": code, "score": score},
        )  # fmt: skip


def _add_consents(
    book: RowBook, filed: Filed, visit_id: UUID, agreed: dict[str, bool], moment: dt.datetime
) -> None:
    means = book.rng.choices(_CONSENT_MEANS, (78, 14, 5, 3))[0]
    for purpose, given in agreed.items():
        book.add(
            "consent", moment, filed.officer,
            {
                "person_id": filed.persons[0], "visit_id": visit_id, "purpose": purpose, "given": given,
                "means": means, "signer_capacity": "data_subject", "deed": None,
                "notice_version": _NOTICE_VERSION, "given_at": moment, "withdrawn_at": None,
            },
        )  # fmt: skip
