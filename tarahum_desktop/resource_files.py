"""Where the files shipped beside the code are, in a checkout and in the frozen program alike."""

import sys
from pathlib import Path


def resources_folder() -> Path:
    """The folder ``resources``: inside the frozen bundle, or beside the package in a checkout."""
    bundle = getattr(sys, "_MEIPASS", None)
    base = Path(bundle) if bundle else Path(__file__).resolve().parent.parent
    return base / "resources"


def resource(*parts: str) -> Path:
    """The path of one shipped file, ``resource("locale", "ar")``; it is not checked to exist."""
    return resources_folder().joinpath(*parts)
