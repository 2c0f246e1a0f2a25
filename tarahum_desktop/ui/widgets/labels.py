"""Labels of the type scale, so that no widget sets a font by hand."""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone

Size = Literal["caption", "body", "strong", "title", "page"]


def label(
    text: str, *, size: Size = "body", tone: Tone = "text", wraps: bool = False, parent: QWidget | None = None
) -> QLabel:
    """A plain-text label; never rich text, because names are typed by people."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("scale", size)
    made.setProperty("tone", tone)
    made.setWordWrap(wraps)
    if wraps:
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    return made


def hold_to_start(kit: Kit, made: QLabel) -> QLabel:
    """Keep a label at the side reading begins; Qt puts digits and names in another script at the other side."""
    side = Qt.AlignmentFlag.AlignRight if kit.look.right_to_left else Qt.AlignmentFlag.AlignLeft
    made.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
    return made


def picture_label(kit: Kit, icon: str, tone: Tone = "soft", size: int = 0) -> QLabel:
    """An icon that stands beside words and is silent for screen readers."""
    made = QLabel()
    made.setPixmap(kit.look.picture(icon, tone, size))
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made
