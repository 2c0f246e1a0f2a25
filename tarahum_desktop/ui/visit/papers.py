"""Paper for the family and the office once a visit is submitted: made on the worker, saved where the person says."""

from collections.abc import Callable

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.visit.presenter import VisitPresenter


class PaperTray:
    """What can be done with a visit that is closed; ``open_family`` takes a household's id."""

    def __init__(self, kit: Kit, presenter: VisitPresenter, open_family: Callable[[str], None]) -> None:
        self._kit, self._form, self._open_family = kit, presenter, open_family

    def slip(self) -> None:
        """The receipt slip for the family."""
        self._make(self._form.ports.papers.slip, self._kit.words.t("receipt"))

    def report(self) -> None:
        """The whole report."""
        self._make(self._form.ports.papers.report, self._kit.words.t("visit report"))

    def family(self) -> None:
        """Open the family's file."""
        form, visit_id = self._form, self._form.visit_id
        form.background.query(lambda: form.ports.papers.household(visit_id), self._open_family, form.refused)

    def _make(self, make: Callable[[str], bytes], what: str) -> None:
        form, visit_id = self._form, self._form.visit_id
        number = form.draft.receipt or form.ports.today().isoformat()
        form.background.query(
            lambda: make(visit_id), lambda content: self._save(f"{what} {number}.pdf", content), form.refused
        )

    def _save(self, name: str, content: bytes) -> None:
        form = self._form
        try:
            if form.ports.papers.save(name, content):
                form.screen.say(self._kit.words.t("The file was saved."), "accent")
        except TarahumError as error:
            form.refused(error)
