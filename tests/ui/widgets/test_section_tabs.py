"""Which section a link opens."""

import pytest

from tarahum_desktop.ui.widgets.section_tabs import known_section

SECTIONS = (("officers", "Officers"), ("late", "Late"))


@pytest.mark.parametrize(
    ("wanted", "opens"),
    [(None, "late"), ("officers", "officers"), ("of another version", "officers"), ("", "officers")],
)
def test_a_link_to_a_section_there_is_not_opens_the_first(wanted: str | None, opens: str) -> None:
    assert known_section(wanted, SECTIONS, "late") == opens
