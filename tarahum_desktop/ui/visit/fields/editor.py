"""What every kind of question gives the form: a widget, its keyboard stops, and its answer both ways."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from PySide6.QtWidgets import QWidget

from tarahum_desktop.domain.forms.model import Field as FormField
from tarahum_desktop.domain.forms.model import Text
from tarahum_desktop.domain.forms.values import Value
from tarahum_desktop.i18n.digits import shown_digits
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.visit.ports import Listed, Place
from tarahum_desktop.ui.widgets.field import Field


class Pictures(Protocol):
    """How a question takes and shows pictures."""

    def add(self, path: str, kind: str) -> None:
        """Ask for a file of a kind and add it to the answer at ``path``."""

    def show(self, sha256: str, shown: Callable[[bytes | None], None]) -> None:
        """Fetch a picture's file."""


@dataclass(frozen=True)
class Surroundings:
    """What editors are built with: words and look, the lists, the clock, where the village lies, pictures."""

    kit: Kit
    listed: Callable[[str], Sequence[Listed]]
    today: Callable[[], date]
    now: Callable[[], datetime]
    village: Callable[[], Place | None]
    pictures: Pictures

    def shown(self, text: Text) -> str:
        """The document's words in the reader's language and, in Arabic, the reader's digits."""
        language = self.kit.words.language
        words = text.in_language(language)
        digits = self.kit.formats.digits
        # Only the digits: the marks between words are not those of numbers.
        return (
            re.sub("[0-9]+", lambda run: shown_digits(run[0], digits), words) if language == "ar" else words
        )


@dataclass(frozen=True)
class Editor:
    """A widget for one answer.

    Attributes:
        widget: what is shown.
        read: the answer as the form keeps it; ``None`` for none.
        show: shows a kept answer, telling nobody.
        stops: the widgets that Enter walks through, in order; the widget itself when empty.
        offer: puts in what the program can offer, such as the village's position; False when it has nothing.
    """

    widget: Field
    read: Callable[[], Value]
    show: Callable[[Value], None]
    stops: Sequence[QWidget] = field(default_factory=tuple)
    offer: Callable[[], bool] = lambda: False

    def walk(self) -> list[QWidget]:
        """The keyboard stops, proxies resolved."""
        return [_target(stop) for stop in (self.stops or (self.widget,))]


Maker = Callable[[FormField, Surroundings], Editor]


def _target(widget: QWidget) -> QWidget:
    while (proxy := widget.focusProxy()) is not None:
        widget = proxy
    return widget


def text_or_nothing(value: Value) -> str | None:
    """The value when it is text: widgets are not shown anything else."""
    return value if isinstance(value, str) else None


def number_or_nothing(value: Value) -> int | None:
    """The value when it is a number."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None
