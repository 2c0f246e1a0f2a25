"""Corrections are decided on their cards, before and after side by side."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tarahum_desktop.casework.amending.amendments import AmendmentLine
from tarahum_desktop.casework.amending.changes import AnswerChange
from tarahum_desktop.casework.amending.errors import AmendmentRefused
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.forms.answers import FieldPath
from tarahum_desktop.domain.text import clean
from tarahum_desktop.i18n.error_words import code_sentence
from tarahum_desktop.ui.amending.change_words import change_words
from tarahum_desktop.ui.amending.ports import AmendingPorts, Correction
from tarahum_desktop.ui.amending.view import AmendingView
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.screen import ScreenContext
from tests.domain.forms.study import member, study, visited
from tests.ui.typing_keys import press, type_text

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
T = TypeVar("T")
RENT = AnswerChange(FieldPath("annual_rent"), 1_200_000, 900_000)


class AtOnce:
    """Does the work on the spot."""

    def query(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[TarahumError], None],
        *,
        replaces: str = "",
    ) -> None:
        del replaces
        self.command(work, done, failed)

    def command(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[TarahumError], None]
    ) -> None:
        try:
            answer = work()
        except TarahumError as error:
            failed(error)
            return
        done(answer)

    def close(self) -> None:
        pass


def a_line(*changes: AnswerChange, may_decide: bool = True, **values: object) -> AmendmentLine:
    given = {
        "id": uuid.uuid4(), "visit_id": uuid.uuid4(), "household_id": uuid.UUID(int=7), "file_number": "RYD-2026-12-00001",
        "head_name": "فاطمة سعد الغامدي", "visited_on": dt.date(2026, 9, 24), "form_code": "social-study",
        "form_version": 1, "changes": changes or (RENT,), "reason": "كُتب الإيجار خطأ", "state": "proposed",
        "proposed_by_ar": "منى القحطاني", "proposed_by_en": "Mona", "proposed_at": dt.datetime(2026, 9, 25, 8, tzinfo=dt.UTC),
        "decided_by_ar": "", "decided_by_en": "", "decided_at": None, "decision_reason": "", "may_decide": may_decide,
    }  # fmt: skip
    return AmendmentLine(**{**given, **values})  # type: ignore[arg-type]  # a test's shorthand


def correction(*changes: AnswerChange, may_decide: bool = True) -> Correction:
    signed = visited(members=(member("p1"),))
    return Correction(a_line(*changes, may_decide=may_decide), study(), signed)


class Office:
    """The casework room in memory."""

    def __init__(self, *waiting: Correction) -> None:
        self.waiting = list(waiting)
        self.decided: list[tuple[uuid.UUID, str]] = []
        self.fails: TarahumError | None = None
        self.changed: list[frozenset[str]] = []
        self.went: list[tuple[str, object]] = []

    def read(self) -> list[Correction]:
        if self.fails:
            raise self.fails
        return self.waiting

    def approve(self, amendment: uuid.UUID) -> None:
        self._decide(amendment, "")

    def reject(self, amendment: uuid.UUID, reason: str) -> None:
        if not reason:
            raise AmendmentRefused("amendment_reason_missing")
        self._decide(amendment, reason)

    def _decide(self, amendment: uuid.UUID, reason: str) -> None:
        self.decided.append((amendment, reason))
        self.waiting = [one for one in self.waiting if one.line.id != amendment]


@pytest.fixture
def opened(kit: Kit, qapp: QApplication) -> Iterator[Callable[[Office], AmendingView]]:
    made: list[AmendingView] = []

    def make(office: Office) -> AmendingView:
        ports = AmendingPorts(office.read, list, lambda _list, code: code, office.approve, office.reject)
        context = ScreenContext(
            kit, AtOnce(), lambda name, params=None: office.went.append((name, params)), lambda: None,
            lambda *_said, **_more: None, office.changed.append,
        )  # fmt: skip
        view = AmendingView(context, ports)
        made.append(view)
        view.resize(1100, 700)
        view.show()
        view.activateWindow()
        view.open_with({})
        QApplication.processEvents()
        return view

    yield make
    for view in made:
        view.close()
        view.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def texts(view: AmendingView) -> str:
    return "\n".join(clean(one.text()) for one in view.findChildren(QLabel) if one.isVisible())


def button(view: AmendingView, text: str) -> QPushButton:
    return next(one for one in view.findChildren(QPushButton) if one.text() == text and one.isVisible())


def test_a_card_says_who_why_before_and_after(opened) -> None:
    view = opened(Office(correction()))
    said = texts(view)
    for words in ("فاطمة سعد الغامدي", "كُتب الإيجار خطأ", "١٢٬٠٠٠ ر.س", "٩٬٠٠٠ ر.س", "منى القحطاني"):
        assert words in said


def test_enter_approves_the_first_and_the_queue_is_read_again(opened) -> None:
    office = Office(correction(), correction())
    first = office.waiting[0].line.id
    view = opened(office)
    press(view.focusWidget(), Qt.Key.Key_Return)
    assert office.decided == [(first, "")]
    assert len(view.cards) == 1
    assert "amendment" in office.changed[0]


def test_a_rejection_needs_its_reason_and_says_so(opened, kit: Kit) -> None:
    office = Office(correction())
    view = opened(office)
    button(view, kit.words.t("Reject")).click()
    assert office.decided == []
    assert code_sentence(kit.words, "rejection_reason_missing") == view.banner.text.text()
    assert view.focusWidget() is view.cards[0].reason.edit
    type_text(view.cards[0].reason.edit, "العقد يقول غير ذلك")
    button(view, kit.words.t("Reject")).click()
    assert [reason for _id, reason in office.decided] == ["العقد يقول غير ذلك"]


def test_ones_own_correction_shows_no_decision(opened, kit: Kit) -> None:
    view = opened(Office(correction(may_decide=False)))
    assert kit.words.t("It waits for the decision of somebody else.") in texts(view)
    assert not any(
        one.text() == kit.words.t("Approve") for one in view.findChildren(QPushButton) if one.isVisible()
    )


def test_an_empty_queue_says_what_to_do_and_an_error_offers_another_try(opened, kit: Kit) -> None:
    office = Office()
    view = opened(office)
    assert view.panel.state == "empty"
    assert kit.words.t("No correction waits") in texts(view)
    office.fails = TarahumError("unexpected")
    view.presenter.open()
    assert view.panel.state == "error"
    office.fails, office.waiting = None, [correction()]
    QApplication.processEvents()
    button(view, kit.words.t("Try again")).click()
    assert len(view.cards) == 1


def test_what_was_decided_is_a_key_away(opened) -> None:
    view = opened(Office(correction()))
    type_text(view.which, "2")
    assert view.presenter.decided
    assert view.panel.state == "empty"


def test_the_family_is_opened_from_the_card(opened, kit: Kit) -> None:
    office = Office(correction())
    view = opened(office)
    button(view, kit.words.t("Open the family")).click()
    assert office.went == [("family", {"household": str(uuid.UUID(int=7))})]


def test_a_member_a_row_and_a_rating_are_named(kit: Kit) -> None:
    ssm = {domain.code: 3 for field in study().fields() for domain in field.domains}
    given = correction(
        AnswerChange(FieldPath("members", "p1", "m_education"), "primary", "secondary"),
        AnswerChange(FieldPath("members", "p1"), member("p1").values, None),
        AnswerChange(FieldPath("ssm"), ssm, ssm | {"housing": 5}),
        AnswerChange(FieldPath("from_a_newer_form"), 1, 2),
    )
    lines = [
        (clean(one.question), one.before, one.after)
        for one in change_words(kit, given, lambda _l, code: code)
    ]
    assert lines[0] == ("المستوى التعليمي · سارة الحربي", "ابتدائي", "ثانوي")
    assert lines[1][0].endswith("سارة الحربي")
    assert lines[2] == ("السكن", "٣", "٥")
    assert len(lines) == 3
