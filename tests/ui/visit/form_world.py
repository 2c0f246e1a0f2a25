"""A visit form on a screen with its ports in memory."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.forms.answers import Answers, FieldPath
from tarahum_desktop.domain.forms.document import read_document
from tarahum_desktop.domain.forms.values import Value
from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import Language, load_words
from tarahum_desktop.ui.actions import ActionTable, bind_shortcuts
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.theme import Look, apply_look
from tarahum_desktop.ui.tokens import ThemeName
from tarahum_desktop.ui.visit.form_actions import form_actions
from tarahum_desktop.ui.visit.ports import Closed, Draft, Listed, PaperPorts, PicturePorts, VisitPorts
from tarahum_desktop.ui.visit.presenter import VisitPresenter
from tarahum_desktop.ui.visit.view import VisitView

FORM = Path(__file__).parents[3] / "resources/catalogue/forms/social-study-2.json"
TODAY = date(2026, 11, 23)
BEFORE = date(2026, 5, 20)
T = TypeVar("T")

LISTS = {
    "users": [Listed("u1", "منى القحطاني"), Listed("u2", "سعد الحربي")],
    "persons": [Listed("p9", "خالد سالم الحربي"), Listed("p8", "أحمد علي الغامدي")],
    "facilities": [Listed("f1", "سجن الرياض"), Listed("f2", "إصلاحية الحائر")],
    "places": [Listed("c1", "الرياض"), Listed("c2", "المزاحمية")],
    "nationalities": [Listed("SA", "السعودية"), Listed("YE", "اليمن")],
}
SERVICES = [
    Listed("BC-01", "السلة والبطاقة الغذائية"),
    Listed("BC-06", "سداد الإيجار"),
    Listed("CD-01", "الحقيبة المدرسية"),
]


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


class Store:
    """Drafts as the casework room keeps them: a path and a value at a time."""

    def __init__(
        self,
        answers: Answers | None = None,
        receipt: str = "",
        *,
        before: Answers | None = None,
        amends: bool = False,
        known: Sequence[Listed] = (),
        stays: Sequence[Listed] = (),
    ) -> None:
        self.answers = answers or Answers("social-study-2")
        self.before, self.amends, self.known, self.stays = before, amends, known, stays
        self.picked = self.now_with = ""
        self.pictures: dict[str, bytes] = {}
        self.papers: list[tuple[str, bytes]] = []
        self.opened: list[str] = []
        self.last_path = ""
        self.receipt = receipt
        self.saved: list[tuple[str, Value]] = []
        self.sent: list[Answers] = []
        self.full = False

    def load(self, _visit: str) -> Draft:
        return Draft(
            self.answers,
            "أسرة نورة سالم الحربي",
            self.last_path,
            self.receipt,
            self.before,
            BEFORE,
            self.amends,
            self.now_with,
        )

    def keep_picture(self, _visit: str, file: str, kind: str) -> Mapping[str, Value]:
        content = Path(file).read_bytes()
        sha256 = hashlib.sha256(content).hexdigest()
        self.pictures[sha256] = content
        return {"kind": kind, "sha256": sha256}

    def save_paper(self, name: str, content: bytes) -> bool:
        self.papers.append((name, content))
        return True

    def save(self, _visit: str, path: str, value: Value) -> None:
        if self.full:
            raise TarahumError("unexpected")
        self.saved.append((path, value))
        place = FieldPath.parse(path)
        if place.row_id and not place.column:
            change = self.answers.without_row if value is None else self.answers.with_row
            self.answers = change(place.code, place.row_id)
        else:
            self.answers = self.answers.with_value(place, value)
            self.last_path = path

    def submit(self, _visit: str, answers: Answers) -> Closed:
        self.sent.append(answers)
        met = answers.get("outcome") == "done" and not self.amends
        self.receipt = "RY-26-0001" if met else ""
        return Closed(self.receipt, self.now_with)


class World:
    """A window with the form in it."""

    def __init__(
        self,
        store: Store,
        *,
        language: Language = "ar",
        theme: ThemeName = "light",
        size: tuple[int, int] = (1150, 700),
        kit: Kit | None = None,
    ) -> None:
        self.store = store
        words = kit.words if kit else load_words(language)
        look = kit.look if kit else Look(theme, right_to_left=words.direction == "rtl")
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_look(app, look)
        formats = kit.formats if kit else Formatter(words, "arabic" if language == "ar" else "latin")
        numbers = iter(range(1, 1000))
        document = read_document(FORM.read_bytes())
        ports = VisitPorts(
            form=lambda _visit: document,
            load_draft=store.load,
            save_draft=store.save,
            submit=store.submit,
            services=lambda: SERVICES,
            household_members=lambda _visit: store.known,
            listed=lambda _visit, name: store.stays if name == "stays" else LISTS[name],
            villages=lambda: {"c2": (24_480_000, 46_270_000)},
            amend=lambda visit: visit,
            today=lambda: TODAY,
            now=lambda: datetime(2026, 11, 23, 8, 30, tzinfo=UTC),
            new_row_id=lambda: f"new{next(numbers)}",
            pictures=PicturePorts(lambda: store.picked, store.keep_picture, store.pictures.get),
            papers=PaperPorts(
                lambda visit: f"slip of {visit}".encode(), lambda visit: f"report of {visit}".encode(),
                store.save_paper, lambda _visit: "h1",
            ),
        )  # fmt: skip
        self.presenter = VisitPresenter(document, ports, AtOnce(), words, formats)
        self.view = VisitView(Kit(words, formats, look), self.presenter, store.opened.append)
        actions = list(form_actions(lambda: self.view, lambda: not self.presenter.locked))
        bind_shortcuts(self.view, ActionTable(actions), actions)
        self.view.resize(*size)

    def open(self) -> None:
        self.view.show()
        self.view.activateWindow()
        self.presenter.open("v1")
        QApplication.processEvents()

    def focused(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def focused_path(self) -> str:
        widget: QWidget | None = self.focused()
        while widget is not None:
            path = getattr(widget, "path", None)
            if isinstance(path, str):
                return path
            widget = widget.parentWidget()
        return ""

    def type(self, text: str) -> int:
        """Type into whatever has the focus; how many keys that took."""
        for char in text:
            self.key(_key_of(char), text=char)
        return len(text)

    def key(
        self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, text: str = ""
    ) -> int:
        widget = self.focused()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers, text))
        QApplication.processEvents()
        return 1

    def enter(self) -> int:
        return self.key(Qt.Key.Key_Return)


def _key_of(char: str) -> Qt.Key:
    return Qt.Key(ord(char)) if char.isascii() and char.isdigit() else Qt.Key.Key_unknown
