"""An invented family with a history, as casework would hand it to the page."""

import datetime as dt
import json
import uuid
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from tarahum_desktop.casework.family_lines import (
    AlertLine,
    CaseLine,
    ConsentLine,
    CustodyLine,
    DeliveryLine,
    DutyLine,
    FacilityMoveLine,
    FamilyFile,
    FollowUpLine,
    MemberLine,
    MoneyLine,
    MoveLine,
    PlanLine,
    VisitLine,
)
from tarahum_desktop.casework.family_signals import OpenConflict, Side
from tarahum_desktop.casework.history.events import Event, EventKind
from tarahum_desktop.casework.history.family_records import RecordLine
from tarahum_desktop.casework.history.field_changes import FieldChange, FieldPast, Known
from tarahum_desktop.casework.history.timeline import PAGE, Timeline
from tarahum_desktop.casework.history.visit_reading import VisitReading
from tarahum_desktop.domain.eligibility import Kind
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.matrix import MatrixDomain
from tarahum_desktop.ui.family.ports import FamilyPorts

TODAY = dt.date(2026, 11, 23)
LISTS_FILE = Path(__file__).parents[3] / "resources/catalogue/reference_lists.json"
OFFICER = ("منى بنت صالح القحطاني", "Mona Al-Qahtani")
HOUSEHOLD = uuid.UUID(int=1023)
LAST_VISIT = uuid.UUID(int=7003)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{text}T09:30:00+00:00")


def lists(language: str) -> dict[str, dict[str, str]]:
    """The reference lists as the catalogue ships them."""
    found: dict[str, dict[str, str]] = {}
    for one in json.loads(LISTS_FILE.read_text("utf-8"))["lists"]:
        items = next(value for value in one.values() if isinstance(value, list))
        found[one["code"]] = {item["code"]: item[language] for item in items}
    return found


def member(
    number: int,
    name: str,
    relation: str,
    gender: str,
    age: int | None,
    id_number: str,
    kind: Kind = Kind.FAMILY_MEMBER,
) -> MemberLine:
    return MemberLine(
        uuid.UUID(int=2000 + number), name, relation, gender, age, kind, kind is not Kind.PRISONER, number == 0,
        None, id_number, "", "+966501234567" if number == 0 else "", "secondary", "homemaker",
        uuid.UUID(int=2500 + number), dt.date(2025, 3, 2),
    )  # fmt: skip


MEMBERS = (
    member(0, "نورة بنت محمد بن علي الدوسري", "self", "female", 38, "1067452218"),
    member(1, "فهد بن سعد بن ناصر العتيبي", "spouse", "male", 42, "1023456782", Kind.PRISONER),
    member(2, "سعد بن فهد بن سعد العتيبي", "son", "male", 17, "1131207745"),
    member(3, "ريم بنت فهد بن سعد العتيبي", "daughter", "female", 14, "1140933210"),
    member(4, "عبدالعزيز بن فهد بن سعد العتيبي", "son", "male", 9, "1158821904"),
    replace(member(5, "هيا بنت عبدالله بن حمد الدوسري", "mother", "female", 71, ""), resident=True),
)
CUSTODY = (
    CustodyLine(
        uuid.UUID(int=3001), MEMBERS[1].person_id, MEMBERS[1].name, "convicted", "إصلاحية الحائر",
        "Al-Hair Reformatory", day("2025-02-11"), day("2027-01-04"), None,
        "h1446-08-12", "g2027-01-04", "", "", 1,
        (FacilityMoveLine(day("2025-09-01"), "سجن الملز", "Malaz Prison", "إصلاحية الحائر", "Al-Hair Reformatory", ""),),
    ),
)  # fmt: skip
FIRST = (2, 1, 2, 2, 2, 3, 2, None, 3, 2, 3, 2, 2)
MIDDLE = (3, 2, 2, 2, 3, 3, 3, None, 4, 2, 3, 3, 2)
LATEST = (3, 3, 2, 3, 4, 3, 4, None, 4, 3, 4, 3, 1)


def scores(values: tuple[int | None, ...]) -> dict[str, int | None]:
    return dict(zip((domain.value for domain in MatrixDomain), values, strict=True))


def visit(
    number: int, on: str, kind: str, rated: Mapping[str, int | None], outcome: str = "done"
) -> VisitLine:
    return VisitLine(
        uuid.UUID(int=7000 + number), day(on), kind, outcome, "home", *OFFICER,
        f"RUH-2025-01023-1-{number}" if outcome == "done" else "", "accept", 420000, 510000, "", rated,
    )  # fmt: skip


VISITS = (
    visit(3, "2026-08-19", "update", scores(LATEST)),
    visit(4, "2026-08-05", "update", {}, "nobody_home"),
    visit(2, "2026-01-21", "service_follow_up", scores(MIDDLE)),
    visit(1, "2025-03-16", "initial", scores(FIRST)),
)
SERVICES = {
    "BC-01": ("السلة والبطاقة الغذائية", "Food basket and card"),
    "BC-06": ("سداد الإيجار", "Rent payment"),
    "CD-01": ("الحقيبة المدرسية", "School bag"),
    "ED-02": ("التدريب على رأس العمل", "On-the-job training"),
}


