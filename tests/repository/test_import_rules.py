"""The import rules must cover what exists: a new screen or room is under them from its first day."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHARED_BY_SCREENS = {"shell", "widgets"}


def contracts() -> dict[str, dict[str, list[str]]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    return {contract["id"]: contract for contract in settings["contracts"]}


def folders(parent: Path) -> set[str]:
    return {path.parent.name for path in parent.glob("*/__init__.py")}


def test_every_screen_is_kept_from_importing_the_others() -> None:
    listed = {name.removeprefix("tarahum_desktop.ui.") for name in contracts()["screens"]["modules"]}
    assert listed == folders(ROOT / "tarahum_desktop/ui") - SHARED_BY_SCREENS


def test_every_room_has_its_place_in_the_order() -> None:
    layers = " | ".join(contracts()["rooms"]["layers"]).replace("(", "").replace(")", "").split(" | ")
    modules = {path.stem for path in (ROOT / "tarahum_desktop").glob("*.py")} - {"__init__"}
    assert (folders(ROOT / "tarahum_desktop") | modules) - set(layers) == set()
