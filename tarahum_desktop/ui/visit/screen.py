"""The visit form as a screen of the window: opened with the id of a draft."""

from collections.abc import Callable, Sequence

from tarahum_desktop.domain.forms.model import FormDocument
from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.actions import Action
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenContext, ScreenSpec
from tarahum_desktop.ui.visit.ports import VisitPorts
from tarahum_desktop.ui.visit.presenter import VisitPresenter
from tarahum_desktop.ui.visit.view import VisitView

CHANGED_KINDS = frozenset({"case_file", "draft", "household", "outbox", "person", "visit"})


class VisitFormScreen(Screen):
    """Holds one form at a time; coming back to the same draft finds it as it was left.

    Attributes:
        presenter: the form without widgets.
        view: the form.
    """

    def __init__(self, context: ScreenContext, document: FormDocument, ports: VisitPorts) -> None:
        super().__init__(context)
        kit = context.kit
        self.presenter = VisitPresenter(
            document,
            ports,
            context.background,
            kit.words,
            kit.formats,
            lambda: context.changed(CHANGED_KINDS),
        )
        self.view = VisitView(kit, self.presenter)
        self.box.addWidget(self.view)
        self._draft = ""

    def open_with(self, params: Params) -> None:
        """Open the draft named; without one, what was open stays."""
        draft = params.get("draft", "")
        if draft and draft != self._draft:
            self._draft = draft
            self.presenter.open(draft)

    def screen_actions(self) -> Sequence[Action]:
        """The form's own keys."""
        return self.view.actions_here

    def leave(self) -> bool:
        """Finish the answer being typed first."""
        return self.view.may_leave()


def spec(document: Callable[[], FormDocument], ports: VisitPorts) -> ScreenSpec:
    """The visit form; it is reached from a family or from a draft, not from the navigation."""
    return ScreenSpec(
        "visit",
        msgid("Visit form"),
        "visit",
        lambda context: VisitFormScreen(context, document(), ports),
        in_navigation=False,
    )
