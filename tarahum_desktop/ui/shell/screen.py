"""How a screen plugs into the window: a description as data, a context to live in, a base to extend."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.ui.actions import Action
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.worker import Background

Params = Mapping[str, str]


class Announce(Protocol):
    """Says something at the lower edge of the window, perhaps with an "undo"."""

    def __call__(
        self,
        sentence: str,
        tone: Tone = "accent",
        action: str = "",
        on_action: Callable[[], None] | None = None,
    ) -> None:
        """Show the sentence for a while and tell screen readers."""


class Navigate(Protocol):
    """Opens a screen by its id, with ids as parameters; remembered, so that Esc goes back."""

    def __call__(self, screen_id: str, params: Params = ...) -> None:
        """Open the screen."""


@dataclass(frozen=True)
class ScreenContext:
    """What the window gives a screen.

    Attributes:
        kit: words, formats and look.
        background: this screen's own way to the worker; closed by the window when the screen goes.
        navigate: opens another screen.
        go_back: what Esc does.
        announce: says something at the lower edge.
        changed: tells the window which kinds of rows were changed; it refreshes the open screen and the chip.
    """

    kit: Kit
    background: Background
    navigate: Navigate
    go_back: Callable[[], None]
    announce: Announce
    changed: Callable[[frozenset[str]], None]


class Screen(QWidget):
    """Base of every screen's view. It is built once, then opened as often as people come back to it."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self.context = context
        self.kit = context.kit
        self.setProperty("paper", "page")
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(0)

    def open_with(self, params: Params) -> None:
        """Show what the parameters name; called on each opening, also with none."""

    def refresh(self, changed: frozenset[str]) -> None:
        """Read again if any of the changed kinds of rows is shown here."""

    def screen_actions(self) -> Sequence[Action]:
        """What can be done here; shown in the command box and in the sheet of keys."""
        return ()

    def leave(self) -> bool:
        """Settle what is being typed; False keeps the person here."""
        return True


@dataclass(frozen=True)
class ScreenSpec:
    """A screen as data.

    Attributes:
        id: stable, ``families``.
        title: an English message id.
        icon: the name of an icon.
        build: makes the view; services are closed over by whoever wires the program.
        in_navigation: False for screens that are only reached from others.
        places: sections that the command box opens from anywhere: code, title (a message id) and icon.
    """

    id: str
    title: str
    icon: str
    build: Callable[[ScreenContext], Screen]
    in_navigation: bool = True
    places: tuple[tuple[str, str, str], ...] = ()