def item(number: int, code: str, person: MemberLine, state: str, amount: int, given: int) -> PlanLine:
    return PlanLine(
        uuid.UUID(int=4000 + number), code, *SERVICES[code], person.person_id, person.name, state, "important",
        1, amount, day("2026-08-20"), day("2026-08-27"), given, given * amount, None,
    )  # fmt: skip


PLAN = (
    item(1, "ED-02", MEMBERS[2], "proposed", 0, 0),
    item(2, "BC-06", MEMBERS[0], "approved", 1250000, 0),
    item(3, "BC-01", MEMBERS[0], "delivering", 300000, 1),
    item(4, "CD-01", MEMBERS[3], "completed", 0, 1),
)


def delivery(number: int, code: str, on: str, amount: int, *, confirmed: bool = True) -> DeliveryLine:
    return DeliveryLine(
        uuid.UUID(int=5000 + number), uuid.UUID(int=4003), code, *SERVICES[code], MEMBERS[0].name, day(on), 1,
        amount, "zakat", confirmed,
    )  # fmt: skip


DELIVERIES = (
    delivery(1, "BC-01", "2026-11-02", 50000, confirmed=False),
    delivery(2, "BC-01", "2026-10-04", 50000),
    delivery(3, "BC-01", "2026-09-06", 50000),
    delivery(4, "CD-01", "2026-08-30", 0),
    delivery(5, "BC-06", "2025-11-10", 1200050),
)


def move(source: str, target: str, on: str, reason: str = "") -> MoveLine:
    return MoveLine(source, target, "field_officer", reason, *OFFICER, moment(on))


MOVES = (
    move("approved", "active", "2025-04-20"),
    move("plan_pending", "approved", "2025-04-13"),
    move("eligible", "plan_pending", "2025-04-02"),
    move("assessed", "eligible", "2025-03-25"),
    move("study", "assessed", "2025-03-16"),
    move("registered", "study", "2025-03-05"),
    move("draft", "registered", "2025-03-02"),
)
CASE = CaseLine(
    uuid.UUID(int=6001), "RUH-2025-01023-1", "active", day("2025-03-02"), None, "", *OFFICER, True, MOVES
)
CONSENTS = tuple(
    ConsentLine(MEMBERS[0].person_id, MEMBERS[0].name, purpose, given, "device_signature", moment("2025-03-16"), off)
    for purpose, given, off in (
        ("case", True, None), ("health", True, None), ("criminal", False, None),
        ("share", True, moment("2026-02-01")), ("contact", True, None),
    )
)  # fmt: skip
FOLLOW_UPS = (
    FollowUpLine(uuid.UUID(int=8001), "visit", day("2026-11-19"), None, "", ""),
    FollowUpLine(
        uuid.UUID(int=8002), "call", day("2026-06-10"), day("2026-06-11"), "reached", "سُجلت ريم في المدرسة."
    ),
)
FILE = FamilyFile(
    HOUSEHOLD, "RUH/office", "RUH-2025-01023", "RUH", MEMBERS[0].person_id, MEMBERS[0].name, "الخرج", "Al Kharj",
    "حي السلام", "خلف جامع السلام، الباب الأخضر", "RAAA2919", None, None, "rent", MEMBERS, CUSTODY, False, CASE,
    VISITS, scores(LATEST),
    tuple((one.visited_on, one.scores) for one in reversed(VISITS) if one.scores), PLAN, DELIVERIES,
    sum(one.amount_halalas for one in DELIVERIES if one.confirmed), FOLLOW_UPS, CONSENTS, (), None, True,
    MoneyLine(day("2026-08-19"), 420000, 510000, 2_500_000, (("zakat", 150000), ("charity", 20000))),
    (DutyLine("visit", day("2026-11-19"), 4, "", ""), DutyLine("release_plan", day("2026-12-01"), -8, MEMBERS[1].name, "")),
    (AlertLine(uuid.UUID(int=9101), "domestic_violence", MEMBERS[0].person_id, *OFFICER, moment("2026-11-22"), ""),),
    ("eviction_threat",), day("2026-11-19"), True,
    frozenset({"record_delivery", "transfer_case", "refer_person", "merge_people"}),
)  # fmt: skip
CONFLICTS = (
    OpenConflict(
        uuid.UUID(int=9001), "custody_episode", "expected_release_day", MEMBERS[1].name,
        Side(day("2027-01-04"), "سعد بن علي الحربي", moment("2026-11-20")),
        Side(day("2026-12-20"), OFFICER[0], moment("2026-11-19")),
    ),
)  # fmt: skip
PAST = tuple(
    Event(
        EventKind.VISIT, "visit", one.visited_on, one.id, uuid.UUID(int=1),
        facts={"visit_kind": one.kind, "outcome": one.outcome},
    )
    for one in VISITS
) + tuple(
    Event(
        EventKind.MONEY, "delivered", day("2024-12-31") - dt.timedelta(number), uuid.UUID(int=50_000 + number),
        facts={"service_ar": "السلة والبطاقة الغذائية", "service_en": "Food basket", "amount": 50_000},
    )
    for number in range(PAGE)
)  # fmt: skip
RECORD = RecordLine("person", MEMBERS[0].person_id, MEMBERS[0].name)
CHANGES = FieldPast(
    (
        FieldChange(
            RECORD, "mobile", "+966501234566", "+966501234567", Known.WHOLE, *OFFICER, moment("2026-11-02"), "حاسب المكتب", 12
        ),
        FieldChange(RECORD, "marital", None, "married", Known.LAST_ONLY, "", "", moment("2026-10-01"), "", 7),
        FieldChange(RECORD, "", None, None, Known.MADE, *OFFICER, moment("2025-03-02"), "حاسب المكتب", 12),
    ),
    (RECORD,), {}, {}, False,
)  # fmt: skip
NEW = replace(
    FILE, members=MEMBERS[:1], custody=(), case=None, visits=(), matrix={}, trend=(), plan=(), deliveries=(),
    delivered_halalas=0, follow_ups=(), consents=(), money=MoneyLine(), duties=(), alerts=(), risk_flags=(),
    next_visit_on=None,
)  # fmt: skip


