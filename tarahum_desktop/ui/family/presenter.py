"""The family file without widgets: reads it, begins visits, prints reports."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.ui.family.describe import family_page
from tarahum_desktop.ui.family.page_model import FamilyPage
from tarahum_desktop.ui.family.pdf_pages import PageImage, page_images
from tarahum_desktop.ui.family.ports import FamilyPorts, Lists, Loaded
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.worker import Background


@dataclass(frozen=True, slots=True)
class Printed:
    """A report: the file, the name to suggest for it, and its pages to look at."""

    name: str
    pdf: bytes
    pages: tuple[PageImage, ...]


class FamilyScreen(Protocol):
    """What the presenter tells the widgets."""

    def show_loading(self) -> None:
        """The file is being read."""

    def show_page(self, page: FamilyPage) -> None:
        """Here it is."""

    def show_error(self, sentence: str) -> None:
        """It cannot be shown."""

    def show_printing(self) -> None:
        """A report is being made; it may take a moment."""

    def show_trouble(self, sentence: str) -> None:
        """Something asked for on the page failed; the page stays."""

    def show_preview(self, printed: Printed) -> None:
        """A report to look at."""

    def show_saved(self) -> None:
        """The report was written."""

    def open_visit(self, draft_id: uuid.UUID) -> None:
        """Go to the visit form."""


class FamilyPresenter:
    """One family at a time; opening another drops the answers still to come for the last."""

    def __init__(self, screen: FamilyScreen, ports: FamilyPorts, background: Background, kit: Kit) -> None:
        self._screen, self._ports, self._background, self._kit = screen, ports, background, kit
        self._household: uuid.UUID | None = None
        self._lists: Lists | None = None
        self.page: FamilyPage | None = None
        self.loaded: Loaded | None = None
        self.printed: Printed | None = None
        self.busy = False

    @property
    def lists(self) -> Lists:
        """The reference lists as they were read last."""
        return self.loaded.lists if self.loaded is not None else {}

    def open(self, household: str) -> None:
        """Read the file of the household with this id."""
        try:
            wanted = uuid.UUID(household)
        except ValueError:
            self._household = self.page = self.loaded = None
            self._not_read(RecordMissing(entity="household"))
            return
        if wanted != self._household:
            self.page = self.loaded = self.printed = None
        self._household = wanted
        self.reload()

    def forget_lists(self) -> None:
        """The reference lists have changed; they are read again with the next reading."""
        self._lists = None

    def reload(self) -> None:
        """Read it again; what is shown stays until the answer is there."""
        household = self._household
        if household is None:
            return
        if self.page is None:
            self._screen.show_loading()
        self._background.query(lambda: self._read(household), self._took, self._not_read, replaces="file")

    def visit(self) -> None:
        """Begin a visit, or go on with the one this person began."""
        page = self.page
        if page is None or not page.may_visit or self.busy:
            return
        self.busy = True
        self._background.command(
            lambda: self._ports.begin_visit(page.household_id), self._begun, self._trouble
        )

    def print_last(self) -> None:
        """Show the report of the latest visit that has one."""
        if self.page is not None and self.page.last_report is not None:
            self.print_visit(self.page.last_report)

    def print_visit(self, visit_id: uuid.UUID) -> None:
        """Make a visit's report and show its pages."""
        self._print("visit", visit_id, self._ports.print_visit)

    def print_slip(self, visit_id: uuid.UUID) -> None:
        """Make the slip the family keeps and show it."""
        self._print("slip", visit_id, self._ports.print_slip)

    def _print(self, kind: str, visit_id: uuid.UUID, made: Callable[[uuid.UUID], bytes]) -> None:
        if self.busy:
            return
        self.busy = True
        self._screen.show_printing()
        day = self._ports.today()

        def make() -> Printed:
            pdf = made(visit_id)
            return Printed(_file_name(kind, visit_id, day), pdf, page_images(pdf))

        self._background.command(make, self._previewed, self._trouble)

    def save(self) -> None:
        """Write the report that is shown where the person chooses."""
        if self.printed is None:
            return
        try:
            saved = self._ports.save_file(self.printed.name, self.printed.pdf)
        except TarahumError as error:
            self._trouble(error)
            return
        if saved:
            self._screen.show_saved()

    def close_preview(self) -> None:
        """Forget the report that is shown."""
        self.printed = None

    def _read(self, household: uuid.UUID) -> Loaded:
        """The lists seldom change, so they are read once and kept until somebody says that they did."""
        ports, lists = self._ports, self._lists
        file = ports.load(household)
        return Loaded(file, ports.conflicts(file), ports.lists() if lists is None else lists)

    def _took(self, loaded: Loaded) -> None:
        self.loaded, self._lists = loaded, loaded.lists
        self.page = family_page(self._kit, loaded, self._ports.today())
        self._screen.show_page(self.page)

    def _not_read(self, error: TarahumError) -> None:
        self.page = self.loaded = None
        self._screen.show_error(error_sentence(self._kit.words, error))

    def _begun(self, draft_id: uuid.UUID) -> None:
        self.busy = False
        self._screen.open_visit(draft_id)

    def _previewed(self, printed: Printed) -> None:
        self.busy = False
        self.printed = printed
        self._screen.show_preview(printed)

    def _trouble(self, error: TarahumError) -> None:
        self.busy = False
        self._screen.show_trouble(error_sentence(self._kit.words, error))


def _file_name(kind: str, visit_id: uuid.UUID, day: dt.date) -> str:
    """A file name that names nobody."""
    return f"{kind}-{day.isoformat()}-{visit_id.hex[-6:]}.pdf"
