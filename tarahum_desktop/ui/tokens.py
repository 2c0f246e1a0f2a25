"""Every colour, space, radius and type size of the program, by name; nothing else may invent one.

Pairs that meet on screen are listed beside the colours, and a test computes their contrast (WCAG 2.2).
"""

from dataclasses import dataclass
from typing import Literal

ThemeName = Literal["light", "dark", "contrast"]
Density = Literal["comfortable", "compact"]
Tone = Literal["text", "soft", "accent", "attention", "danger", "info"]


@dataclass(frozen=True)
class Colours:
    """One palette. An ``ink`` is for text on paper, a ``fill`` is behind ``on_…`` text."""

    page: str  # behind everything
    surface: str  # cards, fields, lists
    raised: str  # hovered rows, header cells, side bar items under the pointer
    line: str  # quiet separators
    edge: str  # the outline of what can be typed into or pressed
    text: str
    soft: str
    faint: str  # placeholders and what is disabled
    accent: str
    accent_hover: str
    on_accent: str
    accent_ink: str
    accent_paper: str
    attention_ink: str
    attention_paper: str
    danger: str
    on_danger: str
    danger_ink: str
    danger_paper: str
    info_ink: str
    info_paper: str
    focus: str


LIGHT = Colours(
    page="#F4F6F5", surface="#FFFFFF", raised="#ECF1EE", line="#DDE4E0", edge="#84918A",
    text="#15201B", soft="#4E5B55", faint="#5C6962",
    accent="#1B8354", accent_hover="#166A45", on_accent="#FFFFFF", accent_ink="#14693F", accent_paper="#E2F2E9",
    attention_ink="#7A4A00", attention_paper="#FFF3DC",
    danger="#B42318", on_danger="#FFFFFF", danger_ink="#A11A10", danger_paper="#FDEBE9",
    info_ink="#14519E", info_paper="#E8F1FC", focus="#1B8354",
)  # fmt: skip
DARK = Colours(
    page="#0F1513", surface="#18201D", raised="#222C28", line="#2E3A35", edge="#74867D",
    text="#ECF2EF", soft="#B0BEB7", faint="#94A39B",
    accent="#3DB37E", accent_hover="#55C793", on_accent="#04190F", accent_ink="#63D09E", accent_paper="#15382A",
    attention_ink="#F4C46E", attention_paper="#392C10",
    danger="#F0786C", on_danger="#240503", danger_ink="#FFA49A", danger_paper="#431B18",
    info_ink="#98C4FF", info_paper="#152A47", focus="#63D09E",
)  # fmt: skip
CONTRAST = Colours(
    page="#000000", surface="#000000", raised="#1F1F1F", line="#B5B5B5", edge="#FFFFFF",
    text="#FFFFFF", soft="#F0F0F0", faint="#D0D0D0",
    accent="#2BE38F", accent_hover="#7DF3BE", on_accent="#000000", accent_ink="#2BE38F", accent_paper="#00301B",
    attention_ink="#FFD34D", attention_paper="#2E2400",
    danger="#FF8A80", on_danger="#000000", danger_ink="#FF9E95", danger_paper="#3A0500",
    info_ink="#9CCBFF", info_paper="#00224A", focus="#FFE45C",
)  # fmt: skip

# (text, paper) pairs that must reach 4.5 : 1, and (mark, paper) pairs that must reach 3 : 1.
TEXT_PAIRS = (
    *((ink, paper) for ink in ("text", "soft", "faint", "accent_ink") for paper in ("page", "surface", "raised")),
    ("on_accent", "accent"), ("on_accent", "accent_hover"), ("on_danger", "danger"),
    ("accent_ink", "accent_paper"), ("text", "accent_paper"), ("soft", "accent_paper"),
    ("attention_ink", "attention_paper"), ("danger_ink", "danger_paper"), ("info_ink", "info_paper"),
    ("danger_ink", "surface"), ("danger_ink", "page"), ("attention_ink", "surface"), ("attention_ink", "page"),
    ("info_ink", "surface"),
)  # fmt: skip
MARK_PAIRS = (
    ("edge", "surface"), ("edge", "page"), ("accent", "surface"), ("accent", "page"),
    ("focus", "surface"), ("focus", "page"), ("danger", "surface"),
)  # fmt: skip


@dataclass(frozen=True)
class Sizes:
    """Pixels at 100 % zoom."""

    space_1: int = 4
    space_2: int = 8
    space_3: int = 12
    space_4: int = 16
    space_5: int = 24
    space_6: int = 32
    radius: int = 8
    radius_card: int = 12
    caption: int = 13
    body: int = 15
    strong: int = 16
    title: int = 19
    page: int = 25
    field_height: int = 40
    row_height: int = 44
    icon: int = 20
    navigation_width: int = 216
    column_width: int = 1120
    list_width: int = 1480


COMFORTABLE = Sizes()
COMPACT = Sizes(
    space_3=8, space_4=12, space_5=16, space_6=24, body=14, strong=15, title=17, page=22, caption=12,
    field_height=32, row_height=34, icon=18, navigation_width=200,
)  # fmt: skip


def colours_of(name: ThemeName) -> Colours:
    """The palette of a theme."""
    return {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}[name]


def sizes_of(density: Density) -> Sizes:
    """The measures of a density."""
    return {"comfortable": COMFORTABLE, "compact": COMPACT}[density]
