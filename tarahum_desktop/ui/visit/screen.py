"""The visit form as a screen of the window: opened with the id of a draft, or of a submitted visit to correct."""

from collections.abc import Callable, Sequence

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.forms.model import FormDocument
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.actions import Action
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenContext, ScreenSpec
from tarahum_desktop.ui.visit.form_actions import form_actions
from tarahum_desktop.ui.visit.ports import VisitPorts
from tarahum_desktop.ui.visit.presenter import VisitPresenter
from tarahum_desktop.ui.visit.view import VisitView

CHANGED_KINDS = frozenset({"amendment", "case_file", "draft", "household", "outbox", "person", "visit"})


class VisitFormScreen(Screen):
    """Holds one form at a time; coming back to the same draft finds it as it was left.

    Parameters of ``open_with``: ``draft`` is a draft, ``amend`` a submitted visit to correct.

    Attributes:
        presenter: the form without widgets.
        view: the form.
    """

    def __init__(self, context: ScreenContext, document: FormDocument, ports: VisitPorts) -> None:
        super().__init__(context)
        self._ports = ports
        self._draft = ""
        self._asked = ""
        self._params: Params = {}
        self._build(document)

    def open_with(self, params: Params) -> None:
        """Open the draft or the correction named; without one, what was open stays."""
        self._params = params or self._params
        if visit := params.get("amend", ""):
            self._asked = visit
            self.context.background.query(
                lambda: self._ports.amend(visit), lambda draft: self._amending(visit, draft), self._refused
            )
        draft = params.get("draft", "")
        if draft and draft != self._draft:
            self._asked = draft
            self._fetch(draft)

    def screen_actions(self) -> Sequence[Action]:
        """The form's own keys; they reach whichever version of the form is open."""
        return form_actions(lambda: self.view, lambda: not self.presenter.locked)

    def leave(self) -> bool:
        """Finish the answer being typed first."""
        return self.view.may_leave()

    def _build(self, document: FormDocument) -> None:
        context, kit = self.context, self.context.kit
        self.presenter = VisitPresenter(
            document,
            self._ports,
            context.background,
            kit.words,
            kit.formats,
            lambda: context.changed(CHANGED_KINDS),
        )
        self.view = VisitView(
            kit, self.presenter, lambda household: context.navigate("family", {"household": household})
        )
        self.view.again.connect(self._once_more)
        self.box.addWidget(self.view)

    def _once_more(self) -> None:
        """Ask again for what could not be read."""
        self._draft = ""
        self.open_with(self._params)

    def _amending(self, visit: str, draft: str) -> None:
        if self._asked == visit:
            self._asked = draft
            self._fetch(draft)

    def _fetch(self, draft: str) -> None:
        """A draft keeps the form version it was begun with, whatever was published since."""
        self.context.background.query(
            lambda: self._ports.form(draft), lambda document: self._open(draft, document), self._refused
        )

    def _open(self, draft: str, document: FormDocument) -> None:
        if self._asked != draft:
            return  # another was asked for meanwhile
        if self._draft or document.key != self.presenter.document.key:
            self.box.removeWidget(self.view)
            self.view.hide()
            self.view.deleteLater()
            self._build(document)
        self._draft = draft
        self.presenter.open(draft)

    def _refused(self, error: TarahumError) -> None:
        self.view.say(error_sentence(self.kit.words, error), "danger")


def spec(document: Callable[[], FormDocument], ports: VisitPorts) -> ScreenSpec:
    """The visit form; it is reached from a family or from a draft, not from the navigation."""
    return ScreenSpec(
        "visit",
        msgid("Visit form"),
        "visit",
        lambda context: VisitFormScreen(context, document(), ports),
        in_navigation=False,
    )
