import pytest

from tarahum_desktop.domain.names import NameParts
from tarahum_desktop.ui.families.register_presenter import Beginning, beginning_of


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
    assert beginning_of(text) == expected