@dataclass
class Records:
    """One family's records in memory; ``fails`` makes the next calls fail with that code."""

    file: FamilyFile = FILE
    conflicts: tuple[OpenConflict, ...] = CONFLICTS
    reading: VisitReading | None = None
    screens: frozenset[str] = frozenset({"visit", "families", "family"})
    past: tuple[Event, ...] = PAST
    files: Mapping[bytes, bytes] = field(default_factory=dict)
    arriving: dict[bytes, bytes] = field(default_factory=dict)
    pdf: bytes = b""
    language: str = "ar"
    fails: str = ""
    saves: bool = True
    loads: list[uuid.UUID] = field(default_factory=list)
    printed: list[uuid.UUID] = field(default_factory=list)
    saved: list[tuple[str, bytes]] = field(default_factory=list)
    kept: list[tuple[object, ...]] = field(default_factory=list)
    asked: list[tuple[object, ...]] = field(default_factory=list)

    def ports(self) -> FamilyPorts:
        """The screen's way here."""
        return FamilyPorts(
            self.load, lambda _file: self.conflicts, lambda: lists(self.language), self.begin_visit, self.print_visit,
            self.print_visit, self.save_file, lambda: TODAY, self.timeline, self.changes, self.put_back, self.read_visit,
            self.picture, self.fetch, lambda _name, code: code, self.edit, self.edit, self.end, lambda: self.screens,
        )  # fmt: skip

    def load(self, household: uuid.UUID) -> FamilyFile:
        self._fail()
        self.loads.append(household)
        return self.file

    def timeline(self, household: uuid.UUID, kinds: frozenset[EventKind], first: int) -> Timeline:
        self._fail()
        self.asked.append((household, kinds, first))
        found = [event for event in self.past if not kinds or event.kind in kinds]
        counts = Counter(event.kind for event in self.past)
        return Timeline(
            tuple(found[first : first + PAGE]), len(found), counts, {}, {uuid.UUID(int=1): OFFICER}
        )

    def changes(self, household: uuid.UUID, row: uuid.UUID | None) -> FieldPast:
        self._fail()
        self.asked.append((household, row))
        return CHANGES

    def put_back(self, row: uuid.UUID, field: str, stamp: bytes) -> None:
        self._fail()
        self.asked.append((row, field, stamp))

    def read_visit(self, visit_id: uuid.UUID) -> VisitReading:
        self._fail()
        if self.reading is None:
            raise TarahumError("record_missing")
        return replace(self.reading, id=visit_id)

    def picture(self, sha256: bytes) -> bytes | None:
        return self.files.get(sha256)

    def fetch(self, sha256: bytes, done: Callable[[], None], failed: Callable[[TarahumError], None]) -> None:
        if self.fails or sha256 not in self.arriving:
            failed(TarahumError(self.fails or "content_not_there"))
            return
        self.files = {**self.files, sha256: self.arriving.pop(sha256)}
        done()

    def edit(self, row_id: uuid.UUID, entered: Mapping[str, str]) -> tuple[str, ...]:
        self._fail()
        self.kept.append((row_id, dict(entered)))
        return ()

    def end(self, membership: uuid.UUID, last_day: dt.date, reason: str) -> None:
        self._fail()
        self.kept.append((membership, last_day, reason))

    def begin_visit(self, household: uuid.UUID) -> uuid.UUID:
        self._fail()
        return self.file.draft_id or uuid.UUID(int=household.int + 1)

    def print_visit(self, visit_id: uuid.UUID) -> bytes:
        self._fail()
        self.printed.append(visit_id)
        return self.pdf

    def save_file(self, name: str, data: bytes) -> bool:
        self._fail()
        if self.saves:
            self.saved.append((name, data))
        return self.saves

    def _fail(self) -> None:
        if self.fails:
            raise TarahumError(self.fails)
