"""Keys of a visit, pressed one by one in the real form and counted: a new household of six, and the same once more."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tarahum_desktop.demo.day.answers import Answers, RowTyped, Typed, answers_for
from tarahum_desktop.demo.day.family_choice import ChosenFamily
from tarahum_desktop.demo.day.form_filling import FormFiller
from tarahum_desktop.demo.hands import Hands, HandsWaitedError
from tarahum_desktop.demo.keys.form_in_memory import VISIT, AtOnce, FormInMemory, study_form
from tarahum_desktop.domain.forms.answers import Answers as FormAnswers
from tarahum_desktop.domain.forms.compare import carry_over
from tarahum_desktop.ui.actions import ActionTable, bind_shortcuts
from tarahum_desktop.ui.shell.settings import Preferences, kit_for
from tarahum_desktop.ui.theme import apply_look
from tarahum_desktop.ui.visit.form_actions import form_actions
from tarahum_desktop.ui.visit.presenter import VisitPresenter
from tarahum_desktop.ui.visit.view import VisitView

KEYS_A_SECOND: Final = 3
_FAMILY: Final = ChosenFamily(
    household="", file_number="", first="نورة", father="سالم", grandfather="علي", family="الحربي", gender="female",
    id_number="1000000008", inmate="خالد سالم", typed="",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class VisitKeys:
    """Keys pressed: the whole of a first visit to six, of the next visit, and of parts of the first."""

    household_of_six: int
    repeat_visit: int
    longest_member_row: int
    matrix: int
    submit: int

    @property
    def minutes_for_six(self) -> float:
        """How long the first visit takes at three keys a second."""
        return self.household_of_six / KEYS_A_SECOND / 60

    @property
    def minutes_for_repeat(self) -> float:
        """How long the next visit takes at three keys a second."""
        return self.repeat_visit / KEYS_A_SECOND / 60


def count_visit_keys(today: date) -> VisitKeys:
    """Fill and submit both visits; needs an application."""
    first = _Counted(today, _told(today), None)
    first.fill()
    after = first.sent
    document = study_form()
    again = _Counted(today, _told_again(today), carry_over(document, after))
    again.fill()
    return VisitKeys(first.keys, again.keys, first.longest_member, first.matrix, first.submit)


def _told(today: date) -> Answers:
    """Everything a first visit to a family of six is told, each child with a number or why there is none."""
    told = answers_for(_FAMILY, today)
    members: tuple[RowTyped, ...] = tuple(_child(name, year) for name, year in _children())
    return replace(told, groups={**told.groups, "members": members}, changes={}, anew=frozenset())


def _told_again(today: date) -> Answers:
    """What the next visit changes: the income; members and home are as last time."""
    told = answers_for(_FAMILY, today)
    return replace(
        told,
        groups={**told.groups, "members": ()},
        changes={},
        anew=frozenset({"inc_salary", "inc_verified"}),
    )


def _children() -> tuple[tuple[str, str], ...]:
    return (("سعد", "1434"), ("ريم", "1436"), ("ماجد", "1438"), ("هند", "1440"), ("زياد", "1446"))


def _child(name: str, year: str) -> RowTyped:
    row: dict[str, Typed] = {
        "m_relation": "daughter" if name in ("ريم", "هند") else "son", "m_name": (name, "خالد" if name == "سعد" else "", "", ""),
        "m_birth": year,
    }  # fmt: skip
    if year < "1443":
        row |= {"m_education": "primary", "m_enrolled": "attending"}
    return row


class _Counted:
    """One form being filled, with what its parts took."""

    def __init__(self, today: date, told: Answers, begun: FormAnswers | None) -> None:
        kit = kit_for(Preferences())
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_look(app, kit.look)
        document = study_form()
        self._memory = FormInMemory(document, today, begun)
        self._form = VisitPresenter(document, self._memory.ports(), AtOnce(), kit.words, kit.formats)
        self._view = VisitView(kit, self._form)
        actions = list(form_actions(lambda: self._view, lambda: not self._form.locked))
        bind_shortcuts(self._view, ActionTable(actions), actions)
        self._hands = Hands(lambda: self._view)
        self._told = told
        self.longest_member = self.matrix = self.submit = 0

    @property
    def keys(self) -> int:
        """All keys so far."""
        return self._hands.keys

    @property
    def sent(self) -> FormAnswers:
        """What was submitted."""
        if self._memory.sent is None:
            raise HandsWaitedError(f"not submitted: {self._form.state.problems}")
        return self._memory.sent

    def fill(self) -> None:
        """From the first answer to the receipt."""
        self._view.resize(1150, 700)
        self._view.show()
        self._view.activateWindow()
        self._form.open(VISIT)
        self._hands.settle()
        filler = _Watched(self._hands, self._view, self._told, lambda _code: None)
        filler.fill()
        before = self._hands.keys
        self._hands.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        self.submit = self._hands.keys - before
        self.longest_member, self.matrix = filler.longest("members"), filler.longest("ssm")
        self._view.close()
        self._view.deleteLater()
        assert self.sent


class _Watched(FormFiller):
    """Notes how many keys each answer and each row took."""

    def fill(self, until: str = "") -> None:
        """As the filler, with a note of the path before each answer."""
        self._taken: dict[str, int] = {}
        self._last = self._hands.keys
        super().fill(until)

    def _answer(self, question: object) -> None:
        super()._answer(question)  # type: ignore[arg-type]  # the filler's own question
        parts = self.focused_path().split("/")
        place = "/".join(parts[:2])
        self._taken[place] = self._taken.get(place, 0) + self._hands.keys - self._last + 1  # and Enter
        self._last = self._hands.keys + 1

    def longest(self, group: str) -> int:
        """The most keys that one row of a group, or one answer, took."""
        taken = (keys for place, keys in self._taken.items() if place.split("/")[0] == group)
        return max(taken, default=0)
