"""A machine's choices of look, kept beside the vault: nothing personal, and needed before it is unlocked."""

import json
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, get_args

from tarahum_desktop.i18n.digits import DigitSet
from tarahum_desktop.i18n.formatting import CalendarChoice
from tarahum_desktop.i18n.words import Language
from tarahum_desktop.reports.write_file import write_file
from tarahum_desktop.ui.shell.settings import Preferences
from tarahum_desktop.ui.tokens import Density, ThemeName

_FILE = "preferences.json"
_LARGEST = 4096
_CHOICES: dict[str, tuple[object, ...]] = {
    "language": get_args(Language),
    "theme": get_args(ThemeName),
    "density": get_args(Density),
    "digits": get_args(DigitSet),
    "calendar": get_args(CalendarChoice),
    "zoom": tuple(range(100, 201)),
}


def read_preferences(folder: Path) -> Preferences:
    """The choices kept; whatever is missing or not a choice is as in a new machine."""
    try:
        text = (folder / _FILE).read_bytes()[:_LARGEST]
        stored: Any = json.loads(text)
    except (OSError, ValueError):
        return Preferences()
    if not isinstance(stored, dict):
        return Preferences()
    known = {field.name for field in fields(Preferences)}
    return Preferences(
        **{name: value for name, value in stored.items() if name in known and value in _CHOICES[name]}
    )


def write_preferences(folder: Path, preferences: Preferences) -> None:
    """Keep the choices; raises FileNotWrittenError."""
    write_file(folder / _FILE, json.dumps(asdict(preferences)).encode())
