"""Readers of both languages for the report tests."""

import pytest

from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import Words, load_words


@pytest.fixture
def arabic() -> tuple[Words, Formatter]:
    words = load_words("ar")
    return words, Formatter(words, digits="arabic")


@pytest.fixture
def english() -> tuple[Words, Formatter]:
    words = load_words("en")
    return words, Formatter(words, digits="latin")
