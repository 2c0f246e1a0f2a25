"""What a person may choose about the look; kept by an injected function, never in a global store."""

from dataclasses import dataclass

from tarahum_desktop.i18n.digits import DigitSet
from tarahum_desktop.i18n.formatting import CalendarChoice, Formatter
from tarahum_desktop.i18n.words import Language, load_words
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.theme import Look
from tarahum_desktop.ui.tokens import Density, ThemeName


@dataclass(frozen=True)
class Preferences:
    """One person's choices on one machine."""

    language: Language = "ar"
    theme: ThemeName = "light"
    density: Density = "comfortable"
    zoom: int = 100
    digits: DigitSet = "arabic"
    calendar: CalendarChoice = "both"


def kit_for(preferences: Preferences) -> Kit:
    """Words, formats and look of these choices; English always shows Latin digits."""
    words = load_words(preferences.language)
    digits: DigitSet = preferences.digits if preferences.language == "ar" else "latin"
    look = Look(preferences.theme, preferences.density, preferences.zoom, words.direction == "rtl")
    return Kit(words, Formatter(words, digits, preferences.calendar), look)
