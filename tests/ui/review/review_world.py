"""A window on a real vault in which two conflicts, three pairs and two exceptions wait."""

import uuid
from dataclasses import dataclass

from tarahum_desktop.casework.conflicts.desk import open_conflicts
from tarahum_desktop.casework.conflicts.restore import put_back_lost
from tarahum_desktop.casework.conflicts.settle import settle_conflict, settle_harmless, take_back_decision
from tarahum_desktop.casework.conflicts.told import mark_seen, settled_conflicts
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.duplicates.merge import merge_people
from tarahum_desktop.casework.duplicates.queue import (
    open_pairs,
    put_off,
    read_pair,
    rule_different,
    take_back_ruling,
)
from tarahum_desktop.casework.duplicates.scan import look_for_duplicates, yielding
from tarahum_desktop.casework.duplicates.undo import undo_merge
from tarahum_desktop.casework.exceptions.double import grant_sides, keep_grant
from tarahum_desktop.casework.exceptions.queue import correct_exception, open_exceptions, settle_exception
from tarahum_desktop.casework.exceptions.scan import look_for_exceptions
from tarahum_desktop.casework.today import today_board
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.models import CustodyEpisode, Household, Membership, Replicated
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.review.ports import ReviewBoard, ReviewPorts
from tarahum_desktop.ui.review.spec import spec
from tarahum_desktop.ui.review.view import ReviewView
from tarahum_desktop.ui.shell.header import Person as Worker
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenSpec
from tarahum_desktop.ui.shell.settings import Preferences
from tarahum_desktop.ui.shell.window import MainWindow, WindowParts
from tarahum_desktop.ui.today.ports import TodayPorts
from tarahum_desktop.ui.today.view import spec as today_spec
from tarahum_desktop.ui.worker import Immediate
from tests.casework.duplicates.test_looking_for_duplicates import person
from tests.casework.two_offices import TwoOffices
from tests.casework.worlds import SCOPE, a_person, add

LISTS = {
    "custody_status": {"convicted": "محكوم", "detained": "موقوف"},
    "gender": {"male": "ذكر", "female": "أنثى"},
    "kinship": {"self": "رب الأسرة"},
}


class FamilyStub(Screen):
    """Where the button of an exception leads."""

    opened: Params | None = None

    def open_with(self, params: Params) -> None:
        FamilyStub.opened = params


@dataclass
class ReviewWorld:
    """The window, its desk, and what lies in the vault."""

    window: MainWindow
    view: ReviewView
    desk: Desk
    home: uuid.UUID
    stay: uuid.UUID


def fill(offices: TwoOffices) -> tuple[uuid.UUID, uuid.UUID]:
    """Let both offices work apart, then meet, then look through the records."""
    head = a_person("خالد", "الحربي", id=new_id(), gender="male", id_number="1900000017")
    home = Household(
        id=new_id(), scope=SCOPE, file_number="RYD-2026-2-00001", committee_code=SCOPE, head_person_id=head.id,
        annual_rent_halalas=1_200_000,
    )  # fmt: skip
    stay = CustodyEpisode(
        id=new_id(), scope=SCOPE, person_id=head.id, status="convicted", expected_release="g2026-12-01"
    )
    at_home = {"scope": SCOPE, "household_id": home.id, "relation": "self", "resident": True}
    pairs = [
        person("سالم", id_number="1900000025", mother_name="هند"),
        person("سالم", mother_name="هند", mobile="+966512345678"),
        person("فهد", birth="h1400-02-02", mother_name="نورة"), person("فهد", birth="h1400-02-02", mother_name="نورة"),
        person("ماجد", birth="h1401-02-02", mother_name="سارة"), person("ماجد", birth="h1401-02-02", mother_name="سارة"),
    ]  # fmt: skip
    wrong = [
        a_person("وليد", birth="h1299-01-01", id=new_id()),
        Household(scope=SCOPE, file_number="RYD-2026-2-00001", committee_code=SCOPE),
    ]
    add(offices.a, head, home, stay, *pairs, *wrong)
    add(offices.a, *(Membership(**at_home, person_id=one.id) for one in (head, pairs[0], wrong[0])))
    offices.meet()
    _edit(offices, offices.a, "supervisor", CustodyEpisode, stay.id, expected_release="g2027-01-15")
    _edit(offices, offices.a, "supervisor", Household, home.id, annual_rent_halalas=1_500_000)
    _edit(offices, offices.b, "officer", CustodyEpisode, stay.id, expected_release="h1448-08")
    _edit(offices, offices.b, "officer", Household, home.id, annual_rent_halalas=1_800_000)
    offices.meet()
    look_for_duplicates(offices.a)
    look_for_exceptions(offices.a, yielding)
    offices.wall.now += 60_000
    return home.id, stay.id


def _edit(
    offices: TwoOffices, replica, role: str, model: type[Replicated], row_id: uuid.UUID, **values: object
) -> None:
    with UnitOfWork(offices.desk(replica, role)) as work:
        row = work.session.get(model, row_id)
        for name, value in values.items():
            setattr(row, name, value)


def ports_of(desk: Desk) -> ReviewPorts:
    def board() -> ReviewBoard:
        exceptions = tuple(open_exceptions(desk))
        return ReviewBoard(
            tuple(open_conflicts(desk)),
            tuple(open_pairs(desk)),
            exceptions,
            LISTS,
            {"BC-01": "سلة غذائية"},
            grant_sides(desk, exceptions),
            tuple(settled_conflicts(desk)),
        )

    return ReviewPorts(
        board,
        lambda first, second: read_pair(desk, first, second),
        lambda conflict, value, reason: settle_conflict(desk, conflict, value, reason),
        lambda some: settle_harmless(desk, some),
        lambda rulings: take_back_decision(desk, rulings),
        lambda rulings: mark_seen(desk, rulings),
        lambda ruling: put_back_lost(desk, ruling),
        lambda kept, gone, choices, reason: merge_people(desk, kept, gone, choices, reason),
        lambda merge: undo_merge(desk, merge),
        lambda first, second: rule_different(desk, first, second),
        lambda first, second: take_back_ruling(desk, first, second),
        lambda subject: put_off(desk, subject),
        lambda line, reason: settle_exception(desk, line, reason),
        lambda line, side, reason: keep_grant(desk, line, side, reason),
        lambda line: correct_exception(desk, line),
        lambda: True,
        lambda: ("", 0),
        desk.today,
    )


def window_of(kit: Kit, desk: Desk) -> MainWindow:
    """The window of whoever sits at a desk, with Today and the review desk in it."""
    today = TodayPorts(lambda: today_board(desk), desk.now, "نورة")
    specs = [
        today_spec(today),
        spec(ports_of(desk)),
        ScreenSpec("family", "Families", "families", FamilyStub, in_navigation=False),
    ]
    window = MainWindow(
        WindowParts(kit, Preferences(), specs, Worker("نورة"), Immediate, lambda: None, lambda _chosen: None)
    )
    window.resize(1366, 768)
    window.show()
    return window


def review_world(kit: Kit, offices: TwoOffices, *, full: bool = True) -> ReviewWorld:
    home, stay = fill(offices) if full else (new_id(), new_id())
    desk = offices.desk(offices.a)
    window = window_of(kit, desk)
    window.open_screen("review")
    view = window.stack.currentWidget()
    assert isinstance(view, ReviewView)
    return ReviewWorld(window, view, desk, home, stay)
