"""Pictures of widgets and screens without a display, for people to look at and for golden images."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.settings import Preferences, kit_for
from tarahum_desktop.ui.theme import apply_look


def application() -> QApplication:
    """The one application of this process."""
    app = QApplication.instance()
    return app if isinstance(app, QApplication) else QApplication([])


def picture(
    build: Callable[[Kit], QWidget], path: Path, preferences: Preferences, size: tuple[int, int]
) -> Path:
    """Build a widget under these preferences, grab it at ``size`` and write a PNG."""
    app = application()
    kit = kit_for(preferences)
    apply_look(app, kit.look)
    widget = build(kit)
    widget.resize(*size)
    widget.show()
    app.processEvents()
    app.processEvents()
    path.parent.mkdir(parents=True, exist_ok=True)
    if not widget.grab().save(str(path)):
        raise OSError("the picture could not be written")
    widget.close()
    widget.deleteLater()
    app.processEvents()
    return path
