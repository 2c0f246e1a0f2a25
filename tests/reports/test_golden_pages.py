from pathlib import Path

import pytest
from PIL import Image, ImageChops

from tests.reports.golden_pages import CASES, SHARE_ALLOWED, difference, drawn, kept


@pytest.mark.parametrize("name", CASES)
def test_a_page_looks_as_approved(name: str, tmp_path: Path) -> None:
    """When a change is meant: look at the page, then run ``python -m tests.reports.golden_pages``."""
    now = drawn(name)
    now.save(tmp_path / f"{name}.png")
    share = difference(now, kept(name))
    assert share <= SHARE_ALLOWED, (
        f"a square of {tmp_path / name}.png differs by {share:.1%} from the approved picture"
    )


def test_the_comparison_sees_a_shifted_line() -> None:
    page = kept("specimen")
    line = (0, 180, page.width, 200)
    moved = page.copy()
    moved.paste(ImageChops.offset(page.crop(line), 3, 0), line[:2])
    assert difference(page, moved) > SHARE_ALLOWED


def test_the_comparison_sees_one_date_turned_round() -> None:
    page = kept("visit_ar_1")
    date = (52, 109, 92, 117)
    assert min(page.crop(date).getextrema()) < 100, "there is ink to turn"
    turned = page.copy()
    turned.paste(page.crop(date).transpose(Image.Transpose.FLIP_LEFT_RIGHT), date[:2])
    assert difference(page, turned) > SHARE_ALLOWED
