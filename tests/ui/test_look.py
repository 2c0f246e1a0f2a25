import re
from pathlib import Path

import pytest
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication

from tarahum_desktop.resource_files import resource
from tarahum_desktop.ui.stylesheet import stylesheet
from tarahum_desktop.ui.theme import FONT_FAMILY, ZOOM_STEPS, Look
from tarahum_desktop.ui.tokens import MARK_PAIRS, TEXT_PAIRS, Colours, ThemeName, colours_of

THEMES: tuple[ThemeName, ...] = ("light", "dark", "contrast")


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def too_weak(colours: Colours, pairs: tuple[tuple[str, str], ...], least: float) -> list[tuple[str, str]]:
    return [pair for pair in pairs if contrast(getattr(colours, pair[0]), getattr(colours, pair[1])) < least]


def test_the_contrast_formula_knows_its_ends() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
def test_text_reaches_four_and_a_half_to_one(theme: ThemeName) -> None:
    assert too_weak(colours_of(theme), TEXT_PAIRS, 4.5) == []


@pytest.mark.parametrize("theme", THEMES)
def test_outlines_and_marks_reach_three_to_one(theme: ThemeName) -> None:
    assert too_weak(colours_of(theme), MARK_PAIRS, 3.0) == []


def test_text_in_the_high_contrast_theme_reaches_seven_to_one() -> None:
    assert too_weak(colours_of("contrast"), TEXT_PAIRS, 7.0) == []


@pytest.mark.parametrize("theme", THEMES)
def test_arrow_files_use_only_colours_of_their_theme(theme: ThemeName) -> None:
    known = set(vars(colours_of(theme)).values())
    files = sorted(resource("theme", theme).glob("*.svg"))
    assert files
    for file in files:
        assert set(re.findall(r"#[0-9A-Fa-f]{6}", file.read_text())) <= known


@pytest.mark.parametrize("theme", THEMES)
def test_the_style_sheet_names_only_files_that_exist_and_colours_of_the_theme(theme: ThemeName) -> None:
    look = Look(theme)
    sheet = stylesheet(theme, look.colours, look.sizes, right_to_left=True)
    paths = re.findall(r'url\("([^"]+)"\)', sheet)
    assert paths
    assert all(Path(path).is_file() for path in paths)
    assert set(re.findall(r"#[0-9A-Fa-f]{6}", sheet)) <= set(vars(look.colours).values())


@pytest.mark.usefixtures("kit")
def test_icons_take_the_colour_asked_for_and_only_directions_are_mirrored() -> None:
    for file in resource("icons").glob("*.svg"):
        assert "currentColor" in file.read_text()
    right, left = Look(right_to_left=True), Look(right_to_left=False)
    assert right.picture("next").toImage() != left.picture("next").toImage()
    assert right.picture("user").toImage() == left.picture("user").toImage()


@pytest.mark.usefixtures("kit")
def test_the_bundled_face_is_what_is_drawn(qapp: QApplication) -> None:
    assert QFontInfo(qapp.font()).family() == FONT_FAMILY


def test_zoom_makes_every_measure_larger() -> None:
    sizes = [Look(zoom=zoom).sizes for zoom in ZOOM_STEPS]
    assert [size.body for size in sizes] == sorted({size.body for size in sizes})
    assert sizes[-1].field_height == 2 * sizes[0].field_height
