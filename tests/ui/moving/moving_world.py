"""An office's cases and offers in memory, and the screen over them."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from tarahum_desktop.casework.moving.addenda import AddendumLine, ChangedField
from tarahum_desktop.casework.moving.hand_over import HandOver
from tarahum_desktop.casework.moving.in_hand import CaseInHand, CommitteeLine, OfficerLine
from tarahum_desktop.casework.moving.offer_lists import IncomingOffer, OutgoingOffer
from tarahum_desktop.casework.unit_of_work import NOTHING_CHANGED
from tarahum_desktop.domain.case_states import CaseState
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.relocation import RelocationKind, RelocationState
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.moving.ports import MovingBoard, MovingPorts
from tarahum_desktop.ui.moving.spec import spec
from tarahum_desktop.ui.moving.view import MovingView
from tarahum_desktop.ui.shell.header import Person
from tarahum_desktop.ui.shell.screen import Screen, ScreenContext, ScreenSpec
from tarahum_desktop.ui.shell.settings import Preferences
from tarahum_desktop.ui.shell.window import MainWindow, WindowParts
from tarahum_desktop.ui.worker import Immediate

NOW = dt.datetime(2026, 9, 24, 9, tzinfo=dt.UTC)
SAAD, NOURA = uuid.UUID(int=1), uuid.UUID(int=2)
OFFICERS = (
    OfficerLine(SAAD, "سعد القحطاني", "Saad", 4, 2, 11, own_caseload=False, can_take=True),
    OfficerLine(NOURA, "نورة الشهري", "Noura", 0, 0, 0, own_caseload=True, can_take=True),
)
COMMITTEES = tuple(
    CommitteeLine(code, f"لجنة {ar}", code) for code, ar in (
        ("jed", "محافظة جدة"), ("mdn", "منطقة المدينة المنورة"), ("hal", "منطقة حائل"), ("tbk", "منطقة تبوك"),
        ("asr", "منطقة عسير"), ("njr", "منطقة نجران"),
    )
)  # fmt: skip


def a_case(number: int, head: str, **values: Any) -> CaseInHand:
    given = CaseInHand(
        uuid.UUID(int=100 + number), uuid.UUID(int=200 + number), f"QSM-2026-12-{number:05}", head, "بريدة", "Buraydah",
        CaseState.ACTIVE, restricted=False, leaving=False,
    )  # fmt: skip
    return replace(given, **values)


CASES = (
    a_case(1, "فاطمة بنت سعد بن ناصر الغامدي"),
    a_case(2, "محمد بن عبدالله بن سالم العتيبي", restricted=True),
    a_case(3, "مريم بنت حسن بن محمد الزهراني", state=CaseState.TRANSFER_OUT, leaving=True),
    a_case(4, "خالد بن سعد بن ناصر الحربي", state=CaseState.FOLLOW_UP),
)


def an_incoming(number: int = 1, **values: Any) -> IncomingOffer:
    given = IncomingOffer(
        uuid.UUID(int=300 + number), "RYD-000004", "عبدالله بن عبدالمحسن صميلي", 6, "الرس", "Ar Rass", "حي الروضة",
        "لجنة منطقة الرياض", "Riyadh", "انتقلت الأسرة للسكن قرب أهل الزوجة", NOW - dt.timedelta(hours=5),
        RelocationState.OFFERED, moved=False,
    )  # fmt: skip
    return replace(given, **values)


def an_outgoing(number: int = 1, **values: Any) -> OutgoingOffer:
    given = OutgoingOffer(
        uuid.UUID(int=400 + number), uuid.UUID(int=200), "QSM-2026-12-00009", "هند بنت علي الدوسري", RelocationKind.TRANSFER,
        "jed", "لجنة محافظة جدة", "Jeddah", "عادت الأسرة إلى جدة", NOW - dt.timedelta(days=3), RelocationState.OFFERED, "",
        "", moved=False, can_take_back=True,
    )  # fmt: skip
    return replace(given, **values)


LATE = AddendumLine(
    uuid.UUID(int=500), uuid.UUID(int=201), "RYD-000004", "عبدالله بن عبدالمحسن صميلي", "household",
    (ChangedField("annual_rent_halalas", None, 1_200_000), ChangedField("district", "حي الروضة", "حي النخيل")), "ryd",
    "تركي العنزي", "Turki", NOW - dt.timedelta(days=2),
)  # fmt: skip
FULL = MovingBoard(
    OFFICERS, COMMITTEES, (an_incoming(), an_incoming(2, state=RelocationState.ACCEPTED)),
    (
        an_outgoing(), an_outgoing(2, state=RelocationState.REFUSED, decision_reason="لا نعرف العنوان"),
        an_outgoing(3, failure="household_shares_people"),
        an_outgoing(4, state=RelocationState.ACCEPTED, moved=True, can_take_back=False, head=""),
    ),
    (LATE,),
)  # fmt: skip
EMPTY = MovingBoard((), (), (), (), ())


@dataclass
class Office:
    """What was asked of casework; ``fails`` makes reading, ``refuses`` deciding, fail with that code."""

    board: MovingBoard = FULL
    fails: str = ""
    refuses: str = ""
    done: list[tuple[Any, ...]] = field(default_factory=list)

    def ports(self) -> MovingPorts:
        """The screen's way here."""
        return MovingPorts(
            self._read, lambda officer: CASES if officer == SAAD else (), self._hand_over, self._note("offer"),
            self._note("restrict"), self._note("answer"), self._note("take_back"), self._note("take"),
            self._note("set_aside"), lambda: NOW,
        )  # fmt: skip

    def _read(self) -> MovingBoard:
        if self.fails:
            raise TarahumError(self.fails)
        return self.board

    def _note(self, name: str) -> Callable[..., None]:
        def note(*given: Any) -> None:
            if self.refuses:
                raise TarahumError(self.refuses)
            self.done.append((name, *given))

        return note

    def _hand_over(self, cases: Any, officer: uuid.UUID, reason: str) -> HandOver:
        self._note("hand_over")(cases, officer, reason)
        return HandOver(len(cases), 1, (), NOTHING_CHANGED)


class Blank(Screen):
    """Stands for the family file."""


class World:
    """A window with this screen open."""

    def __init__(self, kit: Kit, office: Office) -> None:
        self.office = office
        specs = [spec(office.ports()), ScreenSpec("family", "Family", "file", Blank, in_navigation=False)]
        self.window = MainWindow(
            WindowParts(
                kit, Preferences(), specs, Person("نورة"), Immediate, lambda: None, lambda _chosen: None
            )
        )
        self.window.resize(1366, 768)
        self.window.show()
        self.window.open_screen("moving")
        view = self.window.stack.currentWidget()
        assert isinstance(view, MovingView)
        self.view = view


def view_of(kit: Kit, office: Office) -> MovingView:
    """The screen without a window."""

    def nothing(*_given: Any, **_named: Any) -> None:
        return None

    context = ScreenContext(kit, Immediate(), nothing, nothing, nothing, nothing)
    return MovingView(context, office.ports())
