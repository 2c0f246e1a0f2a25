"""The prison desk: four sections under one facility, each a key away."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from typing import TypeVar

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tarahum_desktop.casework.prison.desk_place import PrisonPlace
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.actions import Action
from tarahum_desktop.ui.prison.arrivals_panel import ArrivalsPanel
from tarahum_desktop.ui.prison.arrivals_screen import Surroundings
from tarahum_desktop.ui.prison.courses_panel import CoursesPanel
from tarahum_desktop.ui.prison.facility_panel import FacilityPanel
from tarahum_desktop.ui.prison.leaving_panel import LeavingPanel
from tarahum_desktop.ui.prison.ports import PrisonPorts
from tarahum_desktop.ui.prison.requests_panel import RequestsPanel
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenContext
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.page import PageHeader
from tarahum_desktop.ui.widgets.section_tabs import SectionTabs, known_section
from tarahum_desktop.ui.widgets.state_panel import StatePanel

SECTIONS = (
    ("arrivals", msgid("Arrivals"), "add"), ("leaving", msgid("Releases and transfers"), "release"),
    ("requests", msgid("Requests"), "inbox"), ("courses", msgid("Courses"), "plan"),
)  # fmt: skip
GROUP = msgid("Prison desk")
Panel = TypeVar("Panel", bound=QWidget)
Key = tuple[str, str, str, str, Mapping[str, Callable[["PrisonView"], None]]]
Lists = Mapping[str, Mapping[str, str]]


class PrisonView(Screen):
    """A section is built when it is first opened, and read each time."""

    def __init__(self, context: ScreenContext, ports: PrisonPorts) -> None:
        super().__init__(context)
        self._ports = ports
        self._around: Surroundings | None = None
        self._lists: Lists = {}
        self.section = "arrivals"
        self.facility = FacilityPanel(self.kit, self._choose)
        self._lay_out()

    @cached_property
    def arrivals(self) -> ArrivalsPanel:
        """The first section most people open."""
        return self._put(ArrivalsPanel(self.kit, self._ports.arrivals, self.context.background))

    @cached_property
    def leaving(self) -> LeavingPanel:
        """Releases and transfers."""
        return self._put(LeavingPanel(self.kit, self._ports.leaving, self.context.background))

    @cached_property
    def requests(self) -> RequestsPanel:
        """What is asked for."""
        return self._put(RequestsPanel(self.kit, self._ports.requests, self.context.background))

    @cached_property
    def courses(self) -> CoursesPanel:
        """Courses and attendance."""
        return self._put(CoursesPanel(self.kit, self._ports.courses, self.context.background))

    def open_with(self, params: Params) -> None:
        """Find out where the desk stands, then open the section asked for."""
        self.section = known_section(params.get("section"), SECTIONS, self.section)
        if self._around is None:
            self.panel.show_loading()
            self.context.background.query(
                lambda: (self._ports.place(), self._ports.lists()),
                self._placed,
                self._failed,
                replaces="place",
            )
        else:
            self._show_section()

    def refresh(self, changed: frozenset[str]) -> None:
        """Lists of this desk are read when a section is opened; what is being typed is never disturbed."""
        del changed

    def leave(self) -> bool:
        """Keep what was typed last."""
        self._keep()
        return True

    def screen_actions(self) -> Sequence[Action]:
        """The sections, and what can be done in the one that is open."""
        sections = [
            Action(f"prison.{code}", title, partial(self.open_section, code), f"Ctrl+{at}", icon, group=GROUP)
            for at, (code, title, icon) in enumerate(SECTIONS, start=1)
        ]
        pouch = Action("prison.pouch", msgid("Pouch"), self.open_pouch, "Ctrl+5", "usb", group=GROUP)
        return (*sections, pouch, *(self._shared(action) for action in self._keys()))

    def open_pouch(self) -> None:
        """A prison's work leaves on a stick: one press from here."""
        self.context.navigate("sync", {"section": "pouch"})

    def open_section(self, code: str) -> None:
        """Show another section."""
        self._keep()
        self.section = code
        if self._around is not None:
            self._show_section()

    def _keys(self) -> Sequence[Key]:
        """Keys that mean the like in several sections: id, title, shortcut, icon, what each section does."""
        return (
            ("save", msgid("Record what is ready, or close the course"), "Ctrl+S", "check",
             {"arrivals": lambda view: view.arrivals.presenter.record_ready(), "courses": lambda view: view.courses.presenter.finish()}),
            ("new", msgid("A new request, course or session"), "Ctrl+N", "add",
             {"requests": lambda view: view.requests.write_new(), "courses": lambda view: view.courses.write_new()}),
            ("find", msgid("Find somebody inside"), "F3", "search", {"leaving": lambda view: view.leaving.stand_in_search()}),
            ("file", msgid("Open the family's file"), "F2", "file",
             {"arrivals": lambda view: view.arrivals.presenter.open_file(), "requests": lambda view: view.open_family()}),
            ("all", msgid("All others present"), "F4", "success", {"courses": lambda view: view.courses.all_present()}),
            ("same", msgid("It is the same person"), "F6", "user", {"arrivals": lambda view: view.arrivals.presenter.same()}),
            ("other", msgid("It is another person"), "F7", "families", {"arrivals": lambda view: view.arrivals.presenter.different()}),
            ("none", msgid("No document: choose the reason"), "F8", "warning", {"arrivals": lambda view: view.arrivals.presenter.no_document()}),
            ("settled", msgid("Waiting or settled requests"), "F9", "inbox", {"requests": lambda view: view.requests.presenter.turn()}),
        )  # fmt: skip

    def _shared(self, key: Key) -> Action:
        action_id, title, shortcut, icon, meant = key
        return Action(
            f"prison.key.{action_id}", title, lambda: self._run(meant), shortcut, icon,
            lambda: self._around is not None and self.section in meant, GROUP,
        )  # fmt: skip

    def _run(self, meant: "Mapping[str, Callable[[PrisonView], None]]") -> None:
        """What a key means in the section that is open now."""
        meant[self.section](self)

    def _placed(self, found: tuple[PrisonPlace, Lists]) -> None:
        place, self._lists = found
        words = self.kit.words
        if place.facility is None:
            self.header.set_texts(words.t("Prison desk"))
            self.panel.show_content()
            self.pages.setCurrentWidget(self.facility)
            self.facility.show_choices(place.choices)
            return
        self._around = Surroundings(
            place, self._ports.today, self._lists.get("no_id_reason", {}), self.context.changed,
            lambda household: self.context.navigate("family", {"household": household}),
        )  # fmt: skip
        name = place.facility.name_en if words.language == "en" else place.facility.name_ar
        self.header.set_texts(words.t("Prison desk"), name)
        self.panel.show_content()
        self._show_section()

    def _failed(self, error: TarahumError) -> None:
        self.panel.show_error(error_sentence(self.kit.words, error), lambda: self.open_with({}))

    def _choose(self, code: str) -> None:
        self.context.background.command(
            lambda: self._ports.choose_facility(code), lambda _none: self.open_with({}), self._failed
        )

    def _show_section(self) -> None:
        around = self._around
        assert around is not None
        self.row.show_section(self.section)
        if self.section == "arrivals":
            self._show(self.arrivals)
            if not self.arrivals.presenter.rows:
                self.arrivals.open(around, self._lists.get("custody_status", {}))
        elif self.section == "leaving":
            self._show(self.leaving)
            self.leaving.open(around, self._lists.get("release_type", {}))
        elif self.section == "requests":
            self._show(self.requests)
            self.requests.open(around)
        else:
            self._show(self.courses)
            self.courses.open(around)
        self._take_focus()

    def _show(self, panel: QWidget) -> None:
        self.pages.setCurrentWidget(panel)

    def _take_focus(self) -> None:
        panel = self.pages.currentWidget()
        assert isinstance(panel, ArrivalsPanel | LeavingPanel | RequestsPanel | CoursesPanel)
        panel.take_focus()

    def _keep(self) -> None:
        if "arrivals" in vars(self):  # built
            self.arrivals.leave()

    def _put(self, panel: Panel) -> Panel:
        self.pages.addWidget(panel)
        return panel

    def open_family(self) -> None:
        """Open the file of the family a request concerns."""
        household = self.requests.presenter.household_of(self.requests.grid.standing()[0])
        if household:
            self.context.navigate("family", {"household": household})

    def _lay_out(self) -> None:
        kit, sizes = self.kit, self.kit.look.sizes
        self.header = PageHeader(kit, kit.words.t("Prison desk"), " ")
        self.row = SectionTabs(
            kit,
            [
                (code, f"{kit.words.t(title)}   Ctrl+{at}")
                for at, (code, title, _) in enumerate(SECTIONS, start=1)
            ],
            self.open_section,
        )
        self.pouch = button(
            kit, f"{kit.words.t('Pouch')}   Ctrl+5", self.open_pouch, role="quiet", icon="usb"
        )
        self.row.add_at_end(self.pouch)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.facility)
        content = QWidget()
        content.setProperty("paper", "clear")
        down = QVBoxLayout(content)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(sizes.space_3)
        down.addWidget(self.row)
        down.addWidget(self.pages, 1)
        self.panel = StatePanel(kit, content)
        self.box.setContentsMargins(sizes.space_5, sizes.space_4, sizes.space_5, sizes.space_4)
        self.box.setSpacing(sizes.space_3)
        self.box.addWidget(self.header)
        self.box.addWidget(self.panel, 1)
