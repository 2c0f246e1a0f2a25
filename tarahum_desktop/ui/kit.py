"""What every widget is built with: words, formats and the look. Frozen, so a change means a rebuild."""

from dataclasses import dataclass, field

from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.ui.theme import Look


@dataclass(frozen=True)
class Kit:
    """Injected into each widget as its first argument."""

    words: Words
    formats: Formatter
    look: Look = field(default_factory=Look)
