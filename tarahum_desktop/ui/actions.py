"""Actions as data: menus, the command box and the shortcut sheet are made from this one table."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from tarahum_desktop.i18n.words import Words


def always() -> bool:
    """The usual answer to "may this be done now?"."""
    return True


@dataclass(frozen=True)
class Action:
    """Something a person can do.

    Attributes:
        id: stable, ``room.verb``.
        title: an English message id.
        run: what happens; called on the Qt thread.
        shortcut: portable text such as ``Ctrl+K``; empty for none.
        icon: the name of an icon; empty for none.
        enabled: asked each time before it is shown or run.
        group: an English message id, the heading it stands under in sheets and menus.
    """

    id: str
    title: str
    run: Callable[[], None]
    shortcut: str = ""
    icon: str = ""
    enabled: Callable[[], bool] = always
    group: str = ""


class ActionTable:
    """The actions of the window and of the screen that is open, each id once."""

    def __init__(self, actions: Iterable[Action] = ()) -> None:
        self._actions: dict[str, Action] = {}
        for action in actions:
            self.add(action)

    def __iter__(self) -> Iterator[Action]:
        return iter(self._actions.values())

    def add(self, action: Action) -> None:
        """Add one action.

        Raises:
            ValueError: its id or its shortcut is taken, so one of the two could never be reached.
        """
        if action.id in self._actions:
            raise ValueError(f"action {action.id} is defined twice")
        for other in self._actions.values():
            if action.shortcut and other.shortcut == action.shortcut:
                raise ValueError(f"{action.shortcut} is wanted by {other.id} and {action.id}")
        self._actions[action.id] = action

    def remove(self, action_id: str) -> None:
        """Forget an action."""
        del self._actions[action_id]

    def run(self, action_id: str) -> bool:
        """Run the action if it may be done now; say whether it was."""
        action = self._actions[action_id]
        if not action.enabled():
            return False
        action.run()
        return True

    def found(self, words: Words, typed: str) -> list[Action]:
        """Enabled actions whose title in the reader's language holds each typed word."""
        parts = typed.casefold().split()
        return [
            action
            for action in self
            if action.enabled() and all(part in words.t(action.title).casefold() for part in parts)
        ]


def bind_shortcuts(widget: QWidget, table: ActionTable, actions: Iterable[Action]) -> list[QShortcut]:
    """Make the actions' keys work inside ``widget``; they ask ``enabled`` when pressed."""
    made = []
    for action in actions:
        if action.shortcut:
            shortcut = QShortcut(QKeySequence(action.shortcut), widget)
            shortcut.activated.connect(lambda action_id=action.id: table.run(action_id))
            made.append(shortcut)
    return made


def shortcut_text(shortcut: str) -> str:
    """A shortcut as this platform writes it."""
    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
