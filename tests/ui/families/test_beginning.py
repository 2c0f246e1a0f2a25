from typing import Any

import pytest

from tarahum_desktop.domain.names import NameParts
from tarahum_desktop.i18n.words import load_words
from tarahum_desktop.ui.families.presenter import Beginning, FamiliesPresenter
from tarahum_desktop.ui.worker import Immediate
from tests.ui.families.family_hits import Office


class Silent:
    """A screen that shows nothing."""

    def __getattr__(self, name: str) -> Any:
        def ignore(*_arguments: object) -> None:
            return None

        return ignore


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Beginning()),
        ("سالم العتيبي", Beginning(NameParts("سالم", family="العتيبي"))),
        ("1023456789", Beginning(id_number="1023456789")),
        ("٠٥٠١٢٣٤٥٦٧", Beginning(mobile="+966501234567")),
        ("RUH-2025-01", Beginning()),
    ],
)
def test_the_searched_text_begins_the_new_record(text: str, expected: Beginning) -> None:
    presenter = FamiliesPresenter(Silent(), Office().ports(), Immediate(), load_words("en"))
    presenter.search(text)
    assert presenter.beginning() == expected
