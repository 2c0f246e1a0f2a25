"""One look: palette, density, zoom and direction, worked out once and handed to every widget.

Fusion with our own palette, because the platform's dark mode does nothing on bare X11 and differs from
machine to machine; a stranger's machine must show what ours shows.
"""

from dataclasses import dataclass, fields, replace

import fontpkg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QLayout, QStyleFactory, QWidget

from tarahum_desktop.ui.icons import draw_icon, make_icon
from tarahum_desktop.ui.stylesheet import stylesheet
from tarahum_desktop.ui.tokens import Colours, Density, Sizes, ThemeName, Tone, colours_of, sizes_of

FONT_FAMILY = "IBM Plex Sans Arabic"
ZOOM_STEPS = (100, 110, 125, 150, 175, 200)
_WEIGHTS = (400, 500, 600)
_INKS: dict[Tone, str] = {
    "text": "text", "soft": "soft", "accent": "accent_ink", "attention": "attention_ink", "danger": "danger_ink",
    "info": "info_ink",
}  # fmt: skip


@dataclass(frozen=True)
class Look:
    """What a widget needs to know to paint itself."""

    name: ThemeName = "light"
    density: Density = "comfortable"
    zoom: int = 100
    right_to_left: bool = True

    @property
    def colours(self) -> Colours:
        """The named colours."""
        return colours_of(self.name)

    @property
    def sizes(self) -> Sizes:
        """The named measures in pixels, zoomed."""
        base = sizes_of(self.density)
        return replace(base, **{field.name: self.px(getattr(base, field.name)) for field in fields(base)})

    def px(self, at_100: int) -> int:
        """Pixels of a length given at 100 % zoom."""
        return round(at_100 * self.zoom / 100)

    def ink(self, tone: Tone) -> str:
        """The text colour of a tone as ``#RRGGBB``."""
        colour: str = getattr(self.colours, _INKS[tone])
        return colour

    def colour(self, name: str) -> QColor:
        """A named colour for painting."""
        return QColor(getattr(self.colours, name))

    def icon(self, name: str, tone: Tone = "soft") -> QIcon:
        """A line icon in the ink of a tone."""
        return self.icon_in(name, self.ink(tone))

    def icon_in(self, name: str, colour: str, gap: int = 0) -> QIcon:
        """A line icon in a given colour, for buttons whose fill is coloured."""
        faint = self.colours.faint
        return make_icon(name, colour, self.sizes.icon, mirrored=self.right_to_left, disabled=faint, gap=gap)

    def picture(self, name: str, tone: Tone = "soft", size: int = 0) -> QPixmap:
        """A line icon as a picture for a label; ``size`` in pixels at 100 % zoom, 0 for the usual one."""
        pixels = self.px(size) if size else self.sizes.icon
        return draw_icon(name, self.ink(tone), pixels, mirrored=self.right_to_left, scale=2.0)


def load_fonts() -> None:
    """Make the bundled face known to Qt; asking twice does no harm.

    Raises:
        RuntimeError: the face is missing or broken, so Arabic would be drawn by chance.
    """
    if FONT_FAMILY in QFontDatabase.families():
        return
    for weight in _WEIGHTS:
        path = fontpkg.path("ibm-plex-sans-arabic", weight=weight)
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise RuntimeError("the bundled typeface could not be loaded")


def apply_look(app: QApplication, look: Look) -> None:
    """Dress the whole application; called at the start and whenever the person changes the look."""
    load_fonts()
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setLayoutDirection(
        Qt.LayoutDirection.RightToLeft if look.right_to_left else Qt.LayoutDirection.LeftToRight
    )
    font = QFont(FONT_FAMILY)
    font.setPixelSize(look.sizes.body)
    app.setFont(font)
    app.setPalette(_palette(look.colours))
    app.setStyleSheet(stylesheet(look.name, look.colours, look.sizes, right_to_left=look.right_to_left))


def restyle(widget: QWidget, **properties: str) -> None:
    """Set style properties (``tone``, ``role``, ``scale``, ``wrong``) and let the style sheet see them."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def clear_layout(layout: QLayout) -> None:
    """Take every widget out of a layout and let Qt delete it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear_layout(inner)


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for target, name in (
        (role.Window, "page"), (role.WindowText, "text"), (role.Base, "surface"), (role.AlternateBase, "raised"),
        (role.Text, "text"), (role.Button, "surface"), (role.ButtonText, "text"), (role.BrightText, "danger_ink"),
        (role.ToolTipBase, "surface"), (role.ToolTipText, "text"), (role.PlaceholderText, "faint"),
        (role.Highlight, "accent"), (role.HighlightedText, "on_accent"), (role.Link, "accent_ink"),
        (role.Accent, "accent"), (role.Light, "raised"), (role.Mid, "line"), (role.Dark, "edge"),
    ):  # fmt: skip
        palette.setColor(target, QColor(getattr(colours, name)))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(colours.faint))
    return palette
