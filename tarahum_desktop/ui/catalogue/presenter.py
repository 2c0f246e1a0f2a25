"""The catalogue without widgets."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tarahum_desktop.casework.plans.publish import Catalogue, NewRules
from tarahum_desktop.casework.plans.rules import RulesInForce
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.ui.catalogue.ports import CataloguePorts
from tarahum_desktop.ui.worker import Background


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service: the version that holds today, and all of them, the newest first."""

    now: RulesInForce
    versions: tuple[RulesInForce, ...]


class CatalogueScreen(Protocol):
    """What the presenter tells the widgets."""

    def show_loading(self) -> None:
        """The catalogue is being read."""

    def show_services(self, lines: Sequence[ServiceLine], *, may_publish: bool) -> None:
        """All services."""

    def show_error(self, sentence: str) -> None:
        """It cannot be shown."""

    def show_refusal(self, sentence: str) -> None:
        """The version was not published; what was typed stays."""

    def show_published(self) -> None:
        """It is published."""


class CataloguePresenter:
    """Reads and publishes."""

    def __init__(
        self, screen: CatalogueScreen, ports: CataloguePorts, background: Background, words: Words
    ) -> None:
        self._screen, self._ports, self._background, self._words = screen, ports, background, words
        self.catalogue: Catalogue | None = None
        self.sending = False

    def reload(self) -> None:
        """Read the catalogue."""
        if self.catalogue is None:
            self._screen.show_loading()
        self._background.query(self._ports.load, self._loaded, self._failed, replaces="catalogue")

    def publish(self, wanted: NewRules) -> None:
        """Publish once, however often the key is pressed."""
        if not self.sending:
            self.sending = True
            self._background.command(
                lambda: self._ports.publish(wanted), lambda _id: self._published(), self._refused
            )

    def _loaded(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        lines = []
        for versions in catalogue.services.values():
            begun = [one for one in versions if one.first_day is None or one.first_day <= catalogue.today]
            lines.append(ServiceLine(begun[-1], tuple(reversed(versions))))
        self._screen.show_services(lines, may_publish=catalogue.may_publish)

    def _failed(self, error: TarahumError) -> None:
        self._screen.show_error(error_sentence(self._words, error))

    def _published(self) -> None:
        self.sending = False
        self._screen.show_published()
        self.reload()

    def _refused(self, error: TarahumError) -> None:
        self.sending = False
        self._screen.show_refusal(error_sentence(self._words, error))
