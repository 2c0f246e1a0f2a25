"""Takes pictures for the form: asks for the file, keeps it on the worker, and only then names it in the answer."""

from collections.abc import Callable, Mapping

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.forms.answers import FieldPath
from tarahum_desktop.domain.forms.values import Value
from tarahum_desktop.ui.visit.ports import DraftKind
from tarahum_desktop.ui.visit.presenter import VisitPresenter


class PictureTaker:
    """For one form."""

    def __init__(self, presenter: VisitPresenter) -> None:
        self._form = presenter

    def add(self, path: str, kind: str) -> None:
        """Ask for a file of a kind and add it to the answer at ``path``."""
        form = self._form
        ports, visit_id = form.ports.pictures, form.visit_id
        if form.locked or form.draft.kind is DraftKind.SPECIMEN or not (file := ports.choose()):
            return
        form.screen.show_saving(form.words.t("The picture is being made small…"), "soft")
        form.background.command(
            lambda: ports.keep(visit_id, file, kind), lambda kept: self._kept(path, kept), self._refused
        )

    def show(self, sha256: str, shown: Callable[[bytes | None], None]) -> None:
        """Fetch a picture's file."""
        ports = self._form.ports.pictures
        self._form.background.query(lambda: ports.content(sha256), shown, self._form.refused)

    def _kept(self, path: str, kept: Mapping[str, Value]) -> None:
        here = self._form.answers.at(FieldPath.parse(path))
        before = tuple(one for one in here if isinstance(one, Mapping)) if isinstance(here, tuple) else ()
        same = [one for one in before if one.get("sha256") == kept.get("sha256")]
        self._form.answer(path, before if same else (*before, kept))
        self._form.screen.show_saving(self._form.words.t("Everything answered is kept here"), "accent")

    def _refused(self, error: TarahumError) -> None:
        self._form.screen.show_saving("", "soft")
        self._form.refused(error)
