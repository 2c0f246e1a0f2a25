"""A visit form with its ports in memory, so that keys are counted without a world around them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Final, TypeVar

from tarahum_desktop.casework.desk import SAUDI_TIME
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.forms.answers import Answers
from tarahum_desktop.domain.forms.document import read_document
from tarahum_desktop.domain.forms.model import FormDocument
from tarahum_desktop.resource_files import resource
from tarahum_desktop.ui.visit.ports import Closed, Draft, Listed, PaperPorts, PicturePorts, VisitPorts

T = TypeVar("T")
VISIT: Final = "a-visit"
_LISTS: Final[Mapping[str, Sequence[Listed]]] = MappingProxyType(
    {
        "users": (Listed("u1", "منى القحطاني"), Listed("u2", "سعد الحربي")),
        "persons": (Listed("p9", "خالد سالم الحربي"),),
        "facilities": (Listed("f1", "سجن بريدة"), Listed("f2", "سجن عنيزة")),
        "places": (Listed("c1", "بريدة"), Listed("c2", "عنيزة")),
        "nationalities": (Listed("saudi", "السعودية"), Listed("yemeni", "اليمن")),
        "stays": (),
    }
)
_SERVICES: Final = (
    Listed("BC-01", "السلة والبطاقة الغذائية"),
    Listed("CD-01", "الحقيبة والمستلزمات المدرسية"),
)


def study_form() -> FormDocument:
    """The form that is shipped."""
    return read_document(resource("catalogue", "forms", "social-study-2.json").read_bytes())


class AtOnce:
    """A worker that does everything on the spot."""

    def query(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[TarahumError], None],
        *,
        replaces: str = "",
    ) -> None:
        """Read something."""
        del replaces
        self.command(work, done, failed)

    def command(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[TarahumError], None]
    ) -> None:
        """Change something."""
        try:
            answer = work()
        except TarahumError as error:
            failed(error)
            return
        done(answer)

    def close(self) -> None:
        """Nothing is still to come."""


class FormInMemory:
    """One draft; ``sent`` is what was submitted."""

    def __init__(self, document: FormDocument, today: date, begun: Answers | None = None) -> None:
        self._document, self._today = document, today
        self._begun = begun or Answers(document.key)
        self._rows = 0
        self.sent: Answers | None = None

    def ports(self) -> VisitPorts:
        """The ports of the form."""
        known = [Listed(row.id, row.id) for row in self._begun.rows("members")]
        return VisitPorts(
            form=lambda _visit: self._document,
            load_draft=lambda _visit: Draft(self._begun),
            save_draft=lambda _visit, _path, _value: None,
            submit=self._submit,
            services=lambda: _SERVICES,
            household_members=lambda _visit: known,
            listed=lambda _visit, name: _LISTS[name],
            villages=lambda: {"c1": (26_359_000, 43_981_000)},
            amend=lambda visit: visit,
            today=lambda: self._today,
            now=lambda: datetime.combine(self._today, datetime.min.time(), SAUDI_TIME),
            new_row_id=self._new_row,
            pictures=PicturePorts(lambda: "", lambda _visit, _file, _kind: {}, lambda _sha256: None),
            papers=PaperPorts(
                lambda _visit: b"", lambda _visit: b"", lambda _name, _content: True, lambda _visit: ""
            ),
        )

    def _submit(self, _visit: str, answers: Answers) -> Closed:
        self.sent = answers
        return Closed("QSM-2026-00001")

    def _new_row(self) -> str:
        self._rows += 1
        return f"row{self._rows}"
