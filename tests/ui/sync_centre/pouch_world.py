"""A stick, an office and a desk that does what a test says."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tarahum_desktop.casework.pouches.history import PouchLine
from tarahum_desktop.casework.pouches.look import PouchRights, StickSeen
from tarahum_desktop.casework.pouches.parties import Receiver
from tarahum_desktop.casework.pouches.plan import PouchPlan, ScopePlan
from tarahum_desktop.casework.pouches.read import PouchProgress, PouchSummary
from tarahum_desktop.casework.pouches.write import PouchWritten
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.ui.sync_centre.pouch_ports import PouchPorts
from tarahum_desktop.ui.worker import Immediate

MADE = datetime(2026, 11, 23, 5, 30, tzinfo=UTC)
FINGERPRINT = "4821 0937 5526 1180"
STICK = StickSeen(Path("/media/one"), "ذاكرة السجن المركزي", 3_400_000_000)
EMPTY_DRIVE = StickSeen(Path("/media/two"), "KINGSTON", 8_000_000_000, "stick_unregistered")
PLAN = PouchPlan(7, "مكتب القصيم", (), (ScopePlan("qsm", 14, 0),), 14, 0, 3, 2, 48_000, 2)
PRISON = PouchRights(may_carry=True, may_register=False, is_office=False)
OFFICE = PouchRights(
    may_carry=True, may_register=True, is_office=True,
    receivers=(Receiver(9, "السجن المركزي", "prison"), Receiver(11, "حاسب الباحث الأول", "laptop")),
)  # fmt: skip
WRITTEN = PouchWritten(
    4, 7, "مكتب القصيم", STICK.folder / "000004-9-7.tarahum-pouch", FINGERPRINT, MADE, MADE + timedelta(days=90),
    14, 0, 3, 2, 51_200,
)  # fmt: skip
CAME = PouchSummary(
    "000003-9-7", "read", 9, "السجن المركزي", 3, FINGERPRINT, MADE, changes=12, files=3, confirmed=40
)
LINE = PouchLine(
    uuid.UUID(int=1),
    "out",
    7,
    "مكتب القصيم",
    3,
    FINGERPRINT,
    "answered",
    MADE,
    MADE,
    MADE + timedelta(days=90),
    12,
    0,
    1,
)


def as_line(number: int, state: str, direction: str = "out") -> PouchLine:
    return replace(LINE, id=uuid.UUID(int=number), number=number, state=state, direction=direction)


class PouchWorld:
    """Answers as a desk would; ``failing`` is raised by whatever touches the stick."""

    def __init__(self) -> None:
        self.rights: PouchRights | TarahumError = PRISON
        self.sticks: tuple[StickSeen, ...] = (STICK,)
        self.chosen: Path | None = None
        self.plan: PouchPlan | TarahumError = PLAN
        self.failing: TarahumError | None = None
        self.between: Callable[[], None] = lambda: None
        self.summaries: tuple[PouchSummary, ...] = (CAME,)
        self.lines: tuple[PouchLine, ...] = (LINE,)
        self.written: list[tuple[Path, int | None]] = []
        self.answered: list[tuple[PouchSummary, ...]] = []
        self.registered: list[tuple[Path, str]] = []
        self.slips: list[str] = []
        self.saved: list[tuple[str, bytes]] = []
        self.took: list[frozenset[str]] = []

    def ports(self) -> PouchPorts:
        return PouchPorts(
            self._rights, lambda: self.sticks, lambda folder: replace(STICK, folder=folder), lambda: self.chosen,
            self._plan, self._write, self._read, self._answer, self._register, lambda _folder: 2, lambda: self.lines,
            self._slip, self._save, self.took.append, lambda: MADE, Immediate(),
        )  # fmt: skip

    def _rights(self) -> PouchRights:
        if isinstance(self.rights, TarahumError):
            raise self.rights
        return self.rights

    def _plan(self, _to: int | None) -> PouchPlan:
        if isinstance(self.plan, TarahumError):
            raise self.plan
        return self.plan

    def _write(self, folder: Path, to: int | None, progress: Callable[[int], None]) -> PouchWritten:
        self._touch()
        self.between()
        progress(WRITTEN.bytes)
        self.written.append((folder, to))
        return WRITTEN

    def _read(self, _folder: Path, progress: Callable[[PouchProgress], None]) -> tuple[PouchSummary, ...]:
        self._touch()
        progress(PouchProgress(1, len(self.summaries)))
        return self.summaries

    def _answer(
        self, _folder: Path, read: tuple[PouchSummary, ...], progress: Callable[[int], None]
    ) -> tuple[PouchWritten, ...]:
        self._touch()
        progress(10)
        self.answered.append(read)
        return (WRITTEN,)

    def _register(self, folder: Path, name: str) -> object:
        self._touch()
        self.registered.append((folder, name))
        self.sticks = (replace(EMPTY_DRIVE, code="", name=name),)
        return name

    def _slip(self, fingerprint: str) -> bytes:
        self.slips.append(fingerprint)
        return b"%PDF"

    def _save(self, name: str, content: bytes) -> bool:
        self.saved.append((name, content))
        return True

    def _touch(self) -> None:
        if self.failing is not None:
            raise self.failing
